import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from '../clients';
import { run } from '../processes';

const MODULES = join(__dirname, '..', '..', '..', 'node_modules');

/** Where functions run, and what they take for AWS. */
export interface Account {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;

  /** A folder for their code. */
  readonly folder: string;
}

/** What a function calls that the emulator has not. */
export interface Beside {
  /** Where all pages are that it reads. @default - the emulator, as there is nothing to read */
  readonly pages?: string;

  /** Where Systems Manager is. @default - the emulator */
  readonly systems?: string;
}

/** A function as it was deployed, and what calls it. */
export interface Invocation extends Beside {
  readonly code: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: unknown;
}

/** What a function said. */
export interface Said {
  readonly result: unknown;

  /** What it wrote to its log, line by line. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

/** What Lambda does around the code: it calls the handler once. Addresses out there are of this machine. */
const AROUND = (code: string): string => `
const fetched = fetch;
globalThis.fetch = (url, init) => fetched(new URL(new URL(url).pathname, process.env.TEST_PAGES), init);
${code}
;module.exports.handler(JSON.parse(process.env.TEST_EVENT)).then(
  (result) => void process.stdout.write(JSON.stringify({ result: result ?? null }) + '\\n'),
);
`;

/**
 * Calls a function in a process of its own, with the real SDK, that takes the emulator for AWS.
 *
 * @throws Error when it fails, with what it wrote
 */
export async function invoke(
  account: Account,
  { code, environment, event, pages, systems }: Invocation,
): Promise<Said> {
  const { endpoint, region, credentials, folder } = account;
  const file = join(folder, 'function.cjs');
  writeFileSync(file, AROUND(code));
  const { code: status, output } = await run({
    file: process.execPath,
    args: [file],
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_PATH: MODULES,
      AWS_ENDPOINT_URL: endpoint,
      ...(systems !== undefined && { AWS_ENDPOINT_URL_SSM: systems }),
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      NODE_NO_WARNINGS: '1',
      TEST_EVENT: JSON.stringify(event),
      TEST_PAGES: pages ?? endpoint,
      ...environment,
    },
  });
  if (status !== 0) throw new Error(`a function ended with code ${status}:\n${output}`);
  const lines = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { result: lines.at(-1)?.result, lines: lines.slice(0, -1) };
}
