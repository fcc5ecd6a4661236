import { controlInWords, distinctControls } from '../../audit/control-words';
import { isFinding } from '../../audit/report';
import type { Rule } from '../../audit/rule';
import type { Verdict } from '../../audit/verdict';
import { tierName } from '../../objectives/tier';
import type { Evidence } from '../evidence';
import { groupBy } from '../group-by';
import { whereOf, worstFirst } from '../worst-first';
import { el, type Html } from './element';
import { badge, table } from './table';

/** The findings of one rule in one service, and the place in the page where they stand. */
export interface FindingBlock {
  readonly anchor: string;
  readonly rule: string;
  readonly service: string;
  readonly findings: readonly Verdict[];
}

/** All findings as they stand in the page: by service, the worst rule first. */
export function findingBlocks({ result }: Evidence): readonly FindingBlock[] {
  const findings = worstFirst(result.verdicts).filter(isFinding);
  const services = groupBy(findings, ({ service, tier }) =>
    service === undefined
      ? `No declared service, judged at tier ${tier} (${tierName(tier)})`
      : `${service}, tier ${tier} (${tierName(tier)})`,
  );
  return [...services].flatMap(([service, own], index) =>
    [...groupBy(own, ({ rule, severity }) => `${rule}-${severity}`)].map(([key, group]) => ({
      anchor: `s${index + 1}-${key}`,
      rule: group[0]?.rule ?? '',
      service,
      findings: group,
    })),
  );
}

/** The head of the findings, with a filter that only a script shows. */
export function findingsHead(blocks: readonly FindingBlock[]): Html {
  return [
    el('h2', { id: 'findings-heading' }, 'Findings'),
    blocks.length === 0
      ? el('p', {}, 'No rule fails.')
      : el(
          'form',
          { id: 'filter', class: 'filter', hidden: true },
          el('label', {}, 'Words ', el('input', { type: 'search', name: 'words' })),
          ['error', 'warning', 'info'].map((level) =>
            el(
              'label',
              {},
              el('input', { type: 'checkbox', name: 'level', value: level, checked: true }),
              ` ${level}`,
            ),
          ),
          el('output', {}),
        ),
  ];
}

/** One block: the rule, why it matters, what mends it, which controls it supports, and where it fails. */
export function findingBlock(
  { anchor, rule: id, findings }: FindingBlock,
  rules: ReadonlyMap<string, Rule>,
): Html {
  const [first] = findings;
  const rule = rules.get(id);
  const fixes = [...new Set(findings.map(({ fix }) => fix))];
  const controls = distinctControls(rule?.controls ?? []).map(controlInWords);
  return el(
    'article',
    { id: anchor, class: 'finding', 'data-level': first?.severity, 'aria-labelledby': `${anchor}-heading` },
    el('h4', { id: `${anchor}-heading` }, badge(first?.severity ?? 'info'), ` ${id} ${rule?.title ?? ''}`),
    rule && el('p', {}, rule.why),
    table(`Where ${id} fails`, ['Where', 'Stack', 'Found', 'Source'], findings.map(placeRow)),
    fixes.map((fix) => el('p', {}, el('strong', {}, 'Fix: '), fix)),
    controls.length > 0 && el('p', { class: 'quiet' }, `Supports ${controls.join(', ')}`),
  );
}

/** What stops nothing, because it was there before. */
const KNOWN = el('div', { class: 'quiet' }, 'known: the baseline has it');

function placeRow(verdict: Verdict): readonly Html[] {
  const { stack, region, message, refused, known, source, file, type } = verdict;
  return [
    [whereOf(verdict), el('div', { class: 'quiet' }, type)],
    [stack, region !== undefined && el('div', { class: 'quiet' }, region)],
    [message, refused !== undefined && el('div', {}, `not accepted: ${refused}`), known === true && KNOWN],
    source === undefined ? file : `${source.file}:${source.line}`,
  ];
}
