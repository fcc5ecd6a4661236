import { type About, aboutCall, type Calling } from './about';
import { type Call, callAws } from './aws-call';
import { lookAt, type Seen } from './restored-resource';

/** `Restore Job State Change` of AWS Backup, status COMPLETED, of a restore test. */
export interface RestoreEvent {
  readonly detail: {
    readonly restoreJobId: string;
    readonly resourceType: string;
    readonly createdResourceArn: string;
  };
}

/** What the check needs from outside. */
export interface Surroundings {
  readonly call: Call;

  /** Waits until the next look. */
  readonly pause: () => Promise<void>;

  /** The function that looks at the content; empty where there is none. */
  readonly contentCheck: string;
  readonly write: (line: string) => void;
  readonly about: About;
}

/** Looks while a restored resource is still getting ready. */
const LOOKS = 20;
const PAUSE_MILLISECONDS = 30_000;

/** Says of a restored resource whether it can be used, to AWS Backup, which keeps that with the restore job. */
export async function validateRestore(event: RestoreEvent, around: Surroundings): Promise<Seen> {
  const { restoreJobId, resourceType, createdResourceArn } = event.detail;
  const seen = await judge(event, around);
  const said = { ...around.about, restoreJobId, resourceType, createdResourceArn, ...seen };
  around.write(`${JSON.stringify({ level: seen.ok ? 'INFO' : 'WARN', ...said })}\n`);
  await around.call('Backup', 'PutRestoreValidationResult', {
    RestoreJobId: restoreJobId,
    ValidationStatus: seen.ok ? 'SUCCESSFUL' : 'FAILED',
    ValidationStatusMessage: seen.message.slice(0, 1000),
  });
  return seen;
}

async function judge(event: RestoreEvent, { call, pause, contentCheck }: Surroundings): Promise<Seen> {
  const { resourceType, createdResourceArn } = event.detail;
  let seen = await lookAt(resourceType, createdResourceArn, call);
  for (let look = 1; look < LOOKS && !seen.ok; look++) {
    await pause();
    seen = await lookAt(resourceType, createdResourceArn, call);
  }
  if (!seen.ok || contentCheck === '') return seen;
  return lookInside(event, call, contentCheck);
}

/** Asks the function of those who know the data: it gets the detail of the event and answers `{valid, message}`. */
async function lookInside({ detail }: RestoreEvent, call: Call, FunctionName: string): Promise<Seen> {
  const answer = await call('Lambda', 'Invoke', { FunctionName, Payload: JSON.stringify(detail) });
  const text = Buffer.from((answer.Payload ?? '') as Uint8Array).toString();
  if (answer.FunctionError !== undefined) return { ok: false, message: `content check failed: ${text}` };
  const said = JSON.parse(text || '{}') as { valid?: boolean; message?: string } | null;
  return { ok: said?.valid === true, message: `content check: ${said?.message ?? text}` };
}

export const handler = (event: RestoreEvent, calling?: Calling): Promise<Seen> =>
  validateRestore(event, {
    call: callAws,
    write: (line) => void process.stdout.write(line),
    about: aboutCall(calling),
    pause: () => new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS)),
    contentCheck: process.env.CONTENT_CHECK ?? '',
  });
