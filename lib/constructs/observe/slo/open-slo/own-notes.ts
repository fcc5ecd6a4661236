import { Duration } from 'aws-cdk-lib/core';
import { ServiceLevelEngine } from '../../../../objectives/catalogue';
import { OPEN_SLO_ANNOTATIONS as NOTES } from '../../../../objectives/open-slo';
import type { ServiceLevelObjectiveProps } from '../service-level-objective-props';
import type { DocumentPart } from './document-part';

/**
 * The engine of an objective, and how many events must go wrong: annotations say both.
 *
 * @internal
 */
export function countedAs(
  slo: DocumentPart,
  sli: DocumentPart,
): Pick<ServiceLevelObjectiveProps, 'engine' | 'leastBadEvents'> {
  const engine = engineOf(noteOf(slo, NOTES.engine));
  const least = numberOf(noteOf(sli, NOTES.leastBad));
  return {
    ...(engine === ServiceLevelEngine.APPLICATION_SIGNALS && { engine }),
    ...(least !== undefined && { leastBadEvents: least }),
  };
}

/**
 * Who answers, and with what: annotations say it.
 *
 * @internal
 */
export function answeredBy(
  slo: DocumentPart,
): Pick<ServiceLevelObjectiveProps, 'responseTime' | 'recoversAlone' | 'runbook'> {
  const response = numberOf(noteOf(slo, NOTES.response));
  const recoversAlone = truthOf(noteOf(slo, NOTES.recoversAlone));
  const runbook = textOf(noteOf(slo, NOTES.runbook));
  return {
    ...(response !== undefined && { responseTime: Duration.seconds(response) }),
    ...(recoversAlone !== undefined && { recoversAlone }),
    ...(runbook !== undefined && { runbook }),
  };
}

/**
 * The name of an objective, where it is none that OpenSLO takes.
 *
 * @internal
 */
export function ownName(slo: DocumentPart): string | undefined {
  return textOf(noteOf(slo, NOTES.name));
}

/**
 * The region in which alone the metrics of an indicator are.
 *
 * @internal
 */
export function onlyIn(sli: DocumentPart): string | undefined {
  const note = noteOf(sli, NOTES.onlyIn);
  if (!note.isSet || (typeof note.value === 'string' && REGION.test(note.value))) return textOf(note);
  return note.note(`is ${JSON.stringify(note.value)}, no region`, 'write one such as us-east-1');
}

/**
 * The most events of an hour that an indicator counts, where they are few.
 *
 * @internal
 */
export function perHour(sli: DocumentPart): number | undefined {
  return numberOf(noteOf(sli, NOTES.perHour));
}

const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

/**
 * The name of the SLO of which an SLO is a further window.
 *
 * @internal
 */
export function furtherOf(slo: DocumentPart): unknown {
  return noteOf(slo, NOTES.furtherOf).value;
}

function noteOf(part: DocumentPart, name: string): DocumentPart {
  return part.at('metadata').at('annotations').at(name);
}

function numberOf(note: DocumentPart): number | undefined {
  if (!note.isSet) return undefined;
  if (typeof note.value === 'string' && /^\d+(\.\d+)?$/.test(note.value)) return Number(note.value);
  return note.note(`is ${JSON.stringify(note.value)}`, 'write a number of 0 or more as text');
}

function truthOf(note: DocumentPart): boolean | undefined {
  if (!note.isSet) return undefined;
  if (note.value === 'true' || note.value === 'false') return note.value === 'true';
  return note.note(`is ${JSON.stringify(note.value)}`, 'write "true" or "false"');
}

function textOf(note: DocumentPart): string | undefined {
  if (!note.isSet) return undefined;
  if (typeof note.value === 'string' && note.value.trim() !== '') return note.value;
  return note.note(`is ${JSON.stringify(note.value)}`, 'write a text');
}

function engineOf(note: DocumentPart): ServiceLevelEngine | undefined {
  const all = Object.values(ServiceLevelEngine);
  if (!note.isSet) return undefined;
  return (
    all.find((engine) => engine === note.value) ??
    note.note(`is ${JSON.stringify(note.value)}`, `write one of ${all.join(', ')}, or leave it out`)
  );
}
