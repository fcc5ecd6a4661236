import type { Page } from 'playwright-core';

/** What is wrong; empty where all is well. */
export type Problems = readonly string[];

/** A person with a keyboard goes to a place, loses it, and hears what is left. */
export async function keyboardPath(page: Page): Promise<Problems> {
  const before = await said(page);
  const button = await tabTo(page, 'zone eu-west-1a');
  if (!button) return ['no press of Tab leads to the button of zone eu-west-1a'];
  await page.keyboard.press('Enter');
  const after = await said(page);
  const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
  await tabTo(page, 'zone eu-west-1a', 'Shift+Tab');
  return [
    ...(after === before ? ['Enter does not change what is said'] : []),
    ...(after.startsWith('Without zone eu-west-1a the service') ? [] : [`it says: ${after}`]),
    ...((await pressed(page)) === 'zone eu-west-1a' ? [] : ['the button does not say that it is pressed']),
    ...((await visibleMarks(page)) > 0 ? [] : ['the picture does not show what is lost']),
    ...(outline === 'none' ? ['the focus cannot be seen'] : []),
  ];
}

/** A person with a mouse loses a zone in the picture, and gets it back. */
export async function mousePath(page: Page): Promise<Problems> {
  await page.locator('.losses .lose button').first().click();
  const zone = page.locator('.picture.wide .zone.handle text').first();
  await zone.click();
  const lost = await said(page);
  await page.locator('.picture.wide .zone.handle text.gone').first().click();
  return [
    ...(lost.startsWith('Without zone') ? [] : [`a click on a zone says: ${lost}`]),
    ...((await said(page)).startsWith('Nothing is lost') ? [] : ['a second click does not bring it back']),
  ];
}

/** From a figure to the terms it is made of, and on to the event with its sources: two clicks. */
export async function twoClicks(page: Page): Promise<Problems> {
  const figure = page.locator('#service-1 .lead .trace').first();
  await figure.locator('summary').click();
  const link = figure.locator('a[href^="#service-1-e"]').first();
  const target = await link.getAttribute('href');
  await link.click();
  const row = page.locator(`tr:has(${target})`);
  const text = (await row.isVisible()) ? ((await row.textContent()) ?? '') : '';
  return /assumed|documented|secondary/.test(text) ? [] : [`${target} shows no source: ${text}`];
}

const LEVELS = ['error', 'warning', 'info'];

/** Words and levels hide findings, and it is said how many are left. */
export async function filterPath(page: Page): Promise<Problems> {
  const shown = () => page.locator('#filter output').textContent();
  const visible = () => page.locator('.finding:visible').count();
  const all = await visible();
  await page.locator('#filter [name=words]').fill('no finding has these words');
  const none = await visible();
  const words = await shown();
  await page.locator('#filter [name=words]').fill('');
  for (const level of LEVELS) await page.locator(`#filter [value=${level}]`).uncheck();
  const noLevel = await visible();
  for (const level of LEVELS) await page.locator(`#filter [value=${level}]`).check();
  return [
    ...(all > 0 && none === 0 ? [] : [`words leave ${none} of ${all}`]),
    ...(words === `0 of ${all} shown` ? [] : [`it says: ${words}`]),
    ...(noLevel === 0 ? [] : [`${noLevel} are shown at no level`]),
  ];
}

/** Nothing is wider than the screen, and no text of a picture leaves its box. */
export async function fits(page: Page): Promise<Problems> {
  const over = (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number;
  const leaving = (await page.evaluate(`[...document.querySelectorAll('.box')].flatMap((box) => {
    const area = box.querySelector('.box-area').getBoundingClientRect();
    return [...box.querySelectorAll('text')].filter((text) => {
      const own = text.getBoundingClientRect();
      return own.width > 0 && (own.left < area.left - 1 || own.right > area.right + 1 || own.bottom > area.bottom + 1);
    }).map((text) => text.textContent);
  })`)) as readonly string[];
  return [
    ...(over > 0 ? [`the page is ${over} px wider than the screen`] : []),
    ...leaving.map((text) => `leaves its box: ${text}`),
  ];
}

/** On paper there is no button, the lists behind the figures are open, and it is light. */
export async function paper(page: Page): Promise<Problems> {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const pages = await page.pdf({ format: 'A4' });
  const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  const buttons = await page.locator('.lose:visible').count();
  const told = await page.getByText('What each loss leaves').first().isVisible();
  const screen = page.viewportSize();
  // A4 with the margins that browsers leave.
  await page.setViewportSize({ width: 720, height: 1050 });
  const cut = (await page.evaluate(`[...document.querySelectorAll('.scroll')]
    .filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent.slice(0, 60))`)) as string[];
  if (screen) await page.setViewportSize(screen);
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  const closed = await page.locator('details:not(.trace):not([open]), .recovery details:not([open])').count();
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  await page.emulateMedia({ media: null, colorScheme: null });
  return [
    ...(pages.length > 10_000 ? [] : ['the PDF is empty']),
    ...(background === 'rgb(255, 255, 255)' ? [] : [`paper is ${background}`]),
    ...(buttons === 0 ? [] : ['there are buttons on paper']),
    ...(told ? [] : ['losses are not told on paper']),
    ...cut.map((table) => `is cut off on paper: ${table}`),
    ...(closed === 0 ? [] : [`${closed} details stay closed on paper`]),
  ];
}

/** Without a script nothing is offered that would need one, and everything is told. */
export async function withoutScript(page: Page): Promise<Problems> {
  const dead = await page.locator('.lose:visible, .said:visible, #filter:visible').count();
  const told = await page.locator('table:has(caption:text("What each loss leaves"))').first().isVisible();
  return [
    ...(dead > 0 ? ['a script is needed for what is shown'] : []),
    ...(told ? [] : ['no loss is told']),
  ];
}

async function tabTo(page: Page, words: string, key = 'Tab'): Promise<boolean> {
  for (let press = 0; press < 100; press++) {
    if ((await page.evaluate('document.activeElement?.textContent')) === words) return true;
    await page.keyboard.press(key);
  }
  return false;
}

async function said(page: Page): Promise<string> {
  return (await page.locator('.said').first().textContent()) ?? '';
}

async function pressed(page: Page): Promise<string> {
  return (await page.locator('.losses').first().locator('.lose [aria-pressed=true]').textContent()) ?? '';
}

function visibleMarks(page: Page): Promise<number> {
  return page.locator('.picture text.gone:visible').count();
}
