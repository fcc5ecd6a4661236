import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  type ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type ApplicationTargetGroup,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnWebACLAssociation, type IWebACLRef } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { missing, refuse } from '../../objectives/mistakes';
import { accessLogRetention } from '../governance/log-retention';
import { acknowledgeControls, acknowledgeNag } from '../governance/nag';
import { TierChoices } from '../governance/tier-choices';
import { addressesOf, type PlacedNetwork, placeEntry } from '../network/placed-network';
import { accessLogBucket, retentionMistakes } from './access-log-bucket';
import {
  type ApplicationTargetProps,
  applicationTargetMistakes,
  applicationTargets,
} from './application-targets';
import { EVERYBODY, HTTP, HTTPS } from './entry-facts';
import { checkHealthPath, DEFAULT_HEALTH_PATH } from './health-path';
import {
  acknowledgeTearDown,
  callerMistakes,
  type LoadBalancerProps,
  logRegionMistakes,
  partMistakes,
} from './load-balancer-props';

/** Properties of a {@link HealthCheckedLoadBalancer}. */
export interface HealthCheckedLoadBalancerProps extends LoadBalancerProps, ApplicationTargetProps {
  /**
   * The certificate, of this region. With one, the load balancer speaks HTTPS and sends plain HTTP there.
   *
   * @default - none: plain HTTP, which needs a `weakening`
   */
  readonly certificate?: ICertificate;

  /**
   * The web ACL that requests must pass, of this region. What it has to let through only the application knows.
   *
   * @default - none
   */
  readonly webAcl?: IWebACLRef;
}

/**
 * An application load balancer in every zone of its network that asks the application, not the web server, whether it
 * can serve: targets leave and join at the pace of the tier, zones can be taken out, and every request is logged.
 *
 * Register targets with {@link targetGroup}; a `StatelessService` does so by itself.
 *
 * @throws ConfigurationError when settings contradict each other, or are weaker than the tier owes and nobody answers
 * for it
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

  readonly network: PlacedNetwork;

  /** What the targets are. */
  readonly targetType: TargetType;

  /** Whether traffic can be shifted away from a zone. */
  readonly zonalShift: boolean;

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
    const choices = new TierChoices(this, props);
    refuse(this.node.path, [
      ...partMistakes(props),
      ...callerMistakes(props),
      ...logRegionMistakes(this),
      ...retentionMistakes(props.accessLogRetention),
      ...applicationTargetMistakes(props),
    ]);
    this.healthCheckPath = checkHealthPath(props.healthCheckPath ?? DEFAULT_HEALTH_PATH, this.node.path);
    this.targetType = props.targetType ?? TargetType.IP;
    this.internetFacing = props.internetFacing ?? true;
    this.network = placeEntry(this, choices, props.network, this.internetFacing);
    this.https = props.certificate !== undefined;
    this.ports = this.https ? [HTTPS, HTTP] : [HTTP];
    this.allowedCidrs = props.allowedCidrs ?? [
      this.internetFacing ? EVERYBODY : addressesOf(this.node.path, this.network),
    ];
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.network.vpc,
      description: `Callers of ${this.node.path}`,
      allowAllOutbound: false,
    });
    this.zonalShift = choices.on({
      what: 'zonalShift',
      owed: choices.policy.zonalShift,
      chosen: props.zonalShift,
    });
    this.loadBalancer = this.createLoadBalancer(choices, props);
    this.accessLogs = accessLogBucket(this, choices, accessLogRetention(choices, props.accessLogRetention));
    this.loadBalancer.logAccessLogs(this.accessLogs);
    this.targetGroup = applicationTargets(this, choices, this.network, {
      ...props,
      healthCheckPath: this.healthCheckPath,
    });
    this.listener = this.listen(choices, props);
    this.admitCallers();
    this.guard(props.webAcl);
  }

  private createLoadBalancer(
    choices: TierChoices,
    props: HealthCheckedLoadBalancerProps,
  ): ApplicationLoadBalancer {
    const { vpc, publicSubnets, privateSubnets } = this.network;
    const loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      vpcSubnets: { subnets: [...(this.internetFacing ? publicSubnets : privateSubnets)] },
      internetFacing: this.internetFacing,
      securityGroup: this.securityGroup,
      dropInvalidHeaderFields: true,
      deletionProtection: choices.locked({ what: 'deletionProtection', chosen: props.deletionProtection }),
    });
    if (choices.nonProduction) acknowledgeTearDown(loadBalancer);
    loadBalancer.setAttribute('zonal_shift.config.enabled', String(this.zonalShift));
    return loadBalancer;
  }

  private listen(
    choices: TierChoices,
    { certificate, weakening }: HealthCheckedLoadBalancerProps,
  ): ApplicationListener {
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
      const plain = this.loadBalancer.addListener('Http', {
        ...common,
        port: HTTP,
        protocol: ApplicationProtocol.HTTP,
      });
      const { approver, expires, reason } = weakening ?? {};
      acknowledgeControls(
        plain,
        ['ELBv2ACMCertificateRequired'],
        `Plain HTTP was agreed to by ${approver} until ${expires}: ${reason}`,
      );
      return plain;
    }
    acknowledgeControls(
      this.loadBalancer.addRedirect({ open: false }),
      ['ELBv2ACMCertificateRequired'],
      'It serves nothing: it sends callers of plain HTTP to the listener that speaks HTTPS.',
    );
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

  private guard(webAcl: IWebACLRef | undefined): void {
    if (webAcl) {
      new CfnWebACLAssociation(this, 'WebAcl', {
        resourceArn: this.loadBalancer.loadBalancerArn,
        webAclArn: webAcl.webAclRef.webAclArn,
      });
      return;
    }
    acknowledgeControls(
      this.loadBalancer,
      ['ALBWAFEnabled'],
      'Which requests are attacks only the application knows: its owner chooses a web ACL and sets webAcl, or has one attached by Firewall Manager.',
    );
  }
}
