import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { assessed } from '../../support/assess';
import { backedUp, resource, sumOf, words } from './parts';

const HOUR = 3600;
const PEOPLE =
  RECOVERY_FACTS.noticeDamageSeconds.value.worst +
  AWS_FACTS.acknowledgeSeconds.value.worst +
  AWS_FACTS.decideSeconds.value.worst;
const SWITCH = RECOVERY_FACTS.endpointSwitchSeconds.value.worst;
const PITR = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };

function repairOf(resources: Readonly<Record<string, unknown>>) {
  return assessed({ Resources: resources }).recovery.dataRepair;
}

const table = (properties: Readonly<Record<string, unknown>> = {}) => ({
  Orders: resource('DynamoDB::Table', properties),
});

describe('a table', () => {
  test('with point-in-time recovery loses five minutes, and is back after people, restore and switch', () => {
    const { rpoSeconds, rtoSeconds, rtoTerms, rpoTerms, meets } = repairOf(table(PITR));
    expect(rpoSeconds).toBe(300);
    expect(words(rpoTerms)).toEqual(['lag of point-in-time recovery']);
    expect(rtoSeconds).toBe(PEOPLE + RECOVERY_FACTS.restoreTableSeconds.value.worst + SWITCH);
    expect(sumOf(rtoTerms)).toBe(rtoSeconds);
    expect(meets).toBe(true);
  });

  test('without it never comes back, and says what would help', () => {
    const { rpoSeconds, rtoSeconds, meets, because } = repairOf(table());
    expect([rtoSeconds, rpoSeconds, meets]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      false,
    ]);
    expect(because).toContain('app/Orders');
    expect(because).toContain('PointInTimeRecoveryEnabled');
  });

  test('that is deleted is no better off for the lock on its deletion: damage stays', () => {
    expect(repairOf(table({ DeletionProtectionEnabled: true })).rpoSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  test('whose setting deploy decides counts as unprotected, and says what is open', () => {
    const { meets, open } = assessed({
      Parameters: { Recover: { Type: 'String' } },
      Resources: table({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: { Ref: 'Recover' } },
      }),
    }).recovery.dataRepair;
    expect(meets).toBeUndefined();
    expect(open).toContain('Recover');
  });

  test('that can be made again owes nothing', () => {
    const made = repairOf(table({ Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] }));
    expect([made.rpoSeconds, made.rtoSeconds, made.meets]).toEqual([undefined, 0, true]);
  });
});

describe('a global table', () => {
  const global = (replica: object) => ({
    Orders: resource('DynamoDB::GlobalTable', {
      Replicas: [
        { Region: 'eu-west-1', ...replica },
        { Region: 'eu-central-1', ...replica },
      ],
    }),
  });

  test('copies damage: replicas bring nothing back', () => {
    const { rpoSeconds, because } = repairOf(global({}));
    expect(rpoSeconds).toBe(Number.POSITIVE_INFINITY);
    expect(because).toContain('copies the damage');
  });

  test('with point-in-time recovery loses five minutes', () => {
    expect(repairOf(global(PITR)).rpoSeconds).toBe(300);
  });
});

describe('backups by plan', () => {
  const duration = AWS_FACTS.backupDurationSeconds.value.worst;

  test('a start window of an hour loses a day, the hour and the duration', () => {
    const { rpoSeconds, rpoTerms } = repairOf({ ...table(), ...backedUp('Orders') });
    expect(rpoSeconds).toBe(24 * HOUR + HOUR + duration);
    expect(rpoTerms.map(({ what, seconds }) => [what, seconds])).toEqual([
      ['interval of backups', 24 * HOUR],
      ['start window', HOUR],
      ['duration of a backup', duration],
    ]);
  });

  test('the start window of AWS, where none is set, loses seven hours more', () => {
    const wide = repairOf({ ...table(), ...backedUp('Orders', { StartWindowMinutes: undefined }) });
    const narrow = repairOf({ ...table(), ...backedUp('Orders') });
    expect((wide.rpoSeconds ?? 0) - (narrow.rpoSeconds ?? 0)).toBe(7 * HOUR);
    expect(wide.because).toContain('8 h start window');
  });

  test('hourly backups lose less than daily ones', () => {
    const hourly = repairOf({
      ...table(),
      ...backedUp('Orders', { ScheduleExpression: 'cron(0 * * * ? *)' }),
    });
    expect(hourly.rpoSeconds).toBe(HOUR + HOUR + duration);
  });

  test('continuous backups of a bucket lose a quarter of an hour', () => {
    const bucket = {
      Files: resource('S3::Bucket'),
      Reader: resource('Lambda::Function', {
        Environment: { Variables: { BUCKET: { Ref: 'Files' } } },
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      }),
      Role: resource('IAM::Role', {
        Policies: [
          {
            PolicyName: 'p',
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: { 'Fn::GetAtt': ['Files', 'Arn'] } }],
            },
          },
        ],
      }),
    };
    const plain = repairOf(bucket);
    const continuous = repairOf({ ...bucket, ...backedUp('Files', { EnableContinuousBackup: true }) });
    expect(plain.rpoSeconds).toBe(Number.POSITIVE_INFINITY);
    expect(continuous.rpoSeconds).toBe(AWS_FACTS.s3PointInTimeLagSeconds.value);
    const versioned = repairOf({
      ...bucket,
      Files: resource('S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }),
    });
    expect(versioned.rpoSeconds).toBe(0);
    expect(versioned.rtoSeconds).toBe(PEOPLE + RECOVERY_FACTS.restoreVersionsSeconds.value.worst);
  });
});

describe('other stores', () => {
  test('a database without backups never comes back', () => {
    const database = (days: number) =>
      repairOf({ Db: resource('RDS::DBInstance', { MultiAZ: true, BackupRetentionPeriod: days }) });
    expect(database(0).rtoSeconds).toBe(Number.POSITIVE_INFINITY);
    expect(database(0).because).toContain('BackupRetentionPeriod');
    expect(database(7).rtoSeconds).toBe(PEOPLE + RECOVERY_FACTS.restoreSeconds.value.worst + SWITCH);
    expect(database(7).rpoSeconds).toBe(300);
  });

  test('Aurora DSQL has only what a plan keeps', () => {
    const cluster = { Db: resource('DSQL::Cluster') };
    expect(repairOf(cluster).rpoSeconds).toBe(Number.POSITIVE_INFINITY);
    const hourly = backedUp('Db', { ScheduleExpression: 'cron(0 * * * ? *)' });
    expect(repairOf({ ...cluster, ...hourly }).rpoSeconds).toBe(
      2 * HOUR + AWS_FACTS.backupDurationSeconds.value.worst,
    );
  });

  test('files have their daily backups, where they are on', () => {
    const files = (status: string) =>
      repairOf({ Files: resource('EFS::FileSystem', { BackupPolicy: { Status: status } }) });
    expect(files('DISABLED').rpoSeconds).toBe(Number.POSITIVE_INFINITY);
    expect(files('ENABLED').rpoSeconds).toBe(
      24 * HOUR +
        AWS_FACTS.backupDefaultStartWindowSeconds.value +
        AWS_FACTS.backupDurationSeconds.value.worst,
    );
  });

  describe.each(['ReplicationGroup', 'CacheCluster', 'ServerlessCache'])('a cache (%s)', (kind) => {
    const cache = (properties: Readonly<Record<string, unknown>> = {}) =>
      assessed({ Resources: { Cache: resource(`ElastiCache::${kind}`, { Engine: 'redis', ...properties }) } })
        .recovery;

    test('that nobody declares rebuildable holds data, and without snapshots nothing repairs it', () => {
      const { dataRepair, region } = cache();
      expect([dataRepair.rtoSeconds, dataRepair.rpoSeconds, dataRepair.meets]).toEqual([
        Number.POSITIVE_INFINITY,
        Number.POSITIVE_INFINITY,
        false,
      ]);
      expect(dataRepair.because).toContain('SnapshotRetentionLimit');
      expect([region.rpoSeconds, region.meets]).toEqual([Number.POSITIVE_INFINITY, false]);
    });

    test('is restored from its snapshots', () => {
      const { rtoSeconds, rpoSeconds } = cache({ SnapshotRetentionLimit: 7 }).dataRepair;
      expect(rtoSeconds).toBe(PEOPLE + RECOVERY_FACTS.restoreSeconds.value.worst + SWITCH);
      expect(rpoSeconds).toBe(24 * HOUR + AWS_FACTS.backupDurationSeconds.value.worst);
    });

    test('owes nothing at any loss where it is declared rebuildable', () => {
      const found = cache({ Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] });
      expect([found.dataRepair.rtoSeconds, found.dataRepair.meets]).toEqual([0, true]);
      expect([found.dataRepair, found.availabilityZone, found.region].map((each) => each.rpoSeconds)).toEqual(
        [undefined, undefined, undefined],
      );
    });
  });

  test('a cache in one zone that keeps nothing has no way back from its loss, as with its repair', () => {
    const { availabilityZone } = assessed({
      Resources: { Cache: resource('ElastiCache::ReplicationGroup') },
    }).recovery;
    expect([availabilityZone.rtoSeconds, availabilityZone.rpoSeconds]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });

  test('memcached keeps nothing, and owes nothing', () => {
    const cache = resource('ElastiCache::CacheCluster', { Engine: 'memcached' });
    expect(repairOf({ Cache: cache }).rpoSeconds).toBeUndefined();
  });

  test('snapshots that deploy decides count as none, and that is said', () => {
    const { meets, open } = assessed({
      Parameters: { Days: { Type: 'Number' } },
      Resources: {
        Cache: resource('ElastiCache::ReplicationGroup', { SnapshotRetentionLimit: { Ref: 'Days' } }),
      },
    }).recovery.dataRepair;
    expect(meets).toBeUndefined();
    expect(open).toContain('Days');
  });
});

describe('beside a store of which deploy decides', () => {
  const app = (others: Readonly<Record<string, unknown>>) =>
    assessed({
      Parameters: { Recover: { Type: 'String' } },
      Resources: {
        Perhaps: resource('DynamoDB::Table', {
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: { Ref: 'Recover' } },
        }),
        ...others,
      },
    }).recovery.dataRepair;

  test('what is sure falls short, and is told', () => {
    const { meets, open, shortfalls } = app({ Lost: resource('DynamoDB::Table') });
    expect([meets, open]).toEqual([false, undefined]);
    expect(shortfalls.map(({ resource: { logicalId } = {} }) => logicalId)).toContain('Lost');
  });

  test('what keeps its data leaves it open', () => {
    expect(app({ Kept: resource('DynamoDB::Table', PITR) }).open).toContain('Recover');
  });
});
