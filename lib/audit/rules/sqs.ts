import { jsonIn } from '../../assembly/json-text';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { alarmAnswers } from '../../assembly/observe/alarms';
import { valueAt } from '../../assembly/path';
import { numberOf } from '../../assembly/question';
import { Resource } from '../../assembly/resource';
import { isMap, isScalar, Unknown, type Value } from '../../assembly/value';
import { eventsFrom, takesFailures } from '../../assembly/wiring/event-wiring';
import { formatSeconds } from '../../calculus/time-span';
import { MESSAGING } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const QUEUE = ['AWS::SQS::Queue'];
const GUIDE = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';
const DEAD_LETTERS = `${GUIDE}/sqs-dead-letter-queues.html`;
const TARGET = 'RedrivePolicy.deadLetterTargetArn';

export const queueSetsFailuresAside: Rule = {
  id: 'SQS-01',
  title: 'Queues set failing messages aside.',
  kind: 'redundancy',
  why: 'A message that always fails is tried again until it expires: it blocks the others, and then it is gone.',
  fix: 'set a RedrivePolicy with a dead-letter queue',
  severity: MEDIUM,
  appliesTo: QUEUE,
  controls: MESSAGING,
  sources: [DEAD_LETTERS],
  check: judgeRedrive,
};

export const deadLettersOutliveSource: Rule = {
  id: 'X-57',
  title: 'Dead-letter queues keep messages longer than the queues that they come from.',
  kind: 'redundancy',
  why: 'A message keeps its age when it is set aside: where both queues keep it equally long, it may expire before anybody has looked at it.',
  fix: 'set MessageRetentionPeriod of the dead-letter queue to more than that of the source, such as 14 days',
  severity: MEDIUM,
  appliesTo: QUEUE,
  controls: MESSAGING,
  sources: [DEAD_LETTERS, `${GUIDE}/setting-up-dead-letter-queue-retention.html`],
  check: judgeRetention,
};

export const deadLettersAreSeen: Rule = {
  id: 'X-58',
  title: 'Somebody learns of dead letters, and one failing message does not take its batch with it.',
  kind: 'monitoring',
  why: 'What is set aside and seen by nobody is lost; with one receive and no answer for single messages, one bad message sets the whole batch aside.',
  fix: 'put an alarm on ApproximateNumberOfMessagesVisible of the dead-letter queue; receive more than once or report ReportBatchItemFailures',
  fixes: {
    'RedrivePolicy.maxReceiveCount': 'raise maxReceiveCount, or report ReportBatchItemFailures',
  },
  severity: MEDIUM,
  appliesTo: QUEUE,
  controls: MESSAGING,
  sources: [DEAD_LETTERS, 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html'],
  check: (queue) => [judgeSeen(queue), judgeBatches(queue)],
};

function redrive(queue: Resource, field: string): Value | undefined {
  const policy = queue.get('RedrivePolicy');
  return policy === undefined ? undefined : valueAt(jsonIn(policy), [field]);
}

function judgeRedrive(queue: Resource): Judgement {
  const path = isMap(queue.get('RedrivePolicy')) ? TARGET : 'RedrivePolicy';
  const own = queue.isSet(path, 'a dead-letter queue');
  if (own.outcome !== 'fail') return own;
  const takes = takesFailures(queue);
  if (takes === true) return notApplicable('it takes what failed elsewhere');
  if (takes instanceof Unknown) return unknown('RedrivePolicy', takes);
  if (queue.text('RedriveAllowPolicy.redrivePermission') === 'byQueue')
    return notApplicable('it lets other queues use it for their dead letters');
  const [macro] = queue.stack.graph.unreadable;
  return macro === undefined ? own : unknown('RedrivePolicy', macro);
}

function judgeRetention(queue: Resource): Judgement {
  const target = redrive(queue, 'deadLetterTargetArn');
  if (target === undefined) return notApplicable('it sets nothing aside');
  const renewed = queue.is('FifoQueue', true, { default: false });
  if (renewed.outcome === 'pass')
    return notApplicable('in a FIFO queue, a message is new when it is set aside');
  const dead = queue.stack.graph.resolve(target, queue);
  if (!(dead instanceof Resource)) return unknown(TARGET, dead);
  const own = retentionOf(queue);
  const kept = retentionOf(dead);
  const open = [own, kept].find((seconds) => seconds instanceof Unknown);
  if (open instanceof Unknown) return unknown('MessageRetentionPeriod', open);
  const details = {
    property: 'MessageRetentionPeriod',
    found: `${dead.logicalId} keeps messages for ${lengthOf(kept)}, the queue itself for ${lengthOf(own)}`,
  };
  if (kept > own) return pass(details);
  return renewed.outcome === 'unknown'
    ? renewed
    : fail({ ...details, needed: `${dead.logicalId} to keep them longer` });
}

const FOUR_DAYS = 345_600;

function retentionOf(queue: Resource): number | Unknown {
  return queue.number('MessageRetentionPeriod') ?? FOUR_DAYS;
}

function judgeSeen(queue: Resource): Judgement {
  const takes = takesFailures(queue);
  if (takes === false) return notApplicable('it takes no dead letters');
  const consumer = eventsFrom(queue).find(
    ({ mode, presence }) => mode !== 'asynchronous' && presence === true,
  );
  if (consumer) return pass({ found: `${consumer.via.logicalId} takes messages from it` });
  const watched = alarmAnswers(queue, {
    metrics: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
    accepts: () => true,
    needed: 'an alarm on its visible messages or their age',
  });
  return takes instanceof Unknown && watched.outcome === 'fail' ? unknown(undefined, takes) : watched;
}

/** Only a policy that sets a message aside after one receive is hurt by a batch that fails as a whole. */
function judgeBatches(queue: Resource): Judgement {
  const written = redrive(queue, 'maxReceiveCount');
  if (written instanceof Unknown) return unknown('RedrivePolicy.maxReceiveCount', written);
  if (!isScalar(written) || numberOf(written) !== 1)
    return notApplicable('a message is received more than once');
  const mappings = eventsFrom(queue).filter(({ kind }) => kind === 'eventSourceMapping');
  if (mappings.length === 0) return notApplicable('no function takes messages in batches');
  const judged = mappings.map(({ via }) => judgeMapping(via));
  return (
    judged.find(({ outcome }) => outcome === 'fail') ??
    judged.find(({ outcome }) => outcome === 'unknown') ??
    pass({ found: 'batches that answer for each message' })
  );
}

function judgeMapping(mapping: Resource): Judgement {
  const size = mapping.number('BatchSize') ?? 10;
  const types = mapping.list('FunctionResponseTypes');
  if (size === 1) return pass();
  if (!(types instanceof Unknown) && types.includes('ReportBatchItemFailures')) return pass();
  const open = [size, ...(types instanceof Unknown ? [types] : types)].find(
    (value) => value instanceof Unknown,
  );
  if (open instanceof Unknown) return unknown('RedrivePolicy.maxReceiveCount', open);
  return fail({
    property: 'RedrivePolicy.maxReceiveCount',
    found: `one receive, and ${mapping.logicalId} takes batches of ${size} without ReportBatchItemFailures`,
    needed: 'more receives, batches of one, or ReportBatchItemFailures',
  });
}

function lengthOf(seconds: number | Unknown): string {
  return typeof seconds === 'number' ? formatSeconds(seconds) : seconds.reason;
}
