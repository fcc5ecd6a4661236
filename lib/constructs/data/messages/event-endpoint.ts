import { Token } from 'aws-cdk-lib/core';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import { RegionRole } from '../../../objectives/region-role';
import type { Membership } from '../../region/membership';

/** The regions that an endpoint switches between, the one that serves first before the other. @internal */
export function endpointRegions({ place, peers }: Membership): readonly string[] {
  const order = [RegionRole.PRIMARY, RegionRole.ACTIVE, RegionRole.STANDBY];
  return [place, ...peers]
    .filter(({ role }) => order.includes(role))
    .sort(
      (one, other) =>
        order.indexOf(one.role) - order.indexOf(other.role) || (one.region < other.region ? -1 : 1),
    )
    .map(({ region }) => region);
}

/** Where a global endpoint of EventBridge does not fit the regions of its service. @internal */
export function endpointMistakes(healthCheckArn: string, membership: Membership): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!Token.isUnresolved(healthCheckArn) && !HEALTH_CHECK_ARN.test(healthCheckArn)) {
    mistakes.push({
      problem: `endpointHealthCheckArn ${quoted(healthCheckArn)} is no ARN of a health check`,
      fix: 'write arn:aws:route53:::healthcheck/ and the id of the check',
    });
  }
  const regions = endpointRegions(membership);
  if (regions.length !== 2) {
    mistakes.push({
      problem: `a global endpoint switches between two regions, and the service has ${regions.length} (${regions.join(', ')})`,
      fix: 'leave endpointHealthCheckArn out, and have senders send to the bus of their own region',
    });
  }
  const accounts = [membership.place, ...membership.peers].map(({ account }) => account);
  if (new Set(accounts).size > 1) {
    mistakes.push({
      problem: `a global endpoint needs both buses in one account, and they are in ${[...new Set(accounts)].join(' and ')}`,
      fix: 'leave endpointHealthCheckArn out, or use one account for both regions',
    });
  }
  return mistakes;
}

const HEALTH_CHECK_ARN = /^arn:aws[a-z-]*:route53:::healthcheck\/[A-Za-z0-9-]+$/;
