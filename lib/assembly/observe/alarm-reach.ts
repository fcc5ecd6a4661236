import type { Truth } from '../conditions';
import { letsService } from '../iam/iam-access';
import { any, fail, type Judgement, notApplicable, pass, unknown } from '../judgement';
import { oncePerResource } from '../once-per-resource';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { everyTruth } from '../truth';
import { describe, isScalar, Unknown, type Value } from '../value';
import { isSubscribed } from '../wiring/topic-subscribers';
import { partsOf } from './alarm-composites';
import { rulesOnAlarm } from './alarm-events';

const PROPERTY = 'AlarmActions';

/** Judges for each action of an alarm whether it reaches somebody; rules of EventBridge stand for one without actions. */
export function alarmReaches(alarm: Resource): Judgement | readonly Judgement[] {
  const enabled = alarm.is('ActionsEnabled', true, { default: true });
  if (enabled.outcome === 'fail') return notApplicable('the actions of the alarm are off');
  const actions = alarm.list(PROPERTY);
  if (actions instanceof Unknown) return unknown(PROPERTY, actions);
  const judged =
    actions.length === 0 ? [judgeRules(alarm)] : actions.map((action) => judgeAction(action, alarm));
  return enabled.outcome === 'unknown'
    ? judged.map((one) => (one.outcome === 'fail' ? enabled : one))
    : judged;
}

/** An alarm without actions may be taken by rules of EventBridge: one that works will do. */
function judgeRules(alarm: Resource): Judgement {
  const rules = rulesOnAlarm(alarm);
  if (rules.length === 0)
    return notApplicable(
      partsOf(alarm).length > 0 ? 'the composite alarm has no action' : 'the alarm has no action',
    );
  return any(
    ...rules.map(({ rule, takes, works }): Judgement => {
      const open = [takes, works].find((truth) => truth instanceof Unknown);
      if (works === false)
        return takes === true
          ? fail({
              found: `only ${rule.logicalId}, which is off or leads nowhere`,
              needed: 'a rule that works',
            })
          : unknown(undefined, open ?? 'whether a rule takes the alarm is known only at deploy');
      return open instanceof Unknown ? unknown(undefined, open) : pass({ found: rule.logicalId });
    }),
  );
}

/** Actions that AWS carries out by itself. */
const CARRIED_OUT = /^arn:[^:]+:(automate|autoscaling|ssm|swf|lambda|aiops):/;

function judgeAction(action: Value, alarm: Resource): Judgement {
  if (typeof action === 'string' && CARRIED_OUT.test(action))
    return pass({ property: PROPERTY, found: action });
  const target = alarm.stack.graph.resolve(action, alarm);
  if (target instanceof Unknown)
    return CARRIED_OUT.test(describe(action)) ? pass({ property: PROPERTY }) : unknown(PROPERTY, target);
  if (target.type === 'AWS::SNS::Topic') return judgeTopic(target, alarm);
  if (target.type === 'AWS::SSMIncidents::ResponsePlan') return judgePlan(target);
  return pass({ property: PROPERTY, found: target.logicalId });
}

function judgeTopic(topic: Resource, alarm: Resource): Judgement {
  const exists = existsWith(topic, alarm);
  const key = mayPublish(topic);
  if (key === false)
    return fail({
      property: PROPERTY,
      found: `${topic.logicalId}, whose key CloudWatch may not use`,
      needed: 'a key whose policy lets cloudwatch.amazonaws.com use kms:Decrypt and kms:GenerateDataKey*',
    });
  const subscribed = isSubscribed(topic);
  if (subscribed === false)
    return fail({
      property: PROPERTY,
      found: `${topic.logicalId} without subscription`,
      needed: 'a subscription',
      // A subscription that keeps nothing would be the next finding (SNS-01).
      fix: `subscribe whoever is on call to ${nameOf(topic)}, with a dead-letter queue for what cannot be delivered`,
    });
  const open = [exists, key, subscribed].find((truth) => truth instanceof Unknown);
  return open instanceof Unknown
    ? unknown(PROPERTY, open)
    : pass({ property: PROPERTY, found: topic.logicalId });
}

/** As the program calls it, where the app says so. */
function nameOf({ origin, logicalId }: Resource): string {
  return origin?.path.replace(/\/Resource$/, '') ?? logicalId;
}

/** CloudWatch needs the topic's key; the policy of the key that AWS manages for SNS does not let it. */
const mayPublish = oncePerResource((topic): Truth => {
  const id = topic.get('KmsMasterKeyId');
  if (id === undefined || id === null || id === '') return true;
  if (isScalar(id) && /(^|:)alias\/aws\/sns$/.test(String(id))) return false;
  const named = topic.stack.graph.resolve(id, topic);
  const key =
    named instanceof Resource && named.type === 'AWS::KMS::Alias' ? named.target('TargetKeyId') : named;
  if (!(key instanceof Resource)) return key ?? new Unknown('the key is not in the app');
  if (!key.type.startsWith('AWS::KMS::')) return new Unknown(`the key comes from ${key.logicalId}`);
  return everyTruth(
    ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) =>
      letsService(key, 'cloudwatch.amazonaws.com', action),
    ),
  );
});

/** A response plan that engages nobody, tells no channel and runs nothing only writes an incident down. */
function judgePlan(plan: Resource): Judgement {
  const parts = ['Engagements', 'ChatChannel', 'Actions'].map((name) => plan.isSet(name));
  const judged = any(...parts);
  if (judged.outcome !== 'fail') return { ...judged, property: PROPERTY };
  return fail({
    property: PROPERTY,
    found: `${plan.logicalId}, which engages nobody`,
    needed: 'engagements, a chat channel or an action in the response plan',
  });
}
