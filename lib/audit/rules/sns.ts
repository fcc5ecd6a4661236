import { MESSAGING, MONITORING } from '../control-families';
import type { Rule } from '../rule';
import { LOW, MEDIUM } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/sns/latest/dg';

export const subscriptionSetsFailuresAside: Rule = {
  id: 'SNS-01',
  title: 'Subscriptions keep what could not be delivered.',
  kind: 'redundancy',
  why: 'When an endpoint is down for longer than SNS tries, the message is gone.',
  fix: 'set a RedrivePolicy with a dead-letter queue',
  severity: MEDIUM,
  appliesTo: ['AWS::SNS::Subscription'],
  controls: MESSAGING,
  sources: [`${GUIDE}/sns-dead-letter-queues.html`],
  check: (subscription) => subscription.isSet('RedrivePolicy', 'a dead-letter queue'),
};

export const topicLogsDeliveries: Rule = {
  id: 'SNS-02',
  title: 'Topics log whether messages were delivered.',
  kind: 'monitoring',
  why: 'Without the log nobody can tell which messages an endpoint refused.',
  fix: 'set DeliveryStatusLogging for the protocols of the subscribers',
  severity: LOW,
  appliesTo: ['AWS::SNS::Topic'],
  controls: MONITORING,
  sources: [`${GUIDE}/sns-topic-attributes.html`],
  check: (topic) => topic.isSet('DeliveryStatusLogging'),
};
