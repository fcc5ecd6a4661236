import type { FrameworkName } from '../../audit/frameworks';

/** How OSCAL names a control, and the objective that a finding speaks of. */
export interface OscalControl {
  readonly controlId: string;
  readonly objectiveId: string;
}

/**
 * The ids of a control as OSCAL writes them.
 *
 * NIST publishes a catalogue of SP 800-53: `CP-6(2)` is `cp-6.2` there, `CP-2a` is item a of `cp-2`. The others have no
 * catalogue that everybody uses: theirs are the framework's name and the id in small letters, `dora-art-12-4`.
 */
export function oscalControl(framework: FrameworkName, id: string): OscalControl {
  if (framework !== 'nist80053') {
    const controlId = `${framework}-${slug(id)}`;
    return { controlId, objectiveId: `${controlId}_obj` };
  }
  const [, base = '', enhancement, item] = /^([A-Z]{2}-\d+)(?:\((\d+)\))?(?:\(?([a-z])\)?)?$/.exec(id) ?? [];
  const controlId = `${base.toLowerCase()}${enhancement === undefined ? '' : `.${enhancement}`}`;
  return { controlId, objectiveId: `${controlId}_obj${item === undefined ? '' : `.${item}`}` };
}

function slug(id: string): string {
  return id
    .toLowerCase()
    .replace(/^art\. /, 'art-')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '');
}
