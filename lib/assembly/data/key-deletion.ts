import { fail, type Judgement, pass, unknown } from '../judgement';
import type { Resource } from '../resource';
import { describe, Unknown, type Value } from '../value';

const NEEDED = 'Retain or RetainExceptOnCreate';

/** Judges whether a resource outlives its stack; without a word, CloudFormation deletes it. */
export function outlivesStack(resource: Resource): Judgement {
  return judgePolicy(resource.attribute('DeletionPolicy'));
}

function judgePolicy(policy: Value | undefined): Judgement {
  const property = 'DeletionPolicy';
  if (policy instanceof Unknown && policy.alternatives) {
    const judged = policy.alternatives.map(judgePolicy);
    const [head] = judged;
    return head && judged.every(({ outcome }) => outcome === head.outcome) ? head : unknown(property, policy);
  }
  if (policy instanceof Unknown) return unknown(property, policy);
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') return pass({ property, found: policy });
  return fail({
    property,
    found: policy === undefined ? 'Delete, the default' : describe(policy),
    needed: NEEDED,
  });
}
