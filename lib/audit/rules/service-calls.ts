import type { Graph } from '../../assembly/graph';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Unknown } from '../../assembly/value';
import { CALLING_TYPES, type Call, synchronousCallsOf } from '../../assembly/wiring/calls';
import { cyclesIn } from '../../calculus/cycles';
import { DependencyKind } from '../../objectives/dependency';
import { OBJECTIVES } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import type { ResolvedService } from '../services';
import { HIGH, MEDIUM } from '../severity';

const DEPENDENCIES =
  'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_mitigate_interaction_failure_graceful_degradation.html';

export const callsLeadToNoLowerTier: Rule = {
  id: 'X-50',
  title: 'Services wait only for what is owed at least as much as they are.',
  kind: 'redundancy',
  why: 'A service that waits for an answer is down whenever the other one is: it can promise no more than that.',
  fix: 'raise the tier of what is called, call it without waiting, or declare the dependency soft and serve without it',
  severity: HIGH,
  appliesTo: CALLING_TYPES,
  controls: OBJECTIVES,
  sources: [DEPENDENCIES],
  check: (caller, context) => {
    const calls = synchronousCallsOf(caller);
    if (calls.length === 0) return notApplicable('it is not seen to wait for anything in the app');
    return calls.map((call) => judgeCall(call, context));
  },
};

function judgeCall(call: Call, { service, serviceOf }: RuleContext): Judgement {
  const called = serviceOf(call.to);
  const { property } = call;
  if (service.name === undefined && called.name === undefined)
    return notApplicable('neither side belongs to a declared service');
  if (service.name === called.name) return pass({ found: `${call.to.logicalId} of the same service` });
  if (service.name === undefined || called.name === undefined) {
    const stray = service.name === undefined ? call.from : call.to;
    return unknown(property, `${stray.logicalId} belongs to no declared service, so its tier is not known`);
  }
  if (called.tier <= service.tier || isSoft(service, called.name))
    return pass({ found: `${call.to.logicalId} of tier ${called.tier}` });
  if (call.certain instanceof Unknown) return unknown(property, call.certain);
  return fail({
    ...(property !== undefined && { property }),
    found: `${call.to.logicalId}, a ${call.kind} of ${called.name} at tier ${called.tier} (${call.because})`,
    needed: `tier ${service.tier} or a more critical one, as ${service.name} has`,
  });
}

/** What is declared soft is done without: the service serves on. */
function isSoft({ catalogue }: ResolvedService, called: string): boolean {
  return (
    catalogue?.dependsOn.some(({ service, kind }) => service === called && kind === DependencyKind.SOFT) ??
    false
  );
}

export const callsRunInNoCircle: Rule = {
  id: 'X-55',
  title: 'Services do not wait for each other in a circle.',
  kind: 'redundancy',
  why: 'When one of the circle fails all fail, and none can start again before the others have.',
  fix: 'let one of the calls hand over a message instead of waiting for an answer',
  severity: MEDIUM,
  appliesTo: CALLING_TYPES,
  scope: 'app',
  controls: OBJECTIVES,
  sources: [DEPENDENCIES],
  check: (_, context) => {
    const between = callsBetween(context);
    if (between.length === 0) return notApplicable('no declared service is seen to wait for another one');
    const sure = circlesOf(between.filter(({ call }) => call.certain === true));
    if (sure.length > 0) return sure.map((circle) => judgeCircle(circle));
    const [open] = circlesOf(between);
    if (open === undefined)
      return pass({ found: `${between.length} calls between services, none in a circle` });
    const doubt = between.find(
      ({ call, from, to }) => call.certain instanceof Unknown && open.includes(from) && open.includes(to),
    );
    return unknown(doubt?.call.property, doubt?.call.certain as Unknown);
  },
};

interface ServiceCall {
  readonly call: Call;
  readonly from: string;
  readonly to: string;
}

function callsBetween({ graph, serviceOf }: RuleContext): readonly ServiceCall[] {
  return callersIn(graph).flatMap((caller) =>
    synchronousCallsOf(caller).flatMap((call) => {
      const [from, to] = [serviceOf(call.from).name, serviceOf(call.to).name];
      return from === undefined || to === undefined || from === to ? [] : [{ call, from, to }];
    }),
  );
}

function callersIn(graph: Graph) {
  return graph.ofType(...CALLING_TYPES);
}

function circlesOf(calls: readonly ServiceCall[]): readonly (readonly string[])[] {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of calls) edges.set(from, (edges.get(from) ?? new Set()).add(to));
  return cyclesIn(edges);
}

function judgeCircle(circle: readonly string[]): Judgement {
  return fail({ found: [...circle, circle[0]].join(' waits for '), needed: 'calls that lead one way' });
}
