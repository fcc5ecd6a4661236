import { Token } from 'aws-cdk-lib/core';
import { type Mistake, quoted } from '../../objectives/mistakes';

/**
 * What keeps a value from being an account: the CDK takes any text, and only the deployment would refuse it.
 *
 * @param what - how it is called where it is written: `account`
 * @internal
 */
export function accountMistakes(what: string, account: unknown): Mistake[] {
  if (account === undefined || Token.isUnresolved(account)) return [];
  if (typeof account === 'string' && /^\d{12}$/.test(account)) return [];
  const digits = String(account).replace(/[\s-]/g, '');
  return [
    {
      problem: `${what} is ${quoted(account)}, which is no account: an id has 12 digits`,
      fix: /^\d{12}$/.test(digits)
        ? `write '${digits}'`
        : "write its 12 digits as a text, such as '123456789012'",
    },
  ];
}
