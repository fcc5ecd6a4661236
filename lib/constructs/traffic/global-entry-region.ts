import type { ILoadBalancerV2, Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  CfnCrossAccountAttachment,
  EndpointGroup,
  HealthCheckProtocol,
  Listener,
  RawEndpoint,
} from 'aws-cdk-lib/aws-globalaccelerator';
import { CfnOutput, type Duration, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { missing, refuse } from '../../objectives/mistakes';
import type { Decided } from '../../objectives/policy/decided';
import { RegionRole } from '../../objectives/region-role';
import { ServiceScope } from '../governance/service-scope';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { membershipOf, regionalName } from '../region/membership';
import { checkFailover } from './failover-budget';
import { checkPace } from './failover-timing';
import { accountOfListener, globalRegionMistakes, preservesClientIp } from './global-entry-region-mistakes';
import { checkHealthPath, DEFAULT_HEALTH_PATH } from './health-path';

/**
 * A load balancer that an accelerator can use: a `HealthCheckedLoadBalancer` or a
 * `HealthCheckedNetworkLoadBalancer`.
 */
export interface GlobalLoadBalancer extends IConstruct {
  /** What the accelerator sends requests to. */
  readonly loadBalancer: ILoadBalancerV2;

  /** Whether it can be reached from the Internet. */
  readonly internetFacing: boolean;

  /** The addresses that may call it. */
  readonly allowedCidrs: readonly string[];

  /**
   * What a network load balancer takes.
   *
   * @default - none: it is an application load balancer
   */
  readonly protocol?: Protocol;
}

/** Properties of a {@link GlobalEntryRegion}. */
export interface GlobalEntryRegionProps extends TieredProps {
  /** The ARN of the listener: an output of the stack of the {@link GlobalEntry}, written down after it was deployed. */
  readonly listenerArn: string;

  /**
   * The load balancer of this region. It may be internal, if it admits everybody: users keep their addresses.
   *
   * @default - none: `elasticIp` says where requests go
   */
  readonly loadBalancer?: GlobalLoadBalancer;

  /**
   * The allocation id of this region's Elastic IP address, where it is no load balancer: `eipalloc-…`.
   *
   * @default - none: `loadBalancer` says where requests go
   */
  readonly elasticIp?: string;

  /**
   * The share of users near this region that it gets, in per cent: 0 to 100.
   *
   * @default - 100; 0 in a standby region, which serves when no other region can
   */
  readonly trafficDial?: number;

  /**
   * Whether the load balancer sees the addresses of users. A network load balancer that ends TLS never does.
   *
   * @default - true; false before a network load balancer that ends TLS
   */
  readonly preserveClientIp?: boolean;

  /**
   * What the checkers ask an `elasticIp` for over HTTP. A load balancer is judged by its own checks.
   *
   * @default '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * The port that the checkers call at an `elasticIp`.
   *
   * @default - the listener's
   */
  readonly healthCheckPort?: number;

  /**
   * Time between two checks of an `elasticIp`: 10 s or 30 s.
   *
   * @default - 10 s at tier 0, else 30 s
   */
  readonly healthCheckInterval?: Duration;

  /**
   * Failed checks in a row until an `elasticIp` gets no more users, 1 to 10.
   *
   * @default 3
   */
  readonly healthCheckFailureThreshold?: number;
}

/**
 * This region's part of a {@link GlobalEntry}: its endpoint group with its own endpoint, in its own stack.
 *
 * An accelerator takes endpoint groups of its own account only. In another account this makes the attachment that lets it use
 * the load balancer, and says both ARNs as outputs; write them into `foreignEndpoints` of the {@link GlobalEntry}.
 *
 * @throws ConfigurationError for endpoints that nobody could reach or that nobody is sent to, for checks that Global
 * Accelerator ignores, and when detection does not fit the DNS failover budget of the tier
 * @see https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups.html
 */
export class GlobalEntryRegion extends Construct {
  /** `undefined` in another account than the accelerator's. */
  readonly endpointGroup: EndpointGroup | undefined;

  /** What lets an accelerator of another account use the load balancer; `undefined` in its own account. */
  readonly attachment: CfnCrossAccountAttachment | undefined;

  constructor(scope: Construct, id: string, props: GlobalEntryRegionProps) {
    super(scope, id);
    const { path } = this.node;
    const { account, region } = Stack.of(this);
    const role = membershipOf(this)?.place.role;
    refuse(path, missing(props, 'listenerArn'));
    refuse(path, globalRegionMistakes(props, { account, region, role }));
    const choices = new TierChoices(this, props);
    const trafficDial = chooseDial(choices, props.trafficDial, role);
    const owner = accountOfListener(props.listenerArn);
    if (owner !== undefined && owner !== account && props.loadBalancer) {
      this.attachment = this.attach(owner, props.loadBalancer);
      return;
    }
    this.endpointGroup = new EndpointGroup(this, 'EndpointGroup', {
      listener: Listener.fromListenerArn(this, 'Listener', props.listenerArn),
      endpointGroupName: regionalName(this, region, LONGEST_NAME),
      region,
      trafficDialPercentage: trafficDial,
      endpoints: [endpointOf(props)],
      ...(props.elasticIp !== undefined && this.ownChecks(choices, props)),
    });
  }

  private attach(principal: string, { loadBalancer }: GlobalLoadBalancer): CfnCrossAccountAttachment {
    const { region } = Stack.of(this);
    const endpointId = loadBalancer.loadBalancerRef.loadBalancerArn;
    const attachment = new CfnCrossAccountAttachment(this, 'Attachment', {
      name: regionalName(this, region, LONGEST_NAME),
      principals: [principal],
      resources: [{ endpointId, region }],
    });
    new CfnOutput(this, 'EndpointArn', { value: endpointId, description: 'endpointArn in foreignEndpoints' });
    new CfnOutput(this, 'AttachmentArn', {
      value: attachment.attrAttachmentArn,
      description: 'attachmentArn in foreignEndpoints',
    });
    return attachment;
  }

  /** The checks of Global Accelerator itself, which it makes of addresses only. */
  private ownChecks(choices: TierChoices, props: GlobalEntryRegionProps) {
    const { policy } = choices;
    const interval = props.healthCheckInterval ?? policy.healthCheckInterval.value;
    const threshold = props.healthCheckFailureThreshold ?? policy.healthCheckFailureThreshold.value;
    const rto = ServiceScope.of(this)?.service.objectives.region.rto ?? policy.recovery.region.rto.value;
    checkFailover(
      {
        detection: {
          kind: 'health-check',
          intervalSeconds: interval.toSeconds(),
          failureThreshold: threshold,
        },
        ttlSeconds: undefined,
        promotionSeconds: 0,
        gateSeconds: 0,
      },
      {
        path: this.node.path,
        owedBy: `tier ${choices.tier}`,
        budgetSeconds: policy.dnsFailoverBudget.value?.toSeconds(),
        rtoSeconds: rto.toSeconds(),
      },
    );
    const path = props.healthCheckPath ?? DEFAULT_HEALTH_PATH;
    const pace = checkPace(choices, props);
    return {
      healthCheckProtocol: HealthCheckProtocol.HTTP,
      healthCheckPath: checkHealthPath(path, this.node.path),
      healthCheckInterval: pace.interval,
      healthCheckThreshold: pace.failureThreshold,
      ...(props.healthCheckPort !== undefined && { healthCheckPort: props.healthCheckPort }),
    };
  }
}

function endpointOf(props: GlobalEntryRegionProps): RawEndpoint {
  const { loadBalancer, elasticIp = '' } = props;
  return loadBalancer
    ? new RawEndpoint({
        endpointId: loadBalancer.loadBalancer.loadBalancerRef.loadBalancerArn,
        preserveClientIp: preservesClientIp(props),
      })
    : new RawEndpoint({ endpointId: elasticIp, preserveClientIp: false });
}

function chooseDial(choices: TierChoices, chosen: number | undefined, role: RegionRole | undefined): number {
  const owed: Decided<number> =
    role === RegionRole.STANDBY
      ? {
          value: 0,
          because: 'a standby serves when no other region can, whatever its dial',
          source: DIAL_PAGE,
        }
      : { value: 100, because: 'users are sent to the nearest region', source: DIAL_PAGE };
  const value = chosen ?? owed.value;
  choices.record({
    what: 'trafficDial',
    ...owed,
    ...(chosen !== undefined && { value, source: 'override' }),
  });
  return value;
}

const DIAL_PAGE =
  'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints-endpoint-weights.unhealthy-endpoints.html';
const LONGEST_NAME = 64;
