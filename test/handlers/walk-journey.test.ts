import { type Synthetics, type WalkedStep, walkJourney } from '../../lib/handlers/walk-journey';

const step = (rest: Partial<WalkedStep> = {}): WalkedStep => ({
  name: 'front page',
  method: 'GET',
  url: 'https://shop.example.com/',
  status: 200,
  within: 10_000,
  ...rest,
});

/** A browser that answers every request alike, and tells what was asked of it. */
function browser(status = 200, body = 'Welcome') {
  const said: unknown[] = [];
  const answer = { status: () => status, text: async () => body };
  const page = {
    goto: async (url: string, options: object) => {
      said.push(['goto', url, options]);
      return answer;
    },
    getByText: (text: string) => ({
      first: () => ({
        waitFor: async (options: object) => {
          said.push(['waitFor', text, options]);
        },
      }),
    }),
    request: {
      fetch: async (url: string, options: object) => {
        said.push(['fetch', url, options]);
        return answer;
      },
    },
  };
  const synthetics: Synthetics = {
    launch: async () => 'browser',
    newPage: async () => page,
    executeStep: async (name, take) => {
      said.push(['step', name]);
      await take();
    },
    close: async () => {
      said.push(['close']);
    },
  };
  return { synthetics, said };
}

it('takes every step in order, and closes the browser', async () => {
  const { synthetics, said } = browser();
  const pay = step({ name: 'pay', method: 'POST', body: '{"a":1}', headers: { 'content-type': 'a/json' } });
  await walkJourney([step(), pay], synthetics);
  expect(said).toEqual([
    ['step', 'front page'],
    ['fetch', 'https://shop.example.com/', { method: 'GET', timeout: 10_000, maxRedirects: 0 }],
    ['step', 'pay'],
    [
      'fetch',
      'https://shop.example.com/',
      {
        method: 'POST',
        timeout: 10_000,
        maxRedirects: 0,
        headers: { 'content-type': 'a/json' },
        data: '{"a":1}',
      },
    ],
    ['close'],
  ]);
});

it('opens a page and waits until a text is seen', async () => {
  const { synthetics, said } = browser();
  await walkJourney([step({ browser: true, text: 'Basket' })], synthetics, () => 0);
  expect(said).toContainEqual(['waitFor', 'Basket', { state: 'visible', timeout: 10_000 }]);
});

it('fails when the status is another, and still closes the browser', async () => {
  const { synthetics, said } = browser(503);
  await expect(walkJourney([step(), step({ name: 'pay' })], synthetics)).rejects.toThrow(
    'front page: the answer is 503, not 200',
  );
  expect(said).toContainEqual(['close']);
  expect(said).not.toContainEqual(['step', 'pay']);
});

it('fails when the text is missing', async () => {
  const { synthetics } = browser();
  await expect(walkJourney([step({ text: 'Basket' })], synthetics)).rejects.toThrow(
    'front page: the answer does not contain Basket',
  );
});

it('runs nothing that a step says', async () => {
  const { synthetics, said } = browser();
  const evil = '`${process.exit(1)}`";process.exit(1);//';
  await walkJourney([step({ name: evil, text: undefined as never, body: evil })], synthetics);
  expect(said[0]).toEqual(['step', evil]);
});

it('gives a text only the time that the page has left', async () => {
  const { synthetics, said } = browser();
  const clock = [0, 4_000];
  await walkJourney([step({ browser: true, text: 'Basket' })], synthetics, () => clock.shift() ?? 0);
  expect(said).toContainEqual(['waitFor', 'Basket', { state: 'visible', timeout: 6_000 }]);
});

it('still looks for a text when the page took all the time', async () => {
  const { synthetics, said } = browser();
  const clock = [0, 10_000];
  await walkJourney([step({ browser: true, text: 'Basket' })], synthetics, () => clock.shift() ?? 0);
  expect(said).toContainEqual(['waitFor', 'Basket', { state: 'visible', timeout: 1 }]);
});
