import {
  capacityOf,
  firstToBePromoted,
  membersForSure,
  promotionTier,
  writerOf,
} from '../../assembly/data/aurora-failover';
import { engineOf, membersOf } from '../../assembly/data/database-members';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { sameToken } from '../../assembly/same-token';
import { describe, Unknown } from '../../assembly/value';
import { CAPACITY, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const CLASS = 'DBInstanceClass';
const TIER = 'PromotionTier';
const MOST = 'ServerlessV2ScalingConfiguration.MaxCapacity';

/** Up to this tier, a serverless reader is kept as large as the writer. */
const LAST_TIER_THAT_FOLLOWS = 1;

export const firstReaderIsAsLargeAsWriter: Rule = {
  id: 'X-21',
  title: 'The reader that Aurora promotes first is as large as the writer.',
  kind: 'capacity',
  why: 'After the failover a smaller instance has all the load of the writer, and falls over in turn.',
  fix: 'give the reader with the lowest promotion tier the class of the writer; a serverless one, tier 0 or 1',
  severity: HIGH,
  appliesTo: ['AWS::RDS::DBCluster'],
  controls: [...REDUNDANCY, ...CAPACITY],
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html#Aurora.Managing.FaultTolerance',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html',
  ],
  check: (cluster) => {
    const engine = engineOf(cluster);
    if (engine instanceof Unknown) return unknown('Engine', engine);
    if (!engine?.startsWith('aurora')) return notApplicable('not an Aurora cluster');
    const members = membersForSure(membersOf(cluster));
    if (members instanceof Unknown) return unknown(undefined, members);
    if (members.length < 2) return notApplicable('the cluster has no reader');
    const writer = writerOf(members);
    // Where nothing is created first, any instance may write, and any other is promoted.
    return writer
      ? judgeWriter(cluster, writer, members)
      : settled(members.map((one) => judgeWriter(cluster, one, members)));
  },
};

/** One answer where it is the same whichever instance writes. */
function settled(judged: readonly Judgement[]): Judgement {
  const fails = judged.filter(({ outcome }) => outcome === 'fail');
  return fails.length > 0 && fails.length < judged.length
    ? unknown(undefined, 'which instance writes is known only at deploy')
    : all(...judged);
}

function judgeWriter(cluster: Resource, writer: Resource, members: readonly Resource[]): Judgement {
  const first = firstToBePromoted(members.filter((member) => member !== writer));
  if (first instanceof Unknown) return unknown(TIER, first);
  // Of several with one tier, Aurora takes the largest.
  const judged = first.map((reader) => judgeReader(cluster, writer, reader));
  return judged.find(({ outcome }) => outcome === 'pass') ?? all(...judged);
}

function judgeReader(cluster: Resource, writer: Resource, reader: Resource): Judgement {
  const [needed, has] = [capacityOf(writer), capacityOf(reader)];
  if (has === 'scales' && !(needed instanceof Unknown)) return judgeServerless(cluster, reader, needed);
  if (hasSameClass(writer, reader)) return pass({ property: CLASS, found: describe(reader.get(CLASS)) });
  return judgeClasses(cluster, writer, reader);
}

function hasSameClass(writer: Resource, reader: Resource): boolean {
  const [own, theirs] = [writer.get(CLASS), reader.get(CLASS)];
  return own !== undefined && theirs !== undefined && sameToken(own, theirs) === true;
}

function judgeClasses(cluster: Resource, writer: Resource, reader: Resource): Judgement {
  const [needed, has] = [capacityOf(writer), capacityOf(reader)];
  if (needed instanceof Unknown) return unknown(CLASS, needed);
  if (has instanceof Unknown) return unknown(CLASS, has);
  if (has === 'scales') return unknown(CLASS, 'one of the two is serverless');
  const most = needed === 'scales' ? cluster.number(MOST) : needed;
  if (most === undefined || most instanceof Unknown) return unknown(MOST, most ?? `${MOST} is not set`);
  return has >= most
    ? pass({ property: CLASS })
    : fail({
        property: CLASS,
        found: `${describe(reader.get(CLASS))} on ${reader.logicalId}, promoted first, and ${describe(writer.get(CLASS))} on the writer`,
        needed: 'a reader as large as the writer',
      });
}

function judgeServerless(cluster: Resource, reader: Resource, needed: number | 'scales'): Judgement {
  const tier = promotionTier(reader);
  if (tier instanceof Unknown) return unknown(TIER, tier);
  if (tier > LAST_TIER_THAT_FOLLOWS)
    return fail({
      property: TIER,
      found: `${tier} on ${reader.logicalId}, which is serverless and promoted first`,
      needed: `${LAST_TIER_THAT_FOLLOWS} or less, so that it scales with the writer`,
    });
  return needed === 'scales'
    ? pass({ property: TIER, found: `tier ${tier}` })
    : cluster.atLeast(MOST, needed, { unit: 'capacity units' });
}
