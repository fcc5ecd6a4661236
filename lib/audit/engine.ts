import type { Graph } from '../assembly/graph';
import type { Judgement, Outcome } from '../assembly/judgement';
import type { Resource } from '../assembly/resource';
import type { Stack } from '../assembly/stack';
import { STACK_TYPE, stackAsResource } from '../assembly/stack-resource';
import { type AcceptedNow, acceptedNow } from './accepted-now';
import type { BaselineComparison } from './baseline';
import { declaredAssessments } from './declared-assessments';
import { acceptancesIn, type ExceptionOptions, type Judged } from './exceptions';
import type { RegisterEntry } from './register';
import { registerOf } from './register-entries';
import type { Rule, RuleContext } from './rule';
import { NO_PARAMETERS, RuleSettings } from './rule-settings';
import { assumedTierOf, type ResolveOptions, resolveServices, type ServiceIndex } from './services';
import { settle } from './settle';
import type { Severity } from './severity';
import { type TurnedOff, turnedOffBy } from './turned-off';
import { withoutTwins } from './twins';
import type { Verdict } from './verdict';
import { type Place, placeOf, verdictOf } from './verdict-of';

/** How an audit is run. */
export interface AuditOptions extends ResolveOptions {
  readonly rules: readonly Rule[];

  /**
   * The day on which exceptions are judged.
   *
   * @default - exceptions do not expire
   */
  readonly today?: Date;

  /** Risk acceptances from files, and how they are checked. @default - only those in the templates count, unsigned too */
  readonly exceptions?: ExceptionOptions;

  /** Whether passes, and rules that do not apply, are only counted, for who shows neither. @default false */
  readonly onlyTold?: boolean;
}

/** What an audit found: every verdict of every rule on every resource it looks at. */
export interface AuditResult {
  readonly verdicts: readonly Verdict[];

  /** The passes, and the rules that do not apply, that are counted only and not among the verdicts. @default - none */
  readonly counted?: Counted;

  /** Rules that threw: defects of this package, never a pass. */
  readonly engineErrors: readonly string[];

  /** Every exception with its state: acceptances of risks, weakenings, acknowledgements. @default - none */
  readonly register?: readonly RegisterEntry[];

  /** The risks that are accepted today, whether or not they answer for a finding. @default - none */
  readonly accepted?: readonly AcceptedNow[];

  /** What the configuration keeps from being judged. @default - everything is judged */
  readonly turnedOff?: readonly TurnedOff[];

  /** How it differs from a baseline. @default - it was compared with none */
  readonly baseline?: BaselineComparison;
}

/** How many verdicts of each kind were not kept. */
export interface Counted {
  readonly pass: number;
  readonly notApplicable: number;
}

/** Judges every resource of the apps by every rule that applies to its type. */
export function audit(graphs: readonly Graph[], options: AuditOptions): AuditResult {
  const services = new Map(graphs.map((graph) => [graph, resolveServices(graph, options)]));
  const settings = new RuleSettings(options.config);
  const run: Run = {
    options,
    services,
    settings,
    engineErrors: [],
    exceptions: new Map(),
    counted: { pass: 0, notApplicable: 0 },
    // Whether an acceptance is needed shows in passes, too.
    kept: new Set(acceptancesIn(graphs, options.exceptions ?? {}).flatMap(({ record }) => record.rules)),
  };
  const selected = options.rules.filter((rule) => settings.selects(rule));
  const ofExceptions = (rule: Rule): boolean => rule.judgesExceptions === true;
  const ordinary = selected.filter((rule) => !ofExceptions(rule));
  const judged = graphs.map((graph) => judgeApp(graph, ordinary, run));
  const settlement = settle(judged.flat(), graphs, {
    exceptions: options.exceptions ?? {},
    assumedTier: assumedTierOf(options),
    ruleIds: new Set(selected.map(({ id }) => id)),
    knownRules: new Set(options.rules.map(({ id }) => id)),
    today: options.today,
  });
  const answered = judged.map((app) => app.map(settlement.answer));
  const register = registerOf({ graphs, services, settlement, today: options.today });
  for (const { stack, entry } of register) {
    if (stack) run.exceptions.set(stack, [...(run.exceptions.get(stack) ?? []), entry]);
  }
  const verdicts = graphs.flatMap((graph, index) => [
    ...(answered[index] ?? []),
    ...judgeApp(graph, selected.filter(ofExceptions), run).map(settlement.answer),
  ]);
  const turnedOff = options.config ? turnedOffBy(options.config) : [];
  return {
    verdicts,
    ...(options.onlyTold && { counted: run.counted }),
    engineErrors: run.engineErrors,
    register: register.map(({ entry }) => entry),
    accepted: acceptedNow(graphs, settlement),
    ...(turnedOff.length > 0 && { turnedOff }),
  };
}

/** What one call of the engine gathers. */
interface Run {
  readonly options: AuditOptions;
  readonly services: ReadonlyMap<Graph, ServiceIndex>;
  readonly settings: RuleSettings;
  readonly engineErrors: string[];
  readonly exceptions: Map<Stack, readonly RegisterEntry[]>;
  readonly counted: { -readonly [Kind in keyof Counted]: number };

  /** The rules of which every verdict is kept, whatever is only counted. */
  readonly kept: ReadonlySet<string>;
}

function judgeApp(graph: Graph, rules: readonly Rule[], run: Run): readonly Judged[] {
  const subjects = new Map<Resource, Subject>();
  const judged: Judged[] = [];
  for (const rule of rules) {
    for (const resource of subjectsOf(rule, graph)) {
      const subject = subjects.get(resource) ?? subjectOf(resource, run);
      subjects.set(resource, subject);
      for (const each of judgeOne(rule, subject, run)) judged.push(each);
    }
  }
  const verdicts = withoutTwins(
    judged.map(({ verdict }) => verdict),
    rules,
  );
  return judged.map((each, index) => {
    const verdict = verdicts[index] ?? each.verdict;
    return verdict === each.verdict ? each : { ...each, verdict };
  });
}

function judgeOne(rule: Rule, subject: Subject, run: Run): readonly Judged[] {
  const { level, parameters } = run.settings.of(rule, subject.resource);
  if (level === 'off') return [];
  const judgements = judge(rule, subject, parameters, run.engineErrors);
  const outcome = judgements[0]?.outcome;
  // The engine lets one pass, or one "does not apply", speak for all.
  if (isQuiet(outcome) && run.options.onlyTold && !run.kept.has(rule.id)) {
    run.counted[outcome] += 1;
    return [];
  }
  return judgements.map((judgement) => judgedOf(rule, subject, judgement, level));
}

function isQuiet(outcome: Outcome | undefined): outcome is keyof Counted {
  return outcome === 'pass' || outcome === 'notApplicable';
}

/** A resource with all that the engine asks of it only once, however many rules judge it. */
interface Subject {
  readonly resource: Resource;
  readonly place: Place;

  /** What rules without parameters are given. */
  readonly context: RuleContext;
}

function subjectOf(resource: Resource, { options, services: all, exceptions }: Run): Subject {
  const { stack } = resource;
  const services = all.get(stack.graph) ?? resolveServices(stack.graph, options);
  return {
    resource,
    place: placeOf(resource),
    context: {
      graph: stack.graph,
      parameters: NO_PARAMETERS,
      exceptions: exceptions.get(stack) ?? [],
      service: services.of(resource),
      serviceOf: services.of,
      placesOf: services.placesOf,
      assessed: () => declaredAssessments(stack.graph, services, options.config),
      services: services.inStack(stack),
      ...(options.today && { today: options.today }),
    },
  };
}

function judgedOf(
  rule: Rule,
  { resource, place, context: { service } }: Subject,
  judgement: Judgement,
  level: Severity | undefined,
): Judged {
  const verdict = verdictOf(rule, { place, service }, judgement, level);
  return { rule, resource, service, verdict };
}

function subjectsOf({ appliesTo, scope }: Rule, graph: Graph): readonly Resource[] {
  const types = appliesTo.filter((type) => type !== STACK_TYPE);
  if (types.length === 0 && scope !== 'app') return graph.stacks.map(stackAsResource);
  const resources = graph.ofType(...types);
  // What an app lacks altogether is told of its first stack.
  if (resources.length === 0)
    return appliesTo.includes(STACK_TYPE) ? firstOf(graph.stacks).map(stackAsResource) : [];
  return scope === 'app' ? firstOf(resources) : resources;
}

/** By name, not by place in the template: a baseline must not change because lines moved. */
function firstOf<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, 1);
}

function judge(
  rule: Rule,
  { resource, context }: Subject,
  parameters: RuleContext['parameters'],
  engineErrors: string[],
): readonly Judgement[] {
  try {
    const answer = rule.check(resource, parameters === NO_PARAMETERS ? context : { ...context, parameters });
    return decisive(isOne(answer) ? [answer] : answer.flat());
  } catch (error) {
    const reason = `rule ${rule.id} failed on ${resource.id}: ${error instanceof Error ? error.message : String(error)}`;
    engineErrors.push(reason);
    return [{ outcome: 'unknown', reason }];
  }
}

function isOne(answer: Judgement | readonly Judgement[]): answer is Judgement {
  return !Array.isArray(answer);
}

/** Every fail counts; without one, one unknown, else one pass, else one "does not apply" speaks for all. */
function decisive(judgements: readonly Judgement[]): readonly Judgement[] {
  if (judgements.length === 1) return judgements;
  const fails = judgements.filter(({ outcome }) => outcome === 'fail');
  if (fails.length > 0) return fails;
  const order = ['unknown', 'pass', 'notApplicable'];
  const ranked = [...judgements].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  return ranked.length > 0
    ? ranked.slice(0, 1)
    : [{ outcome: 'notApplicable', reason: 'there is nothing to check' }];
}
