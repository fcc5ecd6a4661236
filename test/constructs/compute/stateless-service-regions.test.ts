import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { App, type Stack } from 'aws-cdk-lib/core';
import {
  StatelessService,
  type StatelessServiceProps,
} from '../../../lib/constructs/compute/stateless-service';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { RegionSet } from '../../../lib/constructs/region/region-set';
import { HealthCheckedLoadBalancer } from '../../../lib/constructs/traffic/health-checked-load-balancer';
import { RecoveryApproach } from '../../../lib/objectives/policy/regions';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, certificateIn, only, refusal, shopOf } from '../fixtures';

const { ACTIVE_ACTIVE, HOT_STANDBY, WARM_STANDBY, PILOT_LIGHT, BACKUP_AND_RESTORE } = RecoveryApproach;

/** The shop in two regions; what comes back is the one that is no primary. */
function otherRegion(
  tier: Tier,
  approach: RecoveryApproach,
  props: Partial<StatelessServiceProps> = {},
): Stack {
  const app = new App();
  const bothServe = approach === ACTIVE_ACTIVE;
  const roles = bothServe ? [RegionRole.ACTIVE, RegionRole.ACTIVE] : [RegionRole.PRIMARY, RegionRole.STANDBY];
  new RegionSet(app, 'Shop', {
    service: shopOf(tier),
    account: ACCOUNT,
    approach,
    regions: ['eu-west-1', 'eu-central-1'].map((region, index) => ({
      region,
      role: roles[index] ?? RegionRole.ACTIVE,
      availabilityZones: ['a', 'b', 'c'].map((letter) => region + letter),
    })),
    build: (stack) => {
      const network = new ResilientNetwork(stack, 'Network');
      const certificate = certificateIn(stack);
      new StatelessService(stack, 'Web', {
        loadBalancer: new HealthCheckedLoadBalancer(stack, 'Entry', { network, certificate }),
        image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29'),
        port: 8080,
        peakTasks: 4,
        requestsPerTaskPerMinute: 600,
        ...props,
      });
    },
  });
  return app.node.findChild('Shop-eu-central-1') as Stack;
}

function tasks(stack: Stack): [min: number, desired: number, max: number] {
  const { MinCapacity, MaxCapacity } = only(stack, 'AWS::ApplicationAutoScaling::ScalableTarget');
  return [MinCapacity, only(stack, 'AWS::ECS::Service').DesiredCount, MaxCapacity];
}

describe('the second region of a StatelessService', () => {
  test.each([
    [Tier.MISSION_CRITICAL, ACTIVE_ACTIVE, [6, 6, 12]],
    [Tier.BUSINESS_CRITICAL, ACTIVE_ACTIVE, [6, 6, 12]],
    [Tier.BUSINESS_CRITICAL, HOT_STANDBY, [6, 6, 12]],
    [Tier.BUSINESS_CRITICAL, WARM_STANDBY, [3, 3, 12]],
    [Tier.IMPORTANT, HOT_STANDBY, [6, 6, 12]],
    [Tier.IMPORTANT, WARM_STANDBY, [2, 2, 12]],
    [Tier.IMPORTANT, PILOT_LIGHT, [0, 0, 12]],
    [Tier.IMPORTANT, BACKUP_AND_RESTORE, [0, 0, 12]],
    [Tier.STANDARD, PILOT_LIGHT, [0, 0, 8]],
  ])('at tier %i, %s, runs %j tasks', (tier, approach, expected) => {
    expect(tasks(otherRegion(tier, approach))).toEqual(expected);
  });

  test('may run something in a pilot light', () => {
    expect(tasks(otherRegion(Tier.IMPORTANT, PILOT_LIGHT, { standbyCapacity: 0.5 }))).toEqual([3, 3, 12]);
  });

  test('fails when a hot standby is smaller than the peak', () => {
    const made = () => otherRegion(Tier.BUSINESS_CRITICAL, HOT_STANDBY, { standbyCapacity: 0.5 });
    expect(refusal(made).problem).toBe(
      'standbyCapacity is 0.5, but the tier owes 1 (a hot standby runs at full size and only has to be switched to)',
    );
  });

  test('says why nothing runs', () => {
    const { decisions } = catalogued(otherRegion(Tier.IMPORTANT, PILOT_LIGHT));
    expect(decisions).toContainEqual(
      expect.objectContaining({
        what: 'Web.standbyCapacity',
        value: '0',
        because: 'a pilot light keeps the data; compute is started by the failover',
      }),
    );
    expect(decisions).toContainEqual(expect.objectContaining({ what: 'Web.minTasks', value: '0' }));
  });
});
