import { refuse } from '../../../../objectives/mistakes';
import type { DocumentPart } from './document-part';
import { OpenSloApproximation } from './open-slo-options';
import { ownName } from './own-notes';

/**
 * An objective with the name that it gets.
 *
 * @internal
 */
export interface NamedObjective {
  readonly name: string;
  readonly displayName: string | undefined;
  readonly part: DocumentPart;
}

/**
 * The SLOs of documents, or that of a name.
 *
 * @throws ConfigurationError where there is none
 * @internal
 */
export function slosNamed(parts: readonly DocumentPart[], name: string | undefined): readonly DocumentPart[] {
  const all = parts.filter((part) => part.at('kind').value === 'SLO');
  const nameOf = (part: DocumentPart) => String(part.at('metadata').at('name').value);
  const found = all.filter((part) => name === undefined || nameOf(part) === name);
  if (found.length === 0 || (name !== undefined && found.length > 1))
    refuse('OpenSLO', [
      {
        problem:
          name === undefined
            ? `there are ${all.length} documents of kind SLO`
            : `no SLO is called ${name}, or several are`,
        fix: all.length === 0 ? 'add one' : `name one of ${all.map(nameOf).join(', ')}`,
      },
    ]);
  return found;
}

/**
 * The objectives of an SLO. Parts of a composite have weights, and are no objectives by themselves.
 *
 * @internal
 */
export function objectivesOf(
  slo: DocumentPart,
  accept: readonly OpenSloApproximation[],
): readonly NamedObjective[] {
  const list = slo.at('spec').at('objectives');
  const parts = list.list();
  if (parts.length === 0) list.note('has no objectives', 'write one');
  const weight = parts.map((part) => part.at('compositeWeight')).find(({ isSet }) => isSet);
  if (weight && !accept.includes(OpenSloApproximation.COMPOSITE_AS_PARTS))
    weight.note(
      'makes it part of a composite objective, which no alarm can watch',
      `leave the weights out, or accept ${OpenSloApproximation.COMPOSITE_AS_PARTS}`,
    );
  const name = ownName(slo) ?? String(slo.at('metadata').at('name').value);
  const tails = parts.map(tailOf);
  return parts.map((part, index) => {
    const tail = tails[index] ?? '';
    const isTwice = tails.filter((each) => each === tail).length > 1;
    const { value } = part.at('displayName');
    return {
      part,
      displayName: typeof value === 'string' ? value : undefined,
      name: parts.length === 1 ? name : `${name}-${tail}${isTwice ? `-${index + 1}` : ''}`,
    };
  });
}

/**
 * Those of a display name.
 *
 * @internal
 */
export function objectivesNamed(
  all: readonly NamedObjective[],
  wanted: string | undefined,
): readonly NamedObjective[] {
  if (wanted === undefined) return all;
  const found = all.filter(({ displayName }) => displayName === wanted);
  const names = all.flatMap(({ displayName }) => displayName ?? []);
  if (found.length === 0)
    refuse('OpenSLO', [
      {
        problem: `no objective is called ${wanted}`,
        fix: names.length === 0 ? 'leave the option objective out' : `name one of ${names.join(', ')}`,
      },
    ]);
  return found;
}

/** `internal-objective`, else `0.99`. */
function tailOf(part: DocumentPart): string {
  const shown = part.at('displayName').value ?? part.at('target').value ?? part.at('targetPercent').value;
  return String(shown)
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
