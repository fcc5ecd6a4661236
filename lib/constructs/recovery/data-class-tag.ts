import { Tags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** The tag by which a backup finds the data of a class. @internal */
export const DATA_CLASS_TAG = 'resilience:data-class';

/** The tag of what can be made again and needs no backup. @internal */
export const REBUILDABLE_TAG = 'resilience:rebuildable';

/**
 * Says that everything in `scope` keeps data of a class of its service, so that the backups of that class select it:
 * tags it `resilience:data-class`.
 *
 * @param dataClass the name that the service gives the class
 */
export function tagDataClass(scope: IConstruct, dataClass: string): void {
  Tags.of(scope).add(DATA_CLASS_TAG, dataClass);
}
