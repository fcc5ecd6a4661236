import { isDeepStrictEqual } from 'node:util';
import { Duration } from 'aws-cdk-lib/core';
import { WALK_JOURNEY } from '../../lib/constructs/observe/detection/handler-bundles';
import { type JourneyStep, walkedSteps } from '../../lib/constructs/observe/detection/journey-steps';
import type { Problems } from './checks';
import { openShop } from './shop';
import { type ReportedStep, SyntheticsRuntime } from './synthetics-runtime';

/** A journey, and what the canary must say of it. */
interface Journey {
  readonly steps: (shop: string, gone: string) => readonly JourneyStep[];

  /** The steps that are reported, in order; `undefined` for one that passes, or what the reason must say. */
  readonly reported: readonly (readonly [name: string, failure?: RegExp])[];

  /** What the shop is asked. */
  readonly asked: readonly string[];
}

const last = (shop: string): JourneyStep => ({ name: 'leave', url: `${shop}/` });
const soon = Duration.millis(700);

/** What a canary must tell of a journey that goes well, and of all that goes wrong on the way. */
const JOURNEYS: Readonly<Record<string, Journey>> = {
  'a journey that goes well': {
    steps: (shop) => [
      { name: 'front page', url: `${shop}/`, inBrowser: true, expect: { text: 'Welcome' } },
      {
        name: 'buy',
        url: `${shop}/basket`,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"item":1}',
        expect: { status: 201, text: '"items":1' },
      },
      { name: 'stock', url: `${shop}/drawn`, inBrowser: true, expect: { text: '3 in stock' } },
      { name: 'old address', url: `${shop}/old`, expect: { status: 302 } },
    ],
    reported: [['front page'], ['buy'], ['stock'], ['old address']],
    asked: ['GET /', 'POST /basket', 'GET /drawn', 'GET /old'],
  },
  'a text that an answer does not contain': {
    steps: (shop) => [
      { name: 'front page', url: `${shop}/` },
      { name: 'greeting', url: `${shop}/`, expect: { text: 'Good evening' } },
      last(shop),
    ],
    reported: [['front page'], ['greeting', /^greeting: the answer does not contain Good evening$/]],
    asked: ['GET /', 'GET /'],
  },
  'a text that a page holds and does not show': {
    steps: (shop) => [
      { name: 'stock', url: `${shop}/hidden`, inBrowser: true, expect: { text: '3 in stock', within: soon } },
      last(shop),
    ],
    reported: [['stock', /^stock: the page does not show 3 in stock within 700 ms$/]],
    asked: ['GET /hidden'],
  },
  'a page that never comes': {
    steps: (shop) => [
      { name: 'front page', url: `${shop}/`, inBrowser: true },
      { name: 'pay', url: `${shop}/never`, inBrowser: true, expect: { within: soon } },
      last(shop),
    ],
    reported: [['front page'], ['pay', /^pay: not there within 700 ms$/]],
    asked: ['GET /', 'GET /never'],
  },
  'an answer that never comes': {
    steps: (shop) => [{ name: 'pay', url: `${shop}/never`, expect: { within: soon } }, last(shop)],
    reported: [['pay', /^pay: not there within 700 ms$/]],
    asked: ['GET /never'],
  },
  'a page that answers 500': {
    steps: (shop) => [
      { name: 'sorry', url: `${shop}/broken`, inBrowser: true, expect: { text: 'Welcome' } },
      last(shop),
    ],
    reported: [['sorry', /^sorry: the answer is 500, not 200$/]],
    asked: ['GET /broken'],
  },
  'a shop that is not there': {
    steps: (_, gone) => [{ name: 'front page', url: `${gone}/`, inBrowser: true }],
    reported: [['front page', /^front page: .*ERR_CONNECTION_REFUSED/]],
    asked: [],
  },
};

type Handler = () => Promise<void>;

/** The script of a canary, as it stands in the template. */
function scriptOn(runtime: SyntheticsRuntime): Handler {
  const module: { exports: { handler?: Handler } } = { exports: {} };
  const brought = (name: string): object => {
    if (name !== '@aws/synthetics-playwright') throw new Error(`the runtime brings no ${name}`);
    return { synthetics: runtime };
  };
  new Function('module', 'exports', 'require', WALK_JOURNEY)(module, module.exports, brought);
  if (!module.exports.handler) throw new Error('the script has no handler');
  return module.exports.handler;
}

/** A run fails when its script does: the reason, or nothing. */
async function run(steps: readonly JourneyStep[], runtime: SyntheticsRuntime): Promise<string | undefined> {
  process.env.STEPS = JSON.stringify(walkedSteps(steps));
  try {
    await scriptOn(runtime)();
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    delete process.env.STEPS;
  }
}

function wrongReport(steps: readonly ReportedStep[], { reported }: Journey): Problems {
  const asWanted =
    steps.length === reported.length &&
    reported.every(([name, failure], index) => {
      const { status, failureReason = '', ...step } = steps[index] ?? { name: '', status: 'PASSED' };
      const right = failure ? status === 'FAILED' && failure.test(failureReason) : status === 'PASSED';
      return step.name === name && right;
    });
  return asWanted ? [] : [`it reports ${JSON.stringify(steps)}`];
}

async function walked(journey: Journey): Promise<Problems> {
  const shop = await openShop();
  const gone = await openShop();
  await gone.close();
  const runtime = new SyntheticsRuntime();
  try {
    const reason = await run(journey.steps(shop.url, gone.url), runtime);
    const mustFail = journey.reported.some(([, failure]) => failure);
    return [
      ...wrongReport(runtime.steps, journey),
      ...((reason !== undefined) === mustFail ? [] : [`the run ${reason ?? 'does not fail'}`]),
      ...(isDeepStrictEqual(shop.asked, journey.asked) ? [] : [`the shop is asked ${shop.asked.join(', ')}`]),
      ...(runtime.open ? ['the browser stays open'] : []),
    ];
  } finally {
    await runtime.close();
    await shop.close();
  }
}

/** The script of `UserJourney`, in a browser, on a shop of this machine. */
export async function walkedJourneys(tell: (what: string, problems: Problems) => void): Promise<void> {
  for (const [name, journey] of Object.entries(JOURNEYS)) tell(`journey: ${name}`, await walked(journey));
}
