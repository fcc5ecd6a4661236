import type { Call } from './aws-call';
import { updateItem } from './update-item';

/** What was known of an incident before; nothing where it is the first of its alarm. */
export interface Remembered {
  /** Whether its alarm was in ALARM, and people were to know. */
  readonly isOpen?: boolean | undefined;

  /** Whether that was told. */
  readonly isTold?: boolean | undefined;
}

/** One state of an alarm, to be told once. */
export interface Claim {
  readonly table: string;
  readonly key: string;

  /** When the alarm changed its state, in milliseconds. */
  readonly stateAt: number;
  readonly isOpen: boolean;
  readonly now: number;

  /** When it may be forgotten, in seconds. */
  readonly expires: number;
}

/** Longer than the function may run, shorter than Lambda waits before it tries again: a minute. */
const LEASE_MILLISECONDS = 45_000;

/**
 * Takes a state of an alarm to tell it. Whoever comes later with the same state, or with an older one, gets `stale`; but
 * one who comes back because telling failed may try again.
 *
 * @returns what was known before, of which there is nothing at the first time
 * @throws whatever the API throws
 */
export async function claim(call: Call, claimed: Claim): Promise<Remembered | 'stale'> {
  const { stateAt, isOpen: open, now, expires } = claimed;
  const before = await updateItem(
    call,
    claimed,
    'SET stateAt=:s,isOpen=:o,isTold=:f,claimedAt=:n,expiresAt=:e',
    {
      condition: 'attribute_not_exists(id) OR stateAt<:s OR (stateAt=:s AND isTold=:f AND claimedAt<:l)',
      values: { s: stateAt, o: open, f: false, n: now, l: now - LEASE_MILLISECONDS, e: expires },
      gives: 'ALL_OLD',
    },
  );
  if (!before) return 'stale';
  const { isOpen, isTold } = before as Remembered;
  return { isOpen, isTold };
}

/**
 * Notes that an alarm fires and nobody is told, so that nobody is told of its end either. An incident that is open stays so. The
 * state itself is not taken: when the silence is over it may still be told.
 *
 * @throws whatever the API throws
 */
export async function keptSilent(call: Call, claimed: Claim): Promise<void> {
  await updateItem(call, claimed, 'SET stateAt=:s,isOpen=:f,isTold=:t,expiresAt=:e', {
    condition: 'attribute_not_exists(id) OR (stateAt<:s AND isOpen=:f AND isTold=:t)',
    values: { s: claimed.stateAt - 1, f: false, t: true, e: claimed.expires },
  });
}

/** Notes that the state that was taken is told. */
export async function told(call: Call, claimed: Claim): Promise<void> {
  const values = { t: true, s: claimed.stateAt };
  await updateItem(call, claimed, 'SET isTold=:t', { condition: 'stateAt=:s', values });
}
