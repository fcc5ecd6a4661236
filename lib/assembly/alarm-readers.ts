import type { Resource } from './resource';

/** The properties by which resources read the state of alarms, and act on it themselves. */
const READERS: Readonly<Record<string, string>> = {
  'AWS::ARCRegionSwitch::Plan': 'AssociatedAlarms',
  'AWS::ARCZonalShift::ZonalAutoshiftConfiguration': 'PracticeRunConfiguration',
  'AWS::AppConfig::Environment': 'Monitors',
  'AWS::AutoScaling::AutoScalingGroup': 'InstanceRefreshPolicy',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmRule',
  'AWS::CodeDeploy::DeploymentGroup': 'AlarmConfiguration',
  'AWS::ECS::Service': 'DeploymentConfiguration',
  'AWS::FIS::ExperimentTemplate': 'StopConditions',
  'AWS::Lambda::Alias': 'RoutingConfig',
  'AWS::Route53::HealthCheck': 'HealthCheckConfig',
  'AWS::SageMaker::Endpoint': 'DeploymentConfig',
};

/** A resource that acts on the state of an alarm by itself; undefined where there is none. */
export function readerOf(alarm: Resource): Resource | undefined {
  const { graph } = alarm.stack;
  const mentions = graph.mentionsOf(alarm, ...Object.keys(READERS));
  const reader = mentions.find(({ from, property }) => READERS[from.type] === property)?.from;
  // What only may be there does not answer for the alarm.
  return reader?.presence === true || reader?.body.Condition === alarm.body.Condition ? reader : undefined;
}
