import { type ControlEvidence, type ControlReport, controlReports } from '../audit/control-report';
import { FRAMEWORK_NAMES } from '../audit/frameworks';
import type { RuleEvidence } from '../audit/rule-evidence';
import type { Evidence, Renderer } from './evidence';
import { oscalControl } from './oscal/control-ids';
import { assessmentAssets, list, metadataOf, ORIGINS, written } from './oscal/document';
import {
  inventoryOf,
  type Observed,
  observationOf,
  observedIn,
  passesOf,
  passesUuid,
} from './oscal/observations';
import { riskOf } from './oscal/risks';
import { property } from './oscal/text';
import { uuidOf } from './oscal/uuid';

/** Renders an audit as OSCAL assessment results: what was seen, and what that says of the controls it speaks of. */
export const oscalAssessmentResults: Renderer = (evidence) => written(documentOf(evidence), 5);

function documentOf(evidence: Evidence): object {
  const { at } = evidence;
  const plan = uuidOf('assessment-plan');
  return {
    'assessment-results': {
      uuid: uuidOf('assessment-results', at.toISOString(), evidence.version),
      metadata: metadataOf('What rules found in templates before a deploy', evidence),
      'import-ap': { href: `#${plan}`, remarks: 'There is no plan in OSCAL: the rules are the plan.' },
      results: [resultOf(evidence)],
      'back-matter': {
        resources: [
          {
            uuid: plan,
            title: 'The rules of cdk-nines',
            description:
              'Every rule is run on every resource of the types that it judges. RULES.md in the package describes them.',
          },
        ],
      },
    },
  };
}

function resultOf(evidence: Evidence): object {
  const { at, result, rules, version, register = [], frameworks = FRAMEWORK_NAMES } = evidence;
  const reports = controlReports({ ...result, rules }, frameworks);
  const reviewed = reports.map((report) => ({ report, controls: report.controls.filter(isReviewed) }));
  const observed = observedIn(evidence);
  const passing = passingRules(reports);
  const context = { byRule: idsByRule(observed), passing: new Set(passing.map(({ rule }) => rule)) };
  return {
    uuid: uuidOf('result', at.toISOString(), version),
    title: 'Audit of templates',
    description: `Rules of cdk-nines on final templates. Controls that no rule could say anything of are not listed.`,
    start: at.toISOString(),
    end: at.toISOString(),
    'local-definitions': {
      ...list('inventory-items', inventoryOf(observed)),
      'assessment-assets': assessmentAssets(version),
    },
    'reviewed-controls': { 'control-selections': selectionsOf(reviewed) },
    ...list('observations', [
      ...observed.map((each) => observationOf(each, at)),
      ...passing.map(({ rule, title, passes }) => passesOf(rule, title, passes, at)),
    ]),
    ...list(
      'risks',
      observed.map((each) => riskOf(each, register)),
    ),
    ...list(
      'findings',
      reviewed.flatMap(({ report, controls }) =>
        controls.map((control) => findingOf(report, control, context)),
      ),
    ),
  };
}

/** Where nothing was there to judge, nothing was reviewed. */
function isReviewed({ rules }: ControlEvidence): boolean {
  return rules.some(({ outcome }) => outcome === 'fail' || outcome === 'unknown' || outcome === 'pass');
}

function passingRules(reports: readonly ControlReport[]): readonly RuleEvidence[] {
  const rules = reports.flatMap(({ controls }) => controls.flatMap((control) => control.rules));
  const passing = new Map(rules.filter(({ passes }) => passes > 0).map((rule) => [rule.rule, rule] as const));
  return [...passing.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1));
}

interface Reviewed {
  readonly report: ControlReport;
  readonly controls: readonly ControlEvidence[];
}

/** The standard asks for one selection at least, and for a control in it: where nothing was reviewed, all are named. */
function selectionsOf(reviewed: readonly Reviewed[]): readonly object[] {
  const selections = reviewed
    .filter(({ controls }) => controls.length > 0)
    .map(({ report, controls }) => ({
      description: `${report.title}, ${report.source}`,
      'include-controls': selected(report, controls),
    }));
  return selections.length > 0 ? selections : [nothingReviewed(reviewed)];
}

function nothingReviewed(reviewed: readonly Reviewed[]): object {
  return {
    description: 'No rule had anything to judge: nothing can be said of these.',
    'include-controls': reviewed.flatMap(({ report }) => selected(report, report.controls)),
  };
}

/** Several requirements may be parts of one control of a catalogue. */
function selected({ framework }: ControlReport, controls: readonly ControlEvidence[]): readonly object[] {
  const ids = new Set(controls.map(({ id }) => oscalControl(framework, id).controlId));
  return [...ids].map((id) => ({ 'control-id': id }));
}

interface FindingContext {
  readonly byRule: ReadonlyMap<string, readonly Observed[]>;
  readonly passing: ReadonlySet<string>;
}

function idsByRule(observed: readonly Observed[]): ReadonlyMap<string, readonly Observed[]> {
  const byRule = new Map<string, Observed[]>();
  for (const each of observed) {
    const own = byRule.get(each.verdict.rule);
    if (own) own.push(each);
    else byRule.set(each.verdict.rule, [each]);
  }
  return byRule;
}

function findingOf(
  { framework, title }: ControlReport,
  { id, ourReading, status, because, rules }: ControlEvidence,
  { byRule, passing }: FindingContext,
): object {
  const open = rules.flatMap(({ rule }) => byRule.get(rule) ?? []);
  const passed = rules.filter(({ rule }) => passing.has(rule)).map(({ rule }) => passesUuid(rule));
  const observations = [...open.map(({ observation }) => observation), ...passed];
  return {
    uuid: uuidOf('finding', framework, id),
    title: `${title} ${id}`,
    description: `${status}: ${because}.`,
    props: [
      property('control', `${title} ${id}`),
      property('mapping', ourReading ? 'our reading' : 'published'),
    ],
    origins: ORIGINS,
    target: targetOf(oscalControl(framework, id).objectiveId, status),
    ...list(
      'related-observations',
      observations.map((uuid) => ({ 'observation-uuid': uuid })),
    ),
    ...list(
      'related-risks',
      open.map(({ risk }) => ({ 'risk-uuid': risk })),
    ),
  };
}

/** The standard knows two states. What could not be determined is other than satisfied (SP 800-53A, section 3.3). */
function targetOf(objective: string, status: ControlEvidence['status']): object {
  const state = status === 'supported' ? 'satisfied' : 'not-satisfied';
  const reason = { supported: 'pass', 'not supported': 'fail', 'not assessable': 'other' }[status];
  const remarks =
    status === 'supported'
      ? 'As far as templates show: every rule that speaks of it and had something to judge passes. The control needs more than that.'
      : undefined;
  return {
    type: 'objective-id',
    'target-id': objective,
    status: { state, reason, ...(remarks !== undefined && { remarks }) },
  };
}
