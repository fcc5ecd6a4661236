import { type Nobody, namedInArn } from '../../assembly/iam/named-in-arn';
import { comparableText } from '../../assembly/identifiers';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Resource } from '../../assembly/resource';
import { isList, isMap, Reference, Unknown, type Value } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

export const planNamesWhatExists: Rule = {
  id: 'ARS-01',
  title: 'A Region switch plan names resources that exist.',
  kind: 'redundancy',
  why: 'Nothing checks a name when the plan is deployed: the step that moves it fails in the middle of the switch.',
  fix: 'take the ARN from the construct that makes the resource, or write its name as the resource has it',
  severity: HIGH,
  appliesTo: ['AWS::ARCRegionSwitch::Plan'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html'],
  check: (plan) => {
    const named = [...namedIn(plan.get('Workflows'), 'Workflows')];
    // Both workflows of a plan name the same things.
    const once = named.filter(
      ({ value }, index) => named.findIndex((other) => other.value === value) === index,
    );
    return once.length === 0
      ? notApplicable('its steps name nothing by ARN')
      : once.map((each) => judge(plan, each));
  },
};

/** An ARN in a step. */
interface Named {
  readonly property: string;
  readonly value: Value;
}

/** Keys under which ARNs stand, and under which they stand for every region. */
const HOLDS_ARNS = /Arns?$|ArnMap$/;

/** What holds such keys: where it is written at deployment, it may name anything. */
const HOLDS_STEPS = /(^|\.)(\d+|Asgs|EksClusters|Lambdas|Services|Steps|Workflows|\w+Config(uration)?)$/;

/** A role is what the plan works with, not what it moves. */
const ROLE = /^arn:[\w-]+:iam:/;

function* namedIn(value: Value | undefined, property: string, isArn = false): Generator<Named> {
  if (isList(value)) {
    for (const [index, each] of value.entries()) yield* namedIn(each, `${property}.${index}`, isArn);
  } else if (isMap(value)) {
    for (const [key, each] of Object.entries(value))
      yield* namedIn(each, `${property}.${key}`, isArn || HOLDS_ARNS.test(key));
  } else if (value !== undefined && isName(value, property, isArn)) {
    yield { property, value };
  }
}

function isName(value: Value, property: string, isArn: boolean): boolean {
  if (value instanceof Unknown) return isArn || HOLDS_STEPS.test(property);
  return isArn && !(typeof value === 'string' && ROLE.test(value));
}

function judge(plan: Resource, { property, value }: Named): Judgement {
  if (value instanceof Unknown) return unknown(property, value);
  if (value instanceof Reference) return pass({ property, found: value.resource.logicalId });
  const text = comparableText(value, plan.stack);
  if (text === undefined) {
    const resolved = plan.stack.graph.resolve(value, plan);
    return resolved instanceof Resource
      ? pass({ property, found: resolved.logicalId })
      : unknown(property, resolved);
  }
  const named = namedInArn(text, plan.stack.graph);
  if (named instanceof Unknown) return unknown(property, named);
  if (named instanceof Resource) return pass({ property, found: named.logicalId });
  return fail({ property, found: `${text}, which no resource of the app is called`, needed: needed(named) });
}

function needed({ types: [type], nearest, name }: Nobody): string {
  if (!nearest) return `a resource of type ${type} there, of which the app has none`;
  return name === undefined
    ? `the name of ${nearest.logicalId}, which CloudFormation makes: give it one`
    : `the name of a resource that there is, such as ${name} of ${nearest.logicalId}`;
}
