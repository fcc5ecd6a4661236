import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { audit } from '../../lib/audit/engine';
import { RULES } from '../../lib/audit/rules';
import { report } from '../../lib/evidence/report';
import { assessedApp, hostileApp } from '../evidence/assessed-app';
import { SynthesisedApp } from '../support/example-app';
import { opened, seriousViolations, systemBrowser } from './browser';
import * as checks from './checks';
import { walkedJourneys } from './journeys';
import { everyNumber } from './traced';

const EXAMPLES = ['active-passive', 'active-active', 'brownfield'];

/** The one that has something to find. */
const WITH_FINDINGS = 'brownfield';
const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [1280, 360];

let failures = 0;

function tell(what: string, problems: checks.Problems): void {
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${what}`);
  for (const problem of problems) console.log(`     ${problem}`);
  failures += problems.length;
}

/** The report of an example, as a file. */
function pageOf(example: string, folder: string): string {
  const app = new SynthesisedApp(`examples/${example}`);
  try {
    const result = app.audit();
    const audit = { result, rules: RULES, version: '0.0.0', at: new Date('2026-11-22T10:00:00Z') };
    const file = join(folder, `${example}.html`);
    writeFileSync(file, [...report({ audit, assessment: app.assess() })].join(''));
    return file;
  } finally {
    app.remove();
  }
}

/** What a person does with one page, on a wide screen. */
async function used(browser: Browser, file: string, name: string): Promise<void> {
  const { page, problems } = await opened(browser, file);
  tell(`${name}: a zone is lost with the keyboard`, await checks.keyboardPath(page));
  tell(`${name}: a zone is lost with the mouse`, await checks.mousePath(page));
  tell(`${name}: a figure is traced in two clicks`, await checks.twoClicks(page));
  const walked = await everyNumber(page);
  tell(`${name}: ${walked.count} figures lead to terms and sources in two clicks`, [
    ...walked.problems,
    ...(walked.count > 100 ? [] : ['there are hardly any figures']),
  ]);
  // A sound example has no finding, and nothing to filter them by.
  if (name === WITH_FINDINGS) tell(`${name}: findings are filtered`, await checks.filterPath(page));
  tell(`${name}: it goes to paper`, await checks.paper(page));
  tell(`${name}: no console message, no error, no request`, problems);
  await page.context().close();
  const plain = await opened(browser, file, { javaScriptEnabled: false });
  tell(`${name}: it is read without a script`, await checks.withoutScript(plain.page));
  await plain.page.context().close();
}

/** How one page looks, and what axe says of it, on one screen. */
async function looked(page: Page, shot: string): Promise<checks.Problems> {
  const closed = await checks.fits(page);
  await page.locator('#scorecard').screenshot({ path: `${shot}-scorecard.png` });
  await page.locator('.lose button').nth(1).click();
  await page
    .locator('.losses')
    .first()
    .screenshot({ path: `${shot}-topology.png` });
  await page.locator('.recovery').last().scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${shot}-recovery.png` });
  await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
  return [...closed, ...(await checks.fits(page)), ...(await seriousViolations(page))];
}

/** What people put into names does nothing but stand there. */
async function attacked(browser: Browser, folder: string): Promise<void> {
  const { graph, assessment } = assessedApp(hostileApp());
  const result = audit([graph], { rules: RULES });
  const given = { result, rules: RULES, version: '0.0.0', at: new Date('2026-11-22T10:00:00Z') };
  const file = join(folder, 'hostile.html');
  writeFileSync(file, [...report({ audit: given, assessment })].join(''));
  const { page, problems } = await opened(browser, file);
  for (const button of await page.locator('.lose button').all()) await button.click();
  tell('hostile names: nothing runs, nothing is asked for', problems);
  tell('hostile names: nothing leaves its place', await checks.fits(page));
  await page.context().close();
}

async function main(): Promise<void> {
  const kept = process.env.SCREENSHOTS;
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'nines-browser-'));
  const browser = await systemBrowser();
  try {
    for (const example of EXAMPLES) {
      const file = pageOf(example, folder);
      await used(browser, file, example);
      for (const colorScheme of SCHEMES)
        for (const width of WIDTHS) {
          const viewport = { width, height: 900 };
          const { page } = await opened(browser, file, { colorScheme, viewport, bypassCSP: true });
          const shot = join(folder, `${example}-${colorScheme}-${width}`);
          tell(
            `${example}: ${colorScheme}, ${width} px: axe, nothing leaves its place`,
            await looked(page, shot),
          );
          await page.context().close();
        }
    }
    await attacked(browser, folder);
    await walkedJourneys(tell);
  } finally {
    await browser.close();
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
  console.log(
    `${failures === 0 ? 'all well' : `${failures} problems`}${kept === undefined ? '; set SCREENSHOTS to a folder to look' : ''}`,
  );
  process.exitCode = failures === 0 ? 0 : 1;
}

void main();
