import { eitherOf } from './path';
import type { Json } from './source/source';
import type { Stack } from './stack';
import { describe, sameValue, Unknown, unknownIn, type Value } from './value';

/** A condition's truth, or why it cannot be told before deploy. */
export type Truth = boolean | Unknown;

/** Evaluates a condition function, `{Condition: name}`, or the truth of a plain value. */
export function evaluateCondition(json: Json, stack: Stack): Truth {
  if (typeof json === 'boolean') return json;
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return truthOf(json, stack);
  const object = json as Readonly<Record<string, Json>>;
  const [name] = Object.keys(object);
  const argument = name === undefined ? null : (object[name] ?? null);
  switch (name) {
    case 'Fn::And':
      return conjunction(
        operands(argument).map((operand) => evaluateCondition(operand, stack)),
        false,
      );
    case 'Fn::Or':
      return conjunction(
        operands(argument).map((operand) => evaluateCondition(operand, stack)),
        true,
      );
    case 'Fn::Not':
      return negate(evaluateCondition(operands(argument)[0] ?? null, stack));
    case 'Fn::Equals':
      return equals(operands(argument), stack);
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
  const [name, yes = null, no = null] = operands(argument);
  if (typeof name !== 'string') return new Unknown('Fn::If names no condition');
  const truth = stack.condition(name);
  if (truth === true) return stack.evaluate(yes);
  if (truth === false) return stack.evaluate(no);
  return eitherOf(truth.reason, [stack.evaluate(yes), stack.evaluate(no)]);
}

function operands(argument: Json): readonly Json[] {
  return Array.isArray(argument) ? argument : [argument];
}

/** Kleene's conjunction; with `decisive` true, his disjunction. */
function conjunction(truths: readonly Truth[], decisive: boolean): Truth {
  if (truths.includes(decisive)) return decisive;
  return truths.find((truth) => truth instanceof Unknown) ?? !decisive;
}

function negate(truth: Truth): Truth {
  return truth instanceof Unknown ? truth : !truth;
}

function equals([left = null, right = null]: readonly Json[], stack: Stack): Truth {
  const a = stack.evaluate(left) ?? null;
  const b = stack.evaluate(right) ?? null;
  const same = sameValue(a, b);
  if (same !== undefined) return same;
  return (
    unknownIn(a) ??
    unknownIn(b) ??
    new Unknown(`whether ${describe(a)} equals ${describe(b)} is known only at deploy`)
  );
}

function truthOf(json: Json, stack: Stack): Truth {
  const value = stack.evaluate(json);
  if (value instanceof Unknown) return value;
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return new Unknown(`${describe(value)} is no condition`);
}
