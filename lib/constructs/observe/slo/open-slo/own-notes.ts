import { ServiceLevelEngine } from '../../../../objectives/catalogue';
import { OPEN_SLO_ANNOTATIONS } from '../../../../objectives/open-slo';
import type { ServiceLevelObjectiveProps } from '../service-level-objective-props';
import type { DocumentPart } from './document-part';

/**
 * The engine of an objective, and how many events must go wrong: annotations say both. Application Signals has no such number.
 *
 * @internal
 */
export function countedAs(
  slo: DocumentPart,
  sli: DocumentPart,
): Pick<ServiceLevelObjectiveProps, 'engine' | 'leastBadEvents'> {
  const engine = engineOf(noteOf(slo, OPEN_SLO_ANNOTATIONS.engine));
  if (engine === ServiceLevelEngine.APPLICATION_SIGNALS) return { engine };
  const least = Number(noteOf(sli, OPEN_SLO_ANNOTATIONS.leastBad).value);
  return least > 0 ? { leastBadEvents: least } : {};
}

/**
 * The name of the SLO of which an SLO is a further window.
 *
 * @internal
 */
export function furtherOf(slo: DocumentPart): unknown {
  return noteOf(slo, OPEN_SLO_ANNOTATIONS.furtherOf).value;
}

function noteOf(part: DocumentPart, name: string): DocumentPart {
  return part.at('metadata').at('annotations').at(name);
}

function engineOf(note: DocumentPart): ServiceLevelEngine | undefined {
  const all = Object.values(ServiceLevelEngine);
  if (!note.isSet) return undefined;
  return (
    all.find((engine) => engine === note.value) ??
    note.note(`is ${JSON.stringify(note.value)}`, `write one of ${all.join(', ')}, or leave it out`)
  );
}
