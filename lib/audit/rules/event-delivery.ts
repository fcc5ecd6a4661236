import { asynchronousFailures } from '../../assembly/compute/function-failures';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { eachEntry } from '../../assembly/list-entries';
import type { Resource } from '../../assembly/resource';
import { someTruth } from '../../assembly/truth';
import { Unknown } from '../../assembly/value';
import { triggersOf } from '../../assembly/wiring/event-wiring';
import { MESSAGING } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const LAMBDA = 'AWS::Lambda::Function';
const PIPE = 'AWS::Pipes::Pipe';

export const eventsOutlastOutage: Rule = {
  id: 'X-61',
  title: 'Events are tried for as long as a recovery may take, and are kept when they fail.',
  kind: 'redundancy',
  why: 'An event that is given up before the service is back is lost, although the outage was within what is owed.',
  fix: 'leave RetryPolicy as it is or raise it beyond the RTO, and give functions that are invoked asynchronously a dead-letter queue or an OnFailure destination',
  fixes: {
    'DeadLetterConfig.TargetArn': 'give the function a dead-letter queue or an OnFailure destination',
    'Targets.RetryPolicy.MaximumEventAgeInSeconds':
      'leave MaximumEventAgeInSeconds out, or raise it beyond the RTO',
    'Targets.RetryPolicy.MaximumRetryAttempts': 'leave MaximumRetryAttempts out',
  },
  severity: MEDIUM,
  appliesTo: ['AWS::Events::Rule', 'AWS::Scheduler::Schedule', PIPE, LAMBDA],
  controls: MESSAGING,
  subsumes: ['LAM-01'],
  sources: [
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  ],
  check: (resource, { service }) => {
    // EventBridge keeps no event for longer than a day, whatever is owed.
    const rto = Math.min(service.recovery.region.rtoSeconds, DEFAULTS.seconds);
    if (resource.type === LAMBDA) return judgeFunction(resource);
    if (resource.type === PIPE) return judgePipe(resource, rto);
    if (resource.type === 'AWS::Scheduler::Schedule') return judgeTarget(resource, 'Target.RetryPolicy', rto);
    const judged = eachEntry(resource, 'Targets', (target) =>
      judgeTarget(resource, `${target}.RetryPolicy`, rto),
    );
    return judged.length > 0 ? judged : notApplicable('it has no targets');
  },
};

/** A day, and 185 times, where nothing is said. */
const DEFAULTS = { attempts: 185, seconds: 86_400 } as const;

function judgeTarget(resource: Resource, policy: string, rto: number): Judgement {
  const attempts = resource.isNot(`${policy}.MaximumRetryAttempts`, 0, { default: DEFAULTS.attempts });
  if (attempts.outcome !== 'pass') return attempts;
  return resource.atLeast(`${policy}.MaximumEventAgeInSeconds`, rto, {
    default: DEFAULTS.seconds,
    unit: 's',
  });
}

/** Only streams say how often and how long a pipe tries; -1 is without end. */
function judgePipe(pipe: Resource, rto: number): Judgement {
  const path = ['KinesisStreamParameters', 'DynamoDBStreamParameters']
    .map((name) => `SourceParameters.${name}`)
    .find((candidate) => pipe.get(candidate) !== undefined);
  if (path === undefined) return notApplicable('the source of the pipe tries again by itself');
  const attempts = pipe.isNot(`${path}.MaximumRetryAttempts`, 0, { default: -1 });
  if (attempts.outcome !== 'pass') return attempts;
  const property = `${path}.MaximumRecordAgeInSeconds`;
  const age = pipe.number(property) ?? -1;
  if (age instanceof Unknown) return unknown(property, age);
  const details = { property, found: age === -1 ? 'no end' : `${age} s` };
  return age === -1 || age >= rto ? pass(details) : fail({ ...details, needed: `at least ${rto} s` });
}

/** Asks only where the app shows a trigger: who else invokes a function is what LAM-01 asks. */
function judgeFunction(lambda: Resource): Judgement {
  const triggers = triggersOf(lambda).filter(({ kind }) => kind !== 'customResource');
  const left = someTruth(
    triggers.map(({ mode, presence }) =>
      mode instanceof Unknown ? mode : mode === 'asynchronous' && presence,
    ),
  );
  if (left === false) return notApplicable('nothing in the app invokes it asynchronously');
  const kept = asynchronousFailures(lambda);
  return left instanceof Unknown && kept.outcome === 'fail'
    ? unknown('DeadLetterConfig.TargetArn', left)
    : kept;
}
