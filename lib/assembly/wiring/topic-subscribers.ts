import type { Truth } from '../conditions';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { someTruth } from '../truth';
import { isMap, referencesIn, Unknown, type Value } from '../value';

/** Types that subscribe to a topic by naming it. */
const SUBSCRIBERS: readonly string[] = [
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
  'AWS::Chatbot::SlackChannelConfiguration',
  'AWS::Serverless::Function',
];

/** Types that hand a topic on to whom the app does not show. */
const CARRIERS = /^(Custom::|AWS::CloudFormation::|AWS::SSM::Parameter$|AWS::ServiceCatalog)/;

/** Whether somebody gets what is published to a topic of the app. */
export function isSubscribed(topic: Resource): Truth {
  const inline = topic.get('Subscription');
  if (inline !== undefined && !(inline instanceof Unknown && inline.maybeAbsent)) {
    if (!Array.isArray(inline) || inline.length > 0) return true;
  }
  const { graph } = topic.stack;
  const { byTopic, hidden, exported } = subscriptionIndex(graph);
  const mentions = graph.mentionsOf(topic);
  const subscribers = [
    ...(byTopic.get(topic) ?? []),
    ...mentions.map(({ from }) => from).filter(({ type }) => SUBSCRIBERS.includes(type)),
  ];
  const handedOn = mentions.some(({ from }) => CARRIERS.test(from.type)) || exported.has(topic);
  return someTruth([
    ...subscribers.map((subscriber) => existsWith(subscriber, topic)),
    ...(inline instanceof Unknown ? [inline] : []),
    ...hidden,
    ...(handedOn ? [new Unknown(`who subscribes to ${topic.logicalId} outside the app is not known`)] : []),
  ]);
}

const subscriptionIndex = oncePerGraph((graph) => {
  const byTopic = new Map<Resource, Resource[]>();
  const hidden = graph.unreadable.slice(0, 1).map((reason) => new Unknown(reason));
  for (const subscription of graph.ofType('AWS::SNS::Subscription')) {
    const topic = subscription.target('TopicArn');
    if (topic instanceof Resource) byTopic.set(topic, [...(byTopic.get(topic) ?? []), subscription]);
    else if (subscription.get('TopicArn') instanceof Unknown && topic) hidden.push(topic);
  }
  return { byTopic, hidden, exported: exportedBy(graph.stacks) };
});

/** The resources that a stack exports, for others than the app too. */
function exportedBy(stacks: Resource['stack']['graph']['stacks']): ReadonlySet<Resource> {
  const exported = new Set<Resource>();
  for (const stack of stacks) {
    for (const [name, output] of Object.entries(stack.outputs)) {
      if (isMap(output as Value) && (output as { readonly Export?: unknown }).Export !== undefined)
        for (const { resource } of referencesIn(stack.output(name))) exported.add(resource);
    }
  }
  return exported;
}
