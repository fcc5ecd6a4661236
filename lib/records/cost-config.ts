import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import type { CostOfDowntime } from '../objectives/service';
import type { YamlReader } from './yaml-reader';

/** What an outage of a service costs. It stands in a file of its owners, and never in a template. */
export interface CostConfig {
  /** @default - nobody says */
  readonly costOfDowntime?: Pick<CostOfDowntime, 'perHour' | 'currency'>;
}

/** The keys of a service that this reads. */
export const COST_KEYS: readonly string[] = ['costOfDowntime'];

/** Reads `costOfDowntime` of a service. */
export function costConfigIn(fields: ReadonlyMap<string, Node>, reader: YamlReader): CostConfig {
  const node = fields.get('costOfDowntime');
  if (!node) return {};
  const cost = reader.map(node, ['perHour', 'currency'], 'costOfDowntime');
  const of = (key: string) =>
    cost.get(key) ?? reader.refuse(node, `costOfDowntime has no ${key}`, `add ${key}`);
  const [amount, code] = [of('perHour'), of('currency')];
  const text = reader.text(amount, 'perHour');
  const perHour = Number(text);
  if (!(perHour >= 0 && Number.isFinite(perHour)))
    reader.refuse(amount, `perHour is ${printable(text)}`, 'give an amount of 0 or more');
  const currency = reader.text(code, 'currency');
  if (!/^[A-Z]{3}$/.test(currency))
    reader.refuse(code, `currency is ${printable(currency)}`, 'write three capitals, ISO 4217: EUR');
  return { costOfDowntime: { perHour, currency } };
}
