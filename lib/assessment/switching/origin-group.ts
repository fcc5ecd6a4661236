import { valuesAt } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import { sameToken } from '../../assembly/same-token';
import { isList, isMap, type Value, type ValueMap } from '../../assembly/value';
import type { FailoverStep } from '../../calculus/failover-time';

const CONFIG = 'DistributionConfig';

const DEFAULT_ATTEMPTS = 3;
const DEFAULT_CONNECT_SECONDS = 10;
const ORIGIN_TIMEOUTS =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html';

/** Maps of a list in the configuration of a distribution. */
export function configured(distribution: Resource, path: string): readonly ValueMap[] {
  return valuesAt(distribution, `${CONFIG}.${path}`).flat().filter(isMap);
}

/** The groups of origins of a distribution. */
export function originGroupsOf(distribution: Resource): readonly ValueMap[] {
  return configured(distribution, 'OriginGroups.Items');
}

/** The ids of the origins of a group, the first one first. */
export function membersOf(group: ValueMap): readonly Value[] {
  const items = isMap(group.Members) ? group.Members.Items : undefined;
  return (isList(items) ? items : []).flatMap((item) =>
    isMap(item) && item.OriginId !== undefined ? [item.OriginId] : [],
  );
}

/** An origin by its id. */
export function originOf(distribution: Resource, id: Value | undefined): ValueMap | undefined {
  return configured(distribution, 'Origins').find(({ Id: own }) => isSameId(own, id));
}

/** Ids of origins may be references: two of the same are the same id. */
export function isSameId(one: Value | undefined, other: Value | undefined): boolean {
  return one !== undefined && other !== undefined && (one === other || sameToken(one, other) === true);
}

/**
 * How long each request waits for an origin that does not answer before the second one is asked. One that takes connections
 * and gives no answers is waited for longer: as often as long as its `OriginReadTimeout`.
 */
export function triesOf(distribution: Resource, id: Value | undefined): FailoverStep {
  const { ConnectionAttempts: attempts, ConnectionTimeout: timeout } = originOf(distribution, id) ?? {};
  const seconds = numberOr(attempts, DEFAULT_ATTEMPTS) * numberOr(timeout, DEFAULT_CONNECT_SECONDS);
  return {
    what: 'each request tries the first origin',
    typicalSeconds: seconds,
    worstSeconds: seconds,
    source: `ConnectionAttempts × ConnectionTimeout; ${ORIGIN_TIMEOUTS}`,
  };
}

/** The longest of them, over all groups of a distribution. */
export function slowestTries(distribution: Resource): FailoverStep {
  const [slowest] = originGroupsOf(distribution)
    .map((group) => triesOf(distribution, membersOf(group)[0]))
    .sort((a, b) => b.worstSeconds - a.worstSeconds);
  return slowest ?? triesOf(distribution, undefined);
}

function numberOr(value: Value | undefined, otherwise: number): number {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && number > 0 ? number : otherwise;
}
