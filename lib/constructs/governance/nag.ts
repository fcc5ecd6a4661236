import { Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Answers a finding of cdk-nag's AwsSolutions pack that is right in general and wrong here.
 *
 * @param rule the rule with its finding where it has one, `EC23` or `IAM5[Resource::*]`
 * @internal
 */
export function acknowledgeNag(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}

/**
 * Answers findings of cdk-nag's packs for HIPAA and NIST 800-53 r5 that are right in general and wrong here.
 *
 * @param rules the rules without the name of their pack: `CloudWatchLogGroupEncrypted`
 * @internal
 */
export function acknowledgeControls(construct: IConstruct, rules: readonly string[], reason: string): void {
  const ids = rules.flatMap((rule) => CONTROL_PACKS.map((pack) => `${pack}::${pack}-${rule}`));
  for (const id of ids) Validations.of(construct).acknowledge({ id, reason });
}

/**
 * For the policies that the CDK writes for a role that only this construct uses.
 *
 * @internal
 */
export function acknowledgeInlinePolicy(construct: IConstruct): void {
  acknowledgeControls(
    construct,
    ['IAMNoInlinePolicy'],
    'The policy is for this one role, and is made, changed and deleted with it.',
  );
}

const CONTROL_PACKS = ['HIPAA.Security', 'NIST.800.53.R5'];

/**
 * Answers AwsSolutions-IAM5 for a resource with a wildcard, written as cdk-nag names it.
 *
 * @param resource an ARN, tokens and all
 * @internal
 */
export function acknowledgeWildcard(construct: IConstruct, resource: string, reason: string): void {
  const named = inWordsOfNag(Stack.of(construct).resolve(resource));
  acknowledgeNag(construct, `IAM5[Resource::${named}]`, reason);
}

/** A resolved text with `<AWS::Partition>` and `<Bucket.Arn>` where it refers to something. */
function inWordsOfNag(part: unknown): string {
  if (typeof part !== 'object' || part === null) return String(part);
  if ('Ref' in part) return `<${part.Ref}>`;
  if ('Fn::GetAtt' in part) return `<${(part['Fn::GetAtt'] as string[]).join('.')}>`;
  if ('Fn::Join' in part) {
    const [separator, parts] = part['Fn::Join'] as [string, unknown[]];
    return parts.map(inWordsOfNag).join(separator);
  }
  return JSON.stringify(part);
}
