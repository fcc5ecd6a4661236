import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  type ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, refuse } from '../../objectives/mistakes';
import { acknowledgeNag } from '../governance/nag';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import type { ResilientNetwork } from '../network/resilient-network';
import { accessLogBucket, retentionMistakes } from './access-log-bucket';
import { EVERYBODY, HTTP, HTTPS } from './entry-facts';
import { checkHealthPath, DEFAULT_HEALTH_PATH } from './health-path';
import { targetHealthCheck } from './target-health-check';

/** Properties of a {@link HealthCheckedLoadBalancer}. */
export interface HealthCheckedLoadBalancerProps extends TieredProps {
  /** The network whose zones it stands in, all of them. */
  readonly network: ResilientNetwork;

  /**
   * The certificate, of this region. With one, the load balancer speaks HTTPS and sends plain HTTP there.
   *
   * @default - none: plain HTTP, which needs a `weakening`
   */
  readonly certificate?: ICertificate;

  /**
   * Whether it can be reached from the Internet.
   *
   * @default true
   */
  readonly internetFacing?: boolean;

  /**
   * The addresses that may call it, IPv4. A `FailoverDns` needs `0.0.0.0/0`: the health checkers of Route 53 call too.
   *
   * @default - everybody when it faces the Internet, else the addresses of the network
   */
  readonly allowedCidrs?: string[];

  /**
   * Where the application says whether it can serve. A path of its own: `/` is refused.
   *
   * @default '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * Time between two health checks of a target.
   *
   * @default - 5 s, 10 s, 15 s, 30 s at tiers 0, 1, 2, 3
   */
  readonly healthCheckInterval?: Duration;

  /**
   * How long a health check waits for its answer.
   *
   * @default - 3 s at tier 0, 5 s below; always shorter than the interval
   */
  readonly healthCheckTimeout?: Duration;

  /**
   * Failed checks in a row until a target gets no more requests.
   *
   * @default - 2 at tiers 0 and 1, 3 below
   */
  readonly unhealthyThreshold?: number;

  /**
   * Good checks in a row until a target gets requests.
   *
   * @default - 2, 2, 3, 5 at tiers 0, 1, 2, 3
   */
  readonly healthyThreshold?: number;

  /**
   * How long open requests of a leaving target may take to end.
   *
   * @default - 1 min, 1 min, 2 min, 5 min at tiers 0, 1, 2, 3
   */
  readonly deregistrationDelay?: Duration;

  /**
   * Whether traffic can be shifted away from a zone.
   *
   * @default true
   */
  readonly zonalShift?: boolean;

  /**
   * Whether deleting it is refused until the protection is taken off.
   *
   * @default - true; false in a stage that is not production
   */
  readonly deletionProtection?: boolean;

  /**
   * How long access logs are kept, in whole days.
   *
   * @default Duration.days(365)
   */
  readonly accessLogRetention?: Duration;
}

/**
 * An application load balancer in every zone of its network that asks the application, not the web server, whether it
 * can serve: targets leave and join at the pace of the tier, zones can be taken out, and every request is logged.
 *
 * Register targets with {@link targetGroup}; a `StatelessService` does so by itself.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export class HealthCheckedLoadBalancer extends Construct {
  readonly loadBalancer: ApplicationLoadBalancer;

  /** Who gets the requests. */
  readonly targetGroup: ApplicationTargetGroup;

  /** The listener that forwards to {@link targetGroup}. */
  readonly listener: ApplicationListener;

  readonly securityGroup: SecurityGroup;

  /** Where the access logs go. */
  readonly accessLogs: Bucket;

  readonly network: ResilientNetwork;

  /** Where the application says whether it can serve. */
  readonly healthCheckPath: string;

  /** Whether it can be reached from the Internet. */
  readonly internetFacing: boolean;

  /** Whether it speaks HTTPS. */
  readonly https: boolean;

  /** The addresses that may call it. */
  readonly allowedCidrs: readonly string[];

  /** The ports that it listens on. */
  readonly ports: readonly number[];

  constructor(scope: Construct, id: string, props: HealthCheckedLoadBalancerProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'network'));
    refuse(this.node.path, [...callerMistakes(props), ...retentionMistakes(props.accessLogRetention)]);
    const choices = new TierChoices(this, props);
    this.network = props.network;
    this.healthCheckPath = checkHealthPath(props.healthCheckPath ?? DEFAULT_HEALTH_PATH, this.node.path);
    this.internetFacing = props.internetFacing ?? true;
    this.https = props.certificate !== undefined;
    this.ports = this.https ? [HTTPS, HTTP] : [HTTP];
    this.allowedCidrs = props.allowedCidrs ?? [this.internetFacing ? EVERYBODY : this.network.cidr];
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.network.vpc,
      description: `Callers of ${this.node.path}`,
      allowAllOutbound: false,
    });
    this.loadBalancer = this.createLoadBalancer(choices, props);
    this.accessLogs = accessLogBucket(this, choices, props.accessLogRetention ?? Duration.days(365));
    this.loadBalancer.logAccessLogs(this.accessLogs);
    this.targetGroup = this.createTargetGroup(choices, props);
    this.listener = this.listen(choices, props.certificate);
    this.admitCallers();
  }

  private createLoadBalancer(
    choices: TierChoices,
    props: HealthCheckedLoadBalancerProps,
  ): ApplicationLoadBalancer {
    const { vpc } = this.network;
    const loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      vpcSubnets: { subnets: this.internetFacing ? vpc.publicSubnets : vpc.privateSubnets },
      internetFacing: this.internetFacing,
      securityGroup: this.securityGroup,
      dropInvalidHeaderFields: true,
      deletionProtection: choices.locked({ what: 'deletionProtection', chosen: props.deletionProtection }),
    });
    const zonalShift = choices.on({
      what: 'zonalShift',
      owed: choices.policy.zonalShift,
      chosen: props.zonalShift,
    });
    loadBalancer.setAttribute('zonal_shift.config.enabled', String(zonalShift));
    return loadBalancer;
  }

  private createTargetGroup(
    choices: TierChoices,
    props: HealthCheckedLoadBalancerProps,
  ): ApplicationTargetGroup {
    return new ApplicationTargetGroup(this, 'Targets', {
      vpc: this.network.vpc,
      port: 80,
      protocol: ApplicationProtocol.HTTP,
      targetType: TargetType.IP,
      crossZoneEnabled: true,
      deregistrationDelay: choices.shortest({
        what: 'deregistrationDelay',
        owed: choices.policy.deregistrationDelay,
        chosen: props.deregistrationDelay,
      }),
      healthCheck: { ...targetHealthCheck(this.node.path, choices, props), path: this.healthCheckPath },
    });
  }

  private listen(choices: TierChoices, certificate: ICertificate | undefined): ApplicationListener {
    choices.given({
      what: 'certificate',
      owed: {
        value: true,
        because: 'callers know whom they talk to, and nobody reads along',
        source:
          'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html',
      },
      chosen: certificate !== undefined,
    });
    const common = { open: false, defaultTargetGroups: [this.targetGroup] };
    if (!certificate) {
      return this.loadBalancer.addListener('Http', {
        ...common,
        port: HTTP,
        protocol: ApplicationProtocol.HTTP,
      });
    }
    this.loadBalancer.addRedirect({ open: false });
    return this.loadBalancer.addListener('Https', {
      ...common,
      port: HTTPS,
      protocol: ApplicationProtocol.HTTPS,
      certificates: [certificate],
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
    });
  }

  private admitCallers(): void {
    for (const port of this.ports) {
      for (const cidr of this.allowedCidrs) {
        this.securityGroup.addIngressRule(
          Peer.ipv4(cidr),
          Port.tcp(port),
          `HTTP${port === HTTPS ? 'S' : ''} callers`,
        );
      }
    }
    if (this.internetFacing && this.allowedCidrs.includes(EVERYBODY)) {
      acknowledgeNag(
        this.securityGroup,
        'EC23',
        'It faces the Internet on purpose, on the ports of its listeners only; allowedCidrs narrows it.',
      );
    }
  }
}

function callerMistakes({ allowedCidrs, internetFacing = true }: HealthCheckedLoadBalancerProps): Mistake[] {
  if (allowedCidrs === undefined || allowedCidrs.length > 0) return [];
  const callers = internetFacing ? 'everybody' : 'the network';
  return [
    {
      problem: 'allowedCidrs is empty, so nobody may call it',
      fix: `name an address range, or leave allowedCidrs out for ${callers}`,
    },
  ];
}
