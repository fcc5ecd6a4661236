import { STATEFUL_TYPES, withoutOwnData } from '../assembly/data/stateful';
import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import { printable } from '../assembly/source/printable';
import type { Tier } from '../objectives/tier';
import { replacingProperty } from './replacement';
import { isFinding } from './report';
import type { Rule } from './rule';
import type { Severity } from './severity';
import { ownIdOf, type Verdict } from './verdict';

/** One thing to mend, and why it comes first. */
export interface FirstFinding {
  readonly rule: Rule;

  /** Its gravest place. */
  readonly verdict: Verdict;

  /** How many places the rule fails at, that one included. */
  readonly places: number;

  /** The higher, the sooner. Only the order means something. */
  readonly score: number;

  /** What the score is made of, in words. */
  readonly because: readonly string[];
}

/** What is known of the findings. */
export interface FindingFacts {
  readonly verdicts: readonly Verdict[];
  readonly graphs: readonly Graph[];
  readonly rules: readonly Rule[];
}

/** The levels lie further apart than all else together: an error always comes before a warning. */
const BY_SEVERITY: Readonly<Record<Severity, number>> = { error: 100, warning: 50, info: 0 };
const BY_TIER: Readonly<Record<Tier, number>> = { 0: 20, 1: 12, 2: 5, 3: 0 };

/** What is lost does not come back; what is down does. */
const HOLDS_DATA = 15;
const MOST_FOR_REACH = 10;
const ONE_PROPERTY = 4;

/** Behind all that is mended in place at tiers 0 and 1, where errors are. */
const AS_MUCH_SLOWER = 2;

/** Beyond so many, more dependants say nothing new. */
const MOST_DEPENDANTS = 200;

/** The findings to mend first: one for each rule, by severity, tier, data, what leans on them and how easy they are. */
export function firstFindings({ verdicts, graphs, rules }: FindingFacts, most = 10): readonly FirstFinding[] {
  const resources = resourcesByPlace(graphs);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const groups = new Map<string, FirstFinding>();
  for (const verdict of verdicts.filter(isFinding)) {
    const rule = byId.get(verdict.rule);
    if (!rule) continue;
    const known = groups.get(rule.id);
    const places = (known?.places ?? 0) + 1;
    const weighed = weigh(verdict, resources.get(placeOf(verdict)), rule);
    const graver = !known || weighed.score > known.score;
    groups.set(rule.id, graver ? { rule, verdict, places, ...weighed } : { ...known, places });
  }
  return [...groups.values()].sort((a, b) => b.score - a.score || compare(a, b)).slice(0, most);
}

function compare(a: FirstFinding, b: FirstFinding): number {
  return b.places - a.places || (a.rule.id < b.rule.id ? -1 : 1);
}

function weigh(
  verdict: Verdict,
  resource: Resource | undefined,
  rule: Rule,
): Pick<FirstFinding, 'score' | 'because'> {
  const { severity, tier, property } = verdict;
  if (replacingProperty(rule, verdict) !== undefined) return weighMove(verdict);
  const holdsData = resource !== undefined && isStateful(resource);
  const dependants = resource === undefined ? 0 : dependantsOf(resource);
  const isEasy = property !== undefined;
  const reach = Math.min(MOST_FOR_REACH, 2 * Math.log2(1 + dependants));
  return {
    score:
      BY_SEVERITY[severity] +
      BY_TIER[tier] +
      (holdsData ? HOLDS_DATA : 0) +
      reach +
      (isEasy ? ONE_PROPERTY : 0),
    because: [
      `${severity} at tier ${tier}`,
      ...(holdsData ? ['holds data'] : []),
      ...(dependants > 0 ? [leaning(dependants)] : []),
      ...(isEasy ? ['one property'] : []),
    ],
  };
}

/** What an edit would empty has to be moved: that takes a plan, and is no first thing to do. */
function weighMove({ severity, tier }: Verdict): Pick<FirstFinding, 'score' | 'because'> {
  return {
    score: BY_SEVERITY[severity] + BY_TIER[tier] / AS_MUCH_SLOWER,
    because: [`${severity} at tier ${tier}`, 'late because its fix replaces the resource'],
  };
}

function leaning(count: number): string {
  if (count === 1) return '1 resource leans on it';
  return `${count >= MOST_DEPENDANTS ? `${MOST_DEPENDANTS} or more` : count} resources lean on it`;
}

function isStateful(resource: Resource): boolean {
  return STATEFUL_TYPES.includes(resource.type) && withoutOwnData(resource) === undefined;
}

/** How many resources mention it, or mention one that does. */
function dependantsOf(resource: Resource): number {
  const seen = new Set<Resource>([resource]);
  const queue: Resource[] = [resource];
  for (let at = queue.pop(); at && seen.size <= MOST_DEPENDANTS; at = queue.pop()) {
    for (const { from } of at.stack.graph.mentionsOf(at)) {
      if (seen.has(from) || seen.size > MOST_DEPENDANTS) continue;
      seen.add(from);
      queue.push(from);
    }
  }
  return seen.size - 1;
}

type Place = Pick<Verdict, 'app' | 'file' | 'stack' | 'logicalId' | 'madeAs'>;

function placeOf(place: Place): string {
  return JSON.stringify([place.app, place.file, place.stack, ownIdOf(place)]);
}

/** By the names as verdicts have them. */
function resourcesByPlace(graphs: readonly Graph[]): ReadonlyMap<string, Resource> {
  return new Map(
    graphs.flatMap((graph) =>
      graph.resources.map((resource) => {
        const { file, name } = resource.stack.source;
        const place = {
          app: printable(graph.name),
          file: printable(file),
          stack: printable(name),
          logicalId: printable(resource.logicalId),
        };
        return [placeOf(place), resource] as const;
      }),
    ),
  );
}
