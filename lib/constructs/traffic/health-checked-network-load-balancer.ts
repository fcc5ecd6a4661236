import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  type NetworkListener,
  NetworkLoadBalancer,
  type NetworkTargetGroup,
  Protocol,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, refuse } from '../../objectives/mistakes';
import { ZoneLossLoad } from '../../objectives/policy/capacity';
import { accessLogRetention } from '../governance/log-retention';
import { acknowledgeControls, acknowledgeNag } from '../governance/nag';
import { TierChoices } from '../governance/tier-choices';
import { addressesOf, type PlacedNetwork, placeEntry } from '../network/placed-network';
import { networkLogBucket, retentionMistakes } from './access-log-bucket';
import { EVERYBODY } from './entry-facts';
import { checkHealthPath, DEFAULT_HEALTH_PATH } from './health-path';
import {
  acknowledgeTearDown,
  callerMistakes,
  type LoadBalancerProps,
  logRegionMistakes,
  partMistakes,
} from './load-balancer-props';
import {
  listenerProtocol,
  type NetworkTargetProps,
  networkTargetMistakes,
  takesDatagrams,
} from './network-target-props';
import { networkTargets } from './network-targets';
import { addressMistakes, type StaticAddressProps, staticAddresses } from './static-addresses';

/** Properties of a {@link HealthCheckedNetworkLoadBalancer}. */
export interface HealthCheckedNetworkLoadBalancerProps
  extends LoadBalancerProps,
    NetworkTargetProps,
    StaticAddressProps {
  /**
   * Whether each zone also sends to the targets of the others. Off makes zones independent of each other; then each must
   * have targets to spare, so say how many there are in `minimumTargets`. UDP takes it off, or no zone could be shifted away.
   *
   * @default - true; false before an application load balancer, which sends to all zones itself
   */
  readonly crossZone?: boolean;

  /**
   * How many targets there are at the least, in all zones together. Counts where `crossZone` is off.
   *
   * @default - not known
   */
  readonly minimumTargets?: number;
}

/**
 * A network load balancer in every zone of its network, for what speaks no HTTP or needs fixed addresses. It asks the
 * application, not the port, whether it can serve; zones can be shifted away, and targets see who calls.
 *
 * Register targets with {@link targetGroup}, and let them admit {@link securityGroup}.
 *
 * @throws ConfigurationError when settings contradict each other, or are weaker than the tier owes and nobody answers
 * for it
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
export class HealthCheckedNetworkLoadBalancer extends Construct {
  readonly loadBalancer: NetworkLoadBalancer;

  /** Who gets the connections. */
  readonly targetGroup: NetworkTargetGroup;

  readonly listener: NetworkListener;

  readonly securityGroup: SecurityGroup;

  /** Where the access logs go. AWS writes them for TLS only. */
  readonly accessLogs: Bucket;

  readonly network: PlacedNetwork;

  /** What the targets are. */
  readonly targetType: TargetType;

  /** Whether traffic can be shifted away from a zone. */
  readonly zonalShift: boolean;

  /** Whether it can be reached from the Internet. */
  readonly internetFacing: boolean;

  /** What it takes. */
  readonly protocol: Protocol;

  /** The port that it listens on. */
  readonly port: number;

  /** Where the targets say whether they can serve; `undefined` where they are asked for a connection only. */
  readonly healthCheckPath: string | undefined;

  /** The addresses that may call it. */
  readonly allowedCidrs: readonly string[];

  constructor(scope: Construct, id: string, props: HealthCheckedNetworkLoadBalancerProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'network', 'port'));
    const choices = new TierChoices(this, props, { known: COUNTS });
    refuse(this.node.path, [
      ...partMistakes(props),
      ...callerMistakes(props),
      ...logRegionMistakes(this),
      ...retentionMistakes(props.accessLogRetention),
      ...networkTargetMistakes(props),
    ]);
    this.internetFacing = props.internetFacing ?? true;
    this.network = placeEntry(this, choices, props.network, this.internetFacing);
    const zones = this.network.availabilityZones.length;
    if (!this.network.isPending)
      refuse(this.node.path, [...addressMistakes(props, zones), ...independenceMistakes(props, zones)]);
    this.targetType = props.targetType ?? TargetType.IP;
    this.protocol = listenerProtocol(props);
    this.port = props.port;
    const inside = addressesOf(this.node.path, this.network);
    this.allowedCidrs = props.allowedCidrs ?? [this.internetFacing ? EVERYBODY : inside];
    this.zonalShift = choices.on({
      what: 'zonalShift',
      owed: choices.policy.zonalShift,
      chosen: props.zonalShift,
    });
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: this.network.vpc,
      description: `Callers of ${this.node.path}`,
      allowAllOutbound: false,
    });
    const crossZone = chooseCrossZone(choices, props);
    this.loadBalancer = this.createLoadBalancer(choices, props, crossZone);
    this.accessLogs = networkLogBucket(this, choices, accessLogRetention(choices, props.accessLogRetention));
    this.loadBalancer.logAccessLogs(this.accessLogs);
    const checked = this.withPath(props);
    this.healthCheckPath = checked.healthCheckPath;
    this.targetGroup = networkTargets(this, choices, this, checked);
    if (crossZone && this.zonalShift) letZonesShift(this.targetGroup);
    this.listener = this.listen(props);
    this.admit(props);
  }

  private createLoadBalancer(
    choices: TierChoices,
    props: HealthCheckedNetworkLoadBalancerProps,
    crossZoneEnabled: boolean,
  ): NetworkLoadBalancer {
    const { vpc, publicSubnets, privateSubnets } = this.network;
    const mappings = staticAddresses(this, choices, this.network, props);
    const loadBalancer = new NetworkLoadBalancer(this, 'LoadBalancer', {
      vpc,
      ...(mappings
        ? { subnetMappings: mappings }
        : { vpcSubnets: { subnets: [...(this.internetFacing ? publicSubnets : privateSubnets)] } }),
      internetFacing: this.internetFacing,
      securityGroups: [this.securityGroup],
      crossZoneEnabled,
      zonalShift: this.zonalShift,
      deletionProtection: choices.locked({ what: 'deletionProtection', chosen: props.deletionProtection }),
    });
    if (choices.nonProduction) acknowledgeTearDown(loadBalancer);
    return loadBalancer;
  }

  private withPath(props: HealthCheckedNetworkLoadBalancerProps): HealthCheckedNetworkLoadBalancerProps {
    if (props.healthCheckProtocol === Protocol.TCP) return props;
    const path = checkHealthPath(props.healthCheckPath ?? DEFAULT_HEALTH_PATH, this.node.path);
    return { ...props, healthCheckPath: path };
  }

  private listen({ port, certificate }: HealthCheckedNetworkLoadBalancerProps): NetworkListener {
    const listener = this.loadBalancer.addListener('Listener', {
      port,
      protocol: this.protocol,
      defaultTargetGroups: [this.targetGroup],
      ...(certificate && { certificates: [certificate], sslPolicy: SslPolicy.RECOMMENDED_TLS }),
    });
    if (!certificate) {
      acknowledgeControls(
        listener,
        ['ELBv2ACMCertificateRequired'],
        'It passes connections on unread, so that TLS goes from the client to the target; certificate ends it here.',
      );
    }
    return listener;
  }

  private admit({ port, targetPort = port, healthCheckPort }: HealthCheckedNetworkLoadBalancerProps): void {
    const toPort = takesDatagrams(this.protocol) ? Port.udp : Port.tcp;
    const ports = (number: number) =>
      this.protocol === Protocol.TCP_UDP ? [Port.tcp(number), Port.udp(number)] : [toPort(number)];
    for (const cidr of this.allowedCidrs)
      for (const each of ports(port)) this.securityGroup.addIngressRule(Peer.ipv4(cidr), each, 'Callers');
    const inside = Peer.ipv4(addressesOf(this.node.path, this.network));
    for (const each of ports(targetPort)) this.securityGroup.addEgressRule(inside, each, 'Targets');
    if (this.protocol === Protocol.UDP || (healthCheckPort ?? targetPort) !== targetPort) {
      const asked = Port.tcp(healthCheckPort ?? targetPort);
      this.securityGroup.addEgressRule(inside, asked, 'Health checks');
    }
    if (this.internetFacing && this.allowedCidrs.includes(EVERYBODY)) {
      acknowledgeNag(
        this.securityGroup,
        'EC23',
        'It faces the Internet on purpose, on the port of its listener only; allowedCidrs narrows it.',
      );
    }
  }
}

/**
 * Where zones send to each other, AWS lets none be shifted away from a target group that cuts the connections of unhealthy
 * targets, as it does by default.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-zonal-shift.html
 */
function letZonesShift(targets: NetworkTargetGroup): void {
  targets.setAttribute('target_health_state.unhealthy.connection_termination.enabled', 'false');
}

/** Where zones carry the peak without one of them, each may be left to itself. */
function chooseCrossZone(
  choices: TierChoices,
  { crossZone: chosen, targetType }: HealthCheckedNetworkLoadBalancerProps,
): boolean {
  const { zoneLossLoad } = choices.policy;
  const source =
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html';
  if (targetType === TargetType.ALB) {
    const because = 'the application load balancer behind it sends to all zones itself';
    return choices.on({ what: 'crossZone', owed: { value: false, because, source }, chosen });
  }
  const owed = {
    value: true,
    because: 'a zone without healthy targets is served by those of the others',
    source,
  };
  const mayBeOff = zoneLossLoad.value === ZoneLossLoad.PEAK;
  const limit = { value: false, because: 'each zone has capacity to spare', source };
  return choices.on({ what: 'crossZone', owed, limit: mayBeOff ? limit : undefined, chosen });
}

/** The CDK judges the thresholds, and the targets are counted. */
const COUNTS = ['unhealthyThreshold', 'healthyThreshold', 'minimumTargets'];

/** One in use and one to spare. */
const TARGETS_IN_ZONE = 2;

function independenceMistakes(props: HealthCheckedNetworkLoadBalancerProps, zones: number): Mistake[] {
  const { targetType, zonalShift = true } = props;
  const isBalanced = targetType === TargetType.ALB;
  const { crossZone = !isBalanced, minimumTargets } = props;
  const needed = TARGETS_IN_ZONE * zones;
  if (crossZone) return zonalShift ? shiftMistakes(props, needed) : [];
  const mistakes: Mistake[] = [];
  if (!zonalShift) {
    mistakes.push({
      problem: 'crossZone and zonalShift are off, so a broken zone goes on failing its callers',
      fix: 'turn one of the two on',
    });
  }
  const isEnough =
    minimumTargets !== undefined && (Token.isUnresolved(minimumTargets) || minimumTargets >= needed);
  if (!isBalanced && !isEnough) {
    mistakes.push({
      problem: `crossZone is off with ${minimumTargets ?? 'an unknown number of'} targets in ${zones} zones: a target lost leaves its zone without any`,
      fix: `set minimumTargets to ${needed} or more, and run as many, or leave crossZone on`,
    });
  }
  return mistakes;
}

/** Where zones send to each other, AWS lets none be shifted away from datagrams or an application load balancer. */
function shiftMistakes(props: HealthCheckedNetworkLoadBalancerProps, needed: number): Mistake[] {
  if (props.targetType === TargetType.ALB) {
    return [
      {
        problem: 'crossZone is on, with which no zone can be shifted away from targets of type alb',
        fix: 'leave crossZone out: the application load balancer sends to all zones itself',
      },
    ];
  }
  const protocol = listenerProtocol(props);
  if (!takesDatagrams(protocol)) return [];
  return [
    {
      problem: `crossZone is on, with which no zone can be shifted away from targets of ${protocol}`,
      fix: `set crossZone to false and minimumTargets to ${needed} or more, or zonalShift to false with a weakening`,
    },
  ];
}
