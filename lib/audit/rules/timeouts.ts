import { loadBalancerType } from '../../assembly/compute/load-balancing';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { isScalar, Text, Unknown } from '../../assembly/value';
import {
  type CallWait,
  idleTimeoutOf,
  timeoutOf,
  waitsOfBalancer,
  waitsOfWorkflow,
} from '../../assembly/wiring/call-waits';
import { callsOf } from '../../assembly/wiring/calls';
import { eventsVia } from '../../assembly/wiring/event-wiring';
import { MESSAGING } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const LAMBDA = 'AWS::Lambda::Function';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const WORKFLOW = 'AWS::StepFunctions::StateMachine';

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
  fix: 'lower the time-out of what is called below that of its caller, retries included',
  severity: MEDIUM,
  appliesTo: [...Object.keys(INTEGRATIONS), LAMBDA, BALANCER, WORKFLOW],
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
  check: (caller, { parameters }) => {
    switch (caller.type) {
      case LAMBDA:
        return judgeFunction(caller, Number(parameters.sdkRetries), Number(parameters.backoffSeconds));
      case BALANCER:
        return judgeWaits(waitsOfBalancer(caller), 'it calls no function');
      case WORKFLOW:
        return judgeWaits(waitsOfWorkflow(caller), 'it sets no limit to a call of a function');
      default:
        return judgeIntegration(caller);
    }
  },
};

function judgeWaits(waits: readonly (CallWait | Unknown)[], none: string): Judgement | readonly Judgement[] {
  if (waits.length === 0) return notApplicable(none);
  return waits.map((wait) => (wait instanceof Unknown ? unknown(undefined, wait) : compare(wait)));
}

function judgeIntegration(caller: Resource): Judgement {
  const [property = '', usual = 0] = INTEGRATIONS[caller.type] ?? [];
  const edge = eventsVia(caller).find(({ kind }) => kind === 'integration');
  if (!edge) return notApplicable('it calls nothing');
  const { to, mode } = edge;
  if (mode instanceof Unknown) return unknown(property, mode);
  if (mode === 'asynchronous') return notApplicable('it does not wait for the function');
  if (to instanceof Unknown && !namesFunction(caller)) return notApplicable('it calls no function');
  if (to instanceof Unknown) return unknown(property, to);
  const takes = timeOf(to);
  if (takes === undefined) return notApplicable(`it calls ${to.logicalId}, no function`);
  const waits = caller.number(property) ?? usual;
  return compare({ property, waits: waits instanceof Unknown ? waits : waits / 1000, to, takes });
}

/** How long what an API calls may take: a function, or a load balancer that waits for what is behind it. */
function timeOf(to: Resource): number | Unknown | undefined {
  if (to.type === LAMBDA) return timeoutOf(to);
  const balancer = to.type === LISTENER ? to.target('LoadBalancerArn') : undefined;
  if (balancer instanceof Unknown) return balancer;
  if (balancer === undefined) return undefined;
  const type = loadBalancerType(balancer);
  if (type instanceof Unknown) return type;
  return type === 'application' ? idleTimeoutOf(balancer) : undefined;
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
  return called.map(({ to }) => {
    const once = timeoutOf(to);
    const takes = once instanceof Unknown ? once : once * attempts + backoff;
    const judged = compare({ property: 'Timeout', waits: timeoutOf(caller), to, takes });
    // The same permission lets it leave the event with the other one.
    return judged.outcome === 'fail'
      ? unknown('Timeout', `its code says whether it waits; if so, ${judged.found}`)
      : judged;
  });
}

function compare({ property, waits, to, takes }: CallWait): Judgement {
  if (waits instanceof Unknown) return unknown(property, waits);
  if (takes instanceof Unknown) return unknown(property, takes);
  const details = { property, found: `it waits ${waits} s for ${to.logicalId}, which may take ${takes} s` };
  return waits > takes ? pass(details) : fail({ ...details, needed: `more than ${takes} s` });
}
