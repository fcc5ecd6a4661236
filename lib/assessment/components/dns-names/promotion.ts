import type { DnsRecord } from '../../../assembly/dns/dns-record';
import { targetsOf } from '../../../assembly/dns/dns-targets';
import { Resource } from '../../../assembly/resource';
import type { FailoverTerm } from '../../../calculus/failover-time';
import { type Modelling, nameOf, regionKey } from '../../modelling';
import { originalOf } from '../../recovery/copies';
import { PROMOTED } from '../../recovery/promoted';
import { PERSON, takingOf } from './plan-steps';

/** What it takes until a copy that follows takes writes. */
export interface Promotion {
  readonly copy: Resource;
  readonly terms: readonly FailoverTerm[];
}

/**
 * The slowest promotion that users of one record wait for once they are led to others: health checks move them by
 * themselves, but no copy of a database. Undefined where nothing there follows what stands behind the record.
 */
export function promotionAfter(
  record: DnsRecord,
  others: readonly DnsRecord[],
  model: Modelling,
): Promotion | undefined {
  const [from, to] = [regionsOf([record]), regionsOf(others)];
  const [slowest] = copiesIn(to, record, model)
    .filter((copy) => follows(copy, from))
    .map((copy) => ({ copy, terms: termsOf(copy) }))
    .sort((a, b) => secondsOf(b.terms) - secondsOf(a.terms));
  return slowest;
}

function regionsOf(records: readonly DnsRecord[]): ReadonlySet<string> {
  const targets = records.flatMap((record) => targetsOf(record));
  return new Set(
    targets.flatMap(({ what, region }) => {
      if (typeof region === 'string') return [region];
      return what instanceof Resource ? [regionKey(what)] : [];
    }),
  );
}

/** What is promoted, of the service that the name belongs to. */
function copiesIn(
  regions: ReadonlySet<string>,
  { resource }: DnsRecord,
  { graph, services }: Modelling,
): readonly Resource[] {
  const own = services.filter(({ resources }) => resources.includes(resource));
  return graph
    .ofType(...PROMOTED.keys())
    .filter(
      (copy) =>
        regions.has(regionKey(copy)) &&
        (own.length === 0 || own.some(({ resources }) => resources.includes(copy))),
    );
}

function follows(copy: Resource, regions: ReadonlySet<string>): boolean {
  const original = originalOf(copy);
  if (!(original instanceof Resource)) return false;
  return regions.has(regionKey(original)) && regionKey(original) !== regionKey(copy);
}

/** A Region switch plan promotes in its own time, else a person does. */
function termsOf(copy: Resource): readonly FailoverTerm[] {
  const plans = copy.stack.graph.ofType('AWS::ARCRegionSwitch::Plan').map(takingOf);
  const plan = plans.find(({ changes }) => changes);
  if (plan) return plan.terms;
  const fact = PROMOTED.get(copy.type);
  const what = `the copy of ${nameOf(copy)} is promoted`;
  return [...PERSON, ...(fact ? [{ what, seconds: fact.value.typical, source: fact.source }] : [])];
}

function secondsOf(terms: readonly FailoverTerm[]): number {
  return terms.reduce((total, { seconds }) => total + seconds, 0);
}
