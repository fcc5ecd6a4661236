import type { Truth } from '../conditions';
import { fail, type Judgement, pass, unknown } from '../judgement';
import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import { tagEquals } from '../resource-tags';
import { inSamePlace } from '../same-place';
import { everyTruth, someTruth } from '../truth';
import { isMap, Unknown, type Value } from '../value';

const POLICY = 'AWS::DLM::LifecyclePolicy';

/** What the policies call the types that they snapshot. */
const TARGETS: Readonly<Record<string, string>> = {
  'AWS::EC2::Instance': 'INSTANCE',
  'AWS::EC2::Volume': 'VOLUME',
};

/** Judges whether a policy of Data Lifecycle Manager snapshots a volume or an instance, over the whole app. */
export function snapshotsByLifecycleManager(resource: Resource): Judgement {
  const policies = policiesOf(resource.stack.graph).map((policy) => ({
    policy,
    truth: everyTruth([inSamePlace(policy, resource), policy.presence, targets(policy, resource)]),
  }));
  const sure = policies.find(({ truth }) => truth === true);
  if (sure) return pass({ found: `snapshots by ${sure.policy.logicalId}` });
  const open = policies.find(({ truth }) => truth instanceof Unknown)?.truth;
  if (open instanceof Unknown) return unknown(undefined, open);
  const [macro] = resource.stack.graph.unreadable;
  if (macro !== undefined) return unknown(undefined, macro);
  return fail({ found: 'no lifecycle policy that targets it', needed: 'a lifecycle policy that targets it' });
}

/** The policies that surely snapshot a volume or an instance. */
export function lifecyclePoliciesOf(resource: Resource): readonly Resource[] {
  return policiesOf(resource.stack.graph).filter(
    (policy) =>
      everyTruth([inSamePlace(policy, resource), policy.presence, targets(policy, resource)]) === true,
  );
}

const policiesOf = oncePerGraph((graph) => graph.ofType(POLICY));

function targets(policy: Resource, resource: Resource): Truth {
  const enabled = policy.text('State');
  if (enabled instanceof Unknown) return enabled;
  if (enabled !== undefined && enabled !== 'ENABLED') return false;
  // A default policy takes every resource of its kind in the region.
  const everything = policy.text('DefaultPolicy');
  if (everything instanceof Unknown) return everything;
  if (everything !== undefined) return everything === TARGETS[resource.type];
  return everyTruth([hasType(policy, resource), hasTargetTag(policy, resource)]);
}

function hasType(policy: Resource, resource: Resource): Truth {
  const types = policy.list('PolicyDetails.ResourceTypes');
  if (types instanceof Unknown) return types;
  return someTruth(types.map((type) => (type instanceof Unknown ? type : type === TARGETS[resource.type])));
}

/** One of the tags is enough. */
function hasTargetTag(policy: Resource, resource: Resource): Truth {
  const tags = policy.list('PolicyDetails.TargetTags');
  return tags instanceof Unknown ? tags : someTruth(tags.map((tag) => hasTag(tag, resource)));
}

function hasTag(tag: Value, resource: Resource): Truth {
  if (!isMap(tag)) return tag instanceof Unknown ? tag : new Unknown('a target tag is known only at deploy');
  const { Key: key, Value: value = '' } = tag;
  return typeof key === 'string'
    ? tagEquals(resource, key, value)
    : new Unknown('the key of a target tag is known only at deploy');
}
