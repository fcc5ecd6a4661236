import type { Resource } from '../../assembly/resource';
import type { FailoverTerm } from '../../calculus/failover-time';
import type { AssessedService } from '../assessed-service';
import { regionsNoticed } from '../recovery/noticing';
import { movedByPeople } from './by-people';
import { PLAN, takingOf } from './switch-plan';

/** What leads users to another region where nothing does by itself. */
export interface Led {
  /** The Region switch plan that does. @default - a person does */
  readonly plan?: Resource;
  readonly terms: readonly FailoverTerm[];

  /** Whether the plan changes what runs. */
  readonly changes: boolean;

  /** Why nothing is known of how soon the plan starts. @default - it is, or a person starts it */
  readonly assumed?: string;
}

/** A plan of the services leads their users from some regions to others, else a person. */
export function ledBy(
  services: readonly AssessedService[],
  { from, to }: { readonly from: Iterable<string>; readonly to: Iterable<string> },
): Led {
  const noticed = regionsNoticed(services, from);
  const plan = services.flatMap(({ resources }) => resources).find(({ type }) => type === PLAN);
  if (!plan) return { terms: movedByPeople(noticed), changes: false };
  const [target] = to;
  return { plan, ...takingOf(plan, noticed, target) };
}
