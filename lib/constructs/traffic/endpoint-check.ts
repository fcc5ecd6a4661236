import type { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { HealthCheck, HealthCheckType, InsufficientDataHealthStatusEnum } from 'aws-cdk-lib/aws-route53';
import { type Duration, Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What Route 53 asks an endpoint, and how often. @internal */
export interface EndpointCheckProps {
  /** What people find it by in the console. */
  readonly name: string;

  /** The name that is called, or where there is an `address`, only said. */
  readonly host: string | undefined;

  /** The address that is called. */
  readonly address: string | undefined;

  readonly path: string;
  readonly port: number | undefined;
  readonly https: boolean;
  readonly interval: Duration;
  readonly failureThreshold: number;
  readonly regions: string[];
}

/** A health check of an endpoint. @internal */
export function endpointCheck(scope: Construct, props: EndpointCheckProps): HealthCheck {
  const { host, address, path, port, https, interval, failureThreshold, regions } = props;
  const check = new HealthCheck(scope, 'EndpointCheck', {
    type: https ? HealthCheckType.HTTPS : HealthCheckType.HTTP,
    resourcePath: path,
    requestInterval: interval,
    failureThreshold,
    regions,
    ...(host !== undefined && { fqdn: host }),
    ...(address !== undefined && { ipAddress: address }),
    ...(port !== undefined && { port }),
  });
  Tags.of(check).add('Name', props.name);
  return check;
}

/** Healthy only while the endpoint answers and the alarm is silent. @internal */
export function checkWithAlarm(scope: Construct, endpoint: HealthCheck, alarm: IAlarmRef): HealthCheck {
  const alarmCheck = new HealthCheck(scope, 'AlarmCheck', {
    type: HealthCheckType.CLOUDWATCH_METRIC,
    alarmIdentifier: { name: alarm.alarmRef.alarmName, region: Stack.of(scope).region },
    // An alarm without data says nothing: what it said last is worth more than a guess.
    insufficientDataHealthStatus: InsufficientDataHealthStatusEnum.LAST_KNOWN_STATUS,
  });
  const children = [endpoint, alarmCheck];
  return new HealthCheck(scope, 'JoinedCheck', {
    type: HealthCheckType.CALCULATED,
    childHealthChecks: children,
    healthThreshold: children.length,
  });
}
