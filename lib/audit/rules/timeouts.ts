import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Resource } from '../../assembly/resource';
import { isScalar, Text, Unknown } from '../../assembly/value';
import { callsOf } from '../../assembly/wiring/calls';
import { eventsVia } from '../../assembly/wiring/event-wiring';
import { MESSAGING } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const LAMBDA = 'AWS::Lambda::Function';

/** What API Gateway waits where nothing is said, in milliseconds. */
const INTEGRATIONS: Readonly<Record<string, readonly [path: string, milliseconds: number]>> = {
  'AWS::ApiGateway::Method': ['Integration.TimeoutInMillis', 29_000],
  'AWS::ApiGatewayV2::Integration': ['TimeoutInMillis', 30_000],
};

export const callerOutwaitsCallee: Rule = {
  id: 'X-56',
  title: 'Callers wait longer than what they call may take.',
  kind: 'redundancy',
  why: 'A caller that gives up first answers with an error while the work goes on, and often asks for it again.',
  fix: 'lower Timeout of the function below that of its caller, its retries included',
  severity: MEDIUM,
  appliesTo: [...Object.keys(INTEGRATIONS), LAMBDA],
  controls: MESSAGING,
  parameters: {
    sdkRetries: {
      meaning:
        'How often the SDK of a function calls another one again, where AWS_MAX_ATTEMPTS does not say.',
      default: 0,
    },
    backoffSeconds: { meaning: 'The seconds that the SDK waits in all between its tries.', default: 0 },
  },
  sources: [
    'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_mitigate_interaction_failure_client_timeouts.html',
  ],
  check: (caller, { parameters }) =>
    caller.type === LAMBDA
      ? judgeFunction(caller, Number(parameters.sdkRetries), Number(parameters.backoffSeconds))
      : judgeIntegration(caller),
};

function judgeIntegration(caller: Resource): Judgement {
  const [property = '', usual = 0] = INTEGRATIONS[caller.type] ?? [];
  const edge = eventsVia(caller).find(({ kind }) => kind === 'integration');
  if (!edge) return notApplicable('it calls nothing');
  const { to, mode } = edge;
  if (mode instanceof Unknown) return unknown(property, mode);
  if (mode === 'asynchronous') return notApplicable('it does not wait for the function');
  if (to instanceof Resource && to.type !== LAMBDA)
    return notApplicable(`it calls ${to.logicalId}, no function`);
  if (to instanceof Unknown && !namesFunction(caller)) return notApplicable('it calls no function');
  if (to instanceof Unknown) return unknown(property, to);
  const waits = caller.number(property) ?? usual;
  return compare({
    property,
    waits: waits instanceof Unknown ? waits : waits / 1000,
    to,
    budget: (takes) => takes,
  });
}

/** Whether a URI may name a function: one of another service says so in front of what only deploy knows. */
function namesFunction(caller: Resource): boolean {
  const uri = caller.get(caller.type === 'AWS::ApiGateway::Method' ? 'Integration.Uri' : 'IntegrationUri');
  const parts = uri instanceof Text ? uri.parts : [uri];
  const text = parts.map((part) => (isScalar(part) ? String(part) : '')).join('');
  return uri instanceof Unknown || /:lambda:|functions\//.test(text);
}

function judgeFunction(caller: Resource, retries: number, backoff: number): Judgement | readonly Judgement[] {
  const called = callsOf(caller).filter(
    ({ kind, mode, certain, to }) =>
      kind === 'function' && mode === 'synchronous' && certain === true && to !== caller,
  );
  if (called.length === 0) return notApplicable('it waits for no function of the app');
  const attempts = caller.number('Environment.Variables.AWS_MAX_ATTEMPTS') ?? retries + 1;
  if (attempts instanceof Unknown) return unknown('Environment.Variables.AWS_MAX_ATTEMPTS', attempts);
  return called.map(({ to }) =>
    compare({
      property: 'Timeout',
      waits: caller.number('Timeout') ?? 3,
      to,
      budget: (takes) => takes * attempts + backoff,
    }),
  );
}

interface Pair {
  readonly property: string;
  readonly waits: number | Unknown;
  readonly to: Resource;

  /** What the call may take in all, retries included. */
  readonly budget: (takes: number) => number;
}

function compare({ property, waits, to, budget }: Pair): Judgement {
  const takes = to.number('Timeout') ?? 3;
  if (waits instanceof Unknown) return unknown(property, waits);
  if (takes instanceof Unknown) return unknown(property, takes);
  const longest = budget(takes);
  const details = { property, found: `it waits ${waits} s for ${to.logicalId}, which may take ${longest} s` };
  return waits > longest ? pass(details) : fail({ ...details, needed: `more than ${longest} s` });
}
