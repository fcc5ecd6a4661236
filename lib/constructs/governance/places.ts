import { type IResource, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Where something is; undefined where only a deploy knows. @internal */
export interface Place {
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/**
 * Where something is, by its ARN as far as that is written out: what is imported by it may be anywhere, whatever stack it is imported
 * into.
 *
 * @internal
 */
export function placeOf(resource: Pick<IResource, 'env'>, arn: string): Place {
  // A token has no colons.
  const [, , , region = '', account = ''] = arn.split(':');
  const { env } = resource;
  return { region: known(region) ?? known(env.region), account: known(account) ?? known(env.account) };
}

/** @internal */
export function placeOfStack(scope: IConstruct): Place {
  const { region, account } = Stack.of(scope);
  return { region: known(region), account: known(account) };
}

/** Whether two places are surely not the same. @internal */
export function isElsewhere(one: Place, other: Place): boolean {
  const differs = (mine: string | undefined, theirs: string | undefined) =>
    mine !== undefined && theirs !== undefined && mine !== theirs;
  return differs(one.region, other.region) || differs(one.account, other.account);
}

/** `eu-west-1 of 111122223333`. @internal */
export function placeInWords({ region, account }: Place): string {
  return `${region ?? 'any region'} of ${account ?? 'any account'}`;
}

function known(value: string): string | undefined {
  return value === '' || Token.isUnresolved(value) ? undefined : value;
}
