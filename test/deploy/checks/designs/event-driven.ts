import type { DeployedStack, ReadResource } from '../deployed';
import type { Live } from '../readers/reader';
import { type Design, type DesignFinding, Expectations, ofType, only, stackNamed } from './design';
import { keyFindings } from './keys';

/** Tier 1: whatever cannot be worked off is set aside, in both regions alike. */
export const eventDriven: Design = (stacks) =>
  ['eu-west-1', 'eu-central-1'].flatMap((region) => {
    const stack = stackNamed(stacks, `Invoices-${region}`);
    return [
      ...queueFindings(stack),
      ...streamFindings(stack),
      ...workerFindings(stack),
      ...keyFindings(stack),
    ];
  });

const DAY = 86_400;

/** Messages that fail five times go to the queue beside, which keeps them for two weeks. */
function queueFindings(stack: DeployedStack): DesignFinding[] {
  const expectations = new Expectations(stack.name);
  for (const name of ['Orders', 'Mail']) {
    const queue = startingWith(stack, `${name}Queue`);
    const deadLetters = startingWith(stack, `${name}DeadLetters`);
    const redrive = queue?.live?.RedrivePolicy as Live | undefined;
    expectations.expect(
      `${name}: dead letters go to`,
      deadLetters?.live?.QueueArn,
      redrive?.deadLetterTargetArn,
    );
    expectations.expect(`${name}: attempts`, 5, redrive?.maxReceiveCount);
    expectations.expect(`${name}: seconds until it is tried again`, '180', queue?.live?.VisibilityTimeout);
  }
  const aside = ofType(stack, 'AWS::SQS::Queue').filter(({ live }) => live?.RedrivePolicy === undefined);
  expectations.expect('queues of dead letters', 7, aside.length);
  for (const { logicalId, live } of aside) {
    expectations.expect(`${logicalId}: kept for`, String(14 * DAY), live?.MessageRetentionPeriod);
  }
  return expectations.findings;
}

function streamFindings(stack: DeployedStack): DesignFinding[] {
  const expectations = new Expectations(stack.name);
  const stream = only(stack, 'AWS::Kinesis::Stream').live;
  expectations.expect('hours in the stream', 168, stream.RetentionPeriodHours);
  return expectations.findings;
}

/** A worker may use half a minute, a sixth of what its queue waits. */
function workerFindings(stack: DeployedStack): DesignFinding[] {
  const expectations = new Expectations(stack.name);
  const functions = ofType(stack, 'AWS::Lambda::Function');
  expectations.expect(
    'seconds that functions may use',
    [30, 30],
    functions.map(({ live }) => live?.Timeout),
  );
  return expectations.findings;
}

function startingWith(stack: DeployedStack, name: string): ReadResource | undefined {
  return ofType(stack, 'AWS::SQS::Queue').find(({ logicalId }) => logicalId.startsWith(name));
}
