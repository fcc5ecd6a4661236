import type { DnsRecord } from '../../../assembly/dns/dns-record';
import { type NextStep, nextStepsOf, nextStepsOfHost } from '../../../assembly/dns/dns-targets';
import type { Resource } from '../../../assembly/resource';
import type { Value } from '../../../assembly/value';
import { anyOf, type Failure } from '../../failure';
import type { Modelling } from '../../modelling';
import { targetFails } from '../outside';
import { headOf } from './same-name';

/**
 * What a record leads to. Several answers of one record stand in for each other in no client that one may count on.
 */
export function recordFails(record: DnsRecord, model: Modelling): Failure {
  return anyOf(...nextStepsOf(record).map((step) => stepFails(step, record.resource, model)));
}

/** What a host name that a resource is given leads to. */
export function hostNameFails(value: Value, asker: Resource, model: Modelling): Failure {
  return anyOf(...nextStepsOfHost(value, asker).map((step) => stepFails(step, asker, model)));
}

/** The records of one name answer together: their head stands for all of them. */
function stepFails(step: NextStep, asker: Resource, model: Modelling): Failure {
  if ('what' in step) return targetFails(step, asker, model);
  const heads = new Set(step.map((record) => headOf(record).resource).filter((head) => head !== asker));
  return anyOf(...[...heads].map((head) => model.of(head, asker)));
}
