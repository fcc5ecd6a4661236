import { planNamesWhatExists } from '../../../lib/audit/rules/region-switch';
import { findingsOf } from '../../support/findings';
import type { TestStack } from '../../support/graph';
import { checks, outcomeOf } from '../../support/rule-cases';

const ACCOUNT = '111122223333';
const ELSEWHERE = '444455556666';
const arn = (service: string, resource: string, region = 'eu-west-1', account = ACCOUNT) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const plan = (...steps: readonly object[]) => ({
  Type: 'AWS::ARCRegionSwitch::Plan',
  Properties: {
    Workflows: [{ Steps: steps.map((ExecutionBlockConfiguration) => ({ ExecutionBlockConfiguration })) }],
  },
});
const aurora = (...DatabaseClusterArns: readonly unknown[]) => ({
  GlobalAuroraConfig: { DatabaseClusterArns },
});
const promotion = (DbInstanceArnMap: object) => ({ RdsPromoteReadReplicaConfig: { DbInstanceArnMap } });
const tasks = (ServiceArn: unknown, more: object = {}) => ({
  EcsCapacityIncreaseConfig: { Services: [{ ServiceArn, ...more }] },
});
const call = (Arn: unknown) => ({ CustomActionLambdaConfig: { Lambdas: [{ Arn }] } });

const cluster = (properties: object = { DBClusterIdentifier: 'shop-orders' }) => ({
  Type: 'AWS::RDS::DBCluster',
  Properties: properties,
});
const instance = (DBInstanceIdentifier: string) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { DBInstanceIdentifier },
});
const web = (properties: object = { ServiceName: 'web', Cluster: { Ref: 'Main' } }) => ({
  Main: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'shop' } },
  Web: { Type: 'AWS::ECS::Service', Properties: properties },
});
const warm = { Warm: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'shop-warm' } } };

const stack = (resources: object, region = 'eu-west-1', more: object = {}): TestStack => ({
  region,
  account: ACCOUNT,
  template: { ...more, Resources: { ...resources } },
});
/** A plan in Frankfurt, and what it moves in Ireland. */
const moving = (step: object, resources: object, more: object = {}) => ({
  stacks: { Home: stack({ Plan: plan(step) }, 'eu-central-1'), Shop: stack(resources, 'eu-west-1', more) },
});
const ORDERS = arn('rds', 'cluster:shop-orders');
const PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const CONDITION = { Conditions: { Some: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'x'] } } };

checks(planNamesWhatExists, {
  passes: {
    'a cluster is called so': moving(aurora(ORDERS), { Orders: cluster() }),
    'an instance is called so, whichever case it is written in': moving(
      promotion({ 'eu-west-1': arn('rds', 'db:shop-orders') }),
      { Orders: instance('Shop-Orders') },
    ),
    'a service of the cluster is called so': moving(tasks(arn('ecs', 'service/shop/web')), web()),
    'the cluster of the service is called so': moving(
      tasks(arn('ecs', 'service/shop/web'), { ClusterArn: arn('ecs', 'cluster/shop') }),
      web({ ServiceName: 'web', Cluster: 'shop' }),
    ),
    'a version of a function is named': moving(call(arn('lambda', 'function:shop-warm:live')), warm),
    'it stands in a parallel step': moving(
      { ParallelConfig: { Steps: [{ ExecutionBlockConfiguration: aurora(ORDERS) }] } },
      { Orders: cluster() },
    ),
    'one step refers to its resource, and the other names one': {
      stacks: {
        Home: stack(
          {
            Plan: plan(
              call({ 'Fn::GetAtt': ['Here', 'Arn'] }),
              call({ 'Fn::Sub': 'arn:aws:lambda:eu-central-1:1:function:${Here}' }),
              aurora(ORDERS),
            ),
            Here: { Type: 'AWS::Lambda::Function' },
          },
          'eu-central-1',
        ),
        Shop: stack({ Orders: cluster() }),
      },
    },
  },
  fails: {
    'the cluster is called otherwise': moving(aurora(arn('rds', 'cluster:shop-order')), {
      Orders: cluster(),
    }),
    'it is called so in the other region': moving(aurora(arn('rds', 'cluster:shop-orders', 'eu-central-1')), {
      Orders: cluster(),
    }),
    'an instance is called like the cluster': moving(aurora(ORDERS), { Orders: instance('shop-orders') }),
    'the app has no such resource': moving(aurora(ORDERS), warm),
    'the service is called otherwise, and its cluster is there': moving(
      tasks(arn('ecs', 'service/shop/wbe')),
      web(),
    ),
    'the service is in another cluster': moving(tasks(arn('ecs', 'service/other/web')), web()),
    'CloudFormation makes the name': moving(aurora(ORDERS), { Orders: cluster({}) }),
    'the second of two is called otherwise': moving(aurora(ORDERS, arn('rds', 'cluster:shop')), {
      Orders: cluster(),
    }),
    'the function is called otherwise': moving(call(arn('lambda', 'function:shop-cold')), warm),
    'no instance is called so': moving(promotion({ 'eu-west-1': arn('rds', 'db:shop') }), {
      Orders: instance('shop-orders'),
    }),
    'the cluster of the service is called otherwise': moving(
      tasks(arn('ecs', 'service/shop/web'), { ClusterArn: arn('ecs', 'cluster/main') }),
      web(),
    ),
  },
  unknown: {
    'the app has no stack in the region': moving(aurora(arn('rds', 'cluster:shop-orders', 'us-east-1')), {}),
    'the app has no stack in the account': moving(
      aurora(arn('rds', 'cluster:shop-orders', 'eu-west-1', ELSEWHERE)),
      { Orders: cluster() },
    ),
    'the group has an id that only AWS makes': moving(
      {
        Ec2AsgCapacityIncreaseConfig: {
          Asgs: [{ Arn: arn('autoscaling', 'autoScalingGroup:0f4c7b52:autoScalingGroupName/shop') }],
        },
      },
      { Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {} } },
    ),
    'the name was copied from one that CloudFormation made': moving(
      aurora(arn('rds', 'cluster:shop-orders-1a2b3c4d5e6f')),
      { Orders: cluster({}) },
    ),
    'the name is given at deployment': moving(
      aurora(ORDERS),
      { Orders: cluster({ DBClusterIdentifier: { Ref: 'Given' } }) },
      PARAMETER,
    ),
    'a condition may leave it out': moving(
      aurora(ORDERS),
      { Orders: { ...cluster(), Condition: 'Some' } },
      CONDITION,
    ),
    'a macro may write it': moving(aurora(ORDERS), {}, { Transform: 'Company::Databases' }),
    'the ARN is a parameter': {
      ...PARAMETER,
      Resources: { Plan: plan(aurora({ Ref: 'Given' })) },
    },
    'the steps are written by a transform': {
      Resources: {
        Plan: { Type: 'AWS::ARCRegionSwitch::Plan', Properties: { Workflows: { 'Fn::Transform': {} } } },
      },
    },
  },
  notApplicable: {
    'its steps name nothing by ARN': moving(
      { Route53HealthCheckConfig: { RecordName: 'shop.example.com' } },
      {},
    ),
    'they name the role of who approves': moving(
      { ExecutionApprovalConfig: { ApprovalRole: `arn:aws:iam::${ACCOUNT}:role/approver` } },
      {},
    ),
  },
  equivalent: {
    'Shop/Web.Cluster': 'a service in a cluster that is not in the app may be in any',
    'Home/Plan.Workflows.0.Steps.0.*': 'what it refers to is there, whichever it is',
  },
});

describe('ARS-01', () => {
  const found = (step: object, resources: object) => {
    return findingsOf(moving(step, resources), [planNamesWhatExists]);
  };

  it('names the ARN, once for all workflows, and the resource that is called most like it', () => {
    const wrong = arn('rds', 'cluster:shop-order');
    const clusters = { Other: cluster({ DBClusterIdentifier: 'shop' }), Orders: cluster() };
    expect(found(aurora(wrong, wrong), clusters)).toEqual([
      {
        property: 'Workflows.0.Steps.0.ExecutionBlockConfiguration.GlobalAuroraConfig.DatabaseClusterArns.0',
        message: expect.stringContaining(
          `found ${wrong}, which no resource of the app is called, needs the name of a resource that there is, such as shop-orders of Orders`,
        ),
      },
    ]);
  });

  it('says when the resource has no name to be called by, or there is none', () => {
    expect(found(aurora(ORDERS), { Orders: cluster({}) })[0]?.message).toMatch(
      /needs the name of Orders, which CloudFormation makes: give it one$/,
    );
    expect(found(aurora(ORDERS), {})[0]?.message).toMatch(
      /needs a resource of type AWS::RDS::DBCluster there, of which the app has none$/,
    );
  });

  it('does not mind a timeout that is a parameter', () => {
    const step = { GlobalAuroraConfig: { TimeoutMinutes: { Ref: 'Given' } } };
    expect(outcomeOf(planNamesWhatExists, { ...PARAMETER, Resources: { Plan: plan(step) } })).toBe(
      'notApplicable',
    );
  });
});
