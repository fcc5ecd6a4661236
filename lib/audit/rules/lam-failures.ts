import { asynchronousFailures } from '../../assembly/compute/function-failures';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { sourceKindOf } from '../../assembly/wiring/event-sources';
import { eventsVia, isInvokedAsynchronously } from '../../assembly/wiring/event-wiring';
import { MESSAGING } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const MAPPING = ['AWS::Lambda::EventSourceMapping'];
const ON_FAILURE = 'DestinationConfig.OnFailure.Destination';

export const functionKeepsFailures: Rule = {
  id: 'LAM-01',
  title: 'Functions that are invoked asynchronously keep the events that they failed on.',
  kind: 'redundancy',
  why: 'Lambda tries an event three times at the most: while what the function needs is down, events are gone for good.',
  fix: 'set DeadLetterConfig, or an OnFailure destination',
  severity: MEDIUM,
  appliesTo: ['AWS::Lambda::Function'],
  controls: MESSAGING,
  sources: [`${GUIDE}/invocation-async-retain-records.html`],
  check: judgeFunction,
};

export const invocationsHaveDestination: Rule = {
  id: 'LAM-02',
  title: 'Asynchronous invocations have a destination for failures.',
  kind: 'redundancy',
  why: 'An event that has failed to the end is dropped, with nothing that says why.',
  fix: 'set DestinationConfig.OnFailure',
  severity: MEDIUM,
  appliesTo: ['AWS::Lambda::EventInvokeConfig'],
  controls: MESSAGING,
  sources: [`${GUIDE}/invocation-async-retain-records.html`],
  check: (config) => config.isSet(ON_FAILURE, 'a destination'),
};

export const streamHasDestination: Rule = {
  id: 'LAM-03',
  title: 'Mappings of streams and of Kafka have a destination for failures.',
  kind: 'redundancy',
  why: 'Records that fail to the end are dropped, or hold up the shard until they expire.',
  fix: 'set DestinationConfig.OnFailure',
  severity: MEDIUM,
  appliesTo: MAPPING,
  controls: MESSAGING,
  sources: [`${GUIDE}/invocation-eventsourcemapping.html`],
  check: (mapping) =>
    ofSources(mapping, ['kinesis', 'dynamodb', 'kafka'], () => mapping.isSet(ON_FAILURE, 'a destination')),
};

export const queueOutwaitsFunction: Rule = {
  id: 'LAM-06',
  title: 'Queues hide messages for at least six times the timeout of the function that takes them.',
  kind: 'redundancy',
  why: 'A message that shows up again while the function still works on it is worked on twice, and set aside although it did not fail.',
  fix: 'raise VisibilityTimeout of the queue to six times Timeout of the function',
  severity: MEDIUM,
  appliesTo: MAPPING,
  controls: MESSAGING,
  sources: [`${GUIDE}/services-sqs-configure.html`],
  check: (mapping) => ofSources(mapping, ['sqs'], () => judgeTimeouts(mapping)),
};

export const poisonDoesNotStopShard: Rule = {
  id: 'X-59',
  title: 'One record that always fails does not stop its shard.',
  kind: 'redundancy',
  why: 'Without an end to retries the batch is tried until its records expire: everything behind it waits for days.',
  fix: 'set MaximumRetryAttempts, BisectBatchOnFunctionError or an OnFailure destination',
  severity: MEDIUM,
  appliesTo: MAPPING,
  controls: MESSAGING,
  sources: [`${GUIDE}/services-kinesis-errors.html`],
  check: (mapping) => ofSources(mapping, ['kinesis', 'dynamodb'], () => judgePoison(mapping)),
};

function judgeFunction(lambda: Resource): Judgement {
  const invoked = isInvokedAsynchronously(lambda);
  if (invoked === false) return notApplicable('nothing in the app invokes it asynchronously');
  const kept = asynchronousFailures(lambda);
  return invoked instanceof Unknown && kept.outcome !== 'pass'
    ? unknown('DeadLetterConfig.TargetArn', invoked)
    : kept;
}

function ofSources(mapping: Resource, kinds: readonly string[], judge: () => Judgement): Judgement {
  const kind = sourceKindOf(mapping, 'EventSourceArn');
  if (kind instanceof Unknown) return unknown('EventSourceArn', kind);
  return kinds.includes(kind) ? judge() : notApplicable(`it reads from ${kind}`);
}

function judgePoison(mapping: Resource): Judgement {
  const retries = mapping.isNot('MaximumRetryAttempts', -1);
  const bisects = mapping.is('BisectBatchOnFunctionError', true);
  const kept = mapping.isSet(ON_FAILURE, 'a destination');
  const parts = [retries, bisects, kept];
  return (
    parts.find(({ outcome }) => outcome === 'pass') ??
    parts.find(({ outcome }) => outcome === 'unknown') ??
    fail({
      property: 'MaximumRetryAttempts',
      found: 'retries without end, whole batches and no destination',
      needed: 'an end to retries, smaller batches or a destination for failures',
    })
  );
}

const TIMES = 6;

function judgeTimeouts(mapping: Resource): Judgement {
  const edge = eventsVia(mapping).find(({ kind }) => kind === 'eventSourceMapping');
  if (!edge) return unknown('FunctionName', 'the mapping names no function');
  const { from: queue, to: lambda } = edge;
  if (!(queue instanceof Resource)) return unknown('EventSourceArn', queue);
  if (!(lambda instanceof Resource)) return unknown('FunctionName', lambda);
  const hidden = queue.number('VisibilityTimeout') ?? 30;
  const timeout = lambda.number('Timeout') ?? 3;
  if (hidden instanceof Unknown) return unknown('EventSourceArn', hidden);
  if (timeout instanceof Unknown) return unknown('FunctionName', timeout);
  const details = {
    property: 'EventSourceArn',
    found: `${queue.logicalId} hides messages for ${hidden} s, ${lambda.logicalId} works for up to ${timeout} s`,
  };
  return hidden >= TIMES * timeout
    ? pass(details)
    : fail({ ...details, needed: `at least ${TIMES * timeout} s` });
}
