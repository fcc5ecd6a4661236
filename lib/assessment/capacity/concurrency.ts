import type { Resource } from '../../assembly/resource';
import { ACCOUNT_CONCURRENCY, UNRESERVED_CONCURRENCY } from '../../calculus/account-limits';
import type { CapacityFinding } from '../assessment';
import { type Declaring, declaredPeakOf } from '../peak';

/**
 * Whether the reservations of a service leave the account its rest, in each region, and whether each function may run as often at
 * once as its peak asks for.
 */
export function concurrencyCapacity(
  functions: readonly Resource[],
  services: Declaring,
): readonly CapacityFinding[] {
  const byPlace = new Map<string, Resource[]>();
  for (const lambda of functions) {
    const place = `${lambda.account ?? ''} ${lambda.region ?? ''}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), lambda]);
  }
  return [
    ...[...byPlace.values()].flatMap(reservedTogether),
    ...functions.flatMap((each) => reservedForPeak(each, services)),
  ];
}

function reservedTogether(functions: readonly Resource[]): readonly CapacityFinding[] {
  const reserved = functions.map((lambda) => lambda.number('ReservedConcurrentExecutions'));
  const known = reserved.filter((count) => typeof count === 'number');
  const [first] = functions;
  if (known.length === 0 || !first) return [];
  const sum = known.reduce((total, count) => total + count, 0);
  const room = ACCOUNT_CONCURRENCY.value - UNRESERVED_CONCURRENCY.value;
  return [
    {
      resource: first,
      what: `concurrency of the account in ${first.region ?? 'its region'}`,
      found: `${sum} reserved by ${known.length} functions of the service`,
      needed: `${room} or less: ${ACCOUNT_CONCURRENCY.value} of an account, ${UNRESERVED_CONCURRENCY.value} of them unreserved, unless AWS raised it`,
      meets: sum <= room,
      source: ACCOUNT_CONCURRENCY.source,
    },
  ];
}

function reservedForPeak(lambda: Resource, services: Declaring): readonly CapacityFinding[] {
  const peak = declaredPeakOf(lambda, services);
  const reserved = lambda.number('ReservedConcurrentExecutions');
  if (!peak || typeof reserved !== 'number') return [];
  return [
    {
      resource: lambda,
      what: 'peak of the function',
      found: `${reserved} at once, reserved`,
      needed: `${peak.units} at the peak (${peak.source})`,
      meets: reserved >= peak.units,
      source: UNRESERVED_CONCURRENCY.source,
    },
  ];
}
