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
