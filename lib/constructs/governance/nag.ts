import { Validations } from 'aws-cdk-lib/core';
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

const CONTROL_PACKS = ['HIPAA.Security', 'NIST.800.53.R5'];
