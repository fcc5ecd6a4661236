import type { BaselineComparison } from '../../audit/baseline';
import { isAccepted, isFinding, isUnknown, summarise } from '../../audit/report';
import type { Severity } from '../../audit/severity';
import type { Verdict } from '../../audit/verdict';
import { tierName } from '../../objectives/tier';
import type { Evidence } from '../evidence';
import { groupBy } from '../group-by';
import { el, type Html } from './element';
import { section, table } from './table';

/** What was judged, by whom and when, and the figures of it all. */
export function headerOf(evidence: Evidence): Html {
  const { result, version, at } = evidence;
  const { unknown, pass, notApplicable, accepted, engineErrors } = summarise(result);
  const apps = [...new Set(result.verdicts.map(({ app }) => app))].sort();
  const day = at.toISOString().slice(0, 10);
  const figures: readonly (readonly [string, number])[] = [
    ['errors', count(result.verdicts, 'error')],
    ['warnings', count(result.verdicts, 'warning')],
    ['info', count(result.verdicts, 'info')],
    ['unknown', unknown],
    ['accepted', accepted],
    ['passed', pass],
    ['not applicable', notApplicable],
    ...(engineErrors > 0 ? [['engine errors', engineErrors] as const] : []),
  ];
  return el(
    'header',
    {},
    el('h1', {}, 'Availability audit'),
    el('p', {}, `cdk-nines ${version}, `, el('time', { datetime: day }, day)),
    apps.length > 0 && el('p', { class: 'quiet' }, `Audited: ${apps.join(', ')}`),
    result.baseline && el('p', {}, baselineInWords(result.baseline)),
    el(
      'dl',
      { class: 'figures' },
      figures.map(([name, figure]) => el('div', {}, el('dt', {}, name), el('dd', {}, figure))),
    ),
  );
}

function baselineInWords({ known, new: fresh, gone }: BaselineComparison): string {
  return `Beside the baseline: ${fresh} new, ${known} known, ${gone.length} gone. What is known counts below, and stops nothing.`;
}

/** How every service fares, and every tier. */
export function summaryOf({ result }: Evidence): Html {
  const { verdicts, engineErrors } = result;
  const byService = groupBy(verdicts, ({ service, tier }) => JSON.stringify([service ?? '', tier]));
  const byTier = groupBy(verdicts, ({ tier }) => String(tier));
  return section(
    'summary',
    'Summary',
    engineErrors.length > 0 && [
      el('h3', {}, 'Engine errors'),
      el('p', {}, 'Rules that threw are defects of this tool, and never a pass.'),
      el(
        'ul',
        {},
        engineErrors.map((error) => el('li', {}, error)),
      ),
    ],
    table(
      'By service',
      ['Service', 'Tier', 'Stacks', ...FIGURES],
      sorted(byService).map((group) => [
        group[0]?.service ?? 'no declared service',
        tierInWords(group),
        stacksOf(group),
        ...figuresOf(group),
      ]),
    ),
    table(
      'By tier',
      ['Tier', 'Stacks', ...FIGURES],
      sorted(byTier).map((group) => [tierInWords(group), stacksOf(group), ...figuresOf(group)]),
    ),
  );
}

const FIGURES = ['Errors', 'Warnings', 'Info', 'Unknown', 'Accepted', 'Passed'];

function figuresOf(verdicts: readonly Verdict[]): readonly number[] {
  return [
    count(verdicts, 'error'),
    count(verdicts, 'warning'),
    count(verdicts, 'info'),
    verdicts.filter(isUnknown).length,
    verdicts.filter(isAccepted).length,
    verdicts.filter(({ verdict }) => verdict === 'pass').length,
  ];
}

function sorted(groups: ReadonlyMap<string, readonly Verdict[]>): readonly (readonly Verdict[])[] {
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function tierInWords([first]: readonly Verdict[]): string {
  return first ? `${first.tier} (${tierName(first.tier)})` : '';
}

function stacksOf(verdicts: readonly Verdict[]): number {
  return new Set(verdicts.map(({ file, stack }) => JSON.stringify([file, stack]))).size;
}

function count(verdicts: readonly Verdict[], severity: Severity): number {
  return verdicts.filter((verdict) => isFinding(verdict) && verdict.severity === severity).length;
}
