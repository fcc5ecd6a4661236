import { copiesLeaveTheRegion } from '../../../lib/audit/rules/data-copies';
import type { TestApp } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const HOME = { region: 'eu-west-1', account: '111122223333' };
const AWAY = { region: 'eu-central-1', account: '111122223333' };
const in_ = (place: object, Resources: object): TestApp => ({
  stacks: { Shop: { ...place, template: { Resources } as never } },
});
const one = (Type: string, Properties: object, place: object = HOME) =>
  in_(place, { Subject: { Type, Properties } });

const planTo = (...destinations: readonly unknown[]) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: {
    BackupPlan: {
      BackupPlanRule: [
        { CopyActions: destinations.map((destination) => ({ DestinationBackupVaultArn: destination })) },
      ],
    },
  },
});
const vaultArn = (region: string, account = '111122223333') =>
  `arn:aws:backup:${region}:${account}:backup-vault:far`;
const VAULT = { Type: 'AWS::Backup::BackupVault', Properties: {} };
const vaultOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'BackupVaultArn'] });
const inStacks = (plan: object, away: object, vault: object): TestApp => ({
  stacks: {
    Shop: { ...HOME, template: { Resources: { Plan: plan } } },
    Far: {
      ...away,
      template: {
        Resources: { Vault: vault },
        Outputs: { Arn: { Value: vaultOf('Vault'), Export: { Name: 'far' } } },
      },
    },
  },
});

const INSTANCE = 'AWS::RDS::DBInstance';
const SECRET = 'AWS::SecretsManager::Secret';
const GLOBAL = 'AWS::DynamoDB::GlobalTable';
const REGISTRY = 'AWS::ECR::ReplicationConfiguration';
const CLUSTER = 'AWS::Redshift::Cluster';
const DLM = 'AWS::DLM::LifecyclePolicy';
const replicasIn = (...regions: readonly unknown[]) => ({ Replicas: regions.map((Region) => ({ Region })) });
const registryTo = (Region: string, RegistryId: string) => ({
  ReplicationConfiguration: { Rules: [{ Destinations: [{ Region, RegistryId }] }] },
});
const snapshotsTo = (Target: unknown) => ({
  PolicyDetails: { Schedules: [{ CrossRegionCopyRules: [{ Target }] }] },
});
const bucketTo = (destination: object, Status = 'Enabled') => ({
  Type: 'AWS::S3::Bucket',
  Properties: { ReplicationConfiguration: { Rules: [{ Status, Destination: destination }] } },
});
const named = (BucketName: string) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });
const buckets = (destination: object): TestApp => ({
  stacks: {
    Shop: { ...HOME, template: { Resources: { Source: bucketTo(destination), Near: named('near') } } },
    Far: { ...AWAY, template: { Resources: { Copy: named('far') } } },
  },
});

checks(copiesLeaveTheRegion, {
  config: { services: [{ name: 'shop', tier: 1, stacks: ['Shop'], paths: [], tags: {} }] },
  passes: {
    'a plan copies to a vault in another region': in_(HOME, { Plan: planTo(vaultArn('eu-central-1')) }),
    'the vault is that of a stack in another region': inStacks(planTo(vaultArn('eu-central-1')), AWAY, {
      ...VAULT,
      Properties: { BackupVaultName: 'far' },
    }),
    'one of two copies leaves the region': in_(HOME, {
      Plan: planTo(vaultOf('Vault'), vaultArn('eu-central-1')),
      Vault: VAULT,
    }),
    'a bucket is replicated to a bucket in another region': buckets({ Bucket: 'arn:aws:s3:::far' }),
    'a table has a replica in another region': one(GLOBAL, replicasIn('eu-west-1', 'eu-central-1')),
    'backups of an instance go to another region': one(INSTANCE, {
      AutomaticBackupReplicationRegion: 'eu-central-1',
    }),
    'images go to another region': one(REGISTRY, registryTo('eu-central-1', '111122223333')),
    'a secret has a replica in another region': one(SECRET, { ReplicaRegions: [{ Region: 'eu-central-1' }] }),
    'snapshots of a cluster go to another region': one(CLUSTER, { DestinationRegion: 'eu-central-1' }),
    'snapshots of volumes go to another region': one(DLM, snapshotsTo('eu-central-1')),
    'a default policy copies to another region': one(DLM, {
      CrossRegionCopyTargets: [{ TargetRegion: 'eu-central-1' }],
    }),
  },
  fails: {
    'a plan copies to a vault of its region': in_(HOME, { Plan: planTo(vaultArn('eu-west-1')) }),
    'a plan copies to a vault of its stack': in_({}, { Plan: planTo(vaultOf('Vault')), Vault: VAULT }),
    'the vault is that of another stack in the region': inStacks(
      planTo({ 'Fn::ImportValue': 'far' }),
      HOME,
      VAULT,
    ),
    'the region is that of the stack, whichever it is': in_(
      { account: '111122223333' },
      {
        Plan: planTo({
          'Fn::Join': ['', ['arn:aws:backup:', { Ref: 'AWS::Region' }, ':111122223333:backup-vault:far']],
        }),
      },
    ),
    'one rule of two keeps its copies in the region': in_(HOME, {
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanRule: ['eu-west-1', 'eu-central-1'].map((region) => ({
              CopyActions: [{ DestinationBackupVaultArn: vaultArn(region) }],
            })),
          },
        },
      },
    }),
    'a bucket is replicated to a bucket in its region': buckets({ Bucket: 'arn:aws:s3:::near' }),
    'both replicas of a table are in its region': one(GLOBAL, replicasIn('eu-west-1', 'eu-west-1')),
    'backups of an instance stay': one(INSTANCE, { AutomaticBackupReplicationRegion: 'eu-west-1' }),
    'images stay': one(REGISTRY, registryTo('eu-west-1', '111122223333')),
    'the replica of a secret stays': one(SECRET, { ReplicaRegions: [{ Region: 'eu-west-1' }] }),
    'snapshots of a cluster stay': one(CLUSTER, { DestinationRegion: { Ref: 'AWS::Region' } }),
    'snapshots of volumes stay': one(DLM, snapshotsTo('eu-west-1')),
    'a default policy keeps its copies': one(DLM, {
      CrossRegionCopyTargets: [{ TargetRegion: 'eu-west-1' }],
    }),
  },
  unknown: {
    'the stack is bound to no region': in_(
      { account: '111122223333' },
      { Plan: planTo(vaultArn('eu-west-1')) },
    ),
    'the vault is a parameter without a default': {
      Parameters: { P: { Type: 'String' } },
      Resources: { Plan: planTo({ Ref: 'P' }) },
    },
    'the rules come from a transform': one('AWS::Backup::BackupPlan', {
      BackupPlan: { BackupPlanRule: { 'Fn::Transform': {} } },
    }),
    'the bucket is not in the app': one(
      'AWS::S3::Bucket',
      bucketTo({ Bucket: 'arn:aws:s3:::elsewhere' }).Properties,
    ),
    'the replicas come from a transform': one(GLOBAL, { Replicas: { 'Fn::Transform': {} } }),
    'the region of a secret comes from a transform': one(SECRET, {
      ReplicaRegions: [{ 'Fn::Transform': {} }],
    }),
    'a destination of images comes from a transform': one(REGISTRY, {
      ReplicationConfiguration: { Rules: [{ Destinations: [{ 'Fn::Transform': {} }] }] },
    }),
  },
  notApplicable: {
    'nothing is copied': one('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [{}] } }),
    'the copy goes to another account of the region': in_(HOME, {
      Plan: planTo(vaultArn('eu-west-1', '444455556666')),
    }),
    'the copy goes to an air-gapped vault of the region': in_(HOME, {
      Plan: planTo(vaultOf('Gap')),
      Gap: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: {} },
    }),
    'images go to another account of the region': one(REGISTRY, registryTo('eu-west-1', '444455556666')),
    'a table is in one region': one(GLOBAL, replicasIn('eu-west-1')),
    'the replication of a bucket is switched off': one(
      'AWS::S3::Bucket',
      bucketTo({ Bucket: 'arn:aws:s3:::copy' }, 'Disabled').Properties,
    ),
    'a bucket is replicated for another account': buckets({
      Bucket: 'arn:aws:s3:::near',
      Account: '444455556666',
    }),
    'no service declares what the copy of a bucket is for': {
      Resources: {
        Source: bucketTo({ Bucket: { 'Fn::GetAtt': ['Near', 'Arn'] } }),
        Near: { Type: 'AWS::S3::Bucket' },
      },
    },
    'snapshots go to an Outpost': one(
      DLM,
      snapshotsTo('arn:aws:outposts:eu-west-1:111122223333:outpost/op-1'),
    ),
  },
  equivalent: {
    '*.CopyActions.0.DestinationBackupVaultArn': 'the other copy leaves the region',
    '*.Replicas.0.Region': 'a replica elsewhere is one, whatever the other is',
    '*.RegistryId': 'images that leave the region do so in any account',
    '*Name': 'what is not in the app may be anywhere, and an ARN shows its region itself',
    '*.Rules.0.Status': 'a rule that is switched off copies nothing',
  },
});
