import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a finished process said. */
export interface Finished {
  readonly code: number | null;

  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

/** How to start a process. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const running = new Set<ChildProcess>();

/** Whether the end has begun, after which nothing is started: it would outlive this process. */
let ending = false;

/** How long a process may take to end by itself before it is killed. */
const GRACE_MS = 5_000;

/**
 * Starts a process as the leader of a group of its own, so that what it starts in turn is ended with it.
 *
 * @throws Error when the file cannot be started; its `code` is `ENOENT` when there is no such file
 */
export async function start({ file, args, cwd, env }: Command): Promise<ChildProcess> {
  if (ending) throw new Error(`${file} is not started: the test is ending`);
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  await once(child, 'spawn');
  return child;
}

/** Runs a process to its end. */
export async function run(command: Command): Promise<Finished> {
  const child = await start(command);
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}

/** Ends every process that was started here and still runs, and waits until it is gone. Nothing starts after it. */
export async function endAll(): Promise<void> {
  ending = true;
  await Promise.all([...running].map(end));
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  signal(child, 'SIGTERM');
  const kill = setTimeout(() => signal(child, 'SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(kill);
}

/** To the whole group, by the id of its leader. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
