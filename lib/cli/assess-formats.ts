import { printable } from '../assembly/source/printable';
import { labelOf } from '../assessment/stages';
import { ConfigurationError } from '../errors';
import type { AssessmentRenderer } from '../evidence/assessment-evidence';

/** Every format of `nines assess`, and what renders it: loaded only when it is asked for. */
const RENDERERS = {
  text: (): AssessmentRenderer =>
    (require('../evidence/assessment-text') as typeof import('../evidence/assessment-text')).assessmentText,
  json: (): AssessmentRenderer =>
    (require('../evidence/assessment-json') as typeof import('../evidence/assessment-json')).assessmentJson,
  mermaid: (): AssessmentRenderer =>
    (require('../evidence/mermaid') as typeof import('../evidence/mermaid')).mermaid,
  svg: (): AssessmentRenderer => (require('../evidence/svg') as typeof import('../evidence/svg')).svg,
  'open-psa': (): AssessmentRenderer => openPsa,
} as const satisfies Readonly<Record<string, () => AssessmentRenderer>>;

/** The fault tree of one service, for other engines: a file of that format has one top. */
const openPsa: AssessmentRenderer = ({ assessment: { services } }) => {
  const [only] = services;
  if (services.length !== 1 || !only)
    throw new ConfigurationError({
      path: '--format open-psa',
      problem: `there are ${services.length} services, and a fault tree has one top`,
      fix: `add --service with one of ${services.map(({ service }) => printable(labelOf(service))).join(', ')}`,
    });
  const { renderOpenPsa } = require('../evidence/open-psa') as typeof import('../evidence/open-psa');
  return renderOpenPsa(only.availability.model.tree);
};

export type AssessFormat = keyof typeof RENDERERS;

export const ASSESS_FORMATS = Object.keys(RENDERERS) as readonly AssessFormat[];

export function assessRendererOf(format: AssessFormat): AssessmentRenderer {
  return RENDERERS[format]();
}
