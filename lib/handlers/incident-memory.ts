import type { Answer, Call } from './aws-call';

/** What was known of an incident before. */
export interface Remembered {
  /** Whether its alarm was in ALARM. */
  readonly isOpen: boolean;

  /** Whether that was told. */
  readonly isTold: boolean;

  /** When it began, in milliseconds: however often its alarm said so since. Nothing where it was over. */
  readonly openedAt?: number;
}

/** One state of an alarm, to be told once. */
export interface Claim {
  readonly table: string;
  readonly key: string;

  /** When the alarm changed its state, in milliseconds. */
  readonly stateAt: number;
  readonly isOpen: boolean;
  readonly now: number;
}

interface Attribute {
  readonly BOOL: boolean;
  readonly N: string;
}

/** Longer than the function may run, shorter than Lambda waits before it tries again: a minute. */
const LEASE_MILLISECONDS = 45_000;
const DAYS_90 = 90 * 86_400;

/**
 * Takes a state of an alarm to tell it. Whoever comes later with the same state, or with an older one, gets `stale`; but
 * one who comes back because telling failed may try again.
 *
 * @returns what was known before, nothing at the first time
 * @throws whatever the API throws
 */
export async function claim(
  call: Call,
  { table, key, stateAt, isOpen, now }: Claim,
): Promise<Remembered | 'stale' | undefined> {
  let answer: Answer;
  try {
    answer = await call('DynamoDB', 'UpdateItem', {
      TableName: table,
      Key: { id: { S: key } },
      UpdateExpression: `SET stateAt=:s,isOpen=:o,isTold=:f,claimedAt=:n,expiresAt=:e${isOpen ? ',openedAt=if_not_exists(openedAt,:s)' : ' REMOVE openedAt'}`,
      ConditionExpression:
        'attribute_not_exists(id) OR stateAt<:s OR (stateAt=:s AND isTold=:f AND claimedAt<:l)',
      ExpressionAttributeValues: {
        ':s': { N: String(stateAt) },
        ':o': { BOOL: isOpen },
        ':f': { BOOL: false },
        ':n': { N: String(now) },
        ':l': { N: String(now - LEASE_MILLISECONDS) },
        ':e': { N: String(Math.floor(now / 1000) + DAYS_90) },
      },
      ReturnValues: 'ALL_OLD',
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return 'stale';
    throw error;
  }
  const { isOpen: wasOpen, isTold, openedAt } = (answer.Attributes ?? {}) as Record<string, Attribute>;
  return (
    wasOpen &&
    isTold && {
      isOpen: wasOpen.BOOL,
      isTold: isTold.BOOL,
      ...(openedAt && { openedAt: Number(openedAt.N) }),
    }
  );
}

/** Notes that the state that was taken is told. */
export async function told(call: Call, { table, key, stateAt }: Claim): Promise<void> {
  await call('DynamoDB', 'UpdateItem', {
    TableName: table,
    Key: { id: { S: key } },
    UpdateExpression: 'SET isTold=:t',
    ConditionExpression: 'stateAt=:s',
    ExpressionAttributeValues: { ':t': { BOOL: true }, ':s': { N: String(stateAt) } },
  });
}
