import type { Resource } from '../assembly/resource';
import { tagOf } from '../assembly/resource-tags';
import { Unknown } from '../assembly/value';
import type { DataDisruption } from '../objectives/disruption';
import type { ResolvedService } from './services';

/** The class of data that a resource keeps, by the name that its service gives it. */
const DATA_CLASS_TAG = 'resilience:data-class';

/** The recovery point that the data of a resource is owed, in seconds; undefined where none is. */
export interface OwedPoint {
  readonly seconds: number | undefined;

  /** Why another may be owed. @default - this one is */
  readonly unknown?: Unknown;
}

/** That of its data class, where it has the tag of one with a recovery point of its own; else that of its service. */
export function owedRecoveryPoint(
  resource: Resource,
  { catalogue, recovery }: Pick<ResolvedService, 'catalogue' | 'recovery'>,
  disruption: Exclude<DataDisruption, 'instance'>,
): OwedPoint {
  const { rpoSeconds: seconds } = recovery[disruption];
  const classes = (catalogue?.dataClasses ?? []).filter(
    ({ rpoSeconds }) => rpoSeconds?.[disruption] !== undefined,
  );
  if (classes.length === 0) return { seconds };
  const tag = tagOf(resource, DATA_CLASS_TAG);
  if (tag instanceof Unknown) return { seconds, unknown: tag };
  const own = classes.find(({ name }) => name === tag);
  return { seconds: own?.rpoSeconds?.[disruption] ?? seconds };
}
