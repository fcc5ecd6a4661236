import type { CfnResource } from 'aws-cdk-lib/core';
import { AlarmSetting, type AlarmShape, alarmShape } from '../../../calculus/mandatory/alarm-shape';
import { MANDATORY_ALARMS } from '../../../calculus/mandatory/mandatory-alarms';
import { takesDeadLetters } from '../../retrofit/dead-letter-watch';
import { balancersBefore } from './target-groups';
import { propertiesOf } from './template-view';

/** How the mandatory metrics of a resource are watched, as its kind within the type reports them. @internal */
export function shapesOf(resource: CfnResource): readonly AlarmShape[] {
  const shapes = MANDATORY_ALARMS[resource.cfnResourceType] ?? [];
  const vary = VARIANTS[resource.cfnResourceType];
  return vary ? shapes.map((shape) => vary(shape, resource)) : shapes;
}

type Variant = (shape: AlarmShape, resource: CfnResource) => AlarmShape;

const VARIANTS: Readonly<Record<string, Variant>> = {
  // WebSockets have metrics of their own.
  'AWS::ApiGatewayV2::Api': (shape, api) =>
    propertiesOf(api).ProtocolType === 'WEBSOCKET'
      ? { ...shape, metrics: ['ExecutionError', 'IntegrationError'] }
      : shape,
  // The mode without a limit of operations has a limit of throughput.
  'AWS::EFS::FileSystem': (shape, files) =>
    propertiesOf(files).PerformanceMode === 'maxIO' ? CREDITS : shape,
  'AWS::ElasticLoadBalancingV2::TargetGroup': (shape, group) => {
    const [balancer] = balancersBefore(group);
    const type = balancer && propertiesOf(balancer).Type;
    if (type === 'network') return { ...shape, namespace: 'AWS/NetworkELB' };
    return type === 'gateway' ? { ...shape, namespace: 'AWS/GatewayELB' } : shape;
  },
  // What was set aside is old by nature: that it is there at all is bad.
  'AWS::SQS::Queue': (shape, queue) => (takesDeadLetters(queue) ? SET_ASIDE : shape),
};

const CREDITS = alarmShape({
  namespace: 'AWS/EFS',
  metrics: ['BurstCreditBalance'],
  statistic: 'Minimum',
  bad: 'less than',
  threshold: 192_000_000_000,
  meaning: 'has credits for an hour of bursts or less',
  action: 'give it elastic or provisioned throughput',
});

const SET_ASIDE = alarmShape({
  namespace: 'AWS/SQS',
  metrics: ['ApproximateNumberOfMessagesVisible'],
  statistic: 'Maximum',
  periods: 1,
  threshold: 1,
  meaning: 'holds what nobody could handle',
  action: 'find out why and mend it, then move it back',
});

/** A threshold as a number, with the words in which it came about. @internal */
export interface Threshold {
  readonly value: number;
  readonly because: string;
}

/** The threshold of an alarm on a resource. @internal */
export function thresholdOf({ threshold }: AlarmShape, resource: CfnResource): Threshold {
  if (typeof threshold === 'number') return { value: threshold, because: '' };
  const { share, of: setting, otherwise } = threshold;
  const found = SETTINGS[setting](propertiesOf(resource));
  if (!Number.isFinite(found) || found <= 0)
    return { value: otherwise, because: ` (${setting} is not in the template)` };
  return { value: Math.ceil(share * found), because: ` (${share} times ${setting})` };
}

type Properties = Readonly<Record<string, unknown>>;

const GIB = 1_073_741_824;

/** What resources are given, in the unit of the metric; no number where only the deployment knows. */
const SETTINGS: Readonly<Record<AlarmSetting, (properties: Properties) => number>> = {
  [AlarmSetting.STORAGE_BYTES]: ({ AllocatedStorage: gibibytes }) => Number(gibibytes) * GIB,
  [AlarmSetting.STORAGE_MEBIBYTES]: ({ EBSOptions: volumes }) =>
    Number((volumes as { VolumeSize?: unknown } | undefined)?.VolumeSize) * 1024,
  [AlarmSetting.LEAST_SIZE]: ({ MinSize: size }) => Number(size),
  [AlarmSetting.RETENTION_MILLISECONDS]: ({ RetentionPeriodHours: hours = 24 }) => Number(hours) * 3_600_000,
  [AlarmSetting.VISIBILITY_SECONDS]: ({ VisibilityTimeout: seconds = 30 }) => Number(seconds),
};
