import type { CfnFileSystem, FileSystem } from 'aws-cdk-lib/aws-efs';
import {
  AccountPrincipal,
  AnyPrincipal,
  Effect,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { CfnParameter, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import { RegionRole } from '../../../objectives/region-role';
import { acknowledgeInlinePolicy, acknowledgeNag } from '../../governance/nag';
import { regionalName } from '../../region/membership';
import { partitionOf, type Twin, type Twins } from '../twin';
import type { ReplicatedFileSystemProps } from './replicated-file-system';

const FILE_SYSTEM_ID = 'fs-[0-9a-f]{8,40}';

/** @internal */
export function fileSystemMistakes({ own, others }: Twins, props: ReplicatedFileSystemProps): Mistake[] {
  const { peerFileSystemId: peer, path = '/data' } = props;
  const ids = { uid: props.uid, gid: props.gid };
  const mistakes: Mistake[] = [];
  if (own.role === RegionRole.ACTIVE && others.length > 0) {
    mistakes.push({
      problem: 'several regions serve, but EFS replicates one way: the other file system can be read only',
      fix: 'make one region the primary, or keep the data in a ReplicatedBucket or a GlobalTable',
    });
  }
  if (others.length > 1) {
    mistakes.push({
      problem: `the service has ${others.length} other regions, but EFS replicates to one`,
      fix: 'use two regions, and copies of backups for more',
    });
  }
  if (peer !== undefined && !Token.isUnresolved(peer) && !new RegExp(`^${FILE_SYSTEM_ID}$`).test(peer)) {
    mistakes.push({
      problem: `peerFileSystemId ${quoted(peer)} is no id of a file system`,
      fix: 'use the output of the standby, such as fs-0123456789abcdef0',
    });
  }
  for (const [what, id] of Object.entries(ids)) {
    if (id !== undefined && !/^\d{1,10}$/.test(id)) {
      mistakes.push({ problem: `${what} is ${quoted(id)}`, fix: 'use a number, such as 1000' });
    }
  }
  if (!/^(\/[^/]+){1,4}$/.test(path)) {
    mistakes.push({
      problem: `path ${quoted(path)} is no directory of an access point`,
      fix: 'use /data, or up to four directories below each other',
    });
  }
  return mistakes;
}

/** Where this region's file system replicates to: its standby. @internal */
export function destinationOf({ own, others }: Twins, replicate: boolean): Twin | undefined {
  return replicate && own.role === RegionRole.PRIMARY ? others[0] : undefined;
}

/**
 * The replication to a file system that is there: its id is made up by AWS, so it is said, or asked for at deployment.
 *
 * @internal
 */
export function replicateTo(
  construct: Construct,
  { own, peer, id, fileSystem }: { own: Twin; peer: Twin; id: string | undefined; fileSystem: FileSystem },
): CfnFileSystem.ReplicationConfigurationProperty {
  const peerId = id ?? askForId(construct, peer);
  if (peer.account === own.account) {
    return { destinations: [{ fileSystemId: peerId, region: peer.region }] };
  }
  const peerArn = `${arnStart(construct, peer)}${peerId}`;
  const role = replicationRole(construct, { own, peerArn });
  // Nothing else waits for the policy of the role.
  fileSystem.node.addDependency(role.node.findChild('DefaultPolicy'));
  fileSystem.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LetTheOtherAccountTakeOver',
      principals: [new AccountPrincipal(peer.account)],
      actions: ['elasticfilesystem:DeleteReplicationConfiguration'],
    }),
  );
  return { destinations: [{ fileSystemId: peerArn, region: peer.region, roleArn: role.roleArn }] };
}

function askForId(construct: Construct, { region }: Twin): string {
  return new CfnParameter(construct, 'PeerFileSystemId', {
    type: 'String',
    description: `The file system of ${construct.node.path} in ${region}: the output of that stack`,
    allowedPattern: FILE_SYSTEM_ID,
    constraintDescription: 'the id of a file system, such as fs-0123456789abcdef0',
  }).valueAsString;
}

/**
 * Between accounts EFS replicates by a role of the source.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/cross-account-replication.html
 */
function replicationRole(construct: Construct, { own, peerArn }: { own: Twin; peerArn: string }): Role {
  const anyOfOwn = `${arnStart(construct, own)}*`;
  const role = new Role(construct, 'ReplicationRole', {
    roleName: regionalName(construct, own.region, 64),
    assumedBy: new ServicePrincipal('elasticfilesystem.amazonaws.com'),
    description: `Replicates ${construct.node.path}`,
  });
  role.addToPolicy(new PolicyStatement({ actions: REPLICATION_INTO, resources: [peerArn] }));
  role.addToPolicy(
    new PolicyStatement({
      actions: ['elasticfilesystem:DescribeFileSystems', 'elasticfilesystem:ReplicationRead'],
      resources: [anyOfOwn],
    }),
  );
  const policy = role.node.findChild('DefaultPolicy');
  acknowledgeInlinePolicy(policy);
  acknowledgeNag(
    policy,
    `IAM5[Resource::${anyOfOwn}]`,
    'The file system needs the role, so the role cannot name it.',
  );
  return role;
}

function arnStart(construct: Construct, { region, account }: Twin): string {
  return `arn:${partitionOf(construct, region)}:elasticfilesystem:${region}:${account}:file-system/`;
}

const REPLICATION_INTO = [
  'elasticfilesystem:CreateReplicationConfiguration',
  'elasticfilesystem:DeleteReplicationConfiguration',
  'elasticfilesystem:DescribeFileSystems',
  'elasticfilesystem:DescribeReplicationConfigurations',
  'elasticfilesystem:ReplicationWrite',
];

/** Nobody mounts it without TLS; the primary's account may replicate into it. @internal */
export function guard(fileSystem: FileSystem, { own, others }: Twins): void {
  fileSystem.addToResourcePolicy(
    new PolicyStatement({
      sid: 'DenyWithoutTls',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['elasticfilesystem:Client*'],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
  const source = others.find(({ role, account }) => role === RegionRole.PRIMARY && account !== own.account);
  if (!source) return;
  fileSystem.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LetThePrimaryReplicate',
      principals: [new AccountPrincipal(source.account)],
      actions: REPLICATION_INTO,
    }),
  );
}
