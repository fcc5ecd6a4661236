import { textFrom } from '../strings';
import { Text, Unknown, type Value } from '../value';

/** The region and the account that stand in an ARN. */
export interface ArnPlace {
  /** @default - the ARN has no such part */
  readonly region: Value | undefined;

  /** @default - the ARN has no such part */
  readonly account: Value | undefined;
}

/** Reads region and account out of an ARN, of which other parts may be known only at deploy. */
export function placeInArn(arn: Value | undefined): ArnPlace | Unknown {
  const parts = arn instanceof Text ? arn.parts : typeof arn === 'string' ? [arn] : undefined;
  if (!parts || typeof parts[0] !== 'string' || !parts[0].startsWith('arn:'))
    return arn instanceof Unknown ? arn : new Unknown('the ARN is known only at deploy');
  const [, , , region, account] = fieldsOf(parts);
  return { region, account };
}

function fieldsOf(parts: readonly Value[]): readonly (Value | undefined)[] {
  const fields: Value[][] = [[]];
  for (const part of parts) {
    const [head = '', ...rest] = typeof part === 'string' ? part.split(':') : [part];
    fields.at(-1)?.push(head);
    for (const text of rest) fields.push([text]);
  }
  return fields.map((field) => textFrom(field) || undefined);
}
