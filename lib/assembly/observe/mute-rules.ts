import type { MuteWords } from '../../calculus/alarms/mute-times';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import type { Resource } from '../resource';
import { describe, Reference, Unknown, type Value } from '../value';

const MUTE_RULE = 'AWS::CloudWatch::AlarmMuteRule';
const SCHEDULE = 'Rule.Schedule';

/** A mute rule as it stands in a template. */
export interface DeclaredMute {
  readonly rule: Resource;

  /** When it is active, or why that is not known. */
  readonly words: MuteWords | Unknown;
}

/**
 * The mute rules that keep an alarm from acting, and those of which it is not known.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarmmuterule.html
 */
export function mutesOf(alarm: Resource): readonly DeclaredMute[] {
  return declared(alarm.stack.graph).flatMap(({ rule, targets, words }) => {
    const open = targets.find((target) => target instanceof Unknown);
    if (!targets.includes(alarm)) return open instanceof Unknown ? [{ rule, words: open }] : [];
    const exists = existsWith(rule, alarm);
    return [{ rule, words: exists instanceof Unknown ? exists : words }];
  });
}

const declared = oncePerGraph((graph) =>
  graph.ofType(MUTE_RULE).map((rule) => ({ rule, targets: targetsOf(rule), words: wordsOf(rule) })),
);

function targetsOf(rule: Resource): readonly (Resource | Unknown | undefined)[] {
  const names = rule.list('MuteTargets.AlarmNames');
  return names instanceof Unknown ? [names] : names.map((name) => targetOf(name, rule));
}

function targetOf(name: Value, rule: Resource): Resource | Unknown | undefined {
  if (name instanceof Reference) return name.resource;
  if (typeof name === 'string') return rule.stack.graph.named(name, rule);
  return name instanceof Unknown ? name : new Unknown(`it mutes ${describe(name)}`);
}

function wordsOf(rule: Resource): MuteWords | Unknown {
  const texts = [
    `${SCHEDULE}.Expression`,
    `${SCHEDULE}.Duration`,
    `${SCHEDULE}.Timezone`,
    'StartDate',
    'ExpireDate',
  ].map((path) => textAt(rule, path));
  const open = texts.find((text) => text instanceof Unknown);
  if (open instanceof Unknown) return open;
  const [expression, duration, timeZone, start, expire] = texts as readonly (string | undefined)[];
  if (expression === undefined || duration === undefined) return new Unknown('it has no schedule');
  return {
    expression,
    duration,
    ...(timeZone !== undefined && { timeZone }),
    ...(start !== undefined && { start }),
    ...(expire !== undefined && { expire }),
  };
}

function textAt(rule: Resource, path: string): string | Unknown | undefined {
  const value = rule.get(path);
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  return value instanceof Unknown ? value : new Unknown(`${path} is ${describe(value)}`);
}
