import type { Call } from './aws-call';

/** What a change of an item needs. */
export interface Update {
  /** By their letters in the expressions. */
  readonly values: Readonly<Record<string, number | boolean>>;

  /** `#0` and so on in the expressions. */
  readonly names?: readonly string[];

  /** Without it the change is made in any case. */
  readonly condition?: string;
  readonly gives?: 'ALL_OLD' | 'ALL_NEW';
}

/** The attributes of an item. */
export type Item = Readonly<Record<string, number | boolean | undefined>>;

/**
 * Changes an item whose attributes are numbers and truths, at once or not at all.
 *
 * @param change what changes: `SET stateAt=:s`
 * @returns what it gives back, nothing where the condition does not hold
 * @throws whatever the API throws
 */
export async function updateItem(
  call: Call,
  { table, key }: { readonly table: string; readonly key: string },
  change: string,
  { values, names = [], condition, gives }: Update,
): Promise<Item | undefined> {
  const given = Object.entries(values).map(([letter, value]) => [
    `:${letter}`,
    typeof value === 'number' ? { N: `${value}` } : { BOOL: value },
  ]);
  try {
    const { Attributes } = await call('DynamoDB', 'UpdateItem', {
      TableName: table,
      Key: { id: { S: key } },
      UpdateExpression: change,
      ConditionExpression: condition,
      ...(names[0] && {
        ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#${index}`, name])),
      }),
      ExpressionAttributeValues: Object.fromEntries(given),
      ReturnValues: gives,
    });
    const found = Object.entries(
      (Attributes ?? {}) as Record<string, { readonly N?: string; readonly BOOL?: boolean }>,
    );
    return Object.fromEntries(found.map(([name, { N, BOOL }]) => [name, N ? Number(N) : BOOL]));
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}
