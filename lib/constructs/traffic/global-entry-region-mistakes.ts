import { Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Token } from 'aws-cdk-lib/core';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { openTimeMistakes } from './check-mistakes';
import { EVERYBODY } from './entry-facts';
import { dialMistakes } from './global-entry-mistakes';
import type { GlobalEntryRegionProps } from './global-entry-region';

/** Where a part of an accelerator stands. @internal */
export interface GlobalPlace {
  readonly account: string;
  readonly region: string;
  readonly role: RegionRole | undefined;
}

/** Everything in which a region's part of an accelerator contradicts itself. @internal */
export function globalRegionMistakes(props: GlobalEntryRegionProps, place: GlobalPlace): Mistake[] {
  return [
    ...listenerMistakes(props.listenerArn),
    ...placeMistakes(props, place),
    ...targetMistakes(props),
    ...(props.loadBalancer ? balancerMistakes(props) : addressMistakes(props)),
  ];
}

/** The account of a listener; `undefined` where it is known at deployment only. @internal */
export function accountOfListener(arn: string): string | undefined {
  return LISTENER.exec(arn)?.[1];
}

/**
 * Whether a load balancer sees the addresses of users: a network load balancer that ends TLS cannot.
 *
 * @see https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.sipp-caveats.html
 * @internal
 */
export function preservesClientIp({ loadBalancer, preserveClientIp }: GlobalEntryRegionProps): boolean {
  return preserveClientIp ?? loadBalancer?.protocol !== Protocol.TLS;
}

function listenerMistakes(arn: string): Mistake[] {
  if (Token.isUnresolved(arn) || LISTENER.test(arn)) return [];
  return [
    {
      problem: `listenerArn is ${quoted(arn)}`,
      fix: 'write arn:aws:globalaccelerator::ACCOUNT:accelerator/ID/listener/ID, an output of GlobalEntry',
    },
  ];
}

function placeMistakes(props: GlobalEntryRegionProps, { account, region, role }: GlobalPlace): Mistake[] {
  const mistakes = dialMistakes(props.trafficDial, region);
  if (role === RegionRole.WITNESS) {
    mistakes.push({ problem: 'a witness region serves nobody', fix: 'build it in the other regions only' });
  }
  const serves = role === RegionRole.ACTIVE || role === RegionRole.PRIMARY;
  if (serves && props.trafficDial === 0) {
    mistakes.push({
      problem: `${region} is ${role}, but a trafficDial of 0 sends nobody there`,
      fix: 'set trafficDial above 0, or give the region the role standby',
    });
  }
  const owner = accountOfListener(props.listenerArn);
  if (owner !== undefined && owner !== account && props.elasticIp !== undefined) {
    mistakes.push({
      problem: `the accelerator of account ${owner} takes no Elastic IP address of another account here`,
      fix: 'give a loadBalancer, or put the accelerator into this account',
    });
  }
  return mistakes;
}

function targetMistakes({ loadBalancer, elasticIp, preserveClientIp }: GlobalEntryRegionProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if ((loadBalancer === undefined) === (elasticIp === undefined)) {
    mistakes.push({
      problem: `requests go to ${loadBalancer ? 'a load balancer and an address' : 'nowhere'}`,
      fix: 'give either loadBalancer or elasticIp',
    });
  }
  if (elasticIp !== undefined && !Token.isUnresolved(elasticIp) && !/^eipalloc-[0-9a-f]+$/.test(elasticIp)) {
    mistakes.push({
      problem: `elasticIp is ${quoted(elasticIp)}`,
      fix: 'write the allocation id, such as eipalloc-0123456789abcdef0',
    });
  }
  if (elasticIp !== undefined && preserveClientIp) {
    mistakes.push({
      problem: 'behind an Elastic IP address the addresses of users are not preserved',
      fix: 'leave preserveClientIp out, or use a load balancer',
    });
  }
  return mistakes;
}

/** Global Accelerator takes over what the load balancer finds, and asks nothing itself. */
function balancerMistakes(props: GlobalEntryRegionProps): Mistake[] {
  const { loadBalancer } = props;
  if (!loadBalancer) return [];
  const preserveClientIp = preservesClientIp(props);
  const idle = OWN_CHECKS.filter((name) => props[name] !== undefined);
  const mistakes: Mistake[] = [];
  if (idle.length > 0) {
    mistakes.push({
      problem: `Global Accelerator judges a load balancer by its own checks, so ${idle.join(', ')} would do nothing`,
      fix: `leave ${idle.join(', ')} out, and set them on the load balancer`,
    });
  }
  if (loadBalancer.protocol === Protocol.TLS && (preserveClientIp || !loadBalancer.internetFacing)) {
    mistakes.push({
      problem: `${loadBalancer.node.path} ends TLS, and before such a network load balancer users do not keep their addresses`,
      fix: preserveClientIp
        ? 'leave preserveClientIp out, or end TLS in the targets (protocol TCP, without a certificate)'
        : 'set internetFacing to true, or end TLS in the targets (protocol TCP, without a certificate)',
    });
  } else if (!loadBalancer.internetFacing && !preserveClientIp) {
    mistakes.push({
      problem: 'an internal load balancer always sees the addresses of users',
      fix: 'leave preserveClientIp out',
    });
  }
  if (preserveClientIp && !loadBalancer.allowedCidrs.includes(EVERYBODY)) {
    mistakes.push({
      problem: `${loadBalancer.node.path} admits ${loadBalancer.allowedCidrs.join(', ')}, and users keep their own addresses`,
      fix: `set allowedCidrs of the load balancer to [${quoted(EVERYBODY)}], or to the addresses of all users with preserveClientIp: false`,
    });
  }
  return mistakes;
}

function addressMistakes({
  healthCheckInterval,
  healthCheckFailureThreshold: threshold,
}: GlobalEntryRegionProps): Mistake[] {
  const mistakes = openTimeMistakes({ healthCheckInterval });
  const intervals: readonly number[] = AWS_FACTS.route53HealthCheckIntervalsSeconds.value;
  if (mistakes.length === 0 && healthCheckInterval && !intervals.includes(healthCheckInterval.toSeconds())) {
    mistakes.push({
      problem: `healthCheckInterval is ${healthCheckInterval.toSeconds()} s, but Global Accelerator checks every ${intervals.join(' s or ')} s`,
      fix: `set healthCheckInterval to ${intervals.join(' s or ')} s`,
    });
  }
  if (threshold !== undefined && !(Number.isInteger(threshold) && threshold >= 1 && threshold <= 10)) {
    mistakes.push({
      problem: `healthCheckFailureThreshold is ${threshold}, but Global Accelerator takes 1 to 10`,
      fix: 'set healthCheckFailureThreshold to a whole number from 1 to 10',
    });
  }
  return mistakes;
}

const OWN_CHECKS = [
  'healthCheckPath',
  'healthCheckPort',
  'healthCheckInterval',
  'healthCheckFailureThreshold',
] as const;

const LISTENER = /^arn:aws[a-z-]*:globalaccelerator::(\d{12}):accelerator\/[^/]+\/listener\/[^/]+$/;
