import { Resource } from '../resource';
import { describe, isScalar, Unknown, type Value } from '../value';
import { compositesOf } from './alarm-composites';
import { canFire } from './alarm-defects';
import { rulesOnAlarm } from './alarm-events';
import { actsItself } from './alarm-telling';
import { keyOf } from './value-key';

/** Something that an alarm does. */
export interface AlarmAction {
  /** The same for two actions only if they are the same. */
  readonly key: string;

  /** What it does it to, for people. */
  readonly words: string;

  /** Whether it tells people, and does not only set AWS going. */
  readonly people: boolean;
}

/** Actions that set AWS going and tell nobody: scaling, repairs of instances, functions, automations. */
const WITHOUT_PEOPLE =
  /^arn:[^:]+:(automate|autoscaling|lambda|swf):|^arn:[^:]+:ssm:[^:]*:[^:]*:automation|^AWS::(AutoScaling|ApplicationAutoScaling|Lambda)::/;

/** What an alarm does itself when it fires; nothing where it cannot. */
export function ownActions(alarm: Resource): readonly AlarmAction[] {
  if (actsItself(alarm) === false || canFire(alarm) === false) return [];
  const actions = alarm.list('AlarmActions');
  if (actions instanceof Unknown) return [];
  return actions.map((action) => actionOf(action, alarm));
}

function actionOf(action: Value, alarm: Resource): AlarmAction {
  const target = alarm.stack.graph.resolve(action, alarm);
  const found = target instanceof Resource;
  const words = found ? target.logicalId : describe(action);
  return {
    key: found ? `<${target.id}>` : keyOf(action),
    words: isScalar(action) ? String(action) : words,
    people: !WITHOUT_PEOPLE.test(found ? target.type : describe(action)),
  };
}

/** Whether people are told by the alarm itself, or by a rule of EventBridge that takes its changes. */
export function tellsPeopleItself(alarm: Resource): boolean {
  if (canFire(alarm) === false) return false;
  return (
    ownActions(alarm).some(({ people }) => people) || rulesOnAlarm(alarm).some(({ works }) => works !== false)
  );
}

/** Who hears of an alarm, for people: its own actions, then composite alarms with theirs, then rules of EventBridge. */
export function audienceOf(alarm: Resource): readonly string[] {
  const above = compositesOf(alarm).map((composite) => {
    const told = ownActions(composite).map(({ words }) => words);
    return told.length === 0 ? composite.logicalId : `${composite.logicalId} (${told.join(', ')})`;
  });
  const rules = rulesOnAlarm(alarm).map(({ rule }) => rule.logicalId);
  return [...new Set([...ownActions(alarm).map(({ words }) => words), ...above, ...rules])];
}

/** Whether an alarm keeps another from acting while it fires. */
export function isSuppressor(alarm: Resource): boolean {
  return alarm.stack.graph
    .mentionsOf(alarm, 'AWS::CloudWatch::CompositeAlarm')
    .some(({ property }) => property === 'ActionsSuppressor');
}
