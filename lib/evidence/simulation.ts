import { printable } from '../assembly/source/printable';
import type { Recovery } from '../assessment/assessment';
import { nameOf } from '../assessment/modelling';
import type { LostThing, ServiceLoss } from '../assessment/simulate';
import { disruptionName } from '../objectives/disruption';
import { dataWords, durationWords } from './duration-words';

/** What was lost, and what came of it. */
export interface Simulation {
  readonly losses: readonly LostThing[];
  readonly services: readonly ServiceLoss[];
}

const MOST_NAMED = 20;

/** A simulation for people. */
export function* simulationText({ losses, services }: Simulation): Generator<string> {
  yield `lost: ${losses.map(({ kind, name }) => `${kind} ${printable(name)}`).join(' and ')}\n`;
  for (const service of services) yield* serviceText(service);
}

function* serviceText({
  assessment,
  events,
  stops,
  failed,
  impaired,
  left,
  ...rest
}: ServiceLoss): Generator<string> {
  const name = printable(assessment.service.name);
  if (events.length === 0) {
    yield `${name} does not depend on it\n`;
    return;
  }
  yield `${name} ${stops ? 'STOPS' : 'goes on'}: ${failed.length} of ${failed.length + left} parts fail\n`;
  for (const resource of failed.slice(0, MOST_NAMED)) yield `  fails     ${printable(nameOf(resource))}\n`;
  if (failed.length > MOST_NAMED) yield `  and ${failed.length - MOST_NAMED} more\n`;
  for (const resource of impaired.slice(0, MOST_NAMED)) yield `  in part   ${printable(nameOf(resource))}\n`;
  if (rest.recovery && rest.disruption) yield* recoveryText(rest.recovery, disruptionName(rest.disruption));
}

function* recoveryText(recovery: Recovery, what: string): Generator<string> {
  const { rtoSeconds, rtoTerms, rpoSeconds, meets, because } = recovery;
  const back = Number.isFinite(rtoSeconds) ? `back in ${durationWords(rtoSeconds)}` : 'does not come back';
  yield `  at the worst after ${what}, whichever it is: ${back}, loses ${dataWords(rpoSeconds ?? 0)} (${meets ? 'as owed' : 'more than owed'})\n`;
  for (const { what: part, seconds, source } of rtoTerms)
    yield `    ${durationWords(seconds).padStart(10)}  ${printable(part)} (${printable(source)})\n`;
  if (because !== undefined) yield `    ${printable(because)}\n`;
}

/** The same for machines; `schemas/simulation-1.schema.json` describes it. */
export function* simulationJson({ losses, services }: Simulation): Generator<string> {
  const json = {
    schema: 'nines.simulation/1',
    lost: losses.map(({ kind, name }) => ({ kind, name: printable(name) })),
    services: services.map(({ assessment, stops, failed, impaired, left, ...rest }) => ({
      name: printable(assessment.service.name),
      stops,
      failed: failed.map((resource) => printable(nameOf(resource))),
      impaired: impaired.map((resource) => printable(nameOf(resource))),
      left,
      ...(rest.recovery && {
        disruption: rest.disruption,
        rtoSeconds: finite(rest.recovery.rtoSeconds),
        rpoSeconds: finite(rest.recovery.rpoSeconds ?? 0),
        meets: rest.recovery.meets,
      }),
    })),
  };
  yield `${JSON.stringify(json, undefined, 2)}\n`;
}

function finite(seconds: number): number | null {
  return Number.isFinite(seconds) ? seconds : null;
}
