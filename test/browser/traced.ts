import type { Page } from 'playwright-core';
import type { Problems } from './checks';

/**
 * What a person can reach from every figure of a page: each is a number with its unit, or a fraction. Runs in the page: a
 * click is one on a figure that opens, on a link, or on a box of a picture.
 */
const WALK = String.raw`(() => {
  const FIGURE = /(?<![\w\/.#-])(?:\d[\d,]*(?:\.\d+)?(?:e-?\d+)?)\s?(?:%|min|ms|s|h|d|days?|hours?|minutes?)(?![\w-])|(?<![\w\/.#-])0\.\d+(?![\w.])|(?<![\w\/.#-])\d(?:\.\d+)?e-\d+/g;
  const SOURCE = /assum|documented|unverified|secondary|set by the user|as the app sets it|the contract|Declared with the service/;
  const spoken = (element) => (element ? element.textContent.replace(/\s+/g, ' ') : '');
  const told = (element) => Boolean(element) && SOURCE.test(spoken(element));
  const targetOf = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const landing = (target) => target && (target.closest('tr') || target.closest('.recovery') || target);
  const click = (element) => element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window }));
  const opens = (trace) => {
    trace.open = false;
    click(trace.querySelector('summary'));
    const open = trace.open;
    const shown = trace.querySelector('div');
    const links = [...shown.querySelectorAll('a[href^="#"]')];
    const ok = open && (told(shown) || links.some((link) => { click(link); return told(landing(targetOf(link))); }));
    trace.open = false;
    return ok;
  };
  const byLink = (link, figure) => {
    click(link);
    const place = landing(targetOf(link));
    if (told(place) && place.tagName === 'TR') return true;
    return [...(place ? place.querySelectorAll('details.trace') : [])].some((trace) =>
      spoken(trace.querySelector('summary')).includes(figure) && opens(trace));
  };
  const byBox = (box, figure) => {
    click(box);
    const row = document.activeElement.closest('tr');
    return Boolean(row) && [...row.querySelectorAll('details.trace')].some((trace) =>
      (spoken(trace.querySelector('summary')).includes(figure) || spoken(row).includes(figure)) && opens(trace));
  };
  const ways = (node, figure) => {
    const at = node.parentElement;
    const trace = at.closest('summary') && at.closest('details.trace');
    if (trace) return opens(trace) || told(at.closest('tr'));
    const link = at.closest('a[href^="#"]');
    if (link) return byLink(link, figure);
    const box = at.closest('.box');
    if (box) return byBox(box, figure);
    const said = at.closest('.said');
    if (said) return [...said.parentElement.querySelectorAll('.said-of a')].some((each) => byLink(each, figure));
    const near = at.closest('.recovery');
    const around = near ? [...near.querySelectorAll('details.trace')] : [];
    // Why a recovery is too slow stands below its figures, in the words of the audit: 178 h are 7 d 10 h.
    const same = (each) => at.closest('.because') || spoken(each).includes(figure);
    return told(at.closest('tr, li')) || around.some((each) => same(each) && opens(each));
  };
  const found = { count: 0, problems: [] };
  // What a loss is said to come to has figures, too.
  for (const box of document.querySelectorAll('.losses')) click(box.querySelector('.lose button[data-stops=yes]') || box);
  for (const part of document.querySelectorAll('#scorecard, section.service')) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      // What a figure opens to is its explanation; a title of a shape is a name.
      if (node.parentElement.closest('.trace > div, title, .picture.narrow')) continue;
      for (const [figure] of node.textContent.matchAll(FIGURE)) {
        found.count += 1;
        if (!ways(node, figure)) found.problems.push(figure + ' in: ' + spoken(node.parentElement).slice(0, 160));
      }
    }
  }
  return found;
})()`;

/** From every figure of the scorecard and of each service, at most two clicks lead to its terms, source and confidence. */
export async function everyNumber(
  page: Page,
): Promise<{ readonly count: number; readonly problems: Problems }> {
  return (await page.evaluate(WALK)) as { readonly count: number; readonly problems: Problems };
}
