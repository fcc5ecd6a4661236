import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration, Validations } from 'aws-cdk-lib/core';
import {
  ActiveActiveDns,
  BackupKeyring,
  BackupStrategy,
  GlobalTable,
  HealthCheckedLoadBalancer,
  MandatoryAlarms,
  RegionStack,
  type RegionStackProps,
  ResilientNetwork,
  RestoreTesting,
  StatelessService,
  UserJourney,
} from 'cdk-nines';
import type { Construct } from 'constructs';

/** A certificate of a region by its id. It exists before the stack does: issuing one must not be part of a failover. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  'eu-west-1': '0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11',
  'eu-central-1': '5d1b3c9e-7c55-4f0e-8a41-3c2f8f7f6b22',
};

/** The region whose stack has the table. The others have its replicas, and may be deployed without it. */
const HOME = 'eu-west-1';

/** The payments in one region. Both serve; either carries everything alone. */
export class PaymentsRegion extends RegionStack {
  constructor(scope: Construct, id: string, props: RegionStackProps) {
    super(scope, id, props);
    const { region } = this.place;

    const network = new ResilientNetwork(this, 'Network', {
      cidr: region === HOME ? '10.0.0.0/16' : '10.1.0.0/16',
    });
    const loadBalancer = new HealthCheckedLoadBalancer(this, 'Front', {
      network,
      healthCheckPath: '/health/ready',
      certificate: Certificate.fromCertificateArn(
        this,
        'Certificate',
        `arn:aws:acm:${region}:${this.account}:certificate/${CERTIFICATES[region]}`,
      ),
    });
    const web = new StatelessService(this, 'Web', {
      loadBalancer,
      image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
      port: 8080,
      peakTasks: 8,
      requestsPerTaskPerMinute: 600,
    });
    const orders = new GlobalTable(this, 'Orders', {
      partitionKey: { name: 'payment', type: AttributeType.STRING },
      homeRegion: HOME,
    });
    orders.table.grants.readWriteData(web);
    const wildcards = ['kms:GenerateDataKey*', 'kms:ReEncrypt*'].map((action) => ({
      id: `AwsSolutions::AwsSolutions-IAM5[Action::${action}]`,
      reason: 'The CDK grants the use of a key so, on the key of the table alone.',
    }));
    Validations.of(web.taskDefinition.taskRole).acknowledge(...wildcards);

    const failures = new Alarm(this, 'Failures', {
      metric: loadBalancer.loadBalancer.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, {
        period: Duration.minutes(1),
        statistic: 'sum',
      }),
      threshold: 50,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const actions = ['NIST.800.53.R5', 'HIPAA.Security'].map((pack) => ({
      id: `${pack}::${pack}-CloudWatchAlarmAction`,
      reason: 'What it does is done by the health check that follows it: the region is left.',
    }));
    Validations.of(failures).acknowledge(...actions);
    new ActiveActiveDns(this, 'Dns', {
      loadBalancer,
      hostedZoneId: 'Z1D633PJN98FT9',
      zoneName: 'example.com',
      recordName: 'payments',
      alarm: failures,
    });
    this.backUpAndWatch();
  }

  /** What brings the payments back, and who is told when something fails. */
  private backUpAndWatch(): void {
    const keyring = new BackupKeyring(this, 'Keyring');
    new BackupStrategy(this, 'Backup', { keyring });
    // The table is one resource, of the stack of its home.
    const restores = this.place.region === HOME ? new RestoreTesting(this, 'RestoreTests') : undefined;

    // An alarm that nobody hears of is none. What cannot be delivered is kept.
    const onCall = new EmailSubscription('on-call@example.com', { deadLetterQueue: keyring.deadLetters });
    const alarms = MandatoryAlarms.of(this).noticesOf(this);
    for (const topic of [keyring.noticeTopic, restores?.noticeTopic, alarms]) topic?.addSubscription(onCall);

    // A region that is lost takes its alarms with it: each is watched from the other.
    new UserJourney(this, 'Payment', {
      steps: [{ name: 'ready', url: 'https://payments.example.com/health/ready' }],
    });
  }
}
