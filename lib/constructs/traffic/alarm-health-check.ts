import type { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { HealthCheck, HealthCheckType, InsufficientDataHealthStatusEnum } from 'aws-cdk-lib/aws-route53';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { missing, refuse } from '../../objectives/mistakes';
import { alarmMistakes, elsewhereMistakes } from './alarm-facts';

/** Properties of an {@link AlarmHealthCheck}. */
export interface AlarmHealthCheckProps {
  /** The alarm, of this region and account. While it fires, the check is unhealthy. */
  readonly alarm: IAlarmRef;

  /**
   * What the check says while the alarm has too little data. `HEALTHY` is refused: an alarm whose metric has stopped would
   * never fail over.
   *
   * @default InsufficientDataHealthStatusEnum.LAST_KNOWN_STATUS
   */
  readonly insufficientData?: InsufficientDataHealthStatusEnum;
}

/**
 * A Route 53 health check that follows a CloudWatch alarm, for the `healthChecks` of a {@link FailoverDns} or an
 * {@link ActiveActiveDns}.
 *
 * @throws ConfigurationError for an alarm that Route 53 cannot follow: composite, of high resolution, with percentiles,
 * computed from several metrics, or firing after some periods out of many
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
export class AlarmHealthCheck extends Construct {
  readonly healthCheck: HealthCheck;

  constructor(scope: Construct, id: string, props: AlarmHealthCheckProps) {
    super(scope, id);
    const { path } = this.node;
    refuse(path, missing(props, 'alarm'));
    // An alarm without data says nothing: what it said last is worth more than a guess.
    const { alarm, insufficientData = InsufficientDataHealthStatusEnum.LAST_KNOWN_STATUS } = props;
    refuse(path, [...alarmMistakes(alarm), ...elsewhereMistakes(alarm, this)]);
    if (insufficientData === InsufficientDataHealthStatusEnum.HEALTHY) {
      refuse(path, [
        {
          problem: 'insufficientData is Healthy: an alarm whose metric has stopped would never fail over',
          fix: 'use LAST_KNOWN_STATUS or UNHEALTHY',
        },
      ]);
    }
    this.healthCheck = new HealthCheck(this, 'Check', {
      type: HealthCheckType.CLOUDWATCH_METRIC,
      alarmIdentifier: { name: alarm.alarmRef.alarmName, region: Stack.of(this).region },
      insufficientDataHealthStatus: insufficientData,
    });
  }
}
