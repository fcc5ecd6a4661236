import type { Truth } from '../assembly/conditions';
import type { Resource } from '../assembly/resource';
import { tagEquals, tagOf } from '../assembly/resource-tags';
import { Unknown } from '../assembly/value';
import type { CatalogueDataClass } from '../objectives/catalogue';
import type { DataDisruption } from '../objectives/disruption';

/** Marks a resource whose data can be made again from other data. */
const REBUILDABLE_TAG = 'resilience:rebuildable';

/** The class of data that a resource keeps, by the name that its service gives it. */
const DATA_CLASS_TAG = 'resilience:data-class';

/** Whether data can be made again: declared on the resource, or by all data classes of its service. */
export function isRebuildable(resource: Resource, classes: readonly CatalogueDataClass[]): Truth {
  if (classes.length > 0 && classes.every(({ rebuildable }) => rebuildable)) return true;
  return tagEquals(resource, REBUILDABLE_TAG, 'true');
}

/** The recovery point that the data of a resource is owed, in seconds; undefined where none is. */
export interface OwedPoint {
  readonly seconds: number | undefined;

  /** Why another may be owed. @default - this one is */
  readonly unknown?: Unknown;
}

/** That of its data class, where it has the tag of one with a recovery point of its own; else that of its service. */
export function owedPoint(
  resource: Resource,
  classes: readonly CatalogueDataClass[],
  disruption: DataDisruption,
  seconds: number | undefined,
): OwedPoint {
  const own = classes.filter(({ rpoSeconds }) => rpoSeconds?.[disruption] !== undefined);
  if (own.length === 0) return { seconds };
  const tag = tagOf(resource, DATA_CLASS_TAG);
  if (tag instanceof Unknown) return { seconds, unknown: tag };
  const named = own.find(({ name }) => name === tag);
  return { seconds: named?.rpoSeconds?.[disruption] ?? seconds };
}
