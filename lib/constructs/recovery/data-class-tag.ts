import { Tags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { UNTAGGED_TYPES } from '../governance/untagged-types';

/** The tag by which a backup finds the data of a class. @internal */
export const DATA_CLASS_TAG = 'resilience:data-class';

/** The tag of what can be made again, or is of no consequence, and needs no backup. @internal */
export const REBUILDABLE_TAG = 'resilience:rebuildable';

/**
 * Says that everything in `scope` keeps data of a class of its service, so that the backups of that class select it:
 * tags it `resilience:data-class`, but for what another tag would replace. Constructs of this library that take a
 * `dataClass` do it themselves.
 *
 * @param dataClass the name that the service gives the class
 */
export function tagDataClass(scope: IConstruct, dataClass: string): void {
  Tags.of(scope).add(DATA_CLASS_TAG, dataClass, { excludeResourceTypes: UNTAGGED_TYPES });
}

/** Says that everything in `scope` can be made again, so that it is not backed up. @internal */
export function tagRebuildable(scope: IConstruct): void {
  Tags.of(scope).add(REBUILDABLE_TAG, 'true', { excludeResourceTypes: UNTAGGED_TYPES });
}
