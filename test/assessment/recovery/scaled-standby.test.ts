import { parseLoss, simulate } from '../../../lib/assessment/simulate';
import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { RegionRole } from '../../../lib/objectives/region-role';
import { assessed } from '../../support/assess';
import { attribute, scaled } from '../../support/designs';
import { placeOf } from '../../support/places';
import { ref, resource, sumOf, web, words } from './parts';

const { PRIMARY, STANDBY } = RegionRole;

/** A record that leads away as soon as its check says so: 30 s × (2 + 1), and the fixed 60 s of an alias. */
function named(Failover: 'PRIMARY' | 'SECONDARY', led: boolean) {
  const target = { DNSName: attribute('Front', 'DNSName'), HostedZoneId: 'Z2', EvaluateTargetHealth: false };
  return {
    Name: resource('Route53::RecordSet', {
      HostedZoneId: 'Z1',
      Name: 'shop.example.com',
      Type: 'A',
      SetIdentifier: Failover,
      Failover,
      AliasTarget: target,
      ...(led && Failover === 'PRIMARY' && { HealthCheckId: ref('Check') }),
    }),
    Check: resource('Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'HTTPS',
        FullyQualifiedDomainName: 'west.example.com',
        RequestInterval: 30,
        FailureThreshold: 2,
      },
    }),
  };
}

interface Shop {
  readonly waiting: number;
  readonly led?: boolean;

  /** What stands beside the standby. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Four tasks serve in Ireland; in Frankfurt so many wait, and more are started when load comes. */
function shop({ waiting, led = true, more = {} }: Shop) {
  const of = (region: string, role: RegionRole, tasks: number, beside: object = {}) =>
    placeOf(
      { region, account: '123456789012', role },
      {
        ...web({ tasks }),
        ...scaled('Web', tasks, 8),
        ...named(role === PRIMARY ? 'PRIMARY' : 'SECONDARY', led),
        ...beside,
      },
    );
  return assessed({
    stacks: {
      west: of('eu-west-1', PRIMARY, 4),
      central: of('eu-central-1', STANDBY, waiting, more),
    },
  });
}

const SWITCHED = 30 * 3 + 60;
const ALARM = RECOVERY_FACTS.scalingAlarmSeconds.value.worst;
const HEALTHY = AWS_FACTS.elbDefaultIntervalSeconds.value * AWS_FACTS.elbDefaultHealthyThreshold.value;
const STARTED = AWS_FACTS.fargateLaunchSeconds.value.worst + AWS_FACTS.bootSeconds.value.worst + HEALTHY;
const BY_HAND =
  RECOVERY_FACTS.noticeRegionSeconds.value.worst +
  AWS_FACTS.acknowledgeSeconds.value.worst +
  AWS_FACTS.decideSeconds.value.worst +
  RECOVERY_FACTS.switchByHandSeconds.value.worst;

describe('a standby that scales itself when load comes', () => {
  it('takes no longer than the switch where it runs as many units', () => {
    expect(shop({ waiting: 4 }).recovery.region.rtoSeconds).toBe(SWITCHED);
  });

  it('is asked for more units only once users are there: detection and DNS come first', () => {
    const { rtoSeconds, rtoTerms, typicalRtoSeconds } = shop({ waiting: 2 }).recovery.region;
    expect(rtoSeconds).toBe(SWITCHED + ALARM + STARTED);
    expect(sumOf(rtoTerms)).toBe(rtoSeconds);
    expect(words(rtoTerms).slice(0, 3)).toEqual([
      'health checks, 30 s × (2 + 1)',
      'time to live of shop.example.com A',
      'an alarm asks for more units',
    ]);
    expect(typicalRtoSeconds).toBeGreaterThan(ALARM + 60);
  });

  it('waits for a person where a person moves the users', () => {
    const { rtoSeconds, rtoTerms } = shop({ waiting: 2, led: false }).recovery.region;
    expect(rtoSeconds).toBe(BY_HAND + 60 + ALARM + STARTED);
    expect(words(rtoTerms)).toContain('a person moves the traffic');
  });

  it('is told the same where the region is lost by name', () => {
    const [loss] = simulate({ services: [shop({ waiting: 2 })] }, [parseLoss('region:eu-west-1')]);
    expect(loss?.recovery?.rtoSeconds).toBe(SWITCHED + ALARM + STARTED);
  });

  describe('behind a Region switch plan', () => {
    const TIMEOUT = 120;
    const plan = (...types: readonly string[]) => ({
      Plan: resource('ARCRegionSwitch::Plan', {
        Regions: ['eu-west-1', 'eu-central-1'],
        PrimaryRegion: 'eu-west-1',
        RecoveryApproach: 'activePassive',
        Triggers: [{ Action: 'activate', TargetRegion: 'eu-central-1' }],
        Workflows: [
          {
            WorkflowTargetAction: 'activate',
            WorkflowTargetRegion: 'eu-central-1',
            Steps: types.map((type) => ({
              Name: type,
              ExecutionBlockType: type,
              ExecutionBlockConfiguration: { Config: { TimeoutMinutes: TIMEOUT / 60 } },
            })),
          },
        ],
      }),
    });
    const NOTICED = RECOVERY_FACTS.noticeRegionSeconds.value.worst;

    it('waits for the step of the plan that starts its units', () => {
      const { region } = shop({ waiting: 2, led: false, more: plan('ECSServiceScaling', 'Wait') }).recovery;
      expect(region.rtoSeconds).toBe(NOTICED + 2 * TIMEOUT + 60);
    });

    it('grows by its own alarms after a plan that starts none', () => {
      const { region } = shop({ waiting: 2, led: false, more: plan('Wait') }).recovery;
      expect(region.rtoSeconds).toBe(NOTICED + TIMEOUT + 60 + ALARM + STARTED);
      expect(sumOf(region.rtoTerms)).toBe(region.rtoSeconds);
    });
  });
});
