import {
  Accelerator,
  CfnEndpointGroup,
  ClientAffinity,
  ConnectionProtocol,
  IpAddressType,
  type Listener,
} from 'aws-cdk-lib/aws-globalaccelerator';
import { CfnOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { missing, refuse } from '../../objectives/mistakes';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { sharedName } from '../region/membership';
import { HTTPS } from './entry-facts';
import { globalEntryMistakes } from './global-entry-mistakes';

/** An endpoint in another account, whose region's part has given the accelerator leave to use it. */
export interface ForeignEndpoint {
  /** The region of the endpoint. */
  readonly region: string;

  /** The ARN of its load balancer: an output of its {@link GlobalEntryRegion}. */
  readonly endpointArn: string;

  /** The ARN of the attachment: an output of its {@link GlobalEntryRegion}. */
  readonly attachmentArn: string;

  /**
   * The share of users near this region that it gets, in per cent: 0 to 100. 0 for a standby: it serves when no other region can.
   *
   * @default 100
   */
  readonly trafficDial?: number;

  /**
   * Whether its load balancer sees the addresses of users. A network load balancer that ends TLS never does.
   *
   * @default true
   */
  readonly preserveClientIp?: boolean;
}

/** Properties of a {@link GlobalEntry}. */
export interface GlobalEntryProps extends TieredProps {
  /**
   * The ports that users call.
   *
   * @default [443]
   */
  readonly ports?: readonly number[];

  /**
   * Whether users call over UDP.
   *
   * @default false
   */
  readonly udp?: boolean;

  /**
   * Whether a user stays with one region while it is well.
   *
   * @default false
   */
  readonly clientAffinity?: boolean;

  /**
   * Whether it has two IPv6 addresses beside the two of IPv4. All endpoints must then be dual-stack load balancers.
   *
   * @default false
   */
  readonly dualStack?: boolean;

  /**
   * Endpoints in other accounts. Those of its own account join by a {@link GlobalEntryRegion} in their region's stack.
   *
   * @default - none
   */
  readonly foreignEndpoints?: readonly ForeignEndpoint[];
}

/**
 * Two fixed addresses for all regions, announced from the edge of AWS: AWS Global Accelerator sends users to the nearest
 * region whose endpoints are well, and moves them without waiting for DNS.
 *
 * It stands in one stack, best one of its own. Its listener's ARN is made at deployment, so there are two phases: deploy
 * this, then write the ARN (an output) into the {@link GlobalEntryRegion} of each region, which joins with its own load
 * balancer. So no template reads another region's.
 *
 * @throws ConfigurationError for ports that nobody could call, and for endpoints that contradict each other
 * @see https://docs.aws.amazon.com/global-accelerator/latest/dg/what-is-global-accelerator.html
 */
export class GlobalEntry extends Construct {
  readonly accelerator: Accelerator;
  readonly listener: Listener;

  constructor(scope: Construct, id: string, props: GlobalEntryProps = {}) {
    super(scope, id);
    const { ports = [HTTPS], foreignEndpoints = [], udp = false, clientAffinity = false } = props;
    const { path } = this.node;
    for (const each of foreignEndpoints) {
      refuse(path, missing(each, 'region', 'endpointArn', 'attachmentArn'));
    }
    refuse(path, globalEntryMistakes(ports, foreignEndpoints));
    const choices = new TierChoices(this, props);
    this.accelerator = new Accelerator(this, 'Accelerator', {
      acceleratorName: sharedName(this, LONGEST_NAME),
      ipAddressType: props.dualStack ? IpAddressType.DUAL_STACK : IpAddressType.IPV4,
    });
    this.listener = this.accelerator.addListener('Listener', {
      portRanges: ports.map((port) => ({ fromPort: port })),
      protocol: udp ? ConnectionProtocol.UDP : ConnectionProtocol.TCP,
      clientAffinity: clientAffinity ? ClientAffinity.SOURCE_IP : ClientAffinity.NONE,
    });
    for (const each of foreignEndpoints) this.admit(each);
    new CfnOutput(this, 'ListenerArn', {
      value: this.listener.listenerArn,
      description: 'listenerArn of the GlobalEntryRegion in all regions',
    });
    choices.record({
      what: 'dnsTtl',
      value: 'none',
      because: 'the addresses stay the same: no answer of DNS has to expire before users move',
      source: FAILOVER_PAGE,
    });
  }

  /** A group in the account of the accelerator, with an endpoint of another one. */
  private admit({ region, endpointArn, attachmentArn, ...rest }: ForeignEndpoint): void {
    const { trafficDial = 100, preserveClientIp = true } = rest;
    new CfnEndpointGroup(this, region, {
      listenerArn: this.listener.listenerArn,
      endpointGroupRegion: region,
      trafficDialPercentage: trafficDial,
      endpointConfigurations: [
        { endpointId: endpointArn, attachmentArn, clientIpPreservationEnabled: preserveClientIp },
      ],
    });
  }
}

const FAILOVER_PAGE =
  'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints-endpoint-weights.unhealthy-endpoints.html';
const LONGEST_NAME = 64;
