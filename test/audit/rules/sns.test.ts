import { subscriptionSetsFailuresAside, topicLogsDeliveries } from '../../../lib/audit/rules/sns';
import { checks } from '../../support/rule-cases';

const MAYBE = { 'Fn::If': ['Some', 'x', { Ref: 'AWS::NoValue' }] };

checks(subscriptionSetsFailuresAside, {
  passes: {
    'the policy is a text': { RedrivePolicy: '{"deadLetterTargetArn": "dead"}' },
    'deploy decides which': { RedrivePolicy: { Ref: 'AWS::StackId' } },
  },
  fails: { 'it has no policy': {}, 'its policy is empty': { RedrivePolicy: '' } },
  unknown: { 'a condition may leave it out': { RedrivePolicy: MAYBE } },
  notApplicable: 'every subscription is asked',
});

checks(topicLogsDeliveries, {
  passes: {
    'it logs those to queues': { DeliveryStatusLogging: ['sqs'] },
    'it logs those to functions': { DeliveryStatusLogging: ['lambda'] },
  },
  fails: { 'it logs none': {}, 'the list is empty': { DeliveryStatusLogging: [] } },
  unknown: { 'a condition may leave it out': { DeliveryStatusLogging: MAYBE } },
  notApplicable: 'every topic is asked',
});
