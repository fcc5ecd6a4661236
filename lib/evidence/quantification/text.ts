import { printable } from '../../assembly/source/printable';
import { YEAR } from '../../calculus/error-budget';
import type { CutSets } from '../../calculus/fault-tree/find-cut-sets';
import type { Quantification } from '../../calculus/fault-tree/quantify';
import type { Palette } from '../text';
import type { Quantified } from './quantified';

/** How many events and cut sets a person reads. */
const SHOWN = 20;

/** A quantification for a person: how likely, by which events most, and by which of them alone or together. */
export function* renderQuantificationText(quantified: Quantified, palette: Palette): Generator<string> {
  const { tree, result } = quantified;
  yield `${palette.bold(printable(tree.top))}  ${probabilityInWords(result)}\n`;
  yield `${palette.dim(`if that is an unavailability: ${minutes(result.probability)} a year, ${nines(result.probability)} available`)}\n`;
  yield `\n${palette.bold('Minimal cut sets')}  ${countInWords(result.cutSets)}\n`;
  const shown = result.cutSets.listed.slice(0, SHOWN);
  for (const set of shown)
    yield `  ${set.map((event) => printable(event)).join(' and ') || 'none is needed'}\n`;
  if (result.cutSets.count > shown.length && shown.length > 0)
    yield `  ${palette.dim(`and ${number(result.cutSets.count - shown.length)} more`)}\n`;
  yield* renderImportance(quantified, palette);
}

function* renderImportance({ tree, result }: Quantified, palette: Palette): Generator<string> {
  const ranked = [...result.importance].sort(([, a], [, b]) => b.criticality - a.criticality);
  yield `\n${palette.bold('Importance')}\n`;
  yield palette.dim(`  ${row(['criticality', 'birnbaum', 'RAW', 'RRW', 'probability', 'event'])}\n`);
  for (const [name, { criticality, birnbaum, raw, rrw }] of ranked.slice(0, SHOWN)) {
    const probability = tree.events.get(name)?.probability ?? 0;
    yield `  ${row([digits(criticality), digits(birnbaum), digits(raw), digits(rrw), digits(probability), printable(name)])}\n`;
  }
  if (ranked.length > SHOWN)
    yield `  ${palette.dim(`and ${number(ranked.length - SHOWN)} less important`)}\n`;
}

function probabilityInWords({ probability, exact, bounds }: Quantification): string {
  if (exact) return `has the probability ${digits(probability)} (exact)`;
  return `has a probability from ${digits(bounds?.lower ?? 0)} to ${digits(bounds?.upper ?? 1)} (guaranteed bounds: the tree is too large to be exact; importance goes by the upper one)`;
}

function countInWords({ count, byOrder, complete }: CutSets): string {
  const orders = byOrder.flatMap((found, order) => (found > 0 ? [`${number(found)} of order ${order}`] : []));
  if (complete) return `${number(count)}: ${orders.join(', ') || 'none'}`;
  if (byOrder.length === 0) return 'not known: there are not gates, or there was no room';
  return `${number(count)} up to order ${byOrder.length - 1}: ${orders.join(', ') || 'none'}; there may be more of higher orders`;
}

function minutes(probability: number): string {
  return `${digits((probability * YEAR.toSeconds()) / 60)} minutes`;
}

function nines(probability: number): string {
  const percent = 100 * (1 - probability);
  return `${probability < 1e-12 ? 'over 99.9999999999' : String(Number(percent.toPrecision(14)))} %`;
}

function digits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : 'infinite';
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === cells.length - 1 ? cell : cell.padEnd(12))).join(' ');
}
