import type { CfnResource } from 'aws-cdk-lib/core';
import { type Improvement, improvement, isLess, isNot, isOff, type ReadProperty } from '../improvement';
import { automaticBackups, backupDays, deadLetters, locked, pointInTime, twoZones, versions } from '../owed';

/** An instance of a cluster, or a replica: its cluster or its source decides. */
const isMember = (_: CfnResource, read: ReadProperty): boolean =>
  read('dbClusterIdentifier') !== undefined || read('sourceDbInstanceIdentifier') !== undefined;

/** Automatic failover needs somewhere to fail over to. */
const hasNoReplica = (_: CfnResource, read: ReadProperty): boolean => {
  const [nodes, replicas] = [read('numCacheClusters'), read('replicasPerNodeGroup')];
  return !(Number(nodes) >= 2 || Number(replicas) >= 1);
};

const clusters = ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];

/** What holds data. @internal */
export const DATA: readonly Improvement[] = [
  improvement({
    type: 'AWS::RDS::DBInstance',
    property: 'multiAz',
    owed: twoZones,
    isWeaker: isOff,
    // RDS takes a zone by name or two by itself, not both.
    unless: (resource, read) => isMember(resource, read) || read('availabilityZone') !== undefined,
  }),
  ...['AWS::RDS::DBInstance', ...clusters].flatMap((type) => [
    improvement({
      type,
      property: 'backupRetentionPeriod',
      owed: backupDays,
      isWeaker: isLess,
      inWords: (days) => (days === undefined ? 'not set' : `${days} d`),
      unless: isMember,
    }),
    improvement({
      type,
      property: 'deletionProtection',
      owed: locked,
      isWeaker: isOff,
      unless: isMember,
    }),
  ]),
  improvement({
    type: 'AWS::DynamoDB::Table',
    property: 'pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled',
    owed: pointInTime,
    isWeaker: isOff,
  }),
  improvement({
    type: 'AWS::DynamoDB::Table',
    property: 'deletionProtectionEnabled',
    owed: locked,
    isWeaker: isOff,
  }),
  improvement({
    type: 'AWS::DynamoDB::GlobalTable',
    property: 'replicas[].pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled',
    owed: pointInTime,
    isWeaker: isOff,
  }),
  improvement({
    type: 'AWS::DynamoDB::GlobalTable',
    property: 'replicas[].deletionProtectionEnabled',
    owed: locked,
    isWeaker: isOff,
  }),
  improvement({
    type: 'AWS::S3::Bucket',
    property: 'versioningConfiguration.status',
    owed: versions,
    isWeaker: isNot('Enabled'),
    written: () => 'Enabled',
  }),
  improvement({
    type: 'AWS::EFS::FileSystem',
    property: 'backupPolicy.status',
    owed: automaticBackups,
    isWeaker: isNot('ENABLED'),
    written: () => 'ENABLED',
  }),
  improvement({
    type: 'AWS::EFS::FileSystem',
    property: 'availabilityZoneName',
    owed: twoZones,
    isWeaker: (zone) => typeof zone === 'string' && zone !== 'all',
    written: () => undefined,
    defaultsTo: 'all',
    inWords: (zone) => (typeof zone === 'string' ? `in ${zone} alone` : 'in all zones'),
    replaces: true,
  }),
  ...['automaticFailoverEnabled', 'multiAzEnabled'].map((property) =>
    improvement({
      type: 'AWS::ElastiCache::ReplicationGroup',
      property,
      owed: twoZones,
      isWeaker: isOff,
      unless: hasNoReplica,
    }),
  ),
  improvement({
    type: 'AWS::ElastiCache::ReplicationGroup',
    property: 'snapshotRetentionLimit',
    owed: backupDays,
    isWeaker: isLess,
    inWords: (days) => (days === undefined ? 'not set' : `${days} d`),
  }),
  improvement({
    type: 'AWS::SQS::Queue',
    property: 'redrivePolicy',
    owed: deadLetters,
    isWeaker: () => false,
    inWords: (policy) => (policy === true ? 'a dead-letter queue' : 'none'),
    onlySaid: true,
  }),
];
