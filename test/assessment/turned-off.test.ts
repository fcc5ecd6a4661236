import { parseLoss, simulate } from '../../lib/assessment/simulate';
import { assessed, singlePoints } from '../support/assess';
import { alias, attribute, balancer, network, REGISTERED, record, tasks } from '../support/designs';

const name = (role: 'PRIMARY' | 'SECONDARY') => ({
  Name: record({ Failover: role, SetIdentifier: role, ...alias(attribute('Front', 'DNSName'), true) }),
});

function region(place: string, role: 'PRIMARY' | 'SECONDARY', count: number) {
  const Resources = {
    ...network([`${place}a`, `${place}b`]),
    ...balancer('AB'),
    ...tasks(count, 'AB', REGISTERED),
    ...name(role),
  };
  return { region: place, template: { Resources } };
}

const withStandby = (count: number) =>
  assessed({
    stacks: {
      west: region('eu-west-1', 'PRIMARY', 2),
      central: region('eu-central-1', 'SECONDARY', count),
    },
  });

function lose(service: ReturnType<typeof withStandby>, name: string) {
  const [loss] = simulate({ services: [service] }, [parseLoss(name)]);
  return { stops: loss?.stops, failed: loss?.failed.map(({ id }) => id), recovery: loss?.recovery };
}

describe('a standby that runs nothing, and may run nothing', () => {
  const [running, off] = [withStandby(2), withStandby(0)];

  it('takes no point of failure from the side that serves', () => {
    expect(singlePoints(running)).toEqual(['software:app', 'service:route53']);
    expect(singlePoints(off)).toEqual([
      'resource:west/Front',
      'region:eu-west-1',
      'software:app',
      'service:route53',
    ]);
  });

  it('does not take over from the region that is lost', () => {
    const kept = { rtoSeconds: 150, meets: true };
    expect(running.recovery.region).toMatchObject(kept);
    // Everything is deployed anew: 15 + 15 + 15 min, 2 h, and the change of the record.
    expect(off.recovery.region).toMatchObject({ rtoSeconds: 3 * 900 + 7200 + 120, meets: false });
    expect(lose(running, 'region:eu-west-1')).toMatchObject({ stops: false, recovery: kept });
    expect(lose(off, 'region:eu-west-1')).toMatchObject({ stops: true, recovery: { meets: false } });
  });

  it('is not said to be lost with what it does not stand in for', () => {
    expect(lose(off, 'region:eu-west-1').failed).not.toContain('central/Front');
    expect(lose(off, 'region:eu-central-1').failed).toContain('central/Front');
    expect(lose(off, 'region:eu-central-1').stops).toBe(false);
  });
});
