/** What Lambda gives back of a call, and what the function wrote. */
export interface Called<T> {
  readonly answer: T | undefined;

  /** What it failed with, so that Lambda tries again. */
  readonly failure: unknown;

  /** Its log: each line is one value of JSON. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

/** A function as Lambda calls it: the event, and the call. */
type Handler<Event, T> = (event: Event, calling?: { readonly awsRequestId: string }) => Promise<T>;

/**
 * Calls a function as Lambda does, once, with its environment. The clients are those of the SDK; whoever calls says what AWS
 * answers, by the mock of the SDK.
 */
export async function called<Event, T>(
  handler: Handler<Event, T>,
  event: Event,
  environment: Readonly<Record<string, string>> = {},
): Promise<Called<T>> {
  const known = { ...process.env };
  const written: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(String(line));
    return true;
  });
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', SERVICE: 'shop', ...environment });
  try {
    const [result] = await Promise.allSettled([handler(event, { awsRequestId: 'call-1' })]);
    const lines = written.join('').split('\n').filter(Boolean);
    return {
      answer: result.status === 'fulfilled' ? result.value : undefined,
      failure: result.status === 'rejected' ? result.reason : undefined,
      lines: lines.map((line) => JSON.parse(line)),
    };
  } finally {
    spy.mockRestore();
    process.env = known;
  }
}

/** An error of AWS as the SDK throws it. */
export function fault<T extends Error>(
  Fault: new (options: { readonly message: string; readonly $metadata: object }) => T,
): T {
  return new Fault({ message: 'no', $metadata: { httpStatusCode: 400 } });
}

/** AWS asks for patience, and the SDK has lost its own. */
export const throttled = (): Error =>
  Object.assign(new Error('Rate exceeded'), {
    name: 'ThrottlingException',
    $retryable: { throttling: true },
  });
