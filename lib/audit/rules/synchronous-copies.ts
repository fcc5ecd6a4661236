import { hasReplicas } from '../../assembly/data/cache-replicas';
import { regionCopiesOf } from '../../assembly/data/region-copies';
import { STATEFUL_TYPES } from '../../assembly/data/stateful';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { SECOND_REGION } from '../control-families';
import { owedRecoveryPoint } from '../owed-recovery-point';
import { unlessRebuildable } from '../rebuildable';
import type { Rule, RuleContext } from '../rule';
import { HIGH } from '../severity';

const CACHE = 'AWS::ElastiCache::ReplicationGroup';
const NEEDED = 'a copy that is written before the write returns, or a recovery point above 0';

export const noLossNeedsSynchronousCopies: Rule = {
  id: 'X-31',
  title: 'Where no data may be lost, copies are written before the write returns.',
  kind: 'redundancy',
  why: 'A copy that follows lacks what was written last: with the original, that is lost, whatever the objective says.',
  fix: 'use a store that writes to its regions at once, or declare the recovery point that the copy can keep',
  severity: HIGH,
  appliesTo: STATEFUL_TYPES,
  controls: SECOND_REGION,
  sources: [
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Redis.Groups.html',
  ],
  check: (resource, context) =>
    unlessRebuildable(resource, context.service, (own) => [
      judgeRegions(own, context),
      ...(own.type === CACHE ? [judgeZones(own, context)] : []),
    ]),
};

function judgeRegions(resource: Resource, { service }: RuleContext): Judgement {
  const { seconds, unknown: ofClass } = owedRecoveryPoint(resource, service, 'region');
  if (seconds !== 0 && !ofClass) return notApplicable('some loss with the region is allowed');
  const copies = regionCopiesOf(resource);
  if (typeof copies === 'string') return notApplicable(copies);
  if (copies instanceof Unknown) return unknown(undefined, copies);
  if (copies.synchronous) return pass({ property: copies.property, found: copies.found });
  return ofClass
    ? unknown(undefined, ofClass)
    : fail({ property: copies.property, found: copies.found, needed: NEEDED });
}

/** What nobody declared is no promise: an assumed tier says nothing of a cache. */
function judgeZones(group: Resource, { service }: RuleContext): Judgement {
  const { seconds, unknown: ofClass } = owedRecoveryPoint(group, service, 'availabilityZone');
  if (service.name === undefined) return notApplicable('no recovery point is declared');
  if (seconds !== 0 && !ofClass) return notApplicable('some loss with a zone is allowed');
  if (ofClass) return unknown(undefined, ofClass);
  const replicas = hasReplicas(group);
  if (replicas.outcome === 'unknown') return replicas;
  return replicas.outcome === 'fail'
    ? notApplicable('the group has no replica')
    : fail({ found: 'replicas that follow the primary node', needed: NEEDED });
}
