import { Key } from 'aws-cdk-lib/aws-kms';
import { Duration } from 'aws-cdk-lib/core';
import { DurableQueue, type DurableQueueProps } from '../../../../lib/constructs/data/messages/durable-queue';
import { TIERS, Tier } from '../../../../lib/objectives/tier';
import { catalogued, refusal, shopStack, WEAKENING } from '../../fixtures';
import { queuesIn } from './queues';

const DAY = 24 * 3600;

/** A queue for messages that their senders can send again. */
function queueAt(tier: Tier, props: DurableQueueProps = {}) {
  const stack = shopStack(tier, {}, { dataClasses: [{ name: 'in-flight', rebuildable: true }] });
  new DurableQueue(stack, 'Orders', { dataClass: 'in-flight', ...props });
  return { stack, ...queuesIn(stack) };
}

describe('a durable queue', () => {
  it.each([
    [Tier.MISSION_CRITICAL, 14],
    [Tier.BUSINESS_CRITICAL, 14],
    [2, 5],
    [3, 5],
  ])('keeps the dead letters of tier %i for %i days', (tier, days) => {
    expect(queueAt(tier).deadLetters.MessageRetentionPeriod).toBe(days * DAY);
  });

  it.each(TIERS)('sets a message of tier %i aside after five attempts', (tier) => {
    expect(queueAt(tier).queue.RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
  });

  it('hides a message six times as long as a consumer works on it', () => {
    const { queue } = queueAt(1, { processingTime: Duration.minutes(5) });
    expect(queue.VisibilityTimeout).toBe(1800);
  });

  it('encrypts with a key that SQS keeps, or with one that is given', () => {
    expect(queueAt(1).queue.SqsManagedSseEnabled).toBe(true);
    const stack = shopStack(2);
    new DurableQueue(stack, 'Orders', { encryptionKey: new Key(stack, 'Key') });
    expect(queuesIn(stack).queue.KmsMasterKeyId).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'],
    });
  });

  it('keeps the order of messages where it is asked to, in both queues', () => {
    const { queue, deadLetters } = queueAt(1, { fifo: true });
    expect([queue.FifoQueue, deadLetters.FifoQueue]).toEqual([true, true]);
  });

  it('takes no dead letters of other queues', () => {
    expect(queueAt(1).queue.RedriveAllowPolicy).toEqual({ redrivePermission: 'denyAll' });
  });

  it('needs no class of data where the tier leaves the region to copies', () => {
    expect(() => new DurableQueue(shopStack(2), 'Orders')).not.toThrow();
  });

  it('keeps a weaker retention with who answers for it', () => {
    const { stack } = queueAt(1, { deadLetterRetention: Duration.days(7), weakening: WEAKENING });
    expect(catalogued(stack).weakenings).toEqual([{ what: 'Orders.deadLetterRetention', ...WEAKENING }]);
  });
});

describe('a durable queue is refused', () => {
  const refused = (props: DurableQueueProps, tier: Tier = 2) => refusal(() => queueAt(tier, props)).message;

  it('where its region’s loss may not lose what waits in it', () => {
    expect(refusal(() => new DurableQueue(shopStack(1), 'Orders')).message).toMatch(
      /Shop\/Orders: .*SQS queue loses all of data at the loss of a region, but an RPO of 5 min is owed/,
    );
  });

  it('with a fix that says how its messages would be owed less', () => {
    const { problem, fix } = refusal(() => new DurableQueue(shopStack(1), 'Orders'));
    expect(problem).toContain('SQS queue is not back after the loss of a region, but an RTO of 1 h is owed');
    expect(fix).toMatch(
      /^\(1\) keep it in MSK cluster with MSK Replicator instead, or where it can be made again, name in dataClass a class that the service declares with rebuildable: true, or give a weakening.*; \(2\) keep it in .* or where it can be made again/,
    );
    const dataClasses = [{ name: 'orders', rebuildable: true }];
    const stack = shopStack(1, {}, { dataClasses });
    expect(() => new DurableQueue(stack, 'Orders', { dataClass: 'orders' })).not.toThrow();
  });

  it('with dead letters that are gone sooner than the tier owes', () => {
    expect(refused({ deadLetterRetention: Duration.days(7) }, 1)).toMatch(
      /deadLetterRetention is 7 d, but the tier owes 14 d/,
    );
  });

  it('with messages that wait shorter than the tier owes', () => {
    expect(refused({ messageRetention: Duration.days(1) })).toMatch(
      /messageRetention is 1 d, but the tier owes 4 d/,
    );
  });

  it('with dead letters that are no older than waiting messages', () => {
    expect(refused({ messageRetention: Duration.days(5) })).toMatch(
      /set-aside messages are kept 120 h and waiting ones 120 h/,
    );
  });

  it('with a retention that SQS does not have', () => {
    expect(refused({ deadLetterRetention: Duration.days(15) })).toMatch(
      /15 d, and SQS keeps none longer than 14 d/,
    );
  });

  it('with no attempt at all', () => {
    expect(refused({ maximumReceives: 0 })).toMatch(/set aside after 0 attempts/);
  });

  it('with too many attempts', () => {
    expect(refused({ maximumReceives: 1001 })).toMatch(/maximumReceives is 1001, but the tier owes 1000/);
  });

  it('with work that takes longer than a message can be hidden', () => {
    expect(refused({ processingTime: Duration.hours(3) })).toMatch(
      /hidden for 18 h, and SQS hides none longer than 12 h/,
    );
  });

  it('with a class of data that nobody declared', () => {
    expect(refused({ dataClass: 'orders' })).toMatch(
      /data class "orders" is not one that its service declares \(in-flight\)/,
    );
  });
});
