import { fail, type Judgement, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { isList, isMap, isScalar, Unknown, type Value } from '../../assembly/value';
import { definitionOf, type State } from '../../assembly/wiring/state-machine';
import { LOG_RETENTION, MESSAGING } from '../control-families';
import type { Rule } from '../rule';
import { LOW, MEDIUM } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/step-functions/latest/dg';
const MACHINE = ['AWS::StepFunctions::StateMachine'];

export const workflowIsObserved: Rule = {
  id: 'SFN-01',
  title: 'State machines log their errors and are traced.',
  kind: 'monitoring',
  why: 'Which state of which execution failed, and on what, is guesswork.',
  fix: 'set LoggingConfiguration.Level to ALL or ERROR, and TracingConfiguration.Enabled to true',
  fixes: {
    'LoggingConfiguration.Level': 'set LoggingConfiguration.Level to ALL or ERROR',
    'TracingConfiguration.Enabled': 'set TracingConfiguration.Enabled to true',
  },
  severity: LOW,
  appliesTo: MACHINE,
  controls: LOG_RETENTION,
  sources: [`${GUIDE}/cw-logs.html`, `${GUIDE}/concepts-xray-tracing.html`],
  check: (machine) => [
    machine.is('LoggingConfiguration.Level', ['ALL', 'ERROR']),
    machine.is('TracingConfiguration.Enabled', true),
  ],
};

export const workflowSurvivesErrors: Rule = {
  id: 'X-60',
  title: 'Workflows try again, catch what fails, and end.',
  kind: 'redundancy',
  why: 'A throttled call or a short error of a service ends the whole execution, and a call that never answers keeps it open for up to a year.',
  fix: 'give every task a Retry for errors of the service and a Catch, and the workflow TimeoutSeconds',
  severity: MEDIUM,
  appliesTo: MACHINE,
  controls: MESSAGING,
  sources: [`${GUIDE}/concepts-error-handling.html`, `${GUIDE}/sfn-best-practices.html`],
  check: judgeDefinition,
};

function judgeDefinition(machine: Resource): Judgement | readonly Judgement[] {
  const definition = definitionOf(machine);
  if (definition instanceof Unknown) return unknown('DefinitionString', definition);
  const { property, body, states, unknowns } = definition;
  const [open] = unknowns;
  const timeout = judgeTimeout(body.TimeoutSeconds, property);
  const tasks = states.filter(({ type }) => type === 'Task');
  return [
    timeout,
    ...tasks.map((task) => judgeTask(task, property)),
    ...(open ? [unknown(property, open)] : []),
  ];
}

function judgeTimeout(timeout: Value | undefined, property: string): Judgement {
  if (timeout instanceof Unknown && timeout.maybeAbsent) return unknown(property, timeout);
  return timeout === undefined || timeout === null
    ? fail({ property, found: 'a workflow without TimeoutSeconds', needed: 'TimeoutSeconds at the top' })
    : pass({ property, found: 'TimeoutSeconds' });
}

/** What is caught or tried again around a task, in a Parallel or Map state, holds for the task too. */
function judgeTask(task: State, definition: string): Judgement {
  const property = `${definition}.${task.path}`;
  const around = ancestors(task);
  const retries = someOf(around, 'Retry', retriesServiceErrors);
  const catches = someOf(around, 'Catch', () => true);
  const open = [retries, catches].find((truth) => truth instanceof Unknown);
  if (retries === false || catches === false) {
    const missing = [
      retries === false ? 'Retry for errors of the service' : '',
      catches === false ? 'Catch' : '',
    ];
    const words = missing.filter((word) => word !== '').join(' and no ');
    return fail({ property, found: `${task.name} has no ${words}`, needed: 'Retry and Catch' });
  }
  return open instanceof Unknown ? unknown(property, open) : pass({ property, found: task.name });
}

function ancestors(state: State): readonly State[] {
  const found: State[] = [];
  for (let at: State | undefined = state; at; at = at.within) found.push(at);
  return found;
}

function someOf(
  states: readonly State[],
  field: 'Retry' | 'Catch',
  test: (entry: Value) => boolean | Unknown,
): boolean | Unknown {
  const results = states.flatMap(({ body }) => {
    const entries = body[field];
    if (entries instanceof Unknown) return [entries];
    return isList(entries) ? entries.map((entry) => (entry instanceof Unknown ? entry : test(entry))) : [];
  });
  if (results.includes(true)) return true;
  return results.find((result) => result instanceof Unknown) ?? false;
}

/** Errors that pass by themselves. */
const OF_SERVICES =
  /^States\.(ALL|TaskFailed)$|Throttl|TooManyRequests|ServiceException|Service(Unavailable|Error)|SdkClientException|AWSLambdaException|InternalServer|ProvisionedThroughputExceeded|LimitExceeded|RequestLimit|SlowDown|5\d\d/i;

function retriesServiceErrors(entry: Value): boolean | Unknown {
  if (!isMap(entry)) return false;
  if (entry.MaxAttempts === 0) return false;
  const errors = entry.ErrorEquals;
  if (errors instanceof Unknown) return errors;
  return isList(errors) && errors.some((error) => isScalar(error) && OF_SERVICES.test(String(error)));
}
