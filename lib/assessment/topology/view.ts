import type { Resource } from '../../assembly/resource';
import type { Gate } from '../../calculus/fault-tree/fault-tree';
import type { FaultEvent } from '../failure';
import type { FaultModel } from '../fault-model';

/**
 * How one thing leans on another: it cannot do without it, it is one of several that stand in for each other, or it is
 * what takes over when a switch works.
 */
export type Leaning = 'needs' | 'oneOf' | 'failsOverTo';

/** What stands directly in the expression of one resource, or of the whole service. */
export interface View {
  /** Undefined for the service. */
  readonly resource: Resource | undefined;
  readonly events: Set<FaultEvent>;

  /** How many units stand in a zone, by the id of its event. */
  readonly units: Map<string, number>;

  /** What it leans on, by the id of the resource. */
  readonly leanings: Map<string, { readonly leaning: Leaning; readonly switch?: string }>;
}

/** The service and every resource that it reaches, in the order of reaching them. */
export function viewsOf(model: FaultModel): readonly View[] {
  const views = new Map<string, View>();
  const open = [model.tree.top];
  for (const name of open) {
    if (views.has(name)) continue;
    const view = newView(model.resources.get(name));
    views.set(name, view);
    for (const gate of look(name, view, model)) open.push(gate);
  }
  return withoutPassages(merged([...views.values()]));
}

function newView(resource: Resource | undefined): View {
  return { resource, events: new Set(), units: new Map(), leanings: new Map() };
}

interface Step {
  readonly gate: string;
  readonly leaning: Leaning;
  readonly switch?: string;
}

/** Looks through one expression, and gives the gates of the resources that it names. */
function look(name: string, view: View, model: FaultModel): readonly string[] {
  const named: string[] = [];
  const seen = new Set<string>();
  const open: Step[] = [{ gate: name, leaning: 'needs' }];
  for (let step = open.pop(); step; step = open.pop()) {
    const gate = model.tree.gates.get(step.gate);
    const key = `${step.leaning} ${step.gate}`;
    if (!gate || seen.has(key)) continue;
    seen.add(key);
    countUnit(gate, view, model);
    const inside = { ...step, ...leaningInside(gate, step.leaning, model) };
    for (const input of gate.inputs) {
      if (model.resources.has(input)) named.push(input);
      else open.push({ ...inside, gate: input });
      note(input, inside, view, model);
    }
  }
  return named;
}

/** Takes down what one input of a gate is. */
function note(input: string, inside: Step, view: View, { events, resources }: FaultModel): void {
  const event = events.get(input);
  if (event) view.events.add(event);
  const other = resources.get(input);
  if (other && other !== view.resource) lean(view, other.id, inside);
}

/** What needs all of its inputs to fail has several that stand in; beside a switch stands what it switches to. */
function leaningInside(gate: Gate, outside: Leaning, model: FaultModel): Pick<Step, 'leaning' | 'switch'> {
  const { type } = gate;
  const switching = type === 'or' && outside === 'oneOf' ? switchOf(gate, model) : undefined;
  if (switching !== undefined) return { leaning: 'failsOverTo', switch: switching };
  if (type === 'and' || type === 'atleast') return { leaning: outside === 'needs' ? 'oneOf' : outside };
  return { leaning: outside };
}

/** What a switch fails by stands beside what it leads to, alone or with all else that can stop it in a gate of its own. */
function switchOf({ inputs }: Gate, { tree, events, resources }: FaultModel): string | undefined {
  const nested = inputs
    .filter((input) => !resources.has(input))
    .flatMap((input) => (tree.gates.get(input)?.type === 'or' ? (tree.gates.get(input)?.inputs ?? []) : []));
  return [...inputs, ...nested].map((input) => events.get(input)).find((event) => event?.kind === 'switch')
    ?.what;
}

const STRENGTH: Readonly<Record<Leaning, number>> = { needs: 2, oneOf: 1, failsOverTo: 0 };

function lean({ leanings }: View, to: string, step: Step): void {
  const known = leanings.get(to);
  if (known && STRENGTH[known.leaning] >= STRENGTH[step.leaning]) return;
  const { leaning } = step;
  const named = leaning === 'failsOverTo' && step.switch !== undefined;
  leanings.set(to, { leaning, ...(named && { switch: step.switch }) });
}

/** A unit fails by itself or with its zone: one gate, with both events. */
function countUnit({ inputs }: Gate, { units }: View, { events }: FaultModel): void {
  const direct = inputs.map((input) => events.get(input)).filter((event) => event !== undefined);
  const zone = direct.find(({ kind }) => kind === 'zone');
  const unit = direct.some(({ id, kind }) => kind === 'resource' && id.includes('#'));
  if (zone && unit) units.set(zone.id, (units.get(zone.id) ?? 0) + 1);
}

/** A resource that is seen from several regions is one component. */
function merged(views: readonly View[]): readonly View[] {
  const byResource = new Map<Resource | undefined, View>();
  for (const view of views) {
    const known = byResource.get(view.resource);
    if (!known) byResource.set(view.resource, view);
    else {
      for (const event of view.events) known.events.add(event);
      for (const [to, step] of view.leanings) lean(known, to, { gate: '', ...step });
    }
  }
  return [...byResource.values()];
}

const WEAKEST_FIRST: readonly Leaning[] = ['failsOverTo', 'oneOf', 'needs'];

/** What cannot fail by itself, such as a target group, only stands in the way: who leans on it leans on what is behind it. */
function withoutPassages(views: readonly View[]): readonly View[] {
  const leaners = new Map<string, Set<View>>();
  for (const view of views) for (const to of view.leanings.keys()) leanersOf(to, leaners).add(view);
  const passages = views.filter((view) => isPassage(view));
  for (const passage of passages)
    for (const leaner of leanersOf(passage.resource?.id ?? '', leaners)) lead(leaner, passage, leaners);
  const left = new Set(passages);
  return views.filter((view) => !left.has(view));
}

function isPassage({ resource, events, leanings }: View): boolean {
  return resource !== undefined && events.size === 0 && leanings.size > 0;
}

function leanersOf(id: string, leaners: Map<string, Set<View>>): Set<View> {
  const known = leaners.get(id) ?? new Set();
  leaners.set(id, known);
  return known;
}

/** Leads one view past a passage. */
function lead(view: View, passage: View, leaners: Map<string, Set<View>>): void {
  const before = view.leanings.get(passage.resource?.id ?? '');
  view.leanings.delete(passage.resource?.id ?? '');
  for (const [to, behind] of passage.leanings) {
    if (!before || to === view.resource?.id) continue;
    const leaning = WEAKEST_FIRST.find((each) => each === before.leaning || each === behind.leaning);
    const by = behind.switch ?? before.switch;
    lean(view, to, { gate: '', leaning: leaning ?? 'needs', ...(by !== undefined && { switch: by }) });
    leanersOf(to, leaners).add(view);
  }
}
