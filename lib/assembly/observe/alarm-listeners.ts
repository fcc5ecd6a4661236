import { Resource } from '../resource';
import { describe, isMap, Unknown, type Value } from '../value';
import { isSubscribed } from '../wiring/topic-subscribers';
import { rulesOnAlarm } from './alarm-events';

/** Who hears of an alarm by its own actions, for people: `Pages (email, https)`, `Pages, to which nobody subscribes`. */
export function listenersOf(alarm: Resource): readonly string[] {
  const actions = alarm.list('AlarmActions');
  if (actions instanceof Unknown) return [`not known: ${actions.reason}`];
  return actions.map((action) => listenerOf(action, alarm));
}

/** Mail waits until somebody reads it. */
const MAIL = /^email(-json)?$/;

/** Whether all that an alarm does, as far as the app shows it, is to send mail. */
export function onlyMails(alarm: Resource): boolean {
  const actions = alarm.list('AlarmActions');
  if (actions instanceof Unknown || actions.length === 0) return false;
  if (rulesOnAlarm(alarm).some(({ works }) => works !== false)) return false;
  return actions.every((action) => {
    const topic = alarm.stack.graph.resolve(action, alarm);
    const protocols = topic instanceof Resource && topic.type === 'AWS::SNS::Topic' ? protocolsOf(topic) : [];
    return protocols.length > 0 && protocols.every((protocol) => MAIL.test(protocol));
  });
}

function listenerOf(action: Value, alarm: Resource): string {
  const target = alarm.stack.graph.resolve(action, alarm);
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
