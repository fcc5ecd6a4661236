import { Resource } from '../resource';
import { describe, isMap, Unknown, type Value } from '../value';
import { isSubscribed } from '../wiring/topic-subscribers';
import { compositesOf } from './alarm-composites';
import { rulesOnAlarm } from './alarm-events';

/** Mail waits until somebody reads it. */
const MAIL = /^email(-json)?$/;

/** Whether all that an alarm does, as far as the app shows it, is to send mail: itself, and as a part of composite alarms. */
export function onlyMails(alarm: Resource): boolean {
  const heard = mails(alarm, []);
  return heard.length > 0 && heard.every((mail) => mail);
}

/** Of all ways on which an alarm is heard whether they are mail. */
function mails(alarm: Resource, below: readonly Resource[]): readonly boolean[] {
  const actions = alarm.list('AlarmActions');
  const own = actions instanceof Unknown ? [false] : actions.map((action) => isMail(action, alarm));
  const rules = rulesOnAlarm(alarm).filter(({ works }) => works !== false);
  const above = compositesOf(alarm).filter((whole) => ![alarm, ...below].includes(whole));
  return [...own, ...rules.map(() => false), ...above.flatMap((whole) => mails(whole, [...below, alarm]))];
}

function isMail(action: Value, alarm: Resource): boolean {
  const topic = alarm.stack.graph.resolve(action, alarm);
  const protocols = topic instanceof Resource && topic.type === 'AWS::SNS::Topic' ? protocolsOf(topic) : [];
  return protocols.length > 0 && protocols.every((protocol) => MAIL.test(protocol));
}

/** Who hears what is sent to an action of an alarm, for people: `Pages (email, https)`, `Pages, to which nobody subscribes`. */
export function listenerAt(action: Value, from: Resource): string {
  const target = from.stack.graph.resolve(action, from);
  if (!(target instanceof Resource)) return typeof action === 'string' ? action : describe(action);
  if (target.type !== 'AWS::SNS::Topic') return target.logicalId;
  const subscribed = isSubscribed(target);
  if (subscribed === false) return `${target.logicalId}, to which the app subscribes nobody`;
  const protocols = protocolsOf(target);
  if (protocols.length > 0) return `${target.logicalId} (${protocols.join(', ')})`;
  return subscribed === true ? target.logicalId : `${target.logicalId}, whose subscribers are not known`;
}

/** How subscribers are reached. Where, stays out: addresses are nobody's business. */
function protocolsOf(topic: Resource): readonly string[] {
  const inline = topic.get('Subscription');
  const own = Array.isArray(inline) ? (inline as readonly Value[]) : [];
  const subscriptions = topic.stack.graph
    .ofType('AWS::SNS::Subscription')
    .filter((subscription) => subscription.target('TopicArn') === topic);
  const named = [
    ...own.map((each) => (isMap(each) ? each.Protocol : undefined)),
    ...subscriptions.map((subscription) => subscription.get('Protocol')),
  ];
  return [...new Set(named.filter((protocol) => typeof protocol === 'string'))].sort();
}
