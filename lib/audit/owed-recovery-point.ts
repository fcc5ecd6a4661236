import type { Resource } from '../assembly/resource';
import { type OwedPoint, owedPoint } from '../assessment/data-owed';
import type { DataDisruption } from '../objectives/disruption';
import type { ResolvedService } from './services';

export type { OwedPoint } from '../assessment/data-owed';

/** The recovery point that the data of a resource is owed: that of its data class, else that of its service. */
export function owedRecoveryPoint(
  resource: Resource,
  { catalogue, recovery }: Pick<ResolvedService, 'catalogue' | 'recovery'>,
  disruption: Exclude<DataDisruption, 'instance'>,
): OwedPoint {
  return owedPoint(resource, catalogue?.dataClasses ?? [], disruption, recovery[disruption].rpoSeconds);
}
