import { DISRUPTIONS, type Disruption } from '../../objectives/disruption';
import type { AssessedService } from '../assessed-service';
import type { Availability, Recovery } from '../assessment';
import type { Modelling } from '../modelling';
import type { ServiceFailures } from '../service-failure';

/** What recovery is worked out from. */
export interface RecoveryInput {
  readonly service: AssessedService;
  readonly availability: Availability;
  readonly failures: ServiceFailures;
  readonly model: Modelling;
}

/** How a service comes back from each kind of disruption. */
export function recoveryOf(_input: RecoveryInput): Readonly<Record<Disruption, Recovery>> {
  const none = {
    rtoSeconds: Number.POSITIVE_INFINITY,
    rtoTerms: [],
    typicalRtoSeconds: Number.POSITIVE_INFINITY,
    rpoSeconds: undefined,
    rpoTerms: [],
    meets: false,
    because: 'no way back is known',
  };
  return Object.fromEntries(DISRUPTIONS.map((each) => [each, none])) as unknown as Record<
    Disruption,
    Recovery
  >;
}
