import { subnetsOf } from '../../assembly/compute/workloads';
import { fail, notApplicable, pass, unknown } from '../../assembly/judgement';
import { GROWING_TYPES, shortageFor } from '../../assembly/network/address-need';
import { Unknown } from '../../assembly/value';
import { CAPACITY, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

export const subnetsHoldAllWithoutOneZone: Rule = {
  id: 'X-19',
  title: 'Subnets have addresses for all that may run in them, also when a zone is lost.',
  kind: 'capacity',
  why: 'When a zone is lost everything moves into the subnets of the others: without addresses nothing starts there.',
  fix: 'use larger subnets, or lower the maximum of what grows in them',
  severity: MEDIUM,
  appliesTo: GROWING_TYPES,
  controls: [...REDUNDANCY, ...CAPACITY],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html'],
  check: (resource) => {
    if (subnetsOf(resource).length === 0) return notApplicable('it names no subnet');
    const shortage = shortageFor(resource);
    if (shortage === undefined) return pass({ found: 'addresses for all, also without one zone' });
    if (shortage instanceof Unknown) return unknown(undefined, shortage);
    const { zone, needed, free } = shortage;
    return fail({
      found: `${free.most} addresses without ${zone}`,
      needed: `${needed.least}, for all that grows there`,
    });
  },
};
