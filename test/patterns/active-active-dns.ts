import { Continent, GeoLocation } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { ActiveActiveDns, type ActiveActiveDnsProps } from '../../lib/constructs/traffic/active-active-dns';
import { ActiveRouting } from '../../lib/constructs/traffic/active-routing';
import type { DnsLoadBalancer } from '../../lib/constructs/traffic/dns-load-balancer';
import { HealthCheckedLoadBalancer } from '../../lib/constructs/traffic/health-checked-load-balancer';
import { HealthCheckedNetworkLoadBalancer } from '../../lib/constructs/traffic/health-checked-network-load-balancer';
import { RecoveryApproach } from '../../lib/objectives/policy/regions';
import { certificateIn } from '../constructs/fixtures';
import {
  alarmIn,
  type EntryOptions,
  entranceIn,
  entryOptions,
  leadsTo,
  ZONE,
} from '../constructs/traffic/dns-fixtures';
import type { Pattern } from '../support/pattern';

type Choice = Pick<ActiveActiveDnsProps, 'routing' | 'weights' | 'locations' | 'cidrLocations'>;

interface Options {
  readonly entry: EntryOptions;
  readonly routing: ActiveRouting;
  readonly weights: readonly [number, number];
  readonly hasDefault: boolean;
  readonly alarm: boolean;
  readonly spare: boolean;
}

const COLLECTION = '0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11';

/** A second entrance of the same kind. */
function spareOf(stack: RegionStack, first: DnsLoadBalancer | undefined): Partial<ActiveActiveDnsProps> {
  if (!first) return { spareEndpoint: stack.region.startsWith('eu-west') ? '192.0.2.251' : '192.0.2.252' };
  const isOwn =
    first instanceof HealthCheckedLoadBalancer || first instanceof HealthCheckedNetworkLoadBalancer;
  const network = isOwn ? first.network : new ResilientNetwork(stack, 'SpareNetwork');
  const certificate = certificateIn(new Construct(stack, 'Second'));
  return { spareLoadBalancer: new HealthCheckedLoadBalancer(stack, 'Spare', { network, certificate }) };
}

export const activeActiveDns: Pattern<Options> = {
  construct: 'ActiveActiveDns',
  approach: RecoveryApproach.ACTIVE_ACTIVE,
  build: (stack) => {
    const loadBalancer = entranceIn(stack);
    const alarm = alarmIn(stack);
    // minimal
    new ActiveActiveDns(stack, 'Dns', { ...ZONE, recordName: 'shop', loadBalancer, alarm });
    // end
  },
  options: fc.record({
    entry: entryOptions,
    routing: fc.constantFrom(...Object.values(ActiveRouting)),
    weights: fc.tuple(fc.constantFrom(-1, 0, 10, 90, 255, 256), fc.integer({ min: 0, max: 255 })),
    hasDefault: fc.constantFrom(true, true, true, false),
    alarm: fc.boolean(),
    spare: fc.boolean(),
  }),
  buildWith: (stack, options, { regions: [one, other] }) => {
    const { entry, routing, weights, hasDefault, alarm, spare } = options;
    const choices: Record<ActiveRouting, Choice & { cidrCollectionId?: string }> = {
      latency: {},
      weighted: { weights: { [one]: weights[0], [other]: weights[1] } },
      geolocation: {
        locations: {
          [one]: [GeoLocation.continent(Continent.EUROPE), GeoLocation.country('DE')],
          [other]: [GeoLocation.subdivision('WA'), ...(hasDefault ? [GeoLocation.default()] : [])],
        },
      },
      cidr: {
        cidrCollectionId: COLLECTION,
        cidrLocations: { [one]: ['fiber'], [other]: ['mobile', ...(hasDefault ? ['*'] : [])] },
      },
    };
    const target = leadsTo(stack, entry.to);
    new ActiveActiveDns(stack, 'Dns', {
      ...ZONE,
      recordName: 'shop',
      ...target,
      ...entry.props,
      ...(alarm && { alarm: alarmIn(stack) }),
      routing,
      ...choices[routing],
      ...(spare && spareOf(stack, target.loadBalancer)),
    });
  },
};
