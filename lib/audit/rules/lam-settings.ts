import { deployHandlers } from '../../assembly/compute/deploy-handlers';
import { logGroupJudgement } from '../../assembly/compute/function-log-groups';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { versionSupport } from '../../calculus/service-lifecycle';
import { CAPACITY, LOG_RETENTION, MONITORING, PATCHING } from '../control-families';
import type { Rule } from '../rule';
import { INFO, LOW, MEDIUM } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const FUNCTION = ['AWS::Lambda::Function'];

const AT_DEPLOY = notApplicable('custom resources call it at a deploy, and nobody else does');

export const functionReservesConcurrency: Rule = {
  id: 'LAM-04',
  title: 'Functions have a concurrency of their own.',
  kind: 'capacity',
  why: 'Functions without a reservation share what the account has left: one that runs wild starves all others.',
  fix: 'set ReservedConcurrentExecutions',
  severity: LOW,
  appliesTo: FUNCTION,
  controls: CAPACITY,
  sources: [`${GUIDE}/configuration-concurrency.html`],
  check: (lambda, { graph }) =>
    deployHandlers(graph).has(lambda)
      ? AT_DEPLOY
      : lambda.isSet('ReservedConcurrentExecutions', 'a reservation'),
};

export const functionIsTraced: Rule = {
  id: 'LAM-07',
  title: 'Functions are traced.',
  kind: 'monitoring',
  why: 'Where a slow request spends its time is guesswork without a trace.',
  fix: 'set TracingConfig.Mode to Active',
  severity: INFO,
  appliesTo: FUNCTION,
  controls: MONITORING,
  sources: [`${GUIDE}/services-xray.html`],
  check: (lambda) => lambda.is('TracingConfig.Mode', 'Active'),
};

export const functionIsSized: Rule = {
  id: 'LAM-08',
  title: 'The timeout and the memory of functions are chosen.',
  kind: 'capacity',
  why: 'Three seconds and 128 MB are what Lambda takes when nobody has asked what the work needs: the first slow dependency ends it.',
  fix: 'set Timeout and MemorySize to what was measured',
  fixes: {
    MemorySize: 'set MemorySize to what was measured',
    Timeout: 'set Timeout to what was measured',
  },
  severity: LOW,
  appliesTo: FUNCTION,
  controls: CAPACITY,
  sources: [`${GUIDE}/configuration-timeout.html`, `${GUIDE}/configuration-memory.html`],
  check: (lambda, { graph }) =>
    deployHandlers(graph).has(lambda)
      ? AT_DEPLOY
      : [chosen(lambda, 'Timeout', '3 s'), chosen(lambda, 'MemorySize', '128 MB')],
};

export const runtimeIsSupported: Rule = {
  id: 'LAM-09',
  title: 'The runtimes of functions are supported.',
  kind: 'protection',
  why: 'A deprecated runtime gets no corrections, and after a while the function can be changed no more, not even to end an outage.',
  fix: 'move to a runtime that is supported',
  severity: MEDIUM,
  appliesTo: FUNCTION,
  controls: PATCHING,
  sources: [`${GUIDE}/lambda-runtimes.html`],
  subsumes: ['LIF-03'],
  check: (lambda, { today }) => judgeRuntime(lambda, today),
};

export const functionKeepsLogs: Rule = {
  id: 'LAM-10',
  title: 'Functions write to a log group of the app that keeps logs for a time that is chosen.',
  kind: 'compliance',
  why: 'A group that Lambda makes itself keeps logs for ever, is in no template, and is not deleted or protected with the app.',
  fix: 'declare the log group of the function, with RetentionInDays',
  severity: LOW,
  appliesTo: FUNCTION,
  controls: LOG_RETENTION,
  sources: [`${GUIDE}/monitoring-cloudwatchlogs-loggroups.html`],
  check: logGroupJudgement,
};

function judgeRuntime(lambda: Resource, today: Date | undefined): Judgement {
  if (lambda.text('PackageType') === 'Image') return notApplicable('an image brings its own runtime');
  const runtime = lambda.text('Runtime');
  if (runtime instanceof Unknown) return unknown('Runtime', runtime);
  if (runtime === undefined) return notApplicable('no runtime is named, as for an image');
  const support = versionSupport('lambda', runtime, today);
  const where = { property: 'Runtime', found: runtime };
  if (support.state === 'supported') return pass(where);
  if (support.state === 'ended')
    return fail({
      ...where,
      found: `${runtime}, whose support ended${support.until === undefined ? '' : ` on ${support.until}`}`,
      needed: 'a runtime that is supported',
    });
  if (support.state === 'open')
    return unknown(
      'Runtime',
      `whether ${runtime}, supported until ${support.until}, still is depends on the day`,
    );
  return unknown('Runtime', `nothing is known of the support of ${runtime}`);
}

/** Whether somebody chose a value: the default may be right, but nobody says so. */
function chosen(lambda: Resource, property: string, usual: string): Judgement {
  const judged = lambda.isSet(property);
  return judged.outcome === 'fail'
    ? fail({ property, found: `no value, so the default (${usual})`, needed: 'a value of yours' })
    : judged;
}
