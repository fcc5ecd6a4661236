import { safeJson } from '../safe-json';
import type { Quantified } from './quantified';

/**
 * A quantification as `nines.quantification/1`, in pieces, an event a line. What is infinite is `null`.
 *
 * @see schemas/quantification-1.schema.json
 */
export function* renderQuantificationJson({ tree, result }: Quantified): Generator<string> {
  const { probability, exact, bounds, cutSets, importance } = result;
  const { count, byOrder, complete, listed } = cutSets;
  yield `{\n  "schema": "nines.quantification/1",\n  "top": ${safeJson(tree.top)},\n  "probability": ${probability},\n  "exact": ${exact},\n`;
  if (bounds) yield `  "bounds": ${safeJson(bounds)},\n`;
  yield `  "minimalCutSets": {\n    "count": ${safeJson(count)},\n    "byOrder": ${safeJson(byOrder)},\n    "complete": ${complete},\n    "listed": [`;
  yield* lines(
    listed.map((set) => safeJson(set)),
    '      ',
  );
  yield '\n    ]\n  },\n  "importance": {';
  yield* lines(eachEntry(importance), '    ');
  yield '\n  }\n}\n';
}

function* eachEntry(values: ReadonlyMap<string, object>): Generator<string> {
  for (const [name, value] of values) yield `${safeJson(name)}: ${safeJson(value)}`;
}

function* lines(items: Iterable<string>, indent: string): Generator<string> {
  let between = `\n${indent}`;
  for (const item of items) {
    yield between + item;
    between = `,\n${indent}`;
  }
}
