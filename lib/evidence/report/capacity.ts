import type { CapacityFinding } from '../../assessment/assessment';
import { nameOf } from '../../assessment/modelling';
import { el, type Html } from '../html/element';
import { badge, table } from '../html/table';
import type { ServicePart } from './report-evidence';
import { provenance } from './trace';

/** Whether what is left after a loss carries the peak. */
export function capacitySection({ assessed, id }: ServicePart): Html {
  return [
    el('h3', { id: `${id}-capacity` }, 'Capacity after a loss'),
    assessed.capacity.length === 0 && el('p', {}, 'Nothing was found whose capacity could be judged.'),
    table(
      'What is left, and what the peak needs',
      ['Resource', 'What', 'Verdict', 'Found', 'Needed', 'Source'],
      assessed.capacity.map(row),
    ),
  ];
}

function row({ resource, what, meets, found, needed, source }: CapacityFinding): readonly Html[] {
  const verdict =
    meets === undefined
      ? badge('unknown', '? unknown')
      : meets
        ? badge('pass', '✓ enough')
        : badge('error', '✗ too little');
  return [nameOf(resource), what, verdict, found, needed, provenance(source)];
}
