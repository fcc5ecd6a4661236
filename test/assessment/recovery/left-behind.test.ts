import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { RegionRole } from '../../../lib/objectives/region-role';
import { assessed, singlePoints } from '../../support/assess';
import { placeOf } from '../../support/places';
import { arnOf, backedUp, ref, resource } from './parts';

type Resources = Readonly<Record<string, unknown>>;

const { PRIMARY, STANDBY } = RegionRole;
const NEVER = Number.POSITIVE_INFINITY;
const SWITCHED = 30 * (3 + 1) + 60;

/** An API of one region that writes to what is called `Orders`. */
const shop = (role: 'PRIMARY' | 'SECONDARY', region: string): Resources => ({
  Record: resource('Route53::RecordSet', {
    HostedZoneId: 'Z1',
    Name: 'shop.example.com',
    Type: 'CNAME',
    TTL: '60',
    SetIdentifier: region,
    Failover: role,
    ResourceRecords: [{ 'Fn::Join': ['', [ref('Api'), `.execute-api.${region}.amazonaws.com`]] }],
    ...(role === 'PRIMARY' && { HealthCheckId: ref('Check') }),
  }),
  ...(role === 'PRIMARY' && {
    Check: resource('Route53::HealthCheck', {
      HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: 'x.example.com' },
    }),
  }),
  Api: resource('ApiGatewayV2::Api', { ProtocolType: 'HTTP', Name: 'api', Target: arnOf('Worker') }),
  Worker: resource('Lambda::Function', {
    Role: arnOf('Role'),
    Environment: { Variables: { T: ref('Orders') } },
  }),
  Role: resource('IAM::Role', {
    Policies: [
      {
        PolicyName: 'p',
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: arnOf('Orders') }],
        },
      },
    ],
  }),
});

const TABLE = { Orders: resource('DynamoDB::Table') };

function two(west: Resources, central: Resources, [first, second] = [PRIMARY, STANDBY]) {
  const place = (region: string, role: RegionRole, resources: Resources) =>
    placeOf({ region, account: '123456789012', role }, resources);
  return assessed({
    stacks: {
      west: place('eu-west-1', first, { ...shop('PRIMARY', 'eu-west-1'), ...west }),
      central: place('eu-central-1', second, { ...shop('SECONDARY', 'eu-central-1'), ...central }),
    },
  });
}

describe('two regions that each write to a table of their own', () => {
  const apart = two(TABLE, TABLE);

  test('serve on, but what users had is lost: no copy of it survives', () => {
    expect(singlePoints(apart)).toEqual(['software:shop', 'service:route53']);
    const { region } = apart.recovery;
    expect([region.rtoSeconds, region.rpoSeconds, region.meets]).toEqual([NEVER, NEVER, false]);
    expect(region.because).toContain(
      'west/Orders is lost with its region: no copy of its data is in another one',
    );
  });

  test('lose as much where both serve', () => {
    const { region } = two(TABLE, TABLE, [RegionRole.ACTIVE, RegionRole.ACTIVE]).recovery;
    expect([region.rtoSeconds, region.rpoSeconds]).toEqual([NEVER, NEVER]);
  });

  test('have it back from copies of backups, once a person has restored them', () => {
    const copies = [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-central-1:123456789012:backup-vault:v' }];
    const { region } = two({ ...TABLE, ...backedUp('Orders', { CopyActions: copies }) }, TABLE).recovery;
    expect(region.rtoSeconds).toBe(
      RECOVERY_FACTS.noticeRegionSeconds.value.worst +
        AWS_FACTS.acknowledgeSeconds.value.worst +
        AWS_FACTS.decideSeconds.value.worst +
        RECOVERY_FACTS.restoreTableSeconds.value.worst +
        RECOVERY_FACTS.endpointSwitchSeconds.value.worst,
    );
    expect(region.rpoSeconds).toBeGreaterThan(24 * 3600);
  });

  test('owe nothing of what can be made again', () => {
    const tags = { Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] };
    const made = { Orders: resource('DynamoDB::Table', tags) };
    const { region } = two(made, made).recovery;
    expect([region.rtoSeconds, region.rpoSeconds]).toEqual([SWITCHED, undefined]);
  });
});

test('two regions of one global table switch, and lose its lag', () => {
  const global = resource('DynamoDB::GlobalTable', {
    TableName: 'orders',
    Replicas: [{ Region: 'eu-west-1' }, { Region: 'eu-central-1' }],
  });
  const central = {
    Worker: resource('Lambda::Function', { Environment: { Variables: { T: 'orders' } } }),
  };
  const { region } = two({ Orders: global }, central).recovery;
  expect([region.rtoSeconds, region.rpoSeconds]).toEqual([SWITCHED, 5]);
});
