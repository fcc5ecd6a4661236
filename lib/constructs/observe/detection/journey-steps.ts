import { type Duration, Token } from 'aws-cdk-lib/core';
import { type Mistake, missing, quoted, repeated } from '../../../objectives/mistakes';

/** What the answer to a step must be. */
export interface JourneyExpectation {
  /**
   * The status code of HTTP.
   *
   * @default 200
   */
  readonly status?: number;

  /**
   * A text that it contains; with `inBrowser`, that the page shows.
   *
   * @default - any answer will do
   */
  readonly text?: string;

  /**
   * When it must be there.
   *
   * @default Duration.seconds(10)
   */
  readonly within?: Duration;
}

/** One step of a journey: something that a user asks, and the answer that is expected. */
export interface JourneyStep {
  /** What the user does, in a report: `front page`. */
  readonly name: string;

  /** What is asked, over HTTPS. */
  readonly url: string;

  /**
   * How it is asked.
   *
   * @default GET
   */
  readonly method?: string;

  /**
   * Headers that are sent along. They end up in the template: no secrets.
   *
   * @default - those of the browser
   */
  readonly headers?: Readonly<Record<string, string>>;

  /**
   * What is sent. It ends up in the template: no secrets.
   *
   * @default - nothing
   */
  readonly body?: string;

  /**
   * Whether a page is opened, with its scripts, rather than one request sent.
   *
   * @default false
   */
  readonly inBrowser?: boolean;

  /**
   * What the answer must be.
   *
   * @default - status 200 within 10 seconds
   */
  readonly expect?: JourneyExpectation;
}

/** Until an answer must be there. @internal */
export const ANSWER_MILLISECONDS = 10_000;

/** All variables of a canary together: 4 KB, and their names count. */
const MOST_CHARACTERS = 4_000;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Steps as the canary reads them. They are data: the script is the same for all journeys. @internal */
export function walkedSteps(steps: readonly JourneyStep[]) {
  return steps.map(({ name, url, method = 'GET', headers, body, inBrowser, expect = {} }) => ({
    name,
    method,
    url,
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
    ...(inBrowser && { browser: true }),
    status: expect.status ?? 200,
    ...(expect.text !== undefined && { text: expect.text }),
    within: expect.within?.toMilliseconds() ?? ANSWER_MILLISECONDS,
  }));
}

/** What cannot be walked. @internal */
export function stepMistakes(steps: readonly JourneyStep[]): Mistake[] {
  if (steps.length === 0)
    return [{ problem: 'the journey has no steps', fix: 'name at least one step in steps' }];
  const unnamed = steps.flatMap((step, index) =>
    missing(step, 'name', 'url').map(({ problem, fix }) => ({
      problem: `${problem} in step ${index + 1}`,
      fix,
    })),
  );
  if (unnamed.length > 0) return unnamed;
  const length = JSON.stringify(walkedSteps(steps)).length;
  return [
    ...repeated(steps.map(({ name }) => name)).map((name) => ({
      problem: `two steps are called ${quoted(name)}`,
      fix: 'give each step a name of its own',
    })),
    ...steps.flatMap(stepMistake),
    ...(length > MOST_CHARACTERS
      ? [
          {
            problem: `the steps take ${length} characters, and a canary takes ${MOST_CHARACTERS}`,
            fix: 'split the journey in two, or send less',
          },
        ]
      : []),
  ];
}

function stepMistake({
  name,
  url,
  method = 'GET',
  headers = {},
  inBrowser,
  body,
  expect,
}: JourneyStep): Mistake[] {
  const of = `step ${quoted(name)}`;
  const mistakes = urlMistakes(of, url);
  if (!METHODS.includes(method))
    mistakes.push({ problem: `${of} asks by ${quoted(method)}`, fix: `use one of ${METHODS.join(', ')}` });
  if (inBrowser && (method !== 'GET' || body !== undefined || Object.keys(headers).length > 0))
    mistakes.push({
      problem: `${of} opens a page by ${method} with headers or a body`,
      fix: 'leave out method, headers and body, or inBrowser',
    });
  for (const header of Object.keys(headers).filter((each) => SECRETS.test(each)))
    mistakes.push({
      problem: `${of} sends the header ${header}, which would stand in the template for all to read`,
      fix: 'walk a way that needs no secret: a page of its own for the journey, or a test account without rights',
    });
  const status = expect?.status ?? 200;
  if (!(Number.isInteger(status) && status >= 100 && status <= 599))
    mistakes.push({ problem: `${of} expects the status ${status}`, fix: 'expect one of 100 to 599' });
  return mistakes;
}

const SECRETS = /^(authorization|proxy-authorization|cookie|x-api-key)$/i;

function urlMistakes(of: string, url: string): Mistake[] {
  // An address that deploy fills in cannot be read here; that it is asked over HTTPS can.
  const readable = Token.isUnresolved(url) ? url.replace(/\$\{Token\[[^\]]*\]\}/g, 'known-at-deploy') : url;
  const parsed = URL.canParse(readable) ? new URL(readable) : undefined;
  if (parsed?.protocol !== 'https:')
    return [{ problem: `${of} asks ${quoted(url)}`, fix: 'write an address that begins with https://' }];
  if (parsed.username !== '' || parsed.password !== '')
    return [
      {
        problem: `${of} has a user or a password in its address`,
        fix: 'leave them out: templates are read by many',
      },
    ];
  return [];
}
