import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { shareOfOutage } from '../../../lib/calculus/switching';
import { assessed, assumptionsOf } from '../../support/assess';
import { alias, attribute, balancer, network, REGISTERED, record, tasks } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];

function region(place: string, role: 'PRIMARY' | 'SECONDARY', data: Resources) {
  const Resources = {
    ...network([`${place}a`, `${place}b`]),
    ...balancer('AB'),
    ...tasks(2, 'AB', REGISTERED),
    ...data,
    Name: record({ Failover: role, SetIdentifier: role, ...alias(attribute('Front', 'DNSName'), true) }),
  };
  return { region: place, template: { Resources } };
}

const database = (properties: object): Resources => ({
  Db: { Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ: true, ...properties } },
});
const ORDERS = database({ DBInstanceIdentifier: 'orders' });
const COPY = database({ SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:123456789012:db:orders' });

const withData = (west: Resources, central: Resources) =>
  assessed({
    stacks: {
      west: { account: '123456789012', ...region('eu-west-1', 'PRIMARY', west) },
      central: { account: '123456789012', ...region('eu-central-1', 'SECONDARY', central) },
    },
  });

const switching = ({ availability }: ReturnType<typeof withData>) =>
  availability.shares.find(({ event }) => event.id.startsWith('switching:'))?.event;

describe('a failover by health checks to a copy that must be promoted', () => {
  const [bare, promoted] = [withData({}, {}), withData(ORDERS, COPY)];

  it('serves once somebody has promoted it, not once users are led there', () => {
    const { acknowledgeSeconds, decideSeconds, reconnectSeconds } = AWS_FACTS;
    const { readReplicaPromotionSeconds } = RECOVERY_FACTS;
    const facts = [acknowledgeSeconds, decideSeconds, readReplicaPromotionSeconds, reconnectSeconds];
    const seconds = facts.reduce((sum, { value }) => sum + value.typical, 0);
    expect(switching(promoted)?.likelihood.unavailability).toBeCloseTo(shareOfOutage(seconds, 3600), 12);
    expect(switching(bare)?.likelihood.unavailability).toBeCloseTo(shareOfOutage(120, 3600), 12);
    expect(switching(promoted)?.what).toContain('wait for the copy of central/Db');
  });

  it('is said', () => {
    expect(assumptionsOf(promoted)).toContain('wait until the copy of central/Db is promoted');
    expect(assumptionsOf(bare)).not.toContain('promoted');
  });
});
