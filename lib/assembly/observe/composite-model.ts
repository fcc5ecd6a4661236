import { type CompositeRule, parseCompositeRule } from '../../calculus/alarms/composite-rule';
import type { Suppression } from '../../calculus/alarms/composite-timeline';
import { ConfigurationError } from '../../errors';
import { oncePerResource } from '../once-per-resource';
import { Resource } from '../resource';
import { describe, Reference, Text, Unknown, type Value } from '../value';

/** A composite alarm as it is worked out offline. Alarms of the app have the ids of their resources as names. */
export interface CompositeModel {
  readonly name: string;
  readonly rule: CompositeRule;
  readonly suppression?: Suppression;
}

/**
 * A composite alarm as it is worked out offline.
 *
 * @returns why not, where its rule is known only at deploy or is not understood
 */
export function compositeOf(alarm: Resource): CompositeModel | Unknown {
  const rule = ruleOf(alarm);
  if (rule instanceof Unknown) return rule;
  const suppressor = alarm.get('ActionsSuppressor');
  if (suppressor === undefined) return { name: alarm.id, rule };
  const [wait, extension] = [
    alarm.number('ActionsSuppressorWaitPeriod'),
    alarm.number('ActionsSuppressorExtensionPeriod'),
  ];
  for (const each of [wait, extension]) if (each instanceof Unknown) return each;
  const named = nameOf(suppressor, alarm);
  if (named instanceof Unknown) return named;
  return {
    name: alarm.id,
    rule,
    suppression: { alarm: named, wait: Number(wait ?? 0), extension: Number(extension ?? 0) },
  };
}

/** A rule of which all is known and that is none. */
export class BrokenRule extends Unknown {
  constructor(
    reason: string,

    /** What is wrong with it, without the place. */
    readonly problem: string,

    /** Whether it is one but for words in small letters, which the guide of CloudWatch has in capitals. */
    readonly small: boolean,
  ) {
    super(reason);
  }
}

/** The rule of a composite alarm, where it is known. */
export const ruleOf = oncePerResource((alarm): CompositeRule | Unknown => {
  const words = ruleText(alarm.get('AlarmRule'));
  if (words instanceof Unknown) return words;
  const rule = understood(words, alarm);
  return rule instanceof Unknown ? rule : named(rule, alarm);
});

const WORDS = /"[^"]*"|'[^']*'|\b(alarm|ok|insufficient_data|and|or|not|true|false|at_least)\b/gi;

function understood(words: string, alarm: Resource): CompositeRule | Unknown {
  const rule = parsed(words, alarm);
  if (!(rule instanceof ConfigurationError)) return rule;
  const capitals = words.replace(WORDS, (found) => (/^["']/.test(found) ? found : found.toUpperCase()));
  const small = !(parsed(capitals, alarm) instanceof ConfigurationError);
  return new BrokenRule(rule.message.split('\n')[0] ?? 'AlarmRule', rule.problem, small);
}

function parsed(words: string, alarm: Resource): CompositeRule | ConfigurationError {
  try {
    return parseCompositeRule(words, alarm.id);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

/** The text of a rule, with the id of the resource in the place of each reference to an alarm. */
function ruleText(value: Value | undefined): string | Unknown {
  if (typeof value === 'string') return value;
  if (value instanceof Unknown) return value;
  if (!(value instanceof Text)) return new Unknown(`AlarmRule is ${describe(value)}`);
  let words = '';
  for (const part of value.parts) {
    if (part instanceof Unknown) return part;
    words += typeof part === 'string' ? part : part.resource.id;
  }
  return words;
}

/** The same rule, where names and ARNs of alarms of the app are the ids of their resources. */
function named(rule: CompositeRule, alarm: Resource): CompositeRule {
  const idOf = (name: string) => {
    const found = alarm.stack.graph.named(name, alarm);
    return found instanceof Resource ? found.id : name;
  };
  switch (rule.kind) {
    case 'constant':
      return rule;
    case 'state':
      return { ...rule, alarm: idOf(rule.alarm) };
    case 'not':
      return { ...rule, of: named(rule.of, alarm) };
    case 'atLeast':
      return { ...rule, alarms: rule.alarms.map(idOf) };
    default:
      return { ...rule, of: rule.of.map((part) => named(part, alarm)) };
  }
}

function nameOf(value: Value, alarm: Resource): string | Unknown {
  if (value instanceof Reference) return value.resource.id;
  if (value instanceof Unknown) return value;
  if (typeof value !== 'string') return new Unknown(`ActionsSuppressor is ${describe(value)}`);
  const found = alarm.stack.graph.named(value, alarm);
  return found instanceof Resource ? found.id : value;
}
