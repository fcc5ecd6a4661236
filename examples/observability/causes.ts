import { Alarm, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnNatGateway } from 'aws-cdk-lib/aws-ec2';
import { Duration, Validations } from 'aws-cdk-lib/core';
import {
  type AlarmComponent,
  AlarmLayer,
  type ResilientNetwork,
  type StatelessService,
  type ThirdPartyDependency,
  type ZoneAlarms,
} from 'cdk-nines';
import { Construct } from 'constructs';

/** What a sale of tickets is made of. */
export interface Parts {
  readonly network: ResilientNetwork;
  readonly web: StatelessService;
  readonly payments: ThirdPartyDependency;
}

/** The parts of the service, what each needs, and its alarms: the tree calls people for them. */
export function causesOf(scope: Construct, { network, web, payments }: Parts): readonly AlarmComponent[] {
  const at = new Construct(scope, 'Causes');
  const busy = causeAlarm(at, 'Cpu', {
    metric: web.service.metricCpuUtilization(),
    threshold: 80,
    alarmDescription: 'Tasks use more than 80 % of their CPU, and scaling does not help: see what takes it.',
  });
  return [
    { name: 'network', layer: AlarmLayer.NETWORK, zones: exitsOf(at, network) },
    { name: 'web', layer: AlarmLayer.APPLICATION, dependsOn: ['network'], alarms: [busy] },
    { name: 'payments', layer: AlarmLayer.DEPENDENCY, alarms: [payments.alarm] },
  ];
}

/** A NAT gateway is the way out of its zone. */
function exitsOf(scope: Construct, { vpc, availabilityZones }: ResilientNetwork): readonly ZoneAlarms[] {
  const gateways = vpc.node.findAll().filter((each) => each instanceof CfnNatGateway);
  return gateways.map((gateway, index) => ({
    zone: availabilityZones[index] ?? '',
    alarms: [
      causeAlarm(scope, `Exit${index + 1}`, {
        metric: new Metric({
          namespace: 'AWS/NATGateway',
          metricName: 'ErrorPortAllocation',
          dimensionsMap: { NatGatewayId: gateway.ref },
          statistic: Stats.SUM,
        }),
        threshold: 1,
        alarmDescription: 'The way out of the zone has no port left: see what opens so many connections.',
      }),
    ],
  }));
}

/** Three bad minutes of five: one is no cause. */
function causeAlarm(
  scope: Construct,
  id: string,
  props: { readonly metric: Metric; readonly threshold: number; readonly alarmDescription: string },
): Alarm {
  const alarm = new Alarm(scope, id, {
    ...props,
    metric: props.metric.with({ period: Duration.minutes(1) }),
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  const acknowledged = ['NIST.800.53.R5', 'HIPAA.Security'].map((pack) => ({
    id: `${pack}::${pack}-CloudWatchAlarmAction`,
    reason: 'The composite alarm of its part tells somebody.',
  }));
  Validations.of(alarm).acknowledge(...acknowledged);
  return alarm;
}
