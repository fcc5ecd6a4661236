import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { regionalName } from '../../region/membership';
import { twinKeyArn } from '../regional-key';
import { partitionOf, type Twin } from '../twin';

/** The bucket of a region: names of buckets are unique in the world, so the account is a part. @internal */
export function bucketNameIn(construct: Construct, { region, account }: Twin): string {
  return `${regionalName(construct, region, 50)}-${account}`;
}

/** @internal */
export function bucketArnIn(construct: Construct, twin: Twin): string {
  return `arn:${partitionOf(construct, twin.region)}:s3:::${bucketNameIn(construct, twin)}`;
}

/** The role that replicates from a region; other accounts let it in by this name. @internal */
export function replicationRoleName(construct: Construct, { region }: Twin): string {
  return regionalName(construct, region, 64);
}

/** @internal */
export function replicationRoleArn(construct: Construct, twin: Twin): string {
  const { region, account } = twin;
  return `arn:${partitionOf(construct, region)}:iam::${account}:role/${replicationRoleName(construct, twin)}`;
}

/** The key that replicas are encrypted with in another region. @internal */
export function replicaKeyIn(
  construct: Construct,
  twin: Twin,
  keyArns: Readonly<Record<string, string>>,
): IKey {
  const arn = keyArns[twin.region] ?? twinKeyArn(construct, twin);
  return Key.fromKeyArn(construct, `Key-${twin.region}`, arn);
}
