import { nested } from './nesting';
import { eitherOf } from './path';
import type { Json } from './source/source';
import type { Stack } from './stack';
import { describe, sameValue, Unknown, unknownIn, type Value } from './value';

/** A condition's truth, or why it cannot be told before deploy. */
export type Truth = boolean | Unknown;

/** Evaluates a condition function, `{Condition: name}`, or the truth of a plain value. */
export function evaluateCondition(json: Json, stack: Stack): Truth {
  const [name, argument = null] = onlyEntry(json);
  switch (name) {
    case 'Fn::And':
      return nested(() => conjunction(truthsOf(name, argument, stack), false));
    case 'Fn::Or':
      return nested(() => conjunction(truthsOf(name, argument, stack), true));
    case 'Fn::Not':
      return nested(() => negate(truthsOf(name, argument, stack)));
    case 'Fn::Equals':
      return equals(argument, stack);
    case 'Condition':
      return typeof argument === 'string'
        ? stack.condition(argument)
        : new Unknown('a condition is named by something that is no text');
    default:
      return truthOf(json, stack);
  }
}

/** `Fn::If`: one branch where the condition is known, else an unknown that keeps both. */
export function evaluateIf(argument: Json, stack: Stack): Value | undefined {
  if (!isArray(argument) || argument.length !== 3) return new Unknown('Fn::If has not three parts');
  const [name, yes = null, no = null] = argument;
  if (typeof name !== 'string') return new Unknown('Fn::If names no condition');
  const truth = stack.condition(name);
  if (truth === true) return stack.evaluate(yes);
  if (truth === false) return stack.evaluate(no);
  return eitherOf(truth.reason, [stack.evaluate(yes), stack.evaluate(no)]);
}

function onlyEntry(json: Json): readonly [name?: string, argument?: Json] {
  if (json === null || typeof json !== 'object' || isArray(json)) return [];
  const entries = Object.entries(json);
  return entries.length === 1 && entries[0] ? entries[0] : [];
}

function isArray(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function truthsOf(name: string, argument: Json, stack: Stack): readonly Truth[] {
  const operands = isArray(argument) ? argument : [];
  return operands.length === 0
    ? [new Unknown(`${name} has no conditions`)]
    : operands.map((operand) => evaluateCondition(operand, stack));
}

/** Kleene's conjunction; with `decisive` true, his disjunction. */
function conjunction(truths: readonly Truth[], decisive: boolean): Truth {
  if (truths.includes(decisive)) return decisive;
  return truths.find((truth) => truth instanceof Unknown) ?? !decisive;
}

function negate([truth = false, ...others]: readonly Truth[]): Truth {
  if (others.length > 0) return new Unknown('Fn::Not has more than one condition');
  return truth instanceof Unknown ? truth : !truth;
}

function equals(argument: Json, stack: Stack): Truth {
  if (!isArray(argument) || argument.length !== 2) return new Unknown('Fn::Equals has not two values');
  const guess = argument.map((side) => guessedPartition(side, stack)).find((found) => found !== undefined);
  if (guess) return guess;
  const [left = null, right = null] = argument.map((side) => stack.evaluate(side));
  const same = sameValue(left, right);
  if (same !== undefined) return same;
  const unknown = unknownIn(left) ?? unknownIn(right);
  const question = `whether ${describe(left)} equals ${describe(right)} is known only at deploy`;
  return new Unknown(unknown?.reason ?? question);
}

/** ARNs are read as those of the commercial partition where the region is not bound; what a condition asks is not. */
function guessedPartition(side: Json, stack: Stack): Unknown | undefined {
  const [name, argument] = onlyEntry(side);
  const guessed = name === 'Ref' && (argument === 'AWS::Partition' || argument === 'AWS::URLSuffix');
  return guessed && stack.region === undefined
    ? new Unknown(`${argument}: the stack is bound to no region`)
    : undefined;
}

function truthOf(json: Json, stack: Stack): Truth {
  const value = stack.evaluate(json);
  if (value instanceof Unknown) return value;
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return new Unknown(`${describe(value)} is no condition`);
}
