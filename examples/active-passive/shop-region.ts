import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HealthCheck, type IHealthCheck } from 'aws-cdk-lib/aws-route53';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { CfnParameter, Duration } from 'aws-cdk-lib/core';
import {
  BackupKeyring,
  BackupStrategy,
  FailoverDns,
  GlobalAurora,
  HealthCheckedLoadBalancer,
  MandatoryAlarms,
  RegionRole,
  RegionStack,
  type RegionStackProps,
  RegionSwitch,
  ResilientNetwork,
  RestoreTesting,
  StatelessService,
  SwitchStep,
  UserJourney,
} from 'cdk-nines';
import type { Construct } from 'constructs';

/** A certificate of a region by its id. It exists before the stack does: issuing one must not be part of a failover. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  'eu-west-1': '0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11',
  'eu-central-1': '5d1b3c9e-7c55-4f0e-8a41-3c2f8f7f6b22',
};

const ZONE = { hostedZoneId: 'Z1D633PJN98FT9', zoneName: 'example.com', recordName: 'shop' };

/** The shop in one region. It serves, or waits until somebody moves it, as its place says. */
export class ShopRegion extends RegionStack {
  constructor(scope: Construct, id: string, props: RegionStackProps) {
    super(scope, id, props);
    const network = new ResilientNetwork(this, 'Network', {
      cidr: this.place.region === 'eu-west-1' ? '10.0.0.0/16' : '10.1.0.0/16',
    });
    const loadBalancer = this.front(network);
    const web = this.web(loadBalancer);
    const orders = new GlobalAurora(this, 'Orders', { vpc: network.vpc });
    orders.connections.allowDefaultPortFrom(web.service);
    orders.grantConnect(web, 'shop');

    const plan = this.plan(orders, web);
    // The name follows the plan, and no check: traffic must not go where the database does not take orders yet.
    new FailoverDns(this, 'Dns', {
      ...ZONE,
      loadBalancer,
      switchedBy: this.checkOf(plan),
      approval: Duration.minutes(15),
      promotion: Duration.minutes(25),
    });
    this.backUp(orders);
  }

  private front(network: ResilientNetwork): HealthCheckedLoadBalancer {
    const { region } = this.place;
    return new HealthCheckedLoadBalancer(this, 'Front', {
      network,
      healthCheckPath: '/health/ready',
      certificate: Certificate.fromCertificateArn(
        this,
        'Certificate',
        `arn:aws:acm:${region}:${this.account}:certificate/${CERTIFICATES[region]}`,
      ),
    });
  }

  /** It has a name, the same in both regions, by which the plan finds it. */
  private web(loadBalancer: HealthCheckedLoadBalancer): StatelessService {
    return new StatelessService(this, 'Web', {
      loadBalancer,
      fixedName: true,
      image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
      port: 8080,
      peakTasks: 8,
      requestsPerTaskPerMinute: 600,
    });
  }

  /** One person agrees; the database is switched, the tasks become as many as Ireland ran, and then the name moves. */
  private plan(orders: GlobalAurora, web: StatelessService): RegionSwitch {
    return new RegionSwitch(this, 'Switch', {
      steps: [
        SwitchStep.auroraGlobalDatabase({
          name: 'Orders',
          globalCluster: orders.globalClusterIdentifier,
          clusterArns: orders.clusterArns,
        }),
        SwitchStep.scaleEcsService({ name: 'Web', serviceArns: web.serviceArns }),
        SwitchStep.route53HealthCheck({
          name: 'Traffic',
          hostedZoneId: ZONE.hostedZoneId,
          recordName: `${ZONE.recordName}.${ZONE.zoneName}`,
        }),
      ],
    });
  }

  /** The plan, in the stack of Frankfurt, makes a check for each region. Ireland is told the id of its own: it reads no other stack. */
  private checkOf(plan: RegionSwitch): IHealthCheck {
    if (this.place.role === RegionRole.STANDBY) return plan.healthCheckOf(this.place.region);
    const id = new CfnParameter(this, 'SwitchCheckId', {
      description: 'The output HealthCheckIneu-west-1 of Shop-eu-central-1',
      default: '6b7b0f6e-3c3e-4d51-9a0c-2f7a3f9d8e10',
    });
    return HealthCheck.fromHealthCheckId(this, 'SwitchCheck', id.valueAsString);
  }

  private backUp({ notifications }: GlobalAurora): void {
    const keyring = new BackupKeyring(this, 'Keyring');
    // In both regions: when the database has moved, its backups go on.
    new BackupStrategy(this, 'Backup', { keyring, backsUp: true });
    const restores = new RestoreTesting(this, 'RestoreTests', { restores: true });

    // An alarm that nobody hears of is none. What cannot be delivered is kept.
    const onCall = new EmailSubscription('on-call@example.com', { deadLetterQueue: keyring.deadLetters });
    const alarms = MandatoryAlarms.of(this).noticesOf(this);
    for (const topic of [notifications, keyring.noticeTopic, restores.noticeTopic, alarms])
      topic?.addSubscription(onCall);

    // A region that is lost takes its alarms with it: each is watched from the other.
    new UserJourney(this, 'Order', {
      steps: [{ name: 'ready', url: 'https://shop.example.com/health/ready' }],
    });
  }
}
