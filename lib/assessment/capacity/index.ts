import type { AssessedService } from '../assessed-service';
import type { CapacityFinding } from '../assessment';

/** Whether what is left of a service after a loss carries its peak. */
export function capacityOf(_service: AssessedService): readonly CapacityFinding[] {
  return [];
}
