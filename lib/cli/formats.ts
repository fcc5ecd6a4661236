import type { Renderer } from '../evidence/evidence';

/** Every format of `nines audit`, and what renders it: loaded only when it is asked for. */
const RENDERERS = {
  text: (): Renderer =>
    both(
      (require('../evidence/text') as typeof import('../evidence/text')).text,
      (require('../evidence/controls/text') as typeof import('../evidence/controls/text')).controlsText,
    ),
  json: (): Renderer => (require('../evidence/json') as typeof import('../evidence/json')).json,
  sarif: (): Renderer => (require('../evidence/sarif') as typeof import('../evidence/sarif')).sarif,
  junit: (): Renderer => (require('../evidence/junit') as typeof import('../evidence/junit')).junit,
  gitlab: (): Renderer => (require('../evidence/gitlab') as typeof import('../evidence/gitlab')).gitlab,
  markdown: (): Renderer =>
    (require('../evidence/markdown') as typeof import('../evidence/markdown')).markdown,
  html: (): Renderer => (require('../evidence/html') as typeof import('../evidence/html')).html,
  'oscal-assessment-results': (): Renderer =>
    (require('../evidence/oscal-assessment-results') as typeof import('../evidence/oscal-assessment-results'))
      .oscalAssessmentResults,
  'oscal-component-definition': (): Renderer =>
    (
      require('../evidence/oscal-component-definition') as typeof import('../evidence/oscal-component-definition')
    ).oscalComponentDefinition,
  'oscal-poam': (): Renderer =>
    (require('../evidence/oscal-poam') as typeof import('../evidence/oscal-poam')).oscalPoam,
} as const satisfies Readonly<Record<string, () => Renderer>>;

/** One after the other: the findings, then the reports by framework where some are asked for. */
function both(first: Renderer, second: Renderer): Renderer {
  return function* (evidence) {
    yield* first(evidence);
    yield* second(evidence);
  };
}

export type Format = keyof typeof RENDERERS;

export const FORMATS = Object.keys(RENDERERS) as readonly Format[];

export function rendererOf(format: Format): Renderer {
  return RENDERERS[format]();
}
