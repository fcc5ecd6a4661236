import type { Truth } from '../conditions';
import { identifiersOf } from '../identifiers';
import { oncePerGraph } from '../once-per-graph';
import { oncePerResource } from '../once-per-resource';
import { textOfBoolean } from '../question';
import { Resource } from '../resource';
import { inSamePlace } from '../same-place';
import { everyTruth, someTruth } from '../truth';
import { describe, isList, isMap, isScalar, Unknown, type Value } from '../value';

/** An EventBridge rule that takes the state changes of an alarm. */
export interface AlarmRule {
  readonly rule: Resource;

  /** Whether it takes those of the alarm. Those that surely do not are left out. */
  readonly takes: Truth;

  /** Whether it is on and leads anywhere. */
  readonly works: Truth;
}

/** The rules of EventBridge that take the state changes of an alarm. */
export const rulesOnAlarm = oncePerResource((alarm): readonly AlarmRule[] =>
  rulesOnAlarms(alarm.stack.graph)
    .map((each) => ({ rule: each.rule, works: each.works, takes: takes(each, alarm) }))
    .filter(({ takes: does }) => does !== false),
);

/** A rule that takes state changes of alarms, with what holds whichever alarm it is. */
interface RuleOnAlarms extends Pick<AlarmRule, 'rule' | 'works'> {
  /** Whether it takes the change to the state ALARM. */
  readonly takesAlarm: Truth;
}

/** The few rules that take state changes of alarms at all, and do more than write them down. */
const rulesOnAlarms = oncePerGraph((graph): readonly RuleOnAlarms[] =>
  graph
    .ofType('AWS::Events::Rule')
    .filter((rule) => {
      const pattern = rule.get('EventPattern');
      return takesWord(pattern, 'source', 'aws.cloudwatch') !== false && pattern !== undefined;
    })
    .filter((rule) => leadsToBus(rule, undefined) && !onlyRecords(rule))
    .map((rule) => ({ rule, works: works(rule), takesAlarm: takesAlarm(rule) })),
);

/** Whether a rule is on a bus: one of the app, or the default one, which services send to. What is not known may be. */
export function leadsToBus(rule: Resource, bus: Resource | undefined): boolean {
  const name = rule.get('EventBusName');
  if (name === undefined || name === 'default') return bus === undefined;
  const target = rule.stack.graph.resolve(name, rule);
  if (target instanceof Resource) return target === bus;
  return bus === undefined && !isScalar(name);
}

/** Whether all that a rule does is to write events down: in a log, or by a bus of the app whose rules do no more. */
function onlyRecords(rule: Resource, seen: readonly Resource[] = []): boolean {
  const targets = rule.list('Targets');
  if (targets instanceof Unknown || targets.length === 0) return false;
  return targets.every((target) => isMap(target) && recordsAt(target.Arn ?? null, rule, seen));
}

function recordsAt(arn: Value, rule: Resource, seen: readonly Resource[]): boolean {
  if (/:log-group:|^AWS::Logs::LogGroup/.test(describe(arn))) return true;
  const { graph } = rule.stack;
  const bus = graph.resolve(arn, rule);
  if (!(bus instanceof Resource)) return false;
  if (bus.type === 'AWS::Logs::LogGroup') return true;
  if (bus.type !== 'AWS::Events::EventBus') return false;
  if (seen.includes(bus)) return true;
  const onward = graph.ofType('AWS::Events::Rule').filter((each) => leadsToBus(each, bus));
  return onward.every((each) => onlyRecords(each, [...seen, bus]));
}

function works(rule: Resource): Truth {
  const state = rule.text('State');
  if (state instanceof Unknown) return state;
  if (state === 'DISABLED') return false;
  const targets = rule.list('Targets');
  return targets instanceof Unknown ? targets : targets.length > 0;
}

function takesAlarm(rule: Resource): Truth {
  const pattern = rule.get('EventPattern');
  const detail = isMap(pattern) ? pattern.detail : undefined;
  return everyTruth([
    takesWord(pattern, 'source', 'aws.cloudwatch'),
    takesWord(pattern, 'detail-type', 'CloudWatch Alarm State Change'),
    takesWord(isMap(detail) ? detail.state : undefined, 'value', 'ALARM'),
  ]);
}

function takes({ rule, takesAlarm }: RuleOnAlarms, alarm: Resource): Truth {
  const here = inSamePlace(rule, alarm);
  if (here === false || takesAlarm === false) return false;
  const pattern = rule.get('EventPattern');
  const detail = isMap(pattern) ? pattern.detail : undefined;
  return everyTruth([
    here,
    takesAlarm,
    isAbout(isMap(detail) ? detail.alarmName : undefined, rule, alarm),
    isAbout(isMap(pattern) ? pattern.resources : undefined, rule, alarm),
  ]);
}

/** Whether a filter of a pattern lets a word through. A filter that is not there lets all through. */
export function takesWord(pattern: Value | undefined, key: string, word: string): Truth {
  if (pattern instanceof Unknown) return pattern;
  const filter = isMap(pattern) ? pattern[key] : undefined;
  if (filter === undefined) return true;
  if (!isList(filter)) return filter instanceof Unknown ? filter : new Unknown('a filter cannot be read');
  return someTruth(
    filter.map((entry) => {
      if (isScalar(entry)) return entry === word;
      if (isMap(entry) && typeof entry.prefix === 'string') return word.startsWith(entry.prefix);
      return new Unknown(`a filter on ${key} cannot be read`);
    }),
  );
}

function isAbout(filter: Value | undefined, rule: Resource, alarm: Resource): Truth {
  if (filter === undefined) return true;
  if (!isList(filter)) return filter instanceof Unknown ? filter : new Unknown('a filter cannot be read');
  return someTruth(filter.map((entry) => names(entry, rule, alarm)));
}

function names(entry: Value, rule: Resource, alarm: Resource): Truth {
  if (isMap(entry)) {
    const { prefix } = entry;
    const own = identifiersOf(alarm);
    return typeof prefix === 'string' && own.length > 0
      ? own.some((name) => name.startsWith(textOfBoolean(prefix)))
      : new Unknown('whether a filter takes the alarm is known only at deploy');
  }
  const target = rule.stack.graph.resolve(entry, rule);
  if (target instanceof Resource) return target === alarm;
  return isScalar(entry) ? false : target;
}
