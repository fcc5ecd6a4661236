import type { Stack } from 'aws-cdk-lib/core';
import { CATALOGUE_KEY, CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import { Service } from '../../lib/objectives/service';

/** Has a stack declare a service of tier 0 with a weakening that has run out. */
export function weaken(stack: Stack): void {
  const service = new Service({ name: 'shop', tier: 0, owner: 'team' });
  const expired = {
    what: 'Dns.ttl',
    reason: 'a partner',
    expires: '2020-01-31',
    approver: 'head of payments',
  };
  const services = [catalogueService(service, { weakenings: [expired] })];
  stack.addMetadata(CATALOGUE_KEY, { schema: CATALOGUE_SCHEMA, services });
}
