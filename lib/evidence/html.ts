import type { Evidence, Renderer } from './evidence';
import { groupBy } from './group-by';
import { assumptionsOf } from './html/assumptions';
import { controlsSection } from './html/controls';
import { el, htmlOf } from './html/element';
import { findingBlock, findingBlocks, findingsHead } from './html/findings';
import { othersOf, passesOf } from './html/others';
import { pageEnd, pageStart } from './html/page';
import { registerSection } from './html/register';
import { headerOf, summaryOf } from './html/summary';
import { unknownsOf } from './html/unknowns';

/** Renders an audit as one page that needs nothing beside it: no network, and no script to be read. */
export const html: Renderer = (evidence) => pagesOf(evidence);

function* pagesOf(evidence: Evidence): Generator<string> {
  const blocks = findingBlocks(evidence);
  const rules = new Map(evidence.rules.map((rule) => [rule.id, rule]));
  yield pageStart('Availability audit');
  yield htmlOf(
    el('a', { class: 'skip', href: '#main' }, 'To the content'),
    headerOf(evidence),
    contents(evidence),
  );
  yield '\n<main id="main">\n';
  yield `${htmlOf(summaryOf(evidence))}\n<section id="findings" aria-labelledby="findings-heading">`;
  yield htmlOf(findingsHead(blocks));
  for (const [service, own] of groupBy(blocks, (block) => block.service)) {
    yield `\n${htmlOf(el('h3', {}, service))}`;
    for (const block of own) yield `\n${htmlOf(findingBlock(block, rules))}`;
  }
  yield `\n</section>\n${htmlOf(unknownsOf(evidence))}\n${htmlOf(registerSection(evidence))}`;
  yield `\n${htmlOf(controlsSection(evidence, blocks))}`;
  yield `\n${htmlOf(othersOf(evidence), passesOf(evidence), assumptionsOf(evidence))}`;
  yield '\n</main>';
  yield pageEnd();
}

function contents({ others = [], all = false }: Evidence): ReturnType<typeof el> {
  const parts: readonly (readonly [string, string])[] = [
    ['summary', 'Summary'],
    ['findings', 'Findings'],
    ['unknown', 'Unknown'],
    ['register', 'Register of accepted risks'],
    ['controls', 'Controls'],
    ...(others.length > 0 ? [['others', 'Other tools'] as const] : []),
    ...(all ? [['passes', 'Passes'] as const] : []),
    ['assumptions', 'Assumptions'],
  ];
  return el(
    'nav',
    { 'aria-label': 'Contents' },
    el(
      'ul',
      {},
      parts.map(([id, name]) => el('li', {}, el('a', { href: `#${id}` }, name))),
    ),
  );
}
