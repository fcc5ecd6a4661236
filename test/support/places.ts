import { CATALOGUE_KEY, CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import { DependencyKind } from '../../lib/objectives/dependency';
import type { RegionRole } from '../../lib/objectives/region-role';
import { Residency } from '../../lib/objectives/residency';
import { Service } from '../../lib/objectives/service';
import type { Tier } from '../../lib/objectives/tier';
import type { TestStack } from './graph';

/** What a stack of a test declares. */
export interface DeclaredPlace {
  readonly name?: string;
  readonly tier?: Tier;
  readonly role?: RegionRole;
  readonly region?: string;
  readonly account?: string;

  /** Whether no other region is of the service. @default false */
  readonly onlyRegion?: boolean;

  /** Services that it does without. */
  readonly soft?: readonly string[];

  /** The regions in which its data may lie. */
  readonly residency?: readonly string[];
}

/** A stack that declares a service, `shop` of tier 1 where nothing is said, and all of whose resources are its own. */
export function placeOf(declared: DeclaredPlace, resources: Readonly<Record<string, unknown>>): TestStack {
  const { name = 'shop', tier = 1, role, onlyRegion, region, account, soft = [], residency } = declared;
  const service = new Service({
    name,
    tier,
    owner: 'team',
    dependsOn: soft.map((other) => ({ service: other, kind: DependencyKind.SOFT })),
    ...(residency && { residency: new Residency({ regions: residency }) }),
  });
  const catalogue = catalogueService(service, {
    ...(role !== undefined && { role }),
    ...(onlyRegion !== undefined && { onlyRegion }),
  });
  return {
    template: {
      Metadata: { [CATALOGUE_KEY]: { schema: CATALOGUE_SCHEMA, services: [catalogue] } },
      Resources: resources,
    },
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
  };
}
