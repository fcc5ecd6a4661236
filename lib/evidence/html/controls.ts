import {
  type ControlEvidence,
  type ControlReport,
  controlReports,
  WHAT_IT_IS,
} from '../../audit/control-report';
import { FRAMEWORK_NAMES } from '../../audit/frameworks';
import type { RuleEvidence } from '../../audit/rule-evidence';
import type { Evidence } from '../evidence';
import { el, type Html } from './element';
import type { FindingBlock } from './findings';
import { badge, section, table } from './table';

/** The reports by framework: control by control, with links to the findings behind them. */
export function controlsSection(
  { result, rules, frameworks = FRAMEWORK_NAMES }: Evidence,
  blocks: readonly FindingBlock[],
): Html {
  const anchors = new Map([...blocks].reverse().map(({ rule, anchor }) => [rule, anchor]));
  const reports = controlReports({ ...result, rules }, frameworks);
  return section(
    'controls',
    'Controls',
    WHAT_IT_IS.map((line) => el('p', {}, line)),
    reports.map((report) => reportOf(report, anchors)),
  );
}

function reportOf(report: ControlReport, anchors: ReadonlyMap<string, string>): Html {
  const { framework, title, unit, source, counts, controls } = report;
  const figures = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  return [
    el('h3', { id: `framework-${framework}` }, title),
    el(
      'p',
      {},
      `${figures.join(', ')}. `,
      el('a', { href: source, rel: 'noreferrer' }, 'Where it is published'),
    ),
    table(
      `${title}, by ${unit}`,
      ['Control', 'Status', 'Because', 'Rules'],
      controls.map((control) => controlRow(control, anchors)),
    ),
  ];
}

function controlRow(
  { id, ourReading, status, because, rules }: ControlEvidence,
  anchors: ReadonlyMap<string, string>,
): readonly Html[] {
  const named = rules.filter(({ outcome }) => outcome !== 'nothing to judge');
  return [
    ourReading ? `${id} (our reading)` : id,
    badge(status),
    because,
    named.map((rule, index) => [index > 0 && ', ', ruleIn(rule, anchors)]),
  ];
}

function ruleIn({ rule, outcome }: RuleEvidence, anchors: ReadonlyMap<string, string>): Html {
  const anchor = outcome === 'fail' ? anchors.get(rule) : undefined;
  const words = `${rule} ${outcome === 'pass' ? 'passes' : outcome === 'fail' ? 'fails' : outcome}`;
  return anchor === undefined ? words : el('a', { href: `#${anchor}` }, words);
}
