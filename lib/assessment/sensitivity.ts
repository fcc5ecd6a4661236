import { compileFaultTree } from '../calculus/fault-tree/compiled-tree';
import type { LikelihoodTerm } from '../calculus/likelihood';
import type { Availability, Sensitivity } from './assessment';

/** What nobody publishes may be wrong by this much. */
const TIMES_WORSE = 10;

/** How the unavailability moves when one of the numbers that are only assumed is ten times as bad. */
export function sensitivityOf({ model }: Availability): readonly Sensitivity[] {
  const compiled = compileFaultTree(model.tree);
  return assumedTerms(model.events.values()).map(({ term, ids }) => {
    const worse = new Map(
      ids.map((id) => [id, Math.min(1, (model.tree.events.get(id)?.probability ?? 0) * TIMES_WORSE)]),
    );
    return { term, unavailability: compiled.probability(worse) };
  });
}

function assumedTerms(
  events: Iterable<{
    readonly id: string;
    readonly likelihood: { readonly terms: readonly LikelihoodTerm[] };
  }>,
): readonly { readonly term: LikelihoodTerm; readonly ids: readonly string[] }[] {
  const byTerm = new Map<string, { readonly term: LikelihoodTerm; readonly ids: string[] }>();
  for (const { id, likelihood } of events) {
    const [term] = likelihood.terms;
    if (term?.confidence !== 'assumed') continue;
    const known = byTerm.get(term.what) ?? { term, ids: [] };
    byTerm.set(term.what, known);
    known.ids.push(id);
  }
  return [...byTerm.values()];
}
