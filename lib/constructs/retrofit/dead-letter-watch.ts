import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import {
  CfnResource,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  StringConcat,
  Token,
  Tokenization,
} from 'aws-cdk-lib/core';
import { deadLetterAlarm } from '../governance/dead-letter-alarm';

/** Whether others set aside in a queue: queues, subscriptions, rules, functions of its stack. @internal */
export function takesDeadLetters(queue: CfnResource): boolean {
  return namedInStack(queue, (_, key) => /dead.?letter|on.?failure/i.test(key));
}

/** Whether an alarm of the app, or something that takes its messages, sees what is set aside in a queue. @internal */
export function isSeen(queue: CfnResource): boolean {
  const takers = ['AWS::Lambda::EventSourceMapping', 'AWS::Pipes::Pipe'];
  return (
    namedInStack(queue, (type, key) => takers.includes(type) && /^(EventSourceArn|Source)$/.test(key)) ||
    queue.node.root.node.findAll().some((each) => each instanceof CfnAlarm && watches(each, queue))
  );
}

/** Has an alarm tell a topic of what is set aside in a queue; `false` where CloudWatch cannot: it tells those of its region. @internal */
export function tellOf(queue: CfnQueue, topic: ITopic): boolean {
  if (topic.env.region !== Stack.of(queue).region) return false;
  deadLetterAlarm(queue, { queueName: queue.attrQueueName, node: queue.node }, topic);
  return true;
}

/** Those that count what waits. `NumberOfMessagesSent` does not see what SQS itself moved there. */
const WAITING = /ApproximateNumberOfMessagesVisible|ApproximateAgeOfOldestMessage/;

function watches({ metricName, dimensions, metrics, stack, node }: CfnAlarm, queue: CfnResource): boolean {
  const watched = [metricName, dimensions, metrics];
  const text = JSON.stringify(stack.resolve(watched));
  if (!WAITING.test(text)) return false;
  const { queueName } = queue as CfnQueue;
  const isNamed =
    queueName !== undefined && !Token.isUnresolved(queueName) && text.includes(`"${queueName}"`);
  const isNear = stack === queue.stack && text.includes(`"${stack.getLogicalId(queue)}"`);
  if (isNamed || isNear) return true;
  const references = new References();
  Tokenization.resolve(watched, { scope: node.scope ?? stack, preparing: false, resolver: references });
  return references.targets.has(queue);
}

/** Notes what is referred to while a value is resolved. */
class References extends DefaultTokenResolver {
  readonly targets = new Set<unknown>();

  constructor() {
    super(new StringConcat());
  }

  override resolveToken(token: IResolvable, context: IResolveContext, after: IPostProcessor): unknown {
    if (Reference.isReference(token)) this.targets.add(token.target);
    return super.resolveToken(token, context, after);
  }
}

/** Whether another resource of its stack names a queue below a key. */
function namedInStack(queue: CfnResource, below: (type: string, key: string) => boolean): boolean {
  const { stack } = queue;
  const id = stack.getLogicalId(queue);
  const names = (type: string, part: unknown): boolean => {
    if (typeof part !== 'object' || part === null) return false;
    return Object.entries(part).some(([key, value]) =>
      below(type, key) ? (JSON.stringify(value) ?? '').includes(`"${id}"`) : names(type, value),
    );
  };
  return stack.node
    .findAll()
    .some(
      (each) =>
        CfnResource.isCfnResource(each) &&
        each !== queue &&
        names(each.cfnResourceType, stack.resolve(each._toCloudFormation())),
    );
}
