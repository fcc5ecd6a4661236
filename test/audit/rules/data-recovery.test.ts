import { backupsKeepTheRecoveryPoint, dataCanComeBack } from '../../../lib/audit/rules/data-recovery';
import { Tier } from '../../../lib/objectives/tier';
import { graphOf, type TestTemplate } from '../../support/graph';
import { MAYBE_REBUILDABLE, REBUILDABLE } from '../../support/rebuildable';
import { checks, outcomeOf } from '../../support/rule-cases';

const PARAMETER = { Parameters: { P: { Type: 'String' } } };
const CONDITIONS = { Some: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'x'] } };
const VOLUME = { Type: 'AWS::EC2::Volume', Properties: {} };
const EVERYTHING = {
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: ['*'] } },
};
const plan = (...rules: readonly unknown[]) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: { BackupPlan: { BackupPlanRule: rules } },
});
const backedUp = (Data: object, ...rules: readonly unknown[]) => ({
  Resources: { Data, Plan: plan(...rules), Selection: EVERYTHING },
});
const hourly = { ScheduleExpression: 'rate(1 hour)', StartWindowMinutes: 60 };
const daily = { ScheduleExpression: 'cron(0 5 * * ? *)', StartWindowMinutes: 60 };
const EXCUSES = { '*Selection.*': 'what no plan selects is asked for by other rules' };

checks(backupsKeepTheRecoveryPoint, {
  tier: Tier.STANDARD,
  passes: {
    'a daily backup is at most 25 hours old': backedUp(VOLUME, daily),
    'the default schedule is daily': backedUp(VOLUME, { StartWindowMinutes: 60 }),
    'the default window is eight hours': backedUp(VOLUME, { ScheduleExpression: 'cron(0 5 * * ? *)' }),
    'rules with short windows make up for others': backedUp(VOLUME, daily, {
      ScheduleExpression: 'rate(1 hour)',
      StartWindowMinutes: 5000,
    }),
    'point-in-time recovery makes up for a weekly plan': backedUp(
      {
        Type: 'AWS::DynamoDB::Table',
        Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
      },
      { ScheduleExpression: 'rate(7 days)' },
    ),
  },
  fails: {
    'the rule runs every two days and may start an hour late': backedUp(VOLUME, {
      ...daily,
      ScheduleExpression: 'rate(2 days)',
    }),
    'the start window is as long as a day and more': backedUp(VOLUME, { ...daily, StartWindowMinutes: 2000 }),
    'the rule runs weekly': backedUp(VOLUME, { ...daily, ScheduleExpression: 'cron(0 5 ? * SUN *)' }),
    'a table has a weekly plan and no point-in-time recovery': backedUp(
      { Type: 'AWS::DynamoDB::Table', Properties: {} },
      { ScheduleExpression: 'rate(7 days)' },
    ),
  },
  unknown: {
    'the schedule is a parameter without a default': {
      ...PARAMETER,
      ...backedUp(VOLUME, { ScheduleExpression: { Ref: 'P' } }),
    },
    'the start window is a parameter without a default': {
      ...PARAMETER,
      ...backedUp(VOLUME, { ...daily, StartWindowMinutes: { Ref: 'P' } }),
    },
    'the plan is not in the app': {
      Resources: {
        Data: VOLUME,
        Selection: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: 'plan-1', BackupSelection: { Resources: ['*'] } },
        },
      },
    },
    'rules follow different time zones': backedUp(
      VOLUME,
      { ScheduleExpression: 'cron(0 5 ? * MON,THU *)', ScheduleExpressionTimezone: 'Asia/Tokyo' },
      { ScheduleExpression: 'cron(0 5 ? * TUE,SAT *)' },
    ),
    'whether it is rebuildable is known only at deploy': {
      ...MAYBE_REBUILDABLE.template,
      ...backedUp(
        { ...VOLUME, Properties: MAYBE_REBUILDABLE.Properties },
        { ScheduleExpression: 'rate(7 days)' },
      ),
    },
  },
  notApplicable: {
    'it is declared rebuildable': backedUp(
      { ...VOLUME, Properties: REBUILDABLE },
      { ScheduleExpression: 'rate(7 days)' },
    ),
    'no plan selects it': { Resources: { Data: VOLUME } },
    'it follows another database': backedUp(
      { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: 'orders' } },
      {},
    ),
  },
  equivalent: {
    ...EXCUSES,
    '*BackupPlanRule.1.*': 'one rule with a short window is enough',
    'Plan.BackupPlan.BackupPlanRule.0.ScheduleExpression': 'point-in-time recovery needs no plan',
  },
});

checks(backupsKeepTheRecoveryPoint, {
  tier: Tier.BUSINESS_CRITICAL,
  passes: {
    'an instance has automated backups': backedUp(
      { Type: 'AWS::RDS::DBInstance', Properties: { BackupRetentionPeriod: 7 } },
      hourly,
    ),
    'an instance without its own has continuous backups': backedUp(
      { Type: 'AWS::RDS::DBInstance', Properties: { BackupRetentionPeriod: 0 } },
      { ...hourly, EnableContinuousBackup: true },
    ),
    'a bucket has continuous backups': backedUp(
      { Type: 'AWS::S3::Bucket', Properties: {} },
      { ...hourly, EnableContinuousBackup: 'true' },
    ),
    'a bucket keeps versions': backedUp(
      { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } },
      hourly,
    ),
  },
  fails: {
    'a volume has hourly backups': backedUp(VOLUME, hourly),
    'a volume has continuous backups asked for, which AWS does not make of volumes': backedUp(VOLUME, {
      ...hourly,
      EnableContinuousBackup: true,
    }),
    'an instance has hourly snapshots only': backedUp(
      { Type: 'AWS::RDS::DBInstance', Properties: { BackupRetentionPeriod: 0 } },
      hourly,
    ),
    'a bucket has hourly snapshots only': backedUp({ Type: 'AWS::S3::Bucket', Properties: {} }, hourly),
  },
  unknown: {
    'whether backups are continuous is a parameter without a default': {
      ...PARAMETER,
      ...backedUp({ Type: 'AWS::S3::Bucket', Properties: {} }, { EnableContinuousBackup: { Ref: 'P' } }),
    },
  },
  notApplicable: { 'no plan selects it': { Resources: { Data: VOLUME } } },
  equivalent: {
    ...EXCUSES,
    '*.StartWindowMinutes': 'even hourly backups are too old, so that only what is continuous decides',
    '*.ScheduleExpression': 'even hourly backups are too old, so that only what is continuous decides',
    'Data.BackupRetentionPeriod': 'continuous backups make up for automated ones',
  },
});

const alone = (Type: string, Properties: object = {}) => ({ Resources: { Data: { Type, Properties } } });
const PITR = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
const attached = {
  Server: { Type: 'AWS::EC2::Instance', Properties: {} },
  Attachment: {
    Type: 'AWS::EC2::VolumeAttachment',
    Properties: { InstanceId: { Ref: 'Server' }, VolumeId: { Ref: 'Data' } },
  },
};
const lifecycle = (properties: object, details: object) => ({
  Type: 'AWS::DLM::LifecyclePolicy',
  Properties: { ...properties, PolicyDetails: details },
});
const taggedVolume = {
  Type: 'AWS::EC2::Volume',
  Properties: { Tags: [{ Key: 'snapshot', Value: 'yes' }] },
};
const volumesWithTag = { ResourceTypes: ['VOLUME'], TargetTags: [{ Key: 'snapshot', Value: 'yes' }] };
const registry = (rule: object) => ({
  Type: 'AWS::ECR::ReplicationConfiguration',
  Properties: { ReplicationConfiguration: { Rules: [rule] } },
});

checks(dataCanComeBack, {
  passes: {
    'a plan selects it': {
      Resources: {
        Data: { Type: 'AWS::Timestream::Table', Properties: {} },
        Selection: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: 'plan-1', BackupSelection: { Resources: ['*'] } },
        },
      },
    },
    'a table has point-in-time recovery': alone('AWS::DynamoDB::Table', PITR),
    'one replica of a table has point-in-time recovery': alone('AWS::DynamoDB::GlobalTable', {
      Replicas: [PITR],
    }),
    'a table of Keyspaces has point-in-time recovery': alone('AWS::Cassandra::Table', {
      PointInTimeRecoveryEnabled: true,
    }),
    'a bucket keeps versions': alone('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }),
    'a bucket is replicated': alone('AWS::S3::Bucket', {
      ReplicationConfiguration: { Rules: [{ Status: 'Enabled' }] },
    }),
    'an instance keeps backups': alone('AWS::RDS::DBInstance', { BackupRetentionPeriod: '7' }),
    'a file system is backed up': alone('AWS::EFS::FileSystem', { BackupPolicy: { Status: 'ENABLED' } }),
    'a Lustre file system is backed up': alone('AWS::FSx::FileSystem', {
      FileSystemType: 'LUSTRE',
      LustreConfiguration: { AutomaticBackupRetentionDays: 7 },
    }),
    'a Windows file system is backed up by itself': alone('AWS::FSx::FileSystem', {
      FileSystemType: 'WINDOWS',
    }),
    'a cache keeps snapshots': alone('AWS::ElastiCache::ReplicationGroup', { SnapshotRetentionLimit: 7 }),
    'a cache has a replica': alone('AWS::ElastiCache::ReplicationGroup', { NumCacheClusters: 2 }),
    'a stream keeps its records for a week': alone('AWS::Kinesis::Stream', { RetentionPeriodHours: 168 }),
    'a stream is archived': {
      Resources: {
        Data: { Type: 'AWS::Kinesis::Stream', Properties: {} },
        Archive: {
          Type: 'AWS::KinesisFirehose::DeliveryStream',
          Properties: {
            KinesisStreamSourceConfiguration: { KinesisStreamARN: { 'Fn::GetAtt': ['Data', 'Arn'] } },
          },
        },
      },
    },
    'the registry is replicated': {
      Resources: {
        Data: { Type: 'AWS::ECR::Repository', Properties: {} },
        Registry: registry({}),
        Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
      },
    },
    'the registry replicates what begins like it': {
      Resources: {
        Data: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'shop/web' } },
        Registry: registry({ RepositoryFilters: [{ Filter: 'shop/' }] }),
      },
    },
    'a policy makes snapshots of volumes with its tag': {
      Resources: { Data: taggedVolume, Policy: lifecycle({ State: 'ENABLED' }, volumesWithTag) },
    },
    'a default policy makes snapshots of every volume': {
      Resources: { Data: VOLUME, Policy: lifecycle({ DefaultPolicy: 'VOLUME' }, {}) },
    },
    'a database has a standby': alone('AWS::Timestream::InfluxDBInstance', {
      DeploymentType: 'WITH_MULTIAZ_STANDBY',
    }),
    'a cluster runs in two regions': alone('AWS::DSQL::Cluster', {
      MultiRegionProperties: { Clusters: ['arn:aws:dsql:eu-central-1:111122223333:cluster/1'] },
    }),
    'a cluster takes writes only once a cluster of another region is linked to it': alone(
      'AWS::DSQL::Cluster',
      {
        MultiRegionProperties: { WitnessRegion: 'eu-west-2' },
      },
    ),
    'it is declared rebuildable': alone('AWS::Cognito::UserPool', {
      UserPoolTags: { 'resilience:rebuildable': 'true' },
    }),
  },
  fails: {
    'a table has neither plan nor point-in-time recovery': alone('AWS::DynamoDB::Table'),
    'a table has one replica without point-in-time recovery': alone('AWS::DynamoDB::GlobalTable', {
      Replicas: [{ Region: 'eu-west-1' }],
    }),
    'a bucket has its versions suspended': alone('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Suspended' },
    }),
    'an instance has its backups switched off': alone('AWS::RDS::DBInstance', { BackupRetentionPeriod: 0 }),
    'a Windows file system has its backups switched off': alone('AWS::FSx::FileSystem', {
      FileSystemType: 'WINDOWS',
      WindowsConfiguration: { AutomaticBackupRetentionDays: 0 },
    }),
    'a Lustre file system has none by itself': alone('AWS::FSx::FileSystem', { FileSystemType: 'LUSTRE' }),
    'a cluster stands in one region': alone('AWS::DSQL::Cluster', { MultiRegionProperties: {} }),
    'a user pool has no backup at all': alone('AWS::Cognito::UserPool'),
    'a stream keeps its records for a day': alone('AWS::Kinesis::Stream'),
    'a repository is not replicated': alone('AWS::ECR::Repository'),
    'a cache has neither snapshots nor replicas': alone('AWS::ElastiCache::ReplicationGroup'),
    'a durable cache has neither': alone('AWS::MemoryDB::Cluster', { NumReplicasPerShard: 0 }),
    'a warehouse has its snapshots switched off': alone('AWS::Redshift::Cluster', {
      AutomatedSnapshotRetentionPeriod: 0,
    }),
    'the root volume of a server has no backup': alone('AWS::EC2::Instance'),
    'a volume is of another tag than the policy': {
      Resources: { Data: VOLUME, Policy: lifecycle({}, volumesWithTag) },
    },
    'the policy is switched off': {
      Resources: { Data: taggedVolume, Policy: lifecycle({ State: 'DISABLED' }, volumesWithTag) },
    },
    'the policy takes instances': {
      Resources: {
        Data: taggedVolume,
        Policy: lifecycle({}, { ...volumesWithTag, ResourceTypes: ['INSTANCE'] }),
      },
    },
    'the default policy takes instances': {
      Resources: { Data: VOLUME, Policy: lifecycle({ DefaultPolicy: 'INSTANCE' }, {}) },
    },
    'the registry replicates others': {
      Resources: {
        Data: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'office/web' } },
        Registry: registry({ RepositoryFilters: [{ Filter: 'shop/' }] }),
      },
    },
  },
  unknown: {
    'point-in-time recovery is a parameter without a default': {
      ...PARAMETER,
      ...alone('AWS::Cassandra::Table', { PointInTimeRecoveryEnabled: { Ref: 'P' }, KeyspaceName: 'shop' }),
    },
    'the versions of a bucket come from a transform': alone('AWS::S3::Bucket', {
      VersioningConfiguration: { 'Fn::Transform': {} },
    }),
    'the replicas of a table come from a transform': alone('AWS::DynamoDB::GlobalTable', {
      Replicas: { 'Fn::Transform': {} },
    }),
    'a macro may write a plan': { Transform: 'Plans', ...alone('AWS::DynamoDB::Table') },
    'a condition may leave out what archives a stream': {
      Conditions: CONDITIONS,
      Resources: {
        Data: { Type: 'AWS::Kinesis::Stream', Properties: {} },
        Archive: {
          Type: 'AWS::KinesisFirehose::DeliveryStream',
          Condition: 'Some',
          Properties: {
            KinesisStreamSourceConfiguration: { KinesisStreamARN: { 'Fn::GetAtt': ['Data', 'Arn'] } },
          },
        },
      },
    },
    'the kind of file system is a parameter without a default': {
      ...PARAMETER,
      ...alone('AWS::FSx::FileSystem', { FileSystemType: { Ref: 'P' } }),
    },
    'the tag that declares it is a parameter without a default': {
      ...PARAMETER,
      ...alone('AWS::Cognito::UserPool', { UserPoolTags: { 'resilience:rebuildable': { Ref: 'P' } } }),
    },
  },
  notApplicable: {
    'the cluster answers for its member': alone('AWS::RDS::DBInstance', {
      DBClusterIdentifier: 'orders',
      BackupRetentionPeriod: 0,
    }),
    'it follows another database': alone('AWS::RDS::DBInstance', {
      SourceDBInstanceIdentifier: 'orders',
      BackupRetentionPeriod: 0,
    }),
    'memcached keeps nothing': alone('AWS::ElastiCache::CacheCluster', { Engine: 'memcached' }),
  },
  equivalent: { 'Data.FileSystemType': 'other kinds have another default, or are not known' },
});

describe('X-39', () => {
  const outcome = (Resources: object) => outcomeOf(dataCanComeBack, { Resources } as never);
  const server = (name: string) => ({ Ref: name });

  it('passes for a volume when its instance is backed up', () => {
    const Selection = {
      Type: 'AWS::Backup::BackupSelection',
      Properties: { BackupPlanId: 'plan-1', BackupSelection: { Resources: [server('Server')] } },
    };
    expect(outcome({ Data: VOLUME, ...attached, Selection })).toBe('pass');
    expect(outcome({ Data: VOLUME, Server: attached.Server, Selection })).toBe('fail');
  });

  describe('of a bucket with artifacts of a pipeline', () => {
    const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'artifacts' } };
    const pipeline = (Properties: object) => ({ Type: 'AWS::CodePipeline::Pipeline', Properties });
    const store = (Location: unknown) => ({ Location, Type: 'S3' });

    it('is not applicable: each run makes them again', () => {
      const inOneRegion = pipeline({ ArtifactStore: store({ Ref: 'Data' }) });
      expect(outcome({ Data: bucket, Pipeline: inOneRegion })).toBe('notApplicable');
      const inSeveral = pipeline({
        ArtifactStores: [{ Region: 'eu-west-1', ArtifactStore: store({ Ref: 'Data' }) }],
      });
      expect(outcome({ Data: bucket, Pipeline: inSeveral })).toBe('notApplicable');
    });

    it('is not applicable in another region, which is meant by name', () => {
      const stack = (region: string, Resources: TestTemplate['Resources']) => ({
        region,
        account: '111122223333',
        template: { Resources },
      });
      const Pipeline = pipeline({
        ArtifactStores: [{ Region: 'eu-central-1', ArtifactStore: store('artifacts') }],
      });
      const stacks = {
        support: stack('eu-central-1', { Data: bucket }),
        pipeline: stack('eu-west-1', { Pipeline }),
      };
      const [data] = graphOf({ stacks }).ofType('AWS::S3::Bucket');
      if (!data) throw new Error('no bucket');
      expect(dataCanComeBack.check(data, { service: {} } as never)).toMatchObject({
        outcome: 'notApplicable',
      });
    });

    it('fails where the pipeline builds from what is in it, or has other artifacts', () => {
      const Stages = [{ Actions: [{ Configuration: { S3Bucket: { Ref: 'Data' } } }] }];
      const fromIt = pipeline({ ArtifactStore: store({ Ref: 'Data' }), Stages });
      expect(outcome({ Data: bucket, Pipeline: fromIt })).toBe('fail');
      expect(outcome({ Data: bucket, Pipeline: pipeline({ ArtifactStore: store('others') }) })).toBe('fail');
      expect(outcome({ Data: bucket, Pipeline: pipeline({ ArtifactStore: store({ Ref: 'P' }) }) })).toBe(
        'fail',
      );
      expect(outcome({ Data: bucket, Pipeline: pipeline({}) })).toBe('fail');
    });
  });

  it('passes when every data class of the service is rebuildable', () => {
    const [pool] = graphOf(alone('AWS::Cognito::UserPool')).resources;
    if (!pool) throw new Error('no pool');
    const judge = (...dataClasses: readonly object[]) =>
      dataCanComeBack.check(pool, { service: { catalogue: { dataClasses } } } as never);
    expect(judge({ rebuildable: true })).toMatchObject({ outcome: 'pass' });
    expect(judge({ rebuildable: true }, { name: 'orders' })).toMatchObject({ outcome: 'fail' });
  });

  it('passes for what AWS protects whatever the template says', () => {
    for (const Type of [
      'AWS::OpenSearchService::Domain',
      'AWS::SSM::Parameter',
      'AWS::RedshiftServerless::Namespace',
    ])
      expect([Type, outcome({ Data: { Type, Properties: {} } })]).toEqual([Type, 'pass']);
  });

  it('passes for what keeps backups for a day unless told otherwise', () => {
    for (const Type of [
      'AWS::RDS::DBInstance',
      'AWS::RDS::DBCluster',
      'AWS::DocDB::DBCluster',
      'AWS::Redshift::Cluster',
    ])
      expect([Type, outcome({ Data: { Type, Properties: {} } })]).toEqual([Type, 'pass']);
  });

  it('knows that file systems of one zone are backed up unless it is switched off', () => {
    const fileSystem = (Properties: object) =>
      outcome({ Data: { Type: 'AWS::EFS::FileSystem', Properties } });
    expect(fileSystem({ AvailabilityZoneName: 'eu-west-1a' })).toBe('pass');
    expect(fileSystem({ AvailabilityZoneName: 'eu-west-1a', BackupPolicy: { Status: 'DISABLED' } })).toBe(
      'fail',
    );
    expect(fileSystem({})).toBe('fail');
  });
});
