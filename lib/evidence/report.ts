import { labelOf } from '../assessment/stages';
import { topologyOf } from '../assessment/topology';
import { groupBy } from './group-by';
import { assumptionsOf } from './html/assumptions';
import { controlsSection } from './html/controls';
import { el, type Html, htmlOf } from './html/element';
import { findingBlock, findingBlocks, findingsHead } from './html/findings';
import { othersOf } from './html/others';
import { type Look, pageEnd, pageStart } from './html/page';
import { registerSection } from './html/register';
import { unknownsOf } from './html/unknowns';
import { alarmsSection } from './report/alarms';
import { fixesOf } from './report/fixes';
import type { ReportEvidence, ServicePart } from './report/report-evidence';
import { scorecard } from './report/scorecard';
import { REPORT_SCRIPT } from './report/script';
import { serviceSection } from './report/service';
import { REPORT_STYLE } from './report/style';

const LOOK: Look = { style: REPORT_STYLE, script: REPORT_SCRIPT };

/** Renders an assessment with its audit as one page that needs nothing beside it, and no script to be read. */
export function* report({
  audit,
  assessment,
  alarms = [],
  incidents,
  measured,
}: ReportEvidence): Generator<string> {
  const parts = assessment.services.map((assessed, index): ServicePart => {
    const events = assessed.availability.shares.map(({ event }, place) => [event.id, place] as const);
    const topology = topologyOf(assessed.availability);
    return { assessed, topology, id: `service-${index + 1}`, events: new Map(events) };
  });
  const blocks = findingBlocks(audit);
  const fixOf = fixesOf(audit, blocks);
  const watched = alarmsSection(alarms);
  const by = { audit, ...(incidents && { incidents }), ...(measured && { measured }) };
  yield pageStart('Availability report', LOOK);
  yield htmlOf(
    el('a', { class: 'skip', href: '#main' }, 'To the content'),
    headerOf(audit, measured !== undefined),
    contents(parts, watched !== undefined),
  );
  yield `\n<main id="main">\n${htmlOf(scorecard(parts, audit))}`;
  for (const part of parts) {
    yield `\n<section id="${part.id}" class="service" aria-labelledby="${part.id}-heading">`;
    for (const piece of serviceSection(part, fixOf, by)) yield `\n${htmlOf(piece)}`;
    yield '\n</section>';
  }
  if (watched !== undefined) yield `\n${htmlOf(watched)}`;
  yield* findings(audit, blocks);
  yield `\n${htmlOf(unknownsOf(audit), registerSection(audit), controlsSection(audit, blocks))}`;
  yield `\n${htmlOf(othersOf(audit), assumptionsOf(audit))}\n</main>`;
  yield pageEnd(LOOK);
}

function* findings(
  audit: ReportEvidence['audit'],
  blocks: ReturnType<typeof findingBlocks>,
): Generator<string> {
  const rules = new Map(audit.rules.map((rule) => [rule.id, rule]));
  yield `\n<section id="findings" aria-labelledby="findings-heading">${htmlOf(findingsHead(blocks))}`;
  for (const [service, own] of groupBy(blocks, (block) => block.service)) {
    yield `\n${htmlOf(el('h3', {}, service))}`;
    for (const block of own) yield `\n${htmlOf(findingBlock(block, rules))}`;
  }
  yield '\n</section>';
}

function headerOf({ version, at, result }: ReportEvidence['audit'], isMeasured: boolean): Html {
  const apps = [...new Set(result.verdicts.map(({ app }) => app))].sort();
  const day = at.toISOString().slice(0, 10);
  return el(
    'header',
    {},
    el('h1', {}, 'Availability report'),
    el(
      'p',
      { class: 'quiet' },
      apps.length > 0 && `${apps.join(', ')}; `,
      `cdk-nines ${version}, `,
      el('time', { datetime: day }, day),
      isMeasured
        ? '. From templates: what the design allows, and no measurement but what is said to be measured.'
        : '. From templates, before a deploy: what the design allows, and no measurement.',
    ),
  );
}

function contents(parts: readonly ServicePart[], hasAlarms: boolean): Html {
  const links: readonly (readonly [string, string])[] = [
    ['scorecard', 'Scorecard'],
    ...parts.map(({ id, assessed }) => [id, labelOf(assessed.service)] as const),
    ...(hasAlarms ? [['alarms', 'Alarms'] as const] : []),
    ['findings', 'Findings'],
    ['unknown', 'Unknown'],
    ['register', 'Accepted risks'],
    ['controls', 'Controls'],
    ['assumptions', 'Assumptions of the audit'],
  ];
  return el(
    'nav',
    { 'aria-label': 'Contents' },
    el(
      'ul',
      {},
      links.map(([id, name]) => el('li', {}, el('a', { href: `#${id}` }, name))),
    ),
  );
}
