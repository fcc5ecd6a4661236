import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEventSubscription } from 'aws-cdk-lib/aws-rds';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { type CfnResource, Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Tier } from '../../../objectives/tier';
import { logDeliveries } from '../../governance/delivery-logs';
import { ownRunbook, runbookWords } from '../../governance/runbook';
import { AlarmLayer } from '../../observe/alarm-tags';
import { letTell } from '../../observe/told-alarm';

/** What RDS tells of. */
type EventSource = 'db-instance' | 'db-cluster' | 'db-parameter-group';

/** An alarm on one metric of a database. */
interface DatabaseAlarm {
  readonly metricName: string;

  /** The database: `DBInstanceIdentifier` or `DBClusterIdentifier` with its name. */
  readonly dimensions: Record<string, string>;

  readonly threshold: number;

  /** What is wrong when it fires, for who is called. */
  readonly meaning: string;

  /** @default - too much is wrong */
  readonly tooLittle?: boolean;

  /** Whether no news is bad news: the metric comes only while replication runs. @default false */
  readonly silenceIsBad?: boolean;
}

/** Tells somebody of what happens to a database: the topic, its event subscriptions and its alarms. @internal */
export class DatabaseAlerts {
  readonly topic: ITopic;

  constructor(
    private readonly construct: Construct,
    private readonly tier: Tier,
    key: IKey,
    given: ITopic | undefined,
  ) {
    this.topic = given ?? createTopic(construct, key);
  }

  /** Tells of every category of events of some databases or parameter groups of one type. */
  tellOf(id: string, sourceType: EventSource, sources: readonly CfnResource[]): void {
    if (sources.length === 0) return;
    this.subscribe(
      id,
      sourceType,
      sources.map(({ ref }) => ref),
    );
  }

  /**
   * Tells of the parameter group of a cluster, and of all others of the account and region: RDS takes names of the parameter
   * groups of instances only.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateEventSubscription.html
   */
  tellOfAllParameterGroups(): void {
    this.subscribe('ParameterEvents', 'db-parameter-group');
  }

  private subscribe(id: string, sourceType: EventSource, sourceIds?: string[]): void {
    const subscription = new CfnEventSubscription(this.construct, id, {
      snsTopicArn: this.topic.topicArn,
      sourceType,
      ...(sourceIds && { sourceIds }),
      enabled: true,
    });
    // RDS tries the topic when the subscription is made: its policy must be there.
    const policy = this.topic.node.tryFindChild('Policy');
    if (policy) subscription.node.addDependency(policy);
  }

  /** Fires after three minutes. */
  alarm(id: string, { dimensions, metricName, meaning, threshold, ...rest }: DatabaseAlarm): Alarm {
    const runbook = ownRunbook(this.construct);
    const metric: IMetric = new Metric({
      namespace: 'AWS/RDS',
      metricName,
      dimensionsMap: dimensions,
      period: Duration.minutes(1),
      statistic: rest.tooLittle ? 'Minimum' : 'Maximum',
    });
    const alarm = new Alarm(this.construct, id, {
      metric,
      threshold,
      alarmDescription: `${meaning}.${runbookWords({ runbook })}`,
      evaluationPeriods: 3,
      comparisonOperator: rest.tooLittle
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: rest.silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.MISSING,
    });
    const { topic, tier } = this;
    letTell(alarm, { topic, tier, layer: AlarmLayer.INFRASTRUCTURE, runbook, severity: 'ticket' });
    return alarm;
  }
}

const RDS = 'events.rds.amazonaws.com';
const ALARMS = 'cloudwatch.amazonaws.com';

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services */
function createTopic(construct: Construct, key: IKey): Topic {
  const topic = new Topic(construct, 'Notifications', { masterKey: key, enforceSSL: true });
  logDeliveries(topic);
  const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(construct).account } };
  for (const service of [RDS, ALARMS]) topic.grantPublish(new ServicePrincipal(service, { conditions }));
  // RDS does not say that its calls of KMS name the account; the topic lets in what comes from this one only.
  key.grant(new ServicePrincipal(RDS), ...ENCRYPTION);
  key.grant(new ServicePrincipal(ALARMS, { conditions }), ...ENCRYPTION);
  return topic;
}

/** What publishing to an encrypted topic takes. */
const ENCRYPTION = ['kms:Decrypt', 'kms:GenerateDataKey*'];
