import type { DnsRecord } from '../../../assembly/dns/dns-record';
import { routingPolicyOf } from '../../../assembly/dns/dns-routing';
import { targetsOf } from '../../../assembly/dns/dns-targets';
import { Resource } from '../../../assembly/resource';
import { allOf, anyOf, type Failure } from '../../failure';
import type { Modelling } from '../../modelling';
import { whyFilesOnly } from './files-only';
import { byNotice, isChecked, shareCheck } from './health';
import { moveFails } from './move';
import { recordFails } from './record-target';
import { storesOfRecord, whyDataDiffers } from './stores-led-to';

/** What the id of a failover that nothing starts begins with. */
const UNLED = 'switch:by hand: ';

/** What makes a name fail for some of its users, by all records that answer for it. */
export function recordsFail(records: readonly DnsRecord[], model: Modelling): Failure {
  const [only] = records;
  if (!only) return anyOf();
  if (records.length === 1) return recordFails(only, model);
  const primary = records.find(({ failover }) => failover === 'PRIMARY');
  const secondary = records.find(({ failover }) => failover === 'SECONDARY');
  if (primary && secondary) return failsOver(primary, secondary, model);
  const policy = routingPolicyOf(only);
  if (policy === 'GeoLocation' || policy === 'CidrRoutingConfig') return byPlace(records, policy, model);
  return policy === 'Weight' ? byWeight(records, model) : shared(records, [], model);
}

/**
 * Why users of one record cannot be served by another one: its data is not theirs, it has files only, or it is left out
 * together with it.
 */
function whyNoOther(record: DnsRecord, other: DnsRecord): string | undefined {
  return (
    whyDataDiffers(storesOfRecord(record), storesOfRecord(other)) ??
    whyFilesOnly(targetsOf(record), targetsOf(other)) ??
    (shareCheck(record, other) ? 'both have one health check, which leaves them out together' : undefined)
  );
}

/** The other side serves once the first is seen to be broken. */
function failsOver(primary: DnsRecord, secondary: DnsRecord, model: Modelling): Failure {
  const [first, second] = [recordFails(primary, model), recordFails(secondary, model)];
  if (!isChecked(primary, model)) {
    model.assume(
      `${primary.label} never fails over: no health check that turns and no evaluation of its target's health tells that its primary is broken`,
      primary.resource,
    );
    if (whyNoOther(primary, secondary) !== undefined) return besides(first, second);
    return allOf(first, anyOf(neverStarts(primary, model), second));
  }
  const why = whyNoOther(primary, secondary);
  if (why !== undefined) {
    model.assume(`the second side of ${primary.label} does not take over: ${why}`, secondary.resource);
    return besides(first, second);
  }
  noteOtherKind(primary, secondary, model);
  const { seen, unseen } = byNotice(primary, first, model);
  return anyOf(unseen, allOf(seen, anyOf(...moveFails(primary, [secondary], model), second)));
}

/** The other side serves nobody before a person changes the record. */
function neverStarts(primary: DnsRecord, model: Modelling): Failure {
  const what = `the failover of ${primary.label}, which nothing starts`;
  const term = { what, value: 1, source: 'the template', confidence: 'documented' as const };
  return model.event({
    id: `${UNLED}${primary.label}`,
    kind: 'switch',
    what,
    resources: [primary.resource],
    likelihood: { unavailability: 1, terms: [term] },
    byPeople: true,
  });
}

/** What is of another kind may still do the same. */
function noteOtherKind(primary: DnsRecord, secondary: DnsRecord, model: Modelling): void {
  const [first, second] = [typesOf(primary), typesOf(secondary)];
  if (first.length === 0 || second.length === 0 || first.some((type) => second.includes(type))) return;
  model.assume(
    `the second side of ${primary.label} (${second.join(', ')}) is taken to serve what the first does (${first.join(', ')})`,
    secondary.resource,
  );
}

function typesOf(record: DnsRecord): readonly string[] {
  const types = targetsOf(record).map(({ what }) => (what instanceof Resource ? what.type : ''));
  return [...new Set(types)].filter((type) => type !== '');
}

/** What never takes over fails nothing, but it is no way in of its own either. */
export function besides(serving: Failure, idle: Failure): Failure {
  return anyOf(serving, allOf(serving, idle));
}

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
const MOST_WEIGHT = 255;

/** A weight of 0 takes users only when all others are seen to be broken. */
function byWeight(records: readonly DnsRecord[], model: Modelling): Failure {
  const weightOf = (record: DnsRecord) => record.resource.number(record.property('Weight'));
  for (const record of records) {
    const weight = weightOf(record);
    if (typeof weight === 'number' && !(weight >= 0 && weight <= MOST_WEIGHT))
      model.assume(
        `${record.label} has a weight of ${weight}, which Route 53 refuses (0 to ${MOST_WEIGHT}): it is taken to get users`,
        record.resource,
      );
  }
  const idle = records.filter((record) => weightOf(record) === 0);
  const serving = records.filter((record) => !idle.includes(record));
  return serving.length === 0 ? shared(records, [], model) : shared(serving, idle, model);
}

/** Of more records than this, the ways from each to all others would take too long to work out. */
const MOST_MOVING = 40;

/**
 * Users of a broken record move to the others. A record that nothing checks keeps its users when its target is gone,
 * and then those in waiting are never asked.
 */
function shared(records: readonly DnsRecord[], waiting: readonly DnsRecord[], model: Modelling): Failure {
  const unchecked = records.filter((record) => !isChecked(record, model));
  const [first] = unchecked;
  if (first)
    model.assume(
      `${unchecked.length} of the ${records.length} records of ${first.label} keep their users when they are broken: nothing checks them`,
      first.resource,
    );
  const fails = new Map([...records, ...waiting].map((record) => [record, recordFails(record, model)]));
  const of = (record: DnsRecord) => fails.get(record) ?? anyOf();
  const all = [...records, ...waiting];
  if (all.length === 1) return anyOf(...all.map(of));
  if (all.length > MOST_MOVING) {
    model.assume(
      `the ${all.length} records of ${all[0]?.label} are too many to follow from one to the others: users of a broken one count as lost`,
      all[0]?.resource,
    );
    return anyOf(...all.map(of));
  }
  const checked = records.filter((record) => !unchecked.includes(record));
  return anyOf(
    allOf(...all.map(of)),
    ...unchecked.map(of),
    ...checked.map((record) => {
      const takers = takersOf(record, all, model);
      if (takers.length === 0) return of(record);
      const some = takers.length < all.length - 1 ? allOf(...takers.map(of)) : anyOf();
      const { seen, unseen } = byNotice(record, of(record), model);
      return anyOf(unseen, allOf(seen, anyOf(...moveFails(record, takers, model), some)));
    }),
  );
}

/** The other records that can serve the users of one; that some cannot is said. */
function takersOf(record: DnsRecord, all: readonly DnsRecord[], model: Modelling): readonly DnsRecord[] {
  const others = all.filter((other) => other !== record);
  const whys = new Map(others.map((other) => [other, whyNoOther(record, other)]));
  const why = [...whys.values()].find((each) => each !== undefined);
  if (why !== undefined)
    model.assume(`not all records of ${record.label} stand in for each other: ${why}`, record.resource);
  return others.filter((other) => whys.get(other) === undefined);
}

/** Users of a broken place move to the record for everywhere else; its own users have nowhere to go. */
function byPlace(records: readonly DnsRecord[], policy: string, model: Modelling): Failure {
  const rest = records.find((record) => isDefault(record, policy));
  const places = records.filter((record) => record !== rest);
  if (!rest) {
    const [first] = places;
    if (first)
      model.assume(
        `${first.label} has no record for everywhere else: users of other places get no answer, and those of a broken one have nowhere to go`,
        first.resource,
      );
    return anyOf(...places.map((record) => recordFails(record, model)));
  }
  const elsewhere = recordFails(rest, model);
  return anyOf(
    elsewhere,
    ...places.map((record) => {
      const fails = recordFails(record, model);
      const why = isChecked(record, model) ? whyNoOther(record, rest) : 'nothing checks it';
      if (why === undefined) {
        const { seen, unseen } = byNotice(record, fails, model);
        return anyOf(unseen, allOf(seen, anyOf(...moveFails(record, [rest], model))));
      }
      model.assume(`${record.label}: a place keeps its users when it is broken: ${why}`, record.resource);
      return fails;
    }),
  );
}

function isDefault(record: DnsRecord, policy: string): boolean {
  const path = policy === 'GeoLocation' ? 'GeoLocation.CountryCode' : 'CidrRoutingConfig.LocationName';
  return record.text(path) === '*';
}
