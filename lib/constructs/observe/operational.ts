import { CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Says in the template that no user waits for what a construct makes, so that it does not count as a part of what its service
 * owes. What users wait for and needs it makes it count all the same.
 *
 * @param because why, for those who read the assessment
 * @internal
 */
export function sayOperational(construct: IConstruct, because: string): void {
  for (const each of construct.node.findAll()) {
    if (!CfnResource.isCfnResource(each)) continue;
    const said = each.getMetadata('cdk-nines') as object | undefined;
    each.addMetadata('cdk-nines', { ...said, operationalBecause: because });
  }
}
