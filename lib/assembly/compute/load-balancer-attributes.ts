import { fail, type Judgement, pass, unknown } from '../judgement';
import { eitherOf } from '../path';
import { textOfBoolean } from '../question';
import type { Resource } from '../resource';
import { describe, isList, isMap, isScalar, Unknown, type Value, wordOf } from '../value';

/** An attribute that is asked for. */
export interface AttributeQuestion {
  /** Its key, such as `deletion_protection.enabled`. */
  readonly key: string;

  /** The value needed. */
  readonly needed: string;

  /** What AWS takes where it is not set. */
  readonly default: string;
}

/** The property of a load balancer or target group that lists its attributes as keys and values. */
function listOf(resource: Resource): string {
  return resource.type === 'AWS::ElasticLoadBalancingV2::TargetGroup'
    ? 'TargetGroupAttributes'
    : 'LoadBalancerAttributes';
}

/** The value of an attribute of a load balancer or target group; undefined where it is not set. */
export function attributeOf(resource: Resource, key: string): Value | undefined {
  return valueIn(resource.get(listOf(resource)), key);
}

/** Judges whether an attribute has the value needed; where a condition decides, all its branches must agree. */
export function attributeIs(resource: Resource, question: AttributeQuestion): Judgement {
  return judge(listOf(resource), question, attributeOf(resource, question.key));
}

function judge(property: string, question: AttributeQuestion, value: Value | undefined): Judgement {
  if (value instanceof Unknown && value.alternatives !== undefined)
    return agreed(
      property,
      value,
      value.alternatives.map((alternative) => judge(property, question, alternative)),
    );
  if (value instanceof Unknown) return unknown(property, value);
  if (value !== undefined && !isScalar(value))
    return unknown(property, `${question.key} is ${describe(value)}, known only at deploy`);
  const found = value === undefined ? `${question.default}, the default` : wordOf(value);
  const holds = textOfBoolean(value ?? question.default) === question.needed;
  if (holds) return pass({ property, found: `${question.key} ${found}` });
  return fail({ property, found: `${question.key} ${found}`, needed: question.needed });
}

function agreed(property: string, value: Unknown, branches: readonly Judgement[]): Judgement {
  const [head] = branches;
  const same = head !== undefined && branches.every(({ outcome }) => outcome === head.outcome);
  return same ? head : unknown(property, value);
}

function valueIn(list: Value | undefined, key: string): Value | undefined {
  if (list === undefined) return undefined;
  if (list instanceof Unknown) return throughUnknown(list, (branch) => valueIn(branch, key));
  const values = (isList(list) ? list : [list]).map((entry) => entryValue(entry, key));
  const set = values.filter((value) => value !== undefined);
  return set.find((value) => !(value instanceof Unknown && value.maybeAbsent)) ?? set[0];
}

/** The value of a list's entry if it has the key; an unknown that may be absent where only deploy knows. */
function entryValue(entry: Value | undefined, key: string): Value | undefined {
  if (entry instanceof Unknown) return throughUnknown(entry, (branch) => entryValue(branch, key));
  if (!isMap(entry)) return undefined;
  const { Key: name, Value: value } = entry;
  if (name instanceof Unknown) return new Unknown(name.reason, [undefined, value]);
  return name === key ? value : undefined;
}

function throughUnknown(
  value: Unknown,
  of: (branch: Value | undefined) => Value | undefined,
): Value | undefined {
  if (value.alternatives === undefined) return new Unknown(value.reason, [undefined, value]);
  return eitherOf(value.reason, value.alternatives.map(of));
}
