import { withoutIndices } from './property-path';
import type { Rule, TwinByProperty } from './rule';
import type { Severity } from './severity';
import { ownIdOf, type Verdict } from './verdict';

/** Who shows what a rule says: a rule, and where. */
interface Parent {
  readonly id: string;
  readonly within: TwinByProperty['within'];

  /** @default - whatever it says */
  readonly property?: string;
}

const LOUDNESS: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/**
 * Where a rule fails or does not know, the rules that it names as its twins are not shown for the same place: but only
 * where it is as loud as they are, so that what is hidden never makes a pipeline green.
 */
export function withoutTwins(verdicts: readonly Verdict[], rules: readonly Rule[]): readonly Verdict[] {
  const parents = parentsByTwin(rules);
  if (parents.size === 0) return verdicts;
  // What sums up a stack names a property of its own: any fail of the rule below tells the same.
  const loudest = loudestByPlace(verdicts, new Set([...parents.values()].flat().map(({ id }) => id)));
  return verdicts.map((verdict) => {
    if (!tells(verdict)) return verdict;
    const shownBy = parents
      .get(verdict.rule)
      ?.find(
        ({ id, within, property }) =>
          (property === undefined || property === pathOf(verdict)) &&
          (loudest.get(place(id, verdict, within === 'stack' ? { within } : { within, property })) ?? -1) >=
            LOUDNESS[verdict.severity],
      );
    return shownBy === undefined ? verdict : { ...verdict, subsumedBy: shownBy.id };
  });
}

function parentsByTwin(rules: readonly Rule[]): ReadonlyMap<string, readonly Parent[]> {
  const parents = new Map<string, Parent[]>();
  const add = (twin: string, parent: Parent) => parents.set(twin, [...(parents.get(twin) ?? []), parent]);
  for (const { id, subsumes = [], subsumesProperty = [] } of rules) {
    for (const twin of subsumes) add(twin, { id, within: 'resource' });
    for (const { rule, property, within } of subsumesProperty) add(rule, { id, property, within });
  }
  return parents;
}

/** How loud each of some rules is at each place that it tells something of. */
function loudestByPlace(verdicts: readonly Verdict[], ids: ReadonlySet<string>): ReadonlyMap<string, number> {
  const loudest = new Map<string, number>();
  for (const verdict of verdicts.filter((each) => ids.has(each.rule) && tells(each))) {
    const loudness = LOUDNESS[verdict.severity];
    const property = pathOf(verdict);
    for (const key of [
      place(verdict.rule, verdict, { within: 'resource' }),
      place(verdict.rule, verdict, { within: 'resource', property }),
      place(verdict.rule, verdict, { within: 'stack' }),
    ]) {
      if (loudness > (loudest.get(key) ?? -1)) loudest.set(key, loudness);
    }
  }
  return loudest;
}

function tells({ verdict }: Verdict): boolean {
  return verdict === 'fail' || verdict === 'unknown';
}

function pathOf({ property }: Verdict): string | undefined {
  return property === undefined ? undefined : withoutIndices(property);
}

function place(
  rule: string,
  verdict: Verdict,
  { within, property }: { readonly within: TwinByProperty['within']; readonly property?: string | undefined },
): string {
  const resource = within === 'resource' ? ownIdOf(verdict) : '';
  return JSON.stringify([rule, verdict.file, verdict.stack, verdict.verdict, resource, property ?? '']);
}
