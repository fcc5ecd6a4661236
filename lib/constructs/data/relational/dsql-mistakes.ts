import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { awsRegion } from '../../../calculus/aws-regions';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import { RecoveryApproach } from '../../../objectives/policy/regions';
import { unknownRegionMistakes } from '../../../objectives/region-code';
import { membershipOf } from '../../region/membership';
import type { Twins } from '../twin';
import { witnessMistakes } from '../witness-mistakes';

/** What AWS does not offer of a cluster that spans regions, and where its witness may not stand. @internal */
export function dsqlRegionMistakes(
  construct: Construct,
  twins: Twins | undefined,
  witness: string | undefined,
): Mistake[] {
  if (!twins || twins.others.length === 0)
    return [
      {
        problem: 'multiRegion is true, but its service has no other region',
        fix: 'build it in the stacks of a RegionSet with two regions, or leave multiRegion out',
      },
    ];
  const regions = [twins.own, ...twins.others].map(({ region }) => region);
  return [
    ...countMistakes(regions),
    ...accountMistakes(twins),
    ...(witness === undefined ? noWitness(construct) : witnessRegionMistakes(regions, witness)),
    ...witnessMistakes(construct, witness),
  ];
}

function countMistakes(regions: readonly string[]): Mistake[] {
  if (regions.length === 2) return [];
  return [
    {
      problem: `${regions.length} regions would read and write, but Aurora DSQL spans two and a witness`,
      fix: 'keep two regions that serve in the set of regions, and make a third one the witness',
    },
  ];
}

function accountMistakes({ own, others }: Twins): Mistake[] {
  return others
    .filter(({ account }) => account !== own.account)
    .map(({ region }) => ({
      problem: `${region} stands in another account, but an Aurora DSQL cluster spans regions of one account`,
      fix: 'build both regions in one account',
    }));
}

function noWitness(construct: Construct): Mistake[] {
  const inTheSet = witnessInTheSet(membershipOf(construct)?.approach);
  return [
    {
      problem:
        'no witness region is named: without a third one, two regions cannot agree when they lose each other',
      fix: ['set witnessRegion', ...inTheSet].join(', or '),
    },
  ];
}

/** How a set of regions names a witness: only a RegionSet leaves the approach open, and an ActivePassive takes none. */
function witnessInTheSet(approach: RecoveryApproach | undefined): string[] {
  if (approach === undefined) return ['add a region with the role RegionRole.WITNESS'];
  return approach === RecoveryApproach.ACTIVE_ACTIVE ? ['name a witness in the set of regions'] : [];
}

function witnessRegionMistakes(regions: readonly string[], witness: string): Mistake[] {
  if (!Token.isUnresolved(witness) && !awsRegion(witness)) return unknownRegionMistakes([witness]);
  if (!regions.includes(witness)) return [];
  return [
    {
      problem: `witnessRegion is ${witness}, which reads and writes itself`,
      fix: `set witnessRegion to a region other than ${regions.join(' and ')}`,
    },
  ];
}

const ARN = /^arn:aws[a-z-]*:dsql:([a-z0-9-]+):\d{12}:cluster\/[a-z0-9]{26}$/;

/** ARNs must name one cluster in each of the regions. @internal */
export function clusterArnMistakes(arns: readonly string[] | undefined, twins: Twins | undefined): Mistake[] {
  if (!arns) return [];
  if (!twins)
    return [
      {
        problem: 'clusterArns are given, but the cluster stands in one region',
        fix: 'leave clusterArns out, or set multiRegion to true',
      },
    ];
  const known = arns.filter((arn) => !Token.isUnresolved(arn));
  const strange = known
    .filter((arn) => !ARN.test(arn))
    .map((arn) => ({
      problem: `${quoted(arn)} is no ARN of an Aurora DSQL cluster`,
      fix: 'use the output ClusterArn of the stack of each region',
    }));
  if (strange.length > 0 || known.length < arns.length) return strange;
  const regions = [twins.own, ...twins.others].map(({ region }) => region).sort();
  const named = arns.map((arn) => ARN.exec(arn)?.[1] ?? '').sort();
  if (named.join() === regions.join()) return [];
  return [
    {
      problem: `clusterArns name clusters in ${named.join(', ') || 'no region'}, but the cluster spans ${regions.join(' and ')}`,
      fix: 'give the ARNs of both clusters, the one of this region too',
    },
  ];
}
