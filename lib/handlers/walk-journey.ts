/** A step, as the environment of the canary holds it. */
export interface WalkedStep {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly browser?: boolean;

  /** The status that is expected. */
  readonly status: number;

  /** What the answer must contain. */
  readonly text?: string;

  /** Milliseconds until the answer must be there. */
  readonly within: number;
}

interface Answer {
  status(): number;
  text(): Promise<string>;
}

interface Page {
  goto(url: string, options: object): Promise<Answer | null>;
  getByText(text: string): { first(): { waitFor(options: object): Promise<void> } };
  readonly request: { fetch(url: string, options: object): Promise<Answer> };
}

/** What the runtime of the canary brings along. */
export interface Synthetics {
  launch(): Promise<unknown>;
  newPage(browser: unknown): Promise<Page>;
  executeStep(name: string, step: () => Promise<void>): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Walks a journey in one browser, so that a step has the cookies of those before it. The first step that fails ends it.
 *
 * The steps are data: nothing in them is ever run.
 */
export async function walkJourney(
  steps: readonly WalkedStep[],
  synthetics: Synthetics,
  now: () => number = Date.now,
): Promise<void> {
  try {
    const page = await synthetics.newPage(await synthetics.launch());
    for (const step of steps) await synthetics.executeStep(step.name, () => take(step, page, now));
  } finally {
    await synthetics.close();
  }
}

async function take(step: WalkedStep, page: Page, now: () => number): Promise<void> {
  const { name, url, status, text, within } = step;
  const since = now();
  const answer = await inTime(
    step,
    'not there',
    step.browser ? page.goto(url, { timeout: within, waitUntil: 'load' }) : ask(step, page),
  );
  const got = answer?.status();
  if (got !== status) throw new Error(`${name}: the answer is ${got}, not ${status}`);
  if (text === undefined) return;
  if (step.browser) {
    // A page may draw what it shows after it was loaded, in the time that is left to it; 0 would be for ever.
    const timeout = Math.max(1, within - (now() - since));
    const shown = page.getByText(text).first().waitFor({ state: 'visible', timeout });
    return inTime(step, `the page does not show ${text}`, shown);
  }
  if (!(await answer?.text())?.includes(text))
    throw new Error(`${name}: the answer does not contain ${text}`);
}

/** Playwright tells of its own calls, over many lines: who is paged reads which step it was, and what was awaited. */
async function inTime<T>({ name, within }: WalkedStep, late: string, waiting: Promise<T>): Promise<T> {
  try {
    return await waiting;
  } catch (error) {
    const [said = ''] = String((error as Error).message ?? error).split('\n');
    throw new Error(`${name}: ${/timeout/i.test(said) ? `${late} within ${within} ms` : said}`, {
      cause: error,
    });
  }
}

function ask({ method, url, headers, body, within }: WalkedStep, page: Page): Promise<Answer> {
  return page.request.fetch(url, {
    method,
    timeout: within,
    // A redirect is an answer: who expects 302 must see it.
    maxRedirects: 0,
    ...(headers && { headers }),
    ...(body !== undefined && { data: body }),
  });
}

export const handler = (): Promise<void> => {
  // The runtime of a canary brings it along, as that of Lambda does the SDK.
  const { synthetics } = require('@aws/synthetics-playwright') as { synthetics: Synthetics };
  return walkJourney(JSON.parse(process.env.STEPS ?? '[]') as WalkedStep[], synthetics);
};
