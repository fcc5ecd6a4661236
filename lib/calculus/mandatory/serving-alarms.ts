import { AlarmSetting, type AlarmShape, alarmShape, RECOMMENDED } from './alarm-shape';

const FIVE_IN_A_HUNDRED = 0.05;
const RELEASE = 'see what was released or changed last, and take it back';
const CAPACITY = 'give it more, or find what uses it up';

/** What users meet, and what works for them. */
export const SERVING_ALARMS: Readonly<Record<string, readonly AlarmShape[]>> = {
  'AWS::ApiGateway::RestApi': [
    alarmShape({
      namespace: 'AWS/ApiGateway',
      metrics: ['5XXError'],
      statistic: 'Average',
      threshold: FIVE_IN_A_HUNDRED,
      meaning: 'fails at least 5 % of its requests',
      action: RELEASE,
      source: RECOMMENDED,
    }),
  ],
  'AWS::ApiGatewayV2::Api': [
    alarmShape({
      namespace: 'AWS/ApiGateway',
      metrics: ['5xx'],
      statistic: 'Sum',
      threshold: 5,
      meaning: 'fails five requests a minute or more',
      action: RELEASE,
    }),
  ],
  'AWS::AppSync::GraphQLApi': [
    alarmShape({
      namespace: 'AWS/AppSync',
      metrics: ['5XXError'],
      statistic: 'Sum',
      threshold: 5,
      meaning: 'fails five requests a minute or more',
      action: RELEASE,
    }),
  ],
  'AWS::AutoScaling::AutoScalingGroup': [
    alarmShape({
      namespace: 'AWS/AutoScaling',
      metrics: ['GroupInServiceInstances'],
      statistic: 'Minimum',
      bad: 'less than',
      threshold: { share: 1, of: AlarmSetting.LEAST_SIZE, otherwise: 1 },
      silence: 'breaching',
      meaning: 'has fewer instances in service than its least size',
      action: 'see its activity history: why instances end, and why none starts',
      source: RECOMMENDED,
    }),
  ],
  'AWS::CloudFront::Distribution': [
    alarmShape({
      namespace: 'AWS/CloudFront',
      metrics: ['5xxErrorRate'],
      statistic: 'Average',
      threshold: 5,
      meaning: 'fails at least 5 % of its requests',
      action: 'see whether its origin answers',
    }),
  ],
  'AWS::EC2::Instance': [
    alarmShape({
      namespace: 'AWS/EC2',
      metrics: ['StatusCheckFailed'],
      statistic: 'Maximum',
      periods: 2,
      threshold: 1,
      silence: 'breaching',
      meaning: 'fails the checks of EC2, or is gone',
      action: 'recover or replace it',
      source: RECOMMENDED,
    }),
  ],
  'AWS::EC2::NatGateway': [
    alarmShape({
      namespace: 'AWS/NATGateway',
      metrics: ['ErrorPortAllocation'],
      statistic: 'Sum',
      periods: 15,
      threshold: 1,
      meaning: 'has no port left for new connections to one destination',
      action: 'find who opens so many connections; reuse them, or give the gateway more addresses',
      source: RECOMMENDED,
    }),
  ],
  'AWS::EC2::VPNConnection': [
    alarmShape({
      namespace: 'AWS/VPN',
      metrics: ['TunnelState'],
      statistic: 'Minimum',
      periodSeconds: 300,
      leastPeriodSeconds: 300,
      periods: 3,
      bad: 'less than',
      threshold: 1,
      silence: 'breaching',
      meaning: 'has a tunnel that is down',
      action: 'see the customer gateway and its routes',
      source: RECOMMENDED,
    }),
  ],
  'AWS::ECS::Service': ['CPUUtilization', 'MemoryUtilization'].map((metric) =>
    alarmShape({
      namespace: 'AWS/ECS',
      metrics: [metric],
      statistic: 'Average',
      periods: 5,
      threshold: 80,
      meaning: `uses 80 % of its ${metric === 'CPUUtilization' ? 'CPU' : 'memory'} or more`,
      action: 'see whether it scales, and whether the last release needs more',
      source: RECOMMENDED,
    }),
  ),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    alarmShape({
      namespace: 'AWS/ApplicationELB',
      metrics: ['HTTPCode_ELB_5XX_Count', 'HTTPCode_Target_5XX_Count'],
      statistic: 'Sum',
      threshold: 10,
      meaning: 'or its targets fail ten requests a minute or more',
      action: RELEASE,
    }),
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    alarmShape({
      namespace: 'AWS/ApplicationELB',
      metrics: ['UnHealthyHostCount'],
      statistic: 'Maximum',
      threshold: 1,
      silence: 'missing',
      meaning: 'has targets that fail their health check',
      action: 'see what they answer to the check, and whether all are in one zone',
    }),
  ],
  'AWS::Lambda::Function': [
    alarmShape({
      namespace: 'AWS/Lambda',
      metrics: ['Errors'],
      statistic: 'Sum',
      // An event that fails is tried three times within three minutes: one that nobody could handle is seen, too.
      periodSeconds: 300,
      periods: 1,
      threshold: 3,
      meaning: 'fails three calls or more in five minutes',
      action: `see its log; ${RELEASE}`,
    }),
    alarmShape({
      namespace: 'AWS/Lambda',
      metrics: ['Throttles'],
      statistic: 'Sum',
      periods: 5,
      threshold: 1,
      meaning: 'is called more often at a time than it may run',
      action: 'raise its reserved concurrency, or that of the account',
      source: RECOMMENDED,
    }),
  ],
  'AWS::StepFunctions::StateMachine': [
    alarmShape({
      namespace: 'AWS/States',
      metrics: ['ExecutionsFailed', 'ExecutionsTimedOut'],
      statistic: 'Sum',
      periods: 1,
      threshold: 1,
      meaning: 'has executions that failed or took too long',
      action: 'see the execution; redrive it once its cause is mended',
    }),
  ],
  'AWS::SQS::Queue': [
    alarmShape({
      namespace: 'AWS/SQS',
      metrics: ['ApproximateAgeOfOldestMessage'],
      statistic: 'Maximum',
      periods: 5,
      // A message that fails is hidden again each time it is tried: a few times are no backlog yet.
      threshold: { share: 10, of: AlarmSetting.VISIBILITY_SECONDS, otherwise: 300 },
      meaning: 'holds messages that nobody takes, or that fail again and again',
      action: `see whether its consumers run; ${CAPACITY}`,
    }),
  ],
};
