import { printable } from '../assembly/source/printable';
import type { EventShare, ServiceAssessment } from '../assessment/assessment';
import { nameOf } from '../assessment/modelling';
import { labelOf } from '../assessment/stages';
import type { CatalogueService } from '../objectives/catalogue';
import type { Decision } from '../objectives/decision';
import { availabilityText } from './availability-text';
import { eventWords } from './event-words';
import { groupBy } from './group-by';
import { openDependenciesText } from './open-dependencies-text';
import { recoveryText } from './recovery-text';

/** A service, with what its constructs wrote of it in each region. */
export interface ServicePage {
  readonly assessment: ServiceAssessment;
  readonly catalogues: readonly { readonly region: string | undefined; readonly service: CatalogueService }[];
}

const MOST_SHARES = 20;

/** All that is known of a service, for people: what was decided and why, and what each number is made of. */
export function* serviceText({ assessment, catalogues }: ServicePage): Generator<string> {
  const { service, entryPoints, availability, assumptions } = assessment;
  yield `${printable(labelOf(service))}  tier ${service.tier}${service.declared ? '' : ', assumed'}\n\n`;
  for (const { region, service: written } of catalogues)
    yield `  in ${printable(region ?? 'any region')}: ${printable(written.role ?? 'no role')}, owner ${printable(written.owner)}\n`;
  yield '\n  users and schedules come in through\n';
  if (entryPoints.length === 0) yield '    nothing that was found\n';
  for (const entry of entryPoints) yield `    ${printable(nameOf(entry))}\n`;
  yield* decisionLines(catalogues);
  yield `\n${availabilityText(assessment)}`;
  if (availability.unknown === undefined) yield* downLines(availability.shares);
  yield '\n';
  yield* recoveryText(assessment);
  yield* openDependenciesText(assessment);
  yield '\n  taken as given\n';
  for (const { what } of assumptions) yield `    ${printable(what)}\n`;
}

/** What was decided; a value that is not the same in all regions is named with those that have it. */
function* decisionLines(catalogues: ServicePage['catalogues']): Generator<string> {
  const said = catalogues.flatMap(({ region, service: { decisions } }) =>
    decisions.map((decision) => ({ decision, key: keyOf(decision), region: region ?? 'any region' })),
  );
  const once = new Map(said.map(({ decision, key }) => [key, decision]));
  if (once.size > 0) yield '\n  decided\n';
  const values = groupBy([...once.values()], ({ what }) => what);
  const regions = groupBy(said, ({ key }) => key);
  for (const [key, { what, value, because, source }] of once) {
    const named = new Set(regions.get(key)?.map(({ region }) => region));
    const where = (values.get(what)?.length ?? 0) > 1 ? ` in ${[...named].join(', ')}` : '';
    yield `    ${printable(what)} = ${printable(`${value}${where}`)}: ${printable(because)} (${printable(source)})\n`;
  }
}

function keyOf({ what, value }: Decision): string {
  return `${what} ${value}`;
}

function* downLines(shares: readonly EventShare[]): Generator<string> {
  yield '  down by, in minutes a year\n';
  for (const share of shares.slice(0, MOST_SHARES)) yield* shareLines(share);
  if (shares.length > MOST_SHARES) yield `    and ${shares.length - MOST_SHARES} more\n`;
}

function* shareLines({ event, minutesPerYear }: EventShare): Generator<string> {
  yield `    ${minutesPerYear.toPrecision(3).padStart(9)}  ${printable(eventWords(event))}\n`;
  for (const { what, value, source, asOf, confidence } of event.likelihood.terms)
    yield `               ${value} of the time: ${printable(what)} (${[source, asOf, confidence]
      .filter((part) => part !== undefined && part !== '')
      .map((part) => printable(String(part)))
      .join(', ')})\n`;
}
