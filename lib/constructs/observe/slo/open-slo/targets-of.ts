import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { AlertSeverity } from '../../../../objectives/policy/operations';
import type { ServiceLevelObjectiveProps } from '../service-level-objective-props';
import { type Alerting, lookedUp, severityOf } from './alerts-of';
import type { DocumentPart } from './document-part';

/**
 * The topics of the targets that the policies of an objective name, for pages and for tickets.
 *
 * @internal
 */
export function targetsOf(
  slo: DocumentPart,
  alerting: Alerting,
  topics: Readonly<Record<string, ITopic>>,
): Pick<ServiceLevelObjectiveProps, 'notifications' | 'tickets'> {
  const named = slo
    .at('spec')
    .at('alertPolicies')
    .list()
    .flatMap((entry) => {
      const policy = lookedUp(entry, 'alertPolicyRef', 'AlertPolicy', alerting.find);
      return policy ? targetsOfPolicy(policy, alerting) : [];
    });
  const of = (isTicket: boolean) =>
    onlyTopic(
      named.filter((each) => each.isTicket === isTicket),
      topics,
    );
  const [notifications, tickets] = [of(false), of(true)];
  return { ...(notifications && { notifications }), ...(tickets && { tickets }) };
}

interface Target {
  readonly isTicket: boolean;
  readonly name: string;
  readonly place: DocumentPart;
}

function targetsOfPolicy(policy: DocumentPart, { find, severities }: Alerting): readonly Target[] {
  const spec = policy.at('spec');
  const [entry] = spec.at('conditions').list();
  const condition = entry && lookedUp(entry, 'conditionRef', 'AlertCondition', find);
  if (!condition) return [];
  // What is wrong with it was noted where the alert was read.
  const severity = severityOf(condition.at('spec').at('severity').silent(), severities);
  return spec
    .at('notificationTargets')
    .list()
    .flatMap((place) => {
      const reference = place.at('targetRef').value ?? place.at('metadata').at('name').value;
      return typeof reference === 'string'
        ? [{ isTicket: severity === AlertSeverity.TICKET, name: reference, place }]
        : [];
    });
}

/** An alert goes to one topic: several are no choice that could be made here. */
function onlyTopic(targets: readonly Target[], topics: Readonly<Record<string, ITopic>>): ITopic | undefined {
  const known = targets.flatMap(({ name, place }) => {
    const topic = Object.hasOwn(topics, name) ? topics[name] : undefined;
    return topic ? [{ topic, name, place }] : [];
  });
  const [first] = known;
  const other = known.find(({ topic }) => topic !== first?.topic);
  if (!first || !other) return first?.topic;
  return other.place.note(
    `names ${other.name}, and another policy ${first.name}: alerts of one kind go to one topic`,
    'give both the same topic, and subscribe those who are told to it',
  );
}
