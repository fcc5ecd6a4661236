import { type ControlEvidence, type ControlReport, controlReports } from '../audit/control-report';
import { FRAMEWORK_NAMES } from '../audit/frameworks';
import type { Evidence, Renderer } from './evidence';
import { oscalControl } from './oscal/control-ids';
import { list, metadataOf, TOOL, written } from './oscal/document';
import { properties, property } from './oscal/text';
import { uuidOf } from './oscal/uuid';

/** Renders which rule checks which control as an OSCAL component definition. It is the same for every app. */
export const oscalComponentDefinition: Renderer = (evidence) => written(documentOf(evidence), 6);

function documentOf(evidence: Evidence): object {
  const { at, version, rules, frameworks = FRAMEWORK_NAMES } = evidence;
  const reports = controlReports({ rules, verdicts: [] }, frameworks);
  return {
    'component-definition': {
      uuid: uuidOf('component-definition', at.toISOString(), version),
      metadata: metadataOf('Which rule of cdk-nines speaks of which control', evidence),
      components: [
        {
          uuid: TOOL,
          type: 'validation',
          title: 'cdk-nines',
          description:
            'Rules that judge what CloudFormation templates will deploy, before they are deployed.',
          props: properties({ version }),
          ...list('control-implementations', reports.flatMap(implementationOf)),
        },
      ],
    },
  };
}

/** Where controls are published as OSCAL. */
const CATALOGUES: Readonly<Partial<Record<ControlReport['framework'], string>>> = {
  nist80053:
    'https://raw.githubusercontent.com/usnistgov/oscal-content/main/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json',
};

function implementationOf({ framework, title, source, controls }: ControlReport): readonly object[] {
  const implemented = controls.filter(({ rules }) => rules.length > 0);
  if (implemented.length === 0) return [];
  return [
    {
      uuid: uuidOf('control-implementation', framework),
      source: CATALOGUES[framework] ?? source,
      description: `Rules that give evidence for ${title}.`,
      'implemented-requirements': implemented.map((control) => requirementOf(framework, control)),
    },
  ];
}

function requirementOf(
  framework: ControlReport['framework'],
  { id, ourReading, rules }: ControlEvidence,
): object {
  const named = rules.map(({ rule }) => rule).join(', ');
  return {
    uuid: uuidOf('implemented-requirement', framework, id),
    'control-id': oscalControl(framework, id).controlId,
    description: `${id} is supported by ${named}. The control needs more than that.`,
    props: [
      property('label', id),
      property('mapping', ourReading ? 'our reading' : 'published'),
      ...rules.map(({ rule, outcome, title }) => ({
        ...property(outcome === 'at run time' ? 'rule-at-run-time' : 'rule', rule),
        remarks: title,
      })),
    ],
  };
}
