import { existsWith } from '../presence';
import { Resource } from '../resource';
import { everyTruth } from '../truth';
import { describe, isMap, Unknown, type Value } from '../value';
import { writtenText } from '../wiring/written-address';
import { compositesOf } from './alarm-composites';
import { canFire } from './alarm-defects';
import { type AlarmRule, leadsToBus, rulesOnAlarm, takesWord } from './alarm-events';
import { listenerAt } from './alarm-listeners';

/** What an incident bridge calls itself on its bus. */
const INCIDENTS = 'cdk-nines.incidents';

/** The ways on which people hear of an alarm, for people: by rules of EventBridge, composite alarms, and its own actions. */
export function alarmWays(alarm: Resource): readonly string[] {
  return waysOf(alarm, []);
}

function waysOf(alarm: Resource, below: readonly Resource[]): readonly string[] {
  const actions = actionsOf(alarm);
  const fallbacks = new Set(rulesOnAlarm(alarm).flatMap(({ rule }) => fallbacksOf(rule)));
  const isAround = ({ target }: Action) => target !== undefined && fallbacks.has(target);
  const above = compositesOf(alarm)
    .filter((whole) => ![alarm, ...below].includes(whole))
    .filter((whole) => everyTruth([existsWith(whole, alarm), canFire(whole)]) !== false)
    .flatMap((whole) =>
      waysOf(whole, [...below, alarm]).map((way) => `${way}, by the composite alarm ${whole.logicalId}`),
    );
  const alone = actions.filter((action) => !isAround(action));
  return [
    ...ruleWays(alarm, actions.filter(isAround)),
    ...new Set(above),
    ...alone.map(({ words }) => words),
  ];
}

interface Action {
  readonly target: Resource | undefined;
  readonly words: string;
}

function actionsOf(alarm: Resource): readonly Action[] {
  const actions = alarm.list('AlarmActions');
  if (actions instanceof Unknown) return [{ target: undefined, words: `not known: ${actions.reason}` }];
  return actions.map((action) => {
    const target = alarm.stack.graph.resolve(action, alarm);
    return { target: target instanceof Resource ? target : undefined, words: listenerAt(action, alarm) };
  });
}

function ruleWays(alarm: Resource, around: readonly Action[]): readonly string[] {
  const working = rulesOnAlarm(alarm).filter(({ works }) => works !== false);
  return [...new Set(working.map((each) => ruleWay(each, around)))];
}

function ruleWay({ rule, takes, works }: AlarmRule, around: readonly Action[]): string {
  const own = new Set(fallbacksOf(rule));
  const words = around.flatMap(({ target, words }) => (target && own.has(target) ? [words] : []));
  const fallback = words.length === 0 ? '' : `, fall-back ${words.join(', ')}`;
  const perhaps = everyTruth([takes, works]) === true ? '' : 'perhaps ';
  return `${perhaps}${ruleWords(rule)}${fallback}`;
}

function ruleWords(rule: Resource): string {
  const ends = [...new Set(endsOf(rule, []))];
  const severity = severityOf(rule);
  if (handlersOf(rule).length === 0) return `the rule ${rule.logicalId} to ${ends.join(', ')}`;
  if (ends.length > 0) return `the incident bridge to ${ends.join(', ')}`;
  return `the incident bridge, which tells nobody${severity === undefined ? '' : ` of SEV-${severity}`}`;
}

/** Where the events of a rule come out. */
function endsOf(rule: Resource, seen: readonly Resource[]): readonly string[] {
  const targets = rule.list('Targets');
  if (targets instanceof Unknown) return ['what is known only at deploy'];
  const severity = severityOf(rule);
  return targets.flatMap((target) => {
    const arn = isMap(target) ? (target.Arn ?? null) : null;
    const found = rule.stack.graph.resolve(arn, rule);
    if (!(found instanceof Resource)) return [outside(arn, rule)];
    const onward = isBridge(found) ? toolRules(found, severity) : rulesOnBus(found);
    if (onward === undefined) return [nameOf(found, arn, rule)];
    return onward
      .filter((each) => !seen.includes(each))
      .flatMap((each) => endsOf(each, [...seen, rule, each]));
  });
}

/** The rules on a bus; undefined for what is none. */
function rulesOnBus(bus: Resource): readonly Resource[] | undefined {
  if (bus.type !== 'AWS::Events::EventBus') return;
  return bus.stack.graph.ofType('AWS::Events::Rule').filter((rule) => leadsToBus(rule, bus));
}

/** The functions of incident bridges that a rule leads to. */
function handlersOf(rule: Resource): readonly Resource[] {
  const targets = rule.list('Targets');
  if (targets instanceof Unknown) return [];
  return targets
    .map((target) => rule.stack.graph.resolve(isMap(target) ? (target.Arn ?? null) : null, rule))
    .filter((found) => found instanceof Resource)
    .filter(isBridge);
}

/** Whether a function makes incidents, which tools are told of. */
function isBridge(handler: Resource): boolean {
  return incidentRules(handler).length > 0;
}

/** The rules that take the incidents of a function. */
function incidentRules(handler: Resource): readonly Resource[] {
  const variables = handler.type === 'AWS::Lambda::Function' && handler.get('Environment.Variables');
  if (!isMap(variables || undefined)) return [];
  const { graph } = handler.stack;
  return Object.values(variables as Readonly<Record<string, Value>>)
    .map((value) => graph.resolve(value, handler))
    .flatMap((bus) => (bus instanceof Resource ? (rulesOnBus(bus) ?? []) : []))
    .filter((rule) => {
      const pattern = rule.get('EventPattern');
      return (
        isMap(pattern) && takesWord(pattern, 'source', INCIDENTS) === true && pattern.source !== undefined
      );
    });
}

/** The rules that tell a tool of an incident that begins, of a severity. */
function toolRules(handler: Resource, severity: number | undefined): readonly Resource[] {
  return incidentRules(handler).filter((rule) => {
    const pattern = rule.get('EventPattern');
    const detail = isMap(pattern) ? pattern.detail : undefined;
    const data = isMap(detail) ? detail.data : undefined;
    const isTold = severity === undefined || takesWord(data, 'severity', `SEV-${severity}`) !== false;
    return (
      rule.get('State') !== 'DISABLED' && takesWord(pattern, 'detail-type', 'trigger') !== false && isTold
    );
  });
}

/** What a bridge says of the alarms of a rule. */
function severityOf(rule: Resource): number | undefined {
  const targets = rule.list('Targets');
  const [target] = targets instanceof Unknown ? [] : targets;
  const transformer = isMap(target) ? target.InputTransformer : undefined;
  const template = isMap(transformer) ? (transformer.InputTemplate ?? null) : null;
  const said = /"severity":(\d),/.exec(writtenText(template, rule.stack))?.[1];
  return said === undefined ? undefined : Number(said);
}

/** The topics that are told when the function of a bridge fails. */
function fallbacksOf(rule: Resource): readonly Resource[] {
  return handlersOf(rule)
    .flatMap((handler) => handler.stack.graph.mentionsOf(handler, 'AWS::CloudWatch::Alarm'))
    .flatMap(({ from }) => from.targets('AlarmActions').resources);
}

/** Of an address only the host: the rest of it may be a key. */
function nameOf(resource: Resource, arn: Value, rule: Resource): string {
  if (resource.type === 'AWS::SNS::Topic') return listenerAt(arn, rule);
  if (resource.type !== 'AWS::Events::ApiDestination') return resource.logicalId;
  const address = resource.text('InvocationEndpoint');
  const host = typeof address === 'string' && URL.canParse(address) ? new URL(address).hostname : '';
  return host === '' ? resource.logicalId : host;
}

/** What the app does not have. */
function outside(arn: Value, rule: Resource): string {
  return /:opsitem$/.test(writtenText(arn, rule.stack)) ? 'OpsItems' : describe(arn);
}
