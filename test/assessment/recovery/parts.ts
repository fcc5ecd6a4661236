import type { RecoveryTerm } from '../../../lib/assessment/assessment';

type Properties = Readonly<Record<string, unknown>>;

/** A resource as a template writes it. */
export const resource = (type: string, properties: Properties = {}) => ({
  Type: `AWS::${type}`,
  Properties: properties,
});

export const ref = (id: string) => ({ Ref: id });
export const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** What the terms add up to, which the sum must be. */
export const sumOf = (terms: readonly RecoveryTerm[]): number =>
  terms.reduce((sum, { seconds }) => sum + seconds, 0);

/** The words of the terms. */
export const words = (terms: readonly RecoveryTerm[]): readonly string[] => terms.map(({ what }) => what);

/** Subnets in the zones given. */
export const subnets = (...zones: readonly string[]) =>
  Object.fromEntries(
    zones.map((zone, index) => [
      `Subnet${index}`,
      resource('EC2::Subnet', { VpcId: 'vpc-1', AvailabilityZone: zone }),
    ]),
  );

/** A load balancer in two zones before a service with so many tasks in some of them. */
export function web({
  tasks = 2,
  zones = ['eu-west-1a', 'eu-west-1b'],
  health = {},
  service = {},
}: {
  readonly tasks?: number;
  readonly zones?: readonly string[];
  readonly health?: Properties;
  readonly service?: Properties;
} = {}): Properties {
  const ids = zones.map((_, index) => ref(`Subnet${index}`));
  return {
    ...subnets(...zones),
    Front: resource('ElasticLoadBalancingV2::LoadBalancer', {
      Type: 'application',
      Subnets: ['eu-west-1a', 'eu-west-1b'].map((zone) => ref(`Outer${zone.slice(-1)}`)),
    }),
    Outera: resource('EC2::Subnet', { VpcId: 'vpc-1', AvailabilityZone: 'eu-west-1a' }),
    Outerb: resource('EC2::Subnet', { VpcId: 'vpc-1', AvailabilityZone: 'eu-west-1b' }),
    Listener: resource('ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Front'),
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
    }),
    Targets: resource('ElasticLoadBalancingV2::TargetGroup', health),
    Web: resource('ECS::Service', {
      DesiredCount: tasks,
      LoadBalancers: [{ TargetGroupArn: ref('Targets'), ContainerPort: 80 }],
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ids } },
      ...service,
    }),
  };
}

/** A plan that backs up what it names. */
export function backedUp(id: string, rule: Properties = {}): Properties {
  return {
    Plan: resource('Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanName: 'plan',
        BackupPlanRule: [
          {
            RuleName: 'rule',
            TargetBackupVault: 'Default',
            ScheduleExpression: 'cron(0 5 * * ? *)',
            StartWindowMinutes: 60,
            ...rule,
          },
        ],
      },
    }),
    Selection: resource('Backup::BackupSelection', {
      BackupPlanId: ref('Plan'),
      BackupSelection: {
        SelectionName: 's',
        IamRoleArn: 'arn:aws:iam::123456789012:role/b',
        Resources: [arnOf(id)],
      },
    }),
  };
}
