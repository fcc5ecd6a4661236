import { elementIn, type RawApi } from '../raw-api';

/** A queue of the emulator that hears what passes a bus or a topic. */
export class Mailbox {
  private constructor(
    private readonly raw: RawApi,
    private readonly url: string,
    private readonly arn: string,
  ) {}

  static async open(raw: RawApi, name: string): Promise<Mailbox> {
    const { QueueUrl: url } = await raw.json('sqs', 'AmazonSQS.CreateQueue', { QueueName: name });
    const asked = { QueueUrl: url, AttributeNames: ['QueueArn'] };
    const { Attributes } = await raw.json('sqs', 'AmazonSQS.GetQueueAttributes', asked);
    return new Mailbox(raw, String(url), (Attributes as Record<string, string>).QueueArn ?? '');
  }

  /** A queue that stands. */
  static at(raw: RawApi, url: string): Mailbox {
    return new Mailbox(raw, url, '');
  }

  /** Hears every event on a bus, and nobody else does: the emulator knows few targets, and fails on the others. */
  async listenTo(bus: string): Promise<void> {
    const { Rules = [] } = await this.raw.json('events', 'AWSEvents.ListRules', { EventBusName: bus });
    for (const { Name: Rule } of Rules as { readonly Name: string }[]) {
      const rule = { Rule, EventBusName: bus };
      const { Targets } = await this.raw.json('events', 'AWSEvents.ListTargetsByRule', rule);
      const Ids = (Targets as { readonly Id: string }[]).map(({ Id }) => Id);
      await this.raw.json('events', 'AWSEvents.RemoveTargets', { ...rule, Ids });
    }
    const rule = { Name: 'heard', EventBusName: bus };
    await this.raw.json('events', 'AWSEvents.PutRule', {
      ...rule,
      EventPattern: JSON.stringify({ source: [{ exists: true }] }),
    });
    await this.raw.json('events', 'AWSEvents.PutTargets', {
      Rule: rule.Name,
      EventBusName: bus,
      Targets: [{ Id: 'Mailbox', Arn: this.arn }],
    });
  }

  /** Hears what is published to a topic. */
  async subscribeTo(topic: string): Promise<void> {
    const asked = { Action: 'Subscribe', TopicArn: topic, Protocol: 'sqs', Endpoint: this.arn };
    const answer = await this.raw.query('sns', { ...asked, Version: '2010-03-31' });
    if (elementIn(answer, 'SubscriptionArn') === undefined)
      throw new Error(`nobody can subscribe to ${topic}`);
  }

  async put(message: unknown): Promise<void> {
    const asked = { QueueUrl: this.url, MessageBody: JSON.stringify(message) };
    await this.raw.json('sqs', 'AmazonSQS.SendMessage', asked);
  }

  /** All messages that wait, which are then gone. */
  async take(): Promise<Record<string, unknown>[]> {
    const asked = { QueueUrl: this.url, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 };
    const { Messages = [] } = await this.raw.json('sqs', 'AmazonSQS.ReceiveMessage', asked);
    const messages = Messages as { readonly Body: string; readonly ReceiptHandle: string }[];
    for (const { ReceiptHandle } of messages)
      await this.raw.json('sqs', 'AmazonSQS.DeleteMessage', { QueueUrl: this.url, ReceiptHandle });
    return messages.map(({ Body }) => JSON.parse(Body));
  }
}
