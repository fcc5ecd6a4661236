import type { ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { start } from './processes';

/** An AWS emulator that is ready. */
export interface Emulator {
  /** The name, not the address: by the address, moto does not find the templates that the CLI uploads. */
  readonly endpoint: string;

  /** The end of what it wrote, for a failure. */
  readonly log: () => string;
}

/** The emulator could not be started, for the reason in the message. */
export class NoEmulator extends Error {}

const ADVICE = "install it with: pip install 'moto[server]>=5,<6'";
const PATIENCE_MS = 60_000;
const LOG_LENGTH = 4_000;

/** The end of what it wrote. */
interface Log {
  text: string;
}

/**
 * Starts `moto_server` on a port that the system picks, reachable from this machine only.
 *
 * @throws NoEmulator when it is not installed, ends at once or does not answer
 */
export async function startEmulator(): Promise<Emulator> {
  const child = await spawnMoto();
  const log: Log = { text: '' };
  const port = await listeningPort(child, log);
  return { endpoint: `http://localhost:${port}`, log: () => log.text };
}

async function spawnMoto(): Promise<ChildProcess> {
  try {
    return await start({
      file: 'moto_server',
      args: ['-H', '127.0.0.1', '-p', '0'],
      cwd: tmpdir(),
      env: { ...process.env, PYTHONUNBUFFERED: '1' },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new NoEmulator(`the deploy test needs moto, and there is no moto_server\n  ${ADVICE}`);
  }
}

/** Waits for the line in which the server names its port. */
function listeningPort(child: ChildProcess, log: Log): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string): void => {
      clearTimeout(timer);
      reject(new NoEmulator(`moto_server ${why}\n  ${ADVICE}\n${log.text}`));
    };
    const timer = setTimeout(() => refuse(`did not answer within ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
    const read = (chunk: Buffer): void => {
      log.text = (log.text + chunk.toString('utf8')).slice(-LOG_LENGTH);
      const port = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(log.text)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => refuse(`ended with code ${code}`));
  });
}
