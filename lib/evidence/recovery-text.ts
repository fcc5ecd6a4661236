import { printable, visible } from '../assembly/source/printable';
import type { OwedRecovery } from '../assessment/assessed-service';
import type { Recovery, ServiceAssessment } from '../assessment/assessment';
import { durationWords } from '../calculus/duration-words';
import { DISRUPTIONS, type Disruption, disruptionName } from '../objectives/disruption';

/** How a service comes back, for people: a line for each kind of disruption, and what is missing below it. */
export function* recoveryText({ service, recovery, controlPlane }: ServiceAssessment): Generator<string> {
  yield '  recovery, at the worst:\n';
  const width = Math.max(...DISRUPTIONS.map((each) => disruptionName(each).length));
  for (const disruption of DISRUPTIONS) {
    const found = recovery[disruption];
    const owed = service.recovery[disruption];
    const figures = keepsNoData(disruption, found)
      ? `keeps no data that a backup must bring back, RTO of ${amount(owed.rtoSeconds)}`
      : figuresOf(found, owed);
    yield `    ${disruptionName(disruption).padEnd(width)}  ${figures}: ${verdictOf(found)}\n`;
    if (found.open !== undefined) yield `      not shown by the app: ${printable(found.open)}\n`;
    if (found.because !== undefined)
      yield `      ${found.open === undefined ? '' : 'at the worst, '}${visible(found.because)}\n`;
  }
  const waiting = waitingIn(controlPlane);
  if (waiting.length > 0)
    yield `    while the control plane of a region is impaired these wait: ${waiting.join('; ')}\n`;
}

/** Where all data can be made again, or is on its way, nothing is repaired: 0 s would say that something was. */
function keepsNoData(disruption: Disruption, { rpoSeconds, rtoSeconds, meets }: Recovery): boolean {
  return disruption === 'dataRepair' && meets === true && rpoSeconds === undefined && rtoSeconds === 0;
}

function figuresOf(found: Recovery, owed: OwedRecovery): string {
  const back = found.unknown === undefined ? amount(found.rtoSeconds) : '?';
  return `RTO ${back} of ${amount(owed.rtoSeconds)}${rpo(found, owed.rpoSeconds)}`;
}

/** Where nothing is seen that must come back, nothing is known: that is not the same as met. */
function verdictOf({ meets, unknown, open }: Recovery): string {
  if (open !== undefined && unknown === undefined) return 'NOT KNOWN';
  if (meets === undefined) return `NOT KNOWN: ${printable(unknown ?? 'nothing is seen that must come back')}`;
  return meets ? 'met' : 'NOT met';
}

function rpo({ rpoSeconds }: Recovery, owed: number | undefined): string {
  if (rpoSeconds === undefined || owed === undefined) return '';
  return `, RPO ${amount(rpoSeconds)} of ${amount(owed)}`;
}

function amount(seconds: number): string {
  return Number.isFinite(seconds) ? durationWords(seconds) : 'without end';
}

/** Which recoveries wait, and for how many resources. */
function waitingIn(needs: ServiceAssessment['controlPlane']): readonly string[] {
  const byDisruption = new Map<Disruption, number>();
  for (const { disruption } of needs) byDisruption.set(disruption, (byDisruption.get(disruption) ?? 0) + 1);
  return [...byDisruption].map(
    ([disruption, count]) => `${disruptionName(disruption)} (${count} step${count === 1 ? '' : 's'})`,
  );
}
