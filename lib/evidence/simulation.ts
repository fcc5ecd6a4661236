import { printable } from '../assembly/source/printable';
import type { Recovery, RecoveryTerm } from '../assessment/assessment';
import { planeWords } from '../assessment/control-planes';
import { KIND_WORDS } from '../assessment/loss-names';
import { nameOf } from '../assessment/modelling';
import type { LostThing, ServiceLoss, StandingStill } from '../assessment/simulate';
import { labelOf } from '../assessment/stages';
import { durationWords } from '../calculus/duration-words';
import { type Disruption, disruptionName } from '../objectives/disruption';
import { dataWords } from './duration-words';

/** What was lost, and what came of it. */
export interface Simulation {
  readonly losses: readonly LostThing[];
  readonly services: readonly ServiceLoss[];
}

const MOST_NAMED = 20;

/** A simulation for people. */
export function* simulationText({ losses, services }: Simulation): Generator<string> {
  yield `lost: ${losses.map(({ kind, name }) => `${KIND_WORDS[kind]} ${printable(name)}`).join(' and ')}\n`;
  for (const service of services) yield* serviceText(service);
}

function* serviceText(loss: ServiceLoss): Generator<string> {
  const { assessment, recovery, disruption } = loss;
  if (loss.events.length === 0) yield `${printable(labelOf(assessment.service))} does not depend on it\n`;
  else yield* partsText(loss);
  for (const what of loss.assumed) yield `  taken as given: ${printable(what)}\n`;
  if (recovery) yield* recoveryText(recovery, disruption && owedWords(assessment, disruption));
  yield* standingStillText(loss.standsStill);
}

/** What of a service fails. */
function* partsText(loss: ServiceLoss): Generator<string> {
  const { assessment, failed, impaired } = loss;
  yield `${printable(labelOf(assessment.service))} ${outcomeWords(loss)}\n`;
  for (const resource of failed.slice(0, MOST_NAMED)) yield `  fails     ${printable(nameOf(resource))}\n`;
  if (failed.length > MOST_NAMED) yield `  and ${failed.length - MOST_NAMED} more\n`;
  for (const resource of impaired.slice(0, MOST_NAMED)) yield `  in part   ${printable(nameOf(resource))}\n`;
}

/** Whether it stops, and of how many parts; where it is none of them, what it is that stops it. */
function outcomeWords({ assessment, events, stops, failed, left, recovery }: ServiceLoss): string {
  const waits = recovery !== undefined && recovery.rtoSeconds > 0;
  const outcome = stops ? 'STOPS' : waits ? 'goes on after an interruption' : 'goes on';
  const parts = `${failed.length} of ${failed.length + left} parts fail`;
  if (!stops || failed.length > 0) return `${outcome}: ${parts}`;
  const { model } = assessment.availability;
  const causes = events.flatMap((id) => model.events.get(id)?.what ?? []).map(printable);
  if (causes.length === 0) return `${outcome}: ${parts}`;
  const whole = left === 1 ? 'its one part does not fail' : `none of its ${left} parts fails`;
  return `${outcome} by ${causes.join(' and ')}: ${whole} by itself`;
}

/** What nobody can do meanwhile, by the control plane that it waits for. */
function* standingStillText(standsStill: readonly StandingStill[]): Generator<string> {
  for (const plane of [...new Set(standsStill.map((each) => each.plane))].sort()) {
    const waiting = standsStill.filter((each) => each.plane === plane);
    yield `  while ${printable(planeWords(plane))} is impaired these stand still:\n`;
    for (const each of waiting.slice(0, MOST_NAMED)) yield `    ${printable(stillWords(each))}\n`;
    if (waiting.length > MOST_NAMED) yield `    and ${waiting.length - MOST_NAMED} more\n`;
  }
}

function stillWords({ what, resource, after }: StandingStill): string {
  const when = after.length > 0 ? `, after ${after.map(disruptionName).join(', ')}` : '';
  return `${what}${resource ? ` (${nameOf(resource)})` : ''}${when}`;
}

function owedWords({ service }: ServiceLoss['assessment'], disruption: Disruption): string {
  const { rtoSeconds, rpoSeconds }: { rtoSeconds: number; rpoSeconds?: number } =
    service.recovery[disruption];
  const rpo = rpoSeconds === undefined ? '' : `, RPO ${durationWords(rpoSeconds)}`;
  return `owed after ${disruptionName(disruption)}: RTO ${durationWords(rtoSeconds)}${rpo}`;
}

function* recoveryText(recovery: Recovery, owed: string | undefined): Generator<string> {
  const { rtoTerms, rpoTerms, rpoSeconds = 0, meets, unknown } = recovery;
  const loses = `loses ${rpoSeconds > 0 && Number.isFinite(rpoSeconds) ? 'up to ' : ''}${dataWords(rpoSeconds)}`;
  const verdict = owed === undefined ? '' : `: ${verdictWords(meets)} (${owed})`;
  yield `  ${backWords(recovery)}, ${loses}${verdict}\n`;
  if (unknown === undefined) for (const term of rtoTerms) yield termLine(term);
  else yield `    ${printable(unknown)}\n`;
  for (const term of rpoTerms)
    if (term.seconds > 0) yield termLine({ ...term, what: `of data: ${term.what}` });
  yield* whyLines(recovery);
}

function* whyLines({ because, open }: Recovery): Generator<string> {
  if (open !== undefined) yield `    not shown by the app: ${printable(open)}\n`;
  if (because !== undefined) yield `    ${open === undefined ? '' : 'at the worst, '}${printable(because)}\n`;
}

/** When those whom the loss hits are served again. */
function backWords({ rtoSeconds, unknown }: Recovery): string {
  if (unknown !== undefined) return 'when it is back is NOT KNOWN';
  if (rtoSeconds === 0) return 'nothing has to come back';
  if (!Number.isFinite(rtoSeconds)) return 'does not come back';
  return `back in ${durationWords(rtoSeconds)} at the worst`;
}

function verdictWords(meets: boolean | undefined): string {
  if (meets === undefined) return 'whether that is as owed is not known';
  return meets ? 'as owed' : 'more than owed';
}

function termLine({ what, seconds, source, resource }: RecoveryTerm): string {
  const about = resource && !what.includes(nameOf(resource)) ? `${printable(nameOf(resource))}; ` : '';
  return `    ${durationWords(seconds).padStart(10)}  ${printable(what)} (${about}${printable(source)})\n`;
}

/** The same for machines; `schemas/simulation-1.schema.json` describes it. */
export function* simulationJson({ losses, services }: Simulation): Generator<string> {
  const json = {
    schema: 'nines.simulation/1',
    lost: losses.map(({ kind, name }) => ({ kind, name: printable(name) })),
    services: services.map(({ assessment, stops, failed, impaired, left, ...rest }) => ({
      name: printable(assessment.service.name),
      ...(assessment.service.stage !== undefined && { stage: printable(assessment.service.stage) }),
      stops,
      failed: failed.map((resource) => printable(nameOf(resource))),
      impaired: impaired.map((resource) => printable(nameOf(resource))),
      left,
      ...(rest.recovery && {
        ...(rest.disruption && { disruption: rest.disruption }),
        rtoSeconds: finite(rest.recovery.rtoSeconds),
        rpoSeconds: finite(rest.recovery.rpoSeconds ?? 0),
        meets: rest.recovery.meets ?? null,
        terms: rest.recovery.rtoTerms.map(termJson),
        rpoTerms: rest.recovery.rpoTerms.map(termJson),
        ...(rest.recovery.because !== undefined && { because: printable(rest.recovery.because) }),
        ...(rest.recovery.unknown !== undefined && { unknown: printable(rest.recovery.unknown) }),
      }),
      standsStill: rest.standsStill.map(({ what, resource, plane, after }) => ({
        what: printable(what),
        ...(resource && { resource: printable(nameOf(resource)) }),
        controlPlane: printable(plane),
        after,
      })),
      assumed: rest.assumed.map(printable),
    })),
  };
  yield `${JSON.stringify(json, undefined, 2)}\n`;
}

function termJson({ what, seconds, source, resource }: RecoveryTerm): object {
  return {
    what: printable(what),
    seconds: finite(seconds),
    source: printable(source),
    ...(resource && { resource: printable(nameOf(resource)) }),
  };
}

function finite(seconds: number): number | null {
  return Number.isFinite(seconds) ? seconds : null;
}
