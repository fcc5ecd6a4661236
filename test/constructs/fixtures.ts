import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { App, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { declareService, type ServiceScopeOptions } from '../../lib/constructs/governance/service-scope';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { RegionStack } from '../../lib/constructs/region/region-stack';
import {
  HealthCheckedLoadBalancer,
  type HealthCheckedLoadBalancerProps,
} from '../../lib/constructs/traffic/health-checked-load-balancer';
import { ConfigurationError } from '../../lib/errors';
import type { CatalogueService } from '../../lib/objectives/catalogue';
import { RegionRole } from '../../lib/objectives/region-role';
import { Service, type ServiceProps } from '../../lib/objectives/service';
import { Tier } from '../../lib/objectives/tier';
import type { Weakening } from '../../lib/objectives/weakening';

export const ACCOUNT = '111122223333';
export const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

/** Leave to be weaker, for tests of what happens then. */
export const WEAKENING: Weakening = {
  reason: 'the partner cannot take more before spring',
  expires: '2027-03-31',
  approver: 'head of retail',
};

/** The service that the stacks below are built for. */
export function shopOf(tier: Tier, rest: Partial<ServiceProps> = {}): Service {
  return new Service({ name: 'shop', tier, owner: 'team-shop', system: 'retail', ...rest });
}

/** A stack in Ireland, built for the shop. */
export function shopStack(
  tier: Tier,
  options: ServiceScopeOptions = {},
  service: Partial<ServiceProps> = {},
): Stack {
  const stack = new Stack(new App(), 'Shop', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  declareService(stack, shopOf(tier, service), options);
  return stack;
}

/** The stack of a region that only lets others agree, as a RegionSet makes it. */
export function witnessStack(): RegionStack {
  const place = { region: 'eu-west-1', role: RegionRole.WITNESS, availabilityZones: [] };
  const env = { account: ACCOUNT, region: 'eu-west-1' };
  return new RegionStack(new App(), 'Shop', {
    place,
    peers: [],
    service: shopOf(Tier.BUSINESS_CRITICAL),
    env,
  });
}

/** A network in the three zones of Ireland. */
export function networkIn(stack: Stack): ResilientNetwork {
  return new ResilientNetwork(stack, 'Network', { availabilityZones: ZONES });
}

/** A certificate of the region of the stack. */
export function certificateIn(scope: Construct): ICertificate {
  const { region } = Stack.of(scope);
  return Certificate.fromCertificateArn(
    scope,
    'Certificate',
    `arn:aws:acm:${region}:${ACCOUNT}:certificate/0f4c7b52`,
  );
}

/** A load balancer over HTTPS, as the tier decides but for the properties given. */
export function entryIn(
  stack: Stack,
  props: Partial<HealthCheckedLoadBalancerProps> = {},
): HealthCheckedLoadBalancer {
  return new HealthCheckedLoadBalancer(stack, 'Entry', {
    network: networkIn(stack),
    certificate: certificateIn(stack),
    ...props,
  });
}

/** The error of a call that must be refused. */
export function refusal(act: () => unknown): ConfigurationError {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** What the catalogue of a stack says about its one service. */
export function catalogued(stack: Stack): CatalogueService {
  const { Metadata } = Template.fromStack(stack).toJSON();
  const [service, ...more] = Metadata['cdk-nines'].services;
  expect(more).toEqual([]);
  return service;
}

/** The properties of the only resource of a type. */
// biome-ignore lint/suspicious/noExplicitAny: what a template holds is looked at, not typed
export function only(stack: Stack, type: string): any {
  const found = Object.values(Template.fromStack(stack).findResources(type, Match.anyValue()));
  expect(found).toHaveLength(1);
  return found[0]?.Properties;
}
