import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Token } from 'aws-cdk-lib/core';
import { type Mistake, quoted } from '../../objectives/mistakes';

/** Who may do what with a key. @internal */
export interface KeyPeople {
  readonly administrators?: readonly IRole[];
  readonly users?: readonly IRole[];
}

/** One principal that both administers and uses a key can do harm alone and wipe out the trace. @internal */
export function dutyMistakes({ administrators = [], users = [] }: KeyPeople): Mistake[] {
  const both = administrators.filter((one) => users.some((other) => isSame(one, other)));
  return [...new Set(both.map(nameOf))].map((name) => ({
    problem: `${name} both administers and uses the key`,
    fix: 'give the two duties to two roles',
  }));
}

/** What is wrong with the name of an alias. @internal */
export function aliasMistakes(alias: string | undefined): Mistake[] {
  if (alias === undefined || Token.isUnresolved(alias)) return [];
  const name = alias.replace(/^alias\//, '');
  if (/^[a-zA-Z0-9/_-]{1,250}$/.test(name) && !name.startsWith('aws/')) return [];
  return [
    {
      problem: `alias ${quoted(alias)} is no name of an alias`,
      fix: 'use letters, digits, /, _ and -, and do not start with aws/',
    },
  ];
}

function isSame(one: IRole, other: IRole): boolean {
  return one === other || (one.roleArn === other.roleArn && one.roleArn !== '');
}

function nameOf({ roleArn, node }: IRole): string {
  return Token.isUnresolved(roleArn) ? node.path : roleArn;
}
