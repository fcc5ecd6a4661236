import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { RegionRole } from '../../../lib/objectives/region-role';
import { assessed, assumptionsOf } from '../../support/assess';
import type { TestStack } from '../../support/graph';
import { placeOf } from '../../support/places';
import { backedUp, ref, resource, sumOf, web, words } from './parts';

const HOUR = 3600;
const NOTICED = RECOVERY_FACTS.noticeRegionSeconds.value.worst;
const ACKNOWLEDGED = AWS_FACTS.acknowledgeSeconds.value.worst;
const DECIDED = AWS_FACTS.decideSeconds.value.worst;
const PEOPLE = NOTICED + ACKNOWLEDGED + DECIDED;
const BY_HAND = RECOVERY_FACTS.switchByHandSeconds.value.worst;
const RECONNECTED = AWS_FACTS.reconnectSeconds.value.worst;
const ANEW = RECOVERY_FACTS.newRegionSeconds.value.worst;

type Resources = Readonly<Record<string, unknown>>;

const { PRIMARY, STANDBY, ACTIVE } = RegionRole;

const eventWords = ({ availability }: ReturnType<typeof assessed>) =>
  availability.shares.map(({ event }) => event.what).join('\n');

function regionOf(stacks: Readonly<Record<string, TestStack>>) {
  return assessed({ stacks }).recovery.region;
}

const inIreland = (resources: Resources, role?: RegionRole) =>
  placeOf({ region: 'eu-west-1', account: '123456789012', ...(role && { role }) }, resources);
const inFrankfurt = (resources: Resources, role: RegionRole) =>
  placeOf({ region: 'eu-central-1', account: '123456789012', role }, resources);

describe('records', () => {
  const pair = (check: Resources, ttl: unknown = 60, zone: unknown = 'Z1', inOne: Resources = {}) => {
    const record = (role: string, region: string, health: Resources) => ({
      Record: resource('Route53::RecordSet', {
        HostedZoneId: zone,
        Name: 'shop.example.com',
        Type: 'CNAME',
        ...(ttl !== undefined && { TTL: typeof ttl === 'number' ? String(ttl) : ttl }),
        SetIdentifier: region,
        Failover: role,
        ResourceRecords: [{ 'Fn::GetAtt': ['Front', 'DNSName'] }],
        ...health,
      }),
      Front: resource('ElasticLoadBalancingV2::LoadBalancer', { Type: 'application' }),
    });
    return {
      ireland: inIreland(
        {
          ...record('PRIMARY', 'eu-west-1', { HealthCheckId: ref('Check') }),
          Check: resource('Route53::HealthCheck', {
            HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: 'x.example.com', ...check },
          }),
          ...inOne,
        },
        ACTIVE,
      ),
      frankfurt: inFrankfurt(record('SECONDARY', 'eu-central-1', {}), ACTIVE),
    };
  };

  test('with a check every 10 s and a TTL of 60 s lead away after 10 × (2 + 1) + 60 s', () => {
    const quick = regionOf(pair({ RequestInterval: 10, FailureThreshold: 2 }));
    expect(quick.rtoSeconds).toBe(10 * 3 + 60);
    expect(quick.typicalRtoSeconds).toBe(10 * 2 + 60);
    expect(quick.meets).toBe(true);
  });

  test('lead away from a job of one region only, which is named as what nothing stands by for', () => {
    const lone = regionOf(pair({}, 60, 'Z1', { Nightly: resource('Lambda::Function') }));
    expect(lone.shortfalls.map(({ found }) => found).join()).toMatch(
      /everything is deployed to another region, as nothing stands by for \S*Nightly/,
    );
    expect(words(lone.rtoTerms)).toContain('everything is deployed to another region');
    const all = regionOf({ ireland: inIreland({ Nightly: resource('Lambda::Function') }) });
    expect(all.shortfalls.map(({ found }) => found).join()).toMatch(
      /everything is deployed to another region(?!, as)/,
    );
  });

  test('with the checks of AWS they take 30 × (3 + 1) + 60 s', () => {
    expect(regionOf(pair({})).rtoSeconds).toBe(30 * 4 + 60);
  });

  test('of a zone that deploy decides are taken to answer for one name, and that is left to deploy', () => {
    const [known, open] = ['Z1', { 'Fn::ImportValue': 'zone' }].map((zone) =>
      assessed({ stacks: pair({}, 60, zone) }),
    );
    expect(open?.recovery.region.rtoSeconds).toBe(known?.recovery.region.rtoSeconds);
    expect(open?.availability.unavailability).toBe(known?.availability.unavailability);
    expect(known?.leftToDeploy).toEqual([]);
    expect(open?.leftToDeploy.join()).toMatch(/Record and .*Record are taken to answer for one name/);
  });

  test('with the TTL of the CDK they take half an hour more, and the cause is named', () => {
    const slow = regionOf(pair({}, 1800));
    expect(slow.rtoSeconds).toBe(30 * 4 + 1800);
    expect(words(slow.rtoTerms)).toEqual([
      'health checks, 30 s × (3 + 1)',
      'time to live of shop.example.com CNAME',
    ]);
    expect(slow.rtoTerms.at(-1)?.source).toBe('TTL');
  });

  test.each([
    ['none', null, 'the app does not tell it'],
    ['one that deploy decides', { 'Fn::ImportValue': 'ttl' }, 'the app does not tell it'],
    ['one below 0', -60, '-60 s is no time to live'],
    ['one of more than 31 bits', 99_999_999_999, '99999999999 s is no time to live'],
  ])(
    'with %s as TTL count the half hour of the CDK, as the availability does, and both say so',
    (_, ttl, why) => {
      const design = assessed({ stacks: pair({}, ttl) });
      expect(design.recovery.region.rtoSeconds).toBe(30 * 4 + 1800);
      const taken = `the TTL of shop.example.com CNAME is taken as 1800 s: ${why}`;
      expect(words(design.recovery.region.rtoTerms).at(-1)).toContain(taken);
      expect(assumptionsOf(design)).toContain(taken);
      expect(eventWords(design)).toContain('the 1890 s in which users of shop.example.com CNAME');
    },
  );
});

describe('a service of one region', () => {
  const table = { Orders: resource('DynamoDB::Table', { TableName: 'orders' }) };

  test('without data is built anew in another one', () => {
    const { rtoSeconds, rpoSeconds } = regionOf({ app: inIreland(web()) });
    expect(rtoSeconds).toBe(PEOPLE + ANEW);
    expect(rpoSeconds).toBeUndefined();
  });

  test('loses its data for good where no copy is elsewhere', () => {
    const region = regionOf({ app: inIreland(table) });
    expect([region.rtoSeconds, region.rpoSeconds, region.meets]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      false,
    ]);
    expect(region.because).toContain('global table');
  });

  test('restores copies of backups, and loses their interval, window, duration and copy', () => {
    const copy = {
      CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-central-1:123456789012:backup-vault:v' }],
    };
    const { rtoSeconds, rpoSeconds, rtoTerms } = regionOf({
      app: inIreland({ ...table, ...backedUp('Orders', copy) }),
    });
    expect(rpoSeconds).toBe(
      24 * HOUR +
        HOUR +
        AWS_FACTS.backupDurationSeconds.value.worst +
        AWS_FACTS.backupCopySeconds.value.worst,
    );
    expect(rtoSeconds).toBe(
      PEOPLE +
        ANEW +
        RECOVERY_FACTS.restoreTableSeconds.value.worst +
        RECOVERY_FACTS.endpointSwitchSeconds.value.worst,
    );
    expect(sumOf(rtoTerms)).toBe(rtoSeconds);
  });

  test('is not helped by copies that stay in the region', () => {
    const copy = {
      CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:123456789012:backup-vault:v' }],
    };
    expect(regionOf({ app: inIreland({ ...table, ...backedUp('Orders', copy) }) }).rpoSeconds).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  test('changes its records when it is built anew', () => {
    const record = resource('Route53::RecordSet', {
      HostedZoneId: 'Z1',
      Name: 'shop.example.com',
      Type: 'CNAME',
      TTL: '300',
      ResourceRecords: [{ 'Fn::GetAtt': ['Front', 'DNSName'] }],
    });
    const { rtoSeconds } = regionOf({ app: inIreland({ ...web(), Record: record }) });
    expect(rtoSeconds).toBe(PEOPLE + ANEW + RECOVERY_FACTS.recordChangeSeconds.value.worst + 300);
  });
});

describe('data in two regions', () => {
  const global = (properties: Resources = {}) => ({
    Orders: resource('DynamoDB::GlobalTable', {
      Replicas: [{ Region: 'eu-west-1' }, { Region: 'eu-central-1' }],
      ...properties,
    }),
  });

  test('a global table loses its lag, and serves at once', () => {
    const { rpoSeconds, rtoSeconds } = regionOf({ app: inIreland(global()) });
    expect([rpoSeconds, rtoSeconds]).toEqual([5, 0]);
  });

  test('with strong consistency it loses nothing', () => {
    expect(regionOf({ app: inIreland(global({ MultiRegionConsistency: 'STRONG' })) }).rpoSeconds).toBe(0);
  });

  describe('a replica in another account', () => {
    const tables = (source: string) => ({
      ireland: placeOf(
        { region: 'eu-west-1', account: '123456789012', role: ACTIVE },
        {
          Orders: resource('DynamoDB::GlobalTable', {
            TableName: 'orders',
            Replicas: [{ Region: 'eu-west-1' }],
          }),
        },
      ),
      frankfurt: placeOf(
        { region: 'eu-central-1', account: '444455556666', role: ACTIVE },
        {
          Copy: resource('DynamoDB::GlobalTable', {
            TableName: 'orders',
            GlobalTableSourceArn: source,
            Replicas: [{ Region: 'eu-central-1' }],
          }),
        },
      ),
    });

    test('is a copy, whichever of the two is lost', () => {
      const { rpoSeconds } = regionOf(tables('arn:aws:dynamodb:eu-west-1:123456789012:table/orders'));
      expect(rpoSeconds).toBe(5);
    });

    test('of a table that has another source is none', () => {
      const { rpoSeconds } = regionOf(tables('arn:aws:dynamodb:eu-west-1:123456789012:table/bookings'));
      expect(rpoSeconds).toBe(Number.POSITIVE_INFINITY);
    });
  });

  test('Aurora DSQL of two regions loses nothing, of one it loses all', () => {
    const cluster = (properties: Resources) =>
      regionOf({ app: inIreland({ Db: resource('DSQL::Cluster', properties) }) });
    expect(cluster({ MultiRegionProperties: { WitnessRegion: 'eu-west-2' } }).rpoSeconds).toBe(0);
    expect(cluster({}).rpoSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  test('backups of a database that follow to another region lose 25 minutes', () => {
    const database = (properties: Resources) =>
      regionOf({ app: inIreland({ Db: resource('RDS::DBInstance', { MultiAZ: true, ...properties }) }) });
    expect(database({ AutomaticBackupReplicationRegion: 'eu-central-1' }).rpoSeconds).toBe(1500);
    expect(database({}).rpoSeconds).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('messages', () => {
  const worker = (queue: Resources) => ({
    Queue: resource('SQS::Queue', queue),
    Worker: resource('Lambda::Function'),
    Source: resource('Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      FunctionName: ref('Worker'),
    }),
  });

  test('of a queue are lost as far back as it keeps them', () => {
    expect(regionOf({ app: inIreland(worker({})) }).rpoSeconds).toBe(4 * 24 * HOUR);
    const short = regionOf({ app: inIreland(worker({ MessageRetentionPeriod: 60 })) });
    expect(short.rpoSeconds).toBe(60);
    expect(words(short.rpoTerms)).toEqual(['messages that nobody has taken yet']);
  });

  test('that can be made again owe nothing', () => {
    const made = worker({ Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] });
    expect(regionOf({ app: inIreland(made) }).rpoSeconds).toBeUndefined();
  });
});

describe('a standby', () => {
  const GLOBAL = resource('RDS::GlobalCluster', { GlobalClusterIdentifier: 'orders' });
  const member = resource('RDS::DBInstance', {
    Engine: 'aurora-postgresql',
    DBInstanceClass: 'db.r6g.large',
    DBClusterIdentifier: ref('Db'),
  });
  const cluster = (more: Resources = {}) => ({
    Db: resource('RDS::DBCluster', {
      Engine: 'aurora-postgresql',
      GlobalClusterIdentifier: 'orders',
      ...more,
    }),
    Writer: member,
    Reader: member,
  });
  const shop = (more: { readonly plan?: Resources; readonly tasks?: number } = {}) => ({
    ireland: inIreland(
      { Global: GLOBAL, ...cluster({ MasterUsername: 'admin' }), ...web({ tasks: 4 }) },
      PRIMARY,
    ),
    frankfurt: inFrankfurt(
      { ...cluster(), ...web({ tasks: more.tasks ?? 4 }), ...(more.plan ?? {}) },
      STANDBY,
    ),
  });

  const promoted = AWS_FACTS.auroraGlobalFailoverSeconds.value.worst;

  test('is promoted by a person where no plan does it', () => {
    const { rtoSeconds, rpoSeconds, rtoTerms } = regionOf(shop());
    expect(rtoSeconds).toBe(PEOPLE + Math.max(promoted, BY_HAND));
    expect(rpoSeconds).toBe(AWS_FACTS.auroraGlobalLagSeconds.value.worst);
    expect(words(rtoTerms)).toContain('a person decides');
  });

  test('is found where no global cluster of its name is in the app: the first is that with an administrator', () => {
    const named = { ireland: shop().ireland, frankfurt: shop().frankfurt };
    const { Global: _, ...without } = named.ireland.template.Resources as Resources;
    const ireland = { ...named.ireland, template: { ...named.ireland.template, Resources: without } };
    const [held, literal] = [regionOf(shop()), regionOf({ ...named, ireland })];
    expect(literal).toMatchObject({ rtoSeconds: held.rtoSeconds, rpoSeconds: held.rpoSeconds });
    expect(words(literal.rtoTerms)).toEqual(words(held.rtoTerms));
  });

  test('follows nothing where the first one joins by another name', () => {
    const { ireland } = shop();
    const others = {
      ...(ireland.template.Resources as Resources),
      ...cluster({ MasterUsername: 'admin', GlobalClusterIdentifier: 'other' }),
    };
    const apart = regionOf({
      ...shop(),
      ireland: { ...ireland, template: { ...ireland.template, Resources: others } },
    });
    expect(apart.rpoSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  const started = AWS_FACTS.fargateLaunchSeconds.value.worst + AWS_FACTS.bootSeconds.value.worst + 150;

  test('that runs nothing is started first: a pilot light', () => {
    const pilot = regionOf(shop({ tasks: 0 }));
    expect(pilot.rtoSeconds).toBe(PEOPLE + Math.max(started, BY_HAND));
    expect(assessed({ stacks: shop({ tasks: 0 }) }).controlPlane).toContainEqual(
      expect.objectContaining({ disruption: 'region', what: 'launches a unit' }),
    );
  });

  test('that runs less, and that nothing grows, is grown by a person', () => {
    expect(regionOf(shop({ tasks: 2 })).rtoSeconds).toBe(PEOPLE + Math.max(started, BY_HAND));
  });

  const step = (type: string, configuration: Resources) => ({
    Name: type,
    ExecutionBlockType: type,
    ExecutionBlockConfiguration: configuration,
  });
  const plan = (steps: readonly unknown[], more: Resources = {}) => ({
    Plan: resource('ARCRegionSwitch::Plan', {
      Regions: ['eu-west-1', 'eu-central-1'],
      PrimaryRegion: 'eu-west-1',
      RecoveryApproach: 'activePassive',
      Workflows: [
        { WorkflowTargetAction: 'activate', WorkflowTargetRegion: 'eu-west-1', Steps: [] },
        { WorkflowTargetAction: 'activate', WorkflowTargetRegion: 'eu-central-1', Steps: steps },
      ],
      ...more,
    }),
  });
  const AURORA = step('AuroraGlobalDatabase', { GlobalAuroraConfig: { TimeoutMinutes: 10 } });
  const gate = (minutes?: number) =>
    step('ManualApproval', {
      ExecutionApprovalConfig: {
        ApprovalRole: 'r',
        ...(minutes !== undefined && { TimeoutMinutes: minutes }),
      },
    });

  test('that a plan moves takes the timeouts of its steps, and a person who starts it', () => {
    const { rtoSeconds, rtoTerms } = regionOf(shop({ plan: plan([AURORA]) }));
    expect(rtoSeconds).toBe(NOTICED + ACKNOWLEDGED + DECIDED + 10 * 60 + RECONNECTED);
    expect(sumOf(rtoTerms)).toBe(rtoSeconds);
  });

  test('whose plan asks for approval waits for it: 15 minutes, or the hour of AWS', () => {
    const asked = (minutes?: number) => regionOf(shop({ plan: plan([gate(minutes), AURORA]) }));
    expect(asked(15).rtoSeconds).toBe(NOTICED + ACKNOWLEDGED + 15 * 60 + 10 * 60 + RECONNECTED);
    expect(asked().rtoSeconds).toBe(NOTICED + ACKNOWLEDGED + HOUR + 10 * 60 + RECONNECTED);
    expect(asked().meets).toBe(false);
    expect(asked().because).toContain('a shorter TimeoutMinutes');
  });

  test('whose plan has triggers waits for nobody', () => {
    const triggers = { Triggers: [{ Action: 'activate', TargetRegion: 'eu-central-1' }] };
    expect(regionOf(shop({ plan: plan([AURORA], triggers) })).rtoSeconds).toBe(
      NOTICED + 10 * 60 + RECONNECTED,
    );
  });

  test('counts steps side by side once', () => {
    const both = step('Parallel', { ParallelConfig: { Steps: [AURORA, gate(30)] } });
    expect(regionOf(shop({ plan: plan([both]) })).rtoSeconds).toBe(
      NOTICED + ACKNOWLEDGED + 30 * 60 + RECONNECTED,
    );
  });
});

describe('what the app does not show', () => {
  test('is open where the other region is in another app', () => {
    const { meets, open } = regionOf({ app: inIreland(web(), PRIMARY) });
    expect(meets).toBeUndefined();
    expect(open).toBe('the other regions of shop are not in the app');
  });

  test('is not open where the service says that it has no other region', () => {
    const place = { region: 'eu-west-1', account: '123456789012', role: PRIMARY };
    const { meets, open, shortfalls } = regionOf({ app: placeOf({ ...place, onlyRegion: true }, web()) });
    expect(meets).toBe(false);
    expect(open).toBeUndefined();
    expect(shortfalls.every((each) => each.open === undefined)).toBe(true);
  });

  test('is open where nothing leads users from one region to the other', () => {
    const both = regionOf({ ireland: inIreland(web(), ACTIVE), frankfurt: inFrankfurt(web(), ACTIVE) });
    expect(both.rtoSeconds).toBe(PEOPLE + BY_HAND);
    expect(both.rtoTerms.at(-1)?.what).toBe('a person moves the traffic');
  });
});

describe('copies that follow', () => {
  test('files in a standby lose their lag, and are promoted', () => {
    const files = (properties: Resources) => ({ Files: resource('EFS::FileSystem', properties) });
    const replicated = regionOf({
      ireland: inIreland(
        files({ ReplicationConfiguration: { Destinations: [{ Region: 'eu-central-1' }] } }),
        PRIMARY,
      ),
      frankfurt: inFrankfurt(
        files({ FileSystemProtection: { ReplicationOverwriteProtection: 'DISABLED' } }),
        STANDBY,
      ),
    });
    expect(replicated.rpoSeconds).toBe(900);
    const promoted = RECOVERY_FACTS.filesPromotionSeconds.value.worst;
    expect(replicated.rtoSeconds).toBe(
      PEOPLE + Math.max(promoted + AWS_FACTS.reconnectSeconds.value.worst, BY_HAND),
    );
    expect(regionOf({ app: inIreland(files({})) }).rpoSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  test('documents in a standby lose their lag', () => {
    const cluster = (properties: Resources) => ({ Db: resource('DocDB::DBCluster', properties) });
    const region = regionOf({
      ireland: inIreland(
        {
          ...cluster({ DBClusterIdentifier: 'orders-1', MasterUsername: 'admin' }),
          Global: resource('DocDB::GlobalCluster', {
            GlobalClusterIdentifier: 'orders',
            SourceDBClusterIdentifier: ref('Db'),
          }),
        },
        PRIMARY,
      ),
      frankfurt: inFrankfurt(cluster({ GlobalClusterIdentifier: 'orders' }), STANDBY),
    });
    expect(region.rpoSeconds).toBe(AWS_FACTS.auroraGlobalLagSeconds.value.worst);
  });

  test('a bucket with time control loses 15 minutes, without it hours', () => {
    const used = (properties: Resources) =>
      regionOf({
        app: inIreland({
          Files: resource('S3::Bucket', properties),
          Role: resource('IAM::Role', {
            Policies: [
              {
                PolicyName: 'p',
                PolicyDocument: {
                  Statement: [
                    { Effect: 'Allow', Action: 's3:*', Resource: { 'Fn::GetAtt': ['Files', 'Arn'] } },
                  ],
                },
              },
            ],
          }),
          Reader: resource('Lambda::Function', {
            Environment: { Variables: { BUCKET: ref('Files') } },
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          }),
        }),
      });
    const rule = (destination: Resources) => ({
      ReplicationConfiguration: {
        Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::other', ...destination } }],
      },
    });
    const timed = { ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } } };
    expect(used(rule(timed)).rpoSeconds).toBe(900);
    expect(used(rule({})).rpoSeconds).toBe(AWS_FACTS.s3ReplicationLagSeconds.value.worst);
    expect(used({}).rpoSeconds).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the key of a copy', () => {
  const keyed = (region: string) =>
    regionOf({
      app: inIreland({
        Orders: resource('DynamoDB::GlobalTable', {
          Replicas: ['eu-west-1', 'eu-central-1'].map((each) => ({
            Region: each,
            SSESpecification: {
              KMSMasterKeyId: `arn:aws:kms:${each === 'eu-west-1' ? each : region}:123456789012:key/k`,
            },
          })),
        }),
      }),
    });

  test('of its own region makes it a copy, of the lost one it makes it none', () => {
    expect(keyed('eu-central-1').rpoSeconds).toBe(5);
    const lost = keyed('eu-west-1');
    expect(lost.rpoSeconds).toBe(Number.POSITIVE_INFINITY);
    expect(lost.because).toContain('a key of its own region');
  });
});
