import { Template } from 'aws-cdk-lib/assertions';
import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Duration, type Stack, Token } from 'aws-cdk-lib/core';
import { arnInEachRegion } from '../../../lib/constructs/recovery/region-switch/arn-in-each-region';
import { RegionSwitch } from '../../../lib/constructs/recovery/region-switch/region-switch';
import type { RegionSwitchProps } from '../../../lib/constructs/recovery/region-switch/region-switch-props';
import { SwitchSide } from '../../../lib/constructs/recovery/region-switch/steps/action-steps';
import { SwitchStep } from '../../../lib/constructs/recovery/region-switch/switch-step';
import { SwitchAction } from '../../../lib/constructs/recovery/region-switch/switch-workflow';
import { RegionSet } from '../../../lib/constructs/region/region-set';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import { FailoverDns } from '../../../lib/constructs/traffic/failover-dns';
import { RecoveryApproach } from '../../../lib/objectives/policy/regions';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, catalogued, only, refusal, shopOf, shopStack, WEAKENING } from '../fixtures';

const PLAN = 'AWS::ARCRegionSwitch::Plan';
const OTHER_ACCOUNT = '444455556666';
const IRELAND = 'eu-west-1';
const FRANKFURT = 'eu-central-1';

const minutes = (count: number): Duration => Duration.minutes(count);

const TRAFFIC = SwitchStep.route53HealthCheck({
  name: 'Traffic',
  hostedZoneId: 'Z1D633PJN98FT9',
  recordName: 'shop.example.com',
});

interface Around {
  readonly tier?: Tier;
  readonly bothServe?: boolean;
  readonly nonProduction?: boolean;
  readonly accounts?: readonly [string, string];
  readonly regions?: readonly string[];
}

type Props = RegionSwitchProps | ((stack: RegionStack) => RegionSwitchProps);

interface Built {
  readonly switches: readonly RegionSwitch[];

  /** The stack with the plan. */
  readonly home: Stack;

  /** The stack of the other region. */
  readonly away: Stack;

  /** The plan as its template has it. */
  // biome-ignore lint/suspicious/noExplicitAny: what a template holds is looked at, not typed
  readonly plan: any;
}

/** A switch in both regions of the shop: Ireland is the primary, Frankfurt waits. */
function built(props: Props, around: Around = {}): Built {
  const { tier = Tier.BUSINESS_CRITICAL, bothServe = false, nonProduction = false } = around;
  const { accounts = [ACCOUNT, ACCOUNT], regions = [IRELAND, FRANKFURT] } = around;
  const switches: RegionSwitch[] = [];
  const set = new RegionSet(new App(), 'Shop', {
    service: shopOf(tier),
    nonProduction,
    approach: bothServe ? RecoveryApproach.ACTIVE_ACTIVE : RecoveryApproach.WARM_STANDBY,
    weakening: WEAKENING,
    regions: regions.map((region, index) => ({
      region,
      account: accounts[index] ?? ACCOUNT,
      role: bothServe ? RegionRole.ACTIVE : index === 0 ? RegionRole.PRIMARY : RegionRole.STANDBY,
      availabilityZones: ['a', 'b', 'c'].map((letter) => region + letter),
    })),
    build: (stack) => {
      switches.push(new RegionSwitch(stack, 'Switch', typeof props === 'function' ? props(stack) : props));
    },
  });
  const [first] = switches;
  const home = set.stackIn(first?.planRegion ?? FRANKFURT);
  const away = set.stackIn(regions.find((region) => region !== home.region) ?? IRELAND);
  return {
    switches,
    home,
    away,
    get plan() {
      return only(home, PLAN);
    },
  };
}

const refused = (props: Props, around: Around = {}) => refusal(() => built(props, around));

/** A text of a template, with the partition written out. */
function written(text: unknown): unknown {
  const joined = (text as { 'Fn::Join'?: [string, unknown[]] } | undefined)?.['Fn::Join'];
  return joined ? joined[1].map((part) => (typeof part === 'string' ? part : 'aws')).join(joined[0]) : text;
}

/** The statements that allow the execution role something. */
function allowed(stack: Stack, role = 'SwitchExecutionRole'): Map<string, unknown> {
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const own = policies.filter((each) => JSON.stringify(each.Properties.Roles).includes(role));
  const statements = own.flatMap((each) => each.Properties.PolicyDocument.Statement);
  return new Map(
    statements.flatMap(({ Action, Resource }) => [Action].flat().map((action: string) => [action, Resource])),
  );
}

const arns = (stack: RegionStack, service: string, resource: string) =>
  arnInEachRegion(stack, { service, resource });

const orders = (
  stack: RegionStack,
  rest: Partial<Parameters<typeof SwitchStep.auroraGlobalDatabase>[0]> = {},
) =>
  SwitchStep.auroraGlobalDatabase({
    name: 'Orders',
    globalCluster: 'shop-orders',
    clusterArns: arns(stack, 'rds', 'cluster:shop-orders'),
    ...rest,
  });

const web = (stack: RegionStack, rest: Partial<Parameters<typeof SwitchStep.scaleEcsService>[0]> = {}) =>
  SwitchStep.scaleEcsService({ name: 'Web', serviceArns: arns(stack, 'ecs', 'service/shop/web'), ...rest });

/** The blocks of the first workflow, after the gates. */
const blocksOf = ({ plan }: Built) =>
  plan.Workflows[0].Steps.filter(
    ({ ExecutionBlockType }: { ExecutionBlockType: string }) => ExecutionBlockType !== 'ManualApproval',
  );

describe('the plan of a RegionSwitch', () => {
  test('is in the stack of the standby, so that it can be changed without the primary', () => {
    const { home, away } = built({ steps: [TRAFFIC] });
    expect(home.region).toBe(FRANKFURT);
    expect(Template.fromStack(away).findResources(PLAN)).toEqual({});
  });

  test('leads from one region to the other and back', () => {
    const { plan } = built({ steps: [TRAFFIC] });
    expect(plan).toMatchObject({
      RecoveryApproach: 'activePassive',
      Regions: [IRELAND, FRANKFURT],
      PrimaryRegion: IRELAND,
      RecoveryTimeObjectiveMinutes: 60,
      Triggers: [],
    });
    expect(
      plan.Workflows.map((each: Record<string, string>) => [
        each.WorkflowTargetAction,
        each.WorkflowTargetRegion,
      ]),
    ).toEqual([
      ['activate', IRELAND],
      ['activate', FRANKFURT],
    ]);
  });

  test('takes a region out where both serve', () => {
    const { plan, home } = built({ steps: [TRAFFIC] }, { tier: Tier.MISSION_CRITICAL, bothServe: true });
    expect(home.region).toBe(IRELAND);
    expect(plan.RecoveryApproach).toBe('activeActive');
    expect(plan.PrimaryRegion).toBeUndefined();
    expect(
      plan.Workflows.map((each: Record<string, string>) => [
        each.WorkflowTargetAction,
        each.WorkflowTargetRegion,
      ]),
    ).toEqual([
      ['activate', FRANKFURT],
      ['activate', IRELAND],
      ['deactivate', FRANKFURT],
      ['deactivate', IRELAND],
    ]);
  });

  test('has a name that the service takes, and another one for other regions', () => {
    const { plan, switches } = built({ steps: [TRAFFIC] });
    expect(plan.Name).toMatch(/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/);
    expect(switches.map(({ planName }) => planName)).toEqual([plan.Name, plan.Name]);
    expect(built({ steps: [TRAFFIC] }, { regions: [FRANKFURT, IRELAND] }).plan.Name).not.toBe(plan.Name);
  });

  test('asks people first, then switches databases, capacity, what is special, and traffic', () => {
    const { plan } = built((stack) => ({
      steps: [
        TRAFFIC,
        SwitchStep.invokeFunction({ name: 'Warm', functionArns: arns(stack, 'lambda', 'function:warm') }),
        web(stack),
        web(stack, { name: 'Api' }),
        orders(stack),
      ],
    }));
    const [{ Steps }] = plan.Workflows;
    expect(Steps.map(({ Name }: { Name: string }) => Name)).toEqual([
      'Approval 1',
      'Orders',
      'Capacity',
      'Warm',
      'Traffic',
    ]);
    const { Steps: scaled } = Steps[2].ExecutionBlockConfiguration.ParallelConfig;
    expect(scaled.map(({ Name }: { Name: string }) => Name)).toEqual(['Web', 'Api']);
  });

  test('keeps the order of workflows that are given', () => {
    const { plan } = built((stack) => ({
      approvals: 0,
      weakening: WEAKENING,
      workflows: [{ action: SwitchAction.ACTIVATE, steps: [TRAFFIC, orders(stack)] }],
    }));
    expect(plan.Workflows).toHaveLength(1);
    expect(plan.Workflows[0].WorkflowTargetRegion).toBeUndefined();
    expect(plan.Workflows[0].Steps.map(({ Name }: { Name: string }) => Name)).toEqual(['Traffic', 'Orders']);
  });

  test('clears up in each region once the switch is over', () => {
    const { plan } = built((stack) => ({
      steps: [
        SwitchStep.promoteReadReplica({ name: 'Promote', instanceArns: arns(stack, 'rds', 'db:shop') }),
      ],
      postRecovery: [
        SwitchStep.createCrossRegionReplica({ name: 'Copy', instanceArns: arns(stack, 'rds', 'db:shop') }),
      ],
    }));
    const after = plan.Workflows.filter(
      (each: Record<string, string>) => each.WorkflowTargetAction === 'postRecovery',
    );
    expect(after).toHaveLength(2);
    expect(after[0].Steps[0].ExecutionBlockType).toBe('RdsCreateCrossRegionReplica');
  });
});

describe('every kind of step', () => {
  const account = (region: string, service: string, resource: string) =>
    `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
  const both = (service: string, resource: string) => ({
    [FRANKFURT]: account(FRANKFURT, service, resource),
    [IRELAND]: account(IRELAND, service, resource),
  });
  const cluster = { globalCluster: 'shop', clusterArns: both('rds', 'cluster:shop') };
  const control = 'arn:aws:route53-recovery-control::111122223333:controlpanel/p/routingcontrol/c';
  const state = [{ arn: control, on: true }];

  const KINDS: readonly [string, SwitchStep, string, readonly string[]][] = [
    [
      'AuroraGlobalDatabase',
      SwitchStep.auroraGlobalDatabase({ name: 'Step', ...cluster }),
      'GlobalAuroraConfig',
      ['rds:DescribeGlobalClusters', 'rds:FailoverGlobalCluster', 'rds:SwitchoverGlobalCluster'],
    ],
    [
      'DocumentDb',
      SwitchStep.documentDb({ name: 'Step', ...cluster }),
      'DocumentDbConfig',
      ['rds:DescribeDBClusters', 'rds:FailoverGlobalCluster'],
    ],
    [
      'NeptuneGlobalDatabase',
      SwitchStep.neptuneGlobalDatabase({ name: 'Step', ...cluster }),
      'NeptuneGlobalDatabaseConfig',
      ['neptune:SwitchoverGlobalCluster', 'rds:DescribeGlobalClusters', 'rds:FailoverGlobalCluster'],
    ],
    [
      'RdsPromoteReadReplica',
      SwitchStep.promoteReadReplica({ name: 'Step', instanceArns: both('rds', 'db:shop') }),
      'RdsPromoteReadReplicaConfig',
      ['rds:PromoteReadReplica', 'rds:ModifyDBInstance'],
    ],
    [
      'RdsSwitchoverReadReplica',
      SwitchStep.switchoverReadReplica({ name: 'Step', instanceArns: both('rds', 'db:shop') }),
      'RdsSwitchoverReadReplicaConfig',
      ['rds:SwitchoverReadReplica', 'rds:PromoteReadReplica'],
    ],
    [
      'EC2AutoScaling',
      SwitchStep.scaleAutoScalingGroup({
        name: 'Step',
        groupArns: both('autoscaling', 'autoScalingGroup:1:autoScalingGroupName/web'),
      }),
      'Ec2AsgCapacityIncreaseConfig',
      ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:UpdateAutoScalingGroup'],
    ],
    [
      'ECSServiceScaling',
      SwitchStep.scaleEcsService({ name: 'Step', serviceArns: both('ecs', 'service/shop/web') }),
      'EcsCapacityIncreaseConfig',
      ['ecs:UpdateService', 'ecs:DescribeClusters', 'application-autoscaling:RegisterScalableTarget'],
    ],
    [
      'EKSResourceScaling',
      SwitchStep.scaleEksResources({
        name: 'Step',
        clusterArns: both('eks', 'cluster/shop'),
        resources: [{ name: 'web', namespace: 'shop', autoscaler: 'web' }],
      }),
      'EksResourceScalingConfig',
      ['eks:DescribeCluster', 'eks:ListAssociatedAccessPolicies'],
    ],
    [
      'AuroraProvisionedScaling',
      SwitchStep.scaleAuroraProvisioned({ name: 'Step', ...cluster, instanceArns: both('rds', 'db:shop') }),
      'AuroraProvisionedScalingConfig',
      ['rds:CreateDBInstance', 'rds:DescribeOrderableDBInstanceOptions'],
    ],
    [
      'AuroraServerlessScaling',
      SwitchStep.scaleAuroraServerless({ name: 'Step', ...cluster }),
      'AuroraServerlessScalingConfig',
      ['rds:ModifyDBCluster', 'cloudwatch:GetMetricData'],
    ],
    [
      'CustomActionLambda',
      SwitchStep.invokeFunction({ name: 'Step', functionArns: both('lambda', 'function:warm') }),
      'CustomActionLambdaConfig',
      ['lambda:GetFunction', 'lambda:InvokeFunction'],
    ],
    [
      'LambdaEventSourceMapping',
      SwitchStep.switchEventSourceMapping({
        name: 'Step',
        mappingArns: both('lambda', 'event-source-mapping:0f4c7b52-0000-4000-8000-000000000000'),
        functionArns: both('lambda', 'function:warm'),
      }),
      'LambdaEventSourceMappingConfig',
      ['lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping', 'lambda:GetFunction'],
    ],
    [
      'SSMSendCommand',
      SwitchStep.runCommand({
        name: 'Step',
        documentArns: both('ssm', 'document/warm'),
        targets: [{ key: 'tag:role', values: ['web'] }],
        parameters: { level: ['all'] },
      }),
      'SsmSendCommandConfig',
      ['ssm:SendCommand', 'ssm:DescribeDocument', 'ssm:CancelCommand'],
    ],
    ['Route53HealthCheck', TRAFFIC, 'Route53HealthCheckConfig', ['route53:ListResourceRecordSets']],
    [
      'ARCRoutingControl',
      SwitchStep.routingControl({
        name: 'Step',
        clusterArn: 'arn:aws:route53-recovery-control::111122223333:cluster/c',
        controls: { [IRELAND]: state, [FRANKFURT]: state },
      }),
      'ArcRoutingControlConfig',
      [
        'route53-recovery-control-config:DescribeCluster',
        'route53-recovery-cluster:UpdateRoutingControlStates',
      ],
    ],
    [
      'ARCRegionSwitchPlan',
      SwitchStep.childPlan({
        name: 'Step',
        planArn: 'arn:aws:arc-region-switch::111122223333:plan/payments:0a1b2c',
        expected: minutes(10),
      }),
      'RegionSwitchPlanConfig',
      ['arc-region-switch:StartPlanExecution', 'arc-region-switch:ListPlanExecutionEvents'],
    ],
    [
      'Parallel',
      SwitchStep.parallel('Step', [
        SwitchStep.parallel('Inner', [TRAFFIC]),
        SwitchStep.invokeFunction({ name: 'Warm', functionArns: both('lambda', 'function:warm') }),
      ]),
      'ParallelConfig',
      ['route53:ListResourceRecordSets', 'lambda:InvokeFunction'],
    ],
  ];

  test.each(KINDS)('%s has its one configuration and its permissions', (type, step, config, actions) => {
    const result = built({ steps: [step] });
    const [block] = blocksOf(result);
    expect(block.ExecutionBlockType).toBe(type);
    expect(Object.keys(block.ExecutionBlockConfiguration)).toEqual([config]);
    expect([...allowed(result.home).keys()]).toEqual(expect.arrayContaining([...actions]));
  });

  test('ManualApproval waits for the role that is named', () => {
    const approvalRoleArn = `arn:aws:iam::${ACCOUNT}:role/duty/lead`;
    const { plan, home } = built({
      steps: [TRAFFIC, SwitchStep.manualApproval({ name: 'Lead', approvalRoleArn })],
    });
    const [{ Steps }] = plan.Workflows;
    expect(Steps[0]).toMatchObject({
      Name: 'Lead',
      ExecutionBlockConfiguration: { ExecutionApprovalConfig: { ApprovalRole: approvalRoleArn } },
    });
    // It is the one that tier 1 owes.
    expect(Steps).toHaveLength(2);
    expect(Object.keys(Template.fromStack(home).findResources('AWS::IAM::Role')).join()).not.toMatch(
      /Approver/,
    );
  });

  test('RdsCreateCrossRegionReplica is for afterwards', () => {
    const step = SwitchStep.createCrossRegionReplica({ name: 'Copy', instanceArns: both('rds', 'db:shop') });
    expect(refused({ steps: [step] })).toMatchObject({
      problem: 'Copy belongs after the switch, not into it',
      fix: 'move it to postRecovery',
    });
  });

  test('a database waits for all data in a planned switch, and fails over when its primary is lost', () => {
    const config = (step: SwitchStep) =>
      blocksOf(built({ steps: [step] }))[0].ExecutionBlockConfiguration.GlobalAuroraConfig;
    const step = { name: 'Step', ...cluster };
    expect(config(SwitchStep.auroraGlobalDatabase(step))).toMatchObject({
      Behavior: 'switchoverOnly',
      Ungraceful: { Ungraceful: 'failover' },
      DatabaseClusterArns: [
        `arn:aws:rds:eu-central-1:${ACCOUNT}:cluster:shop`,
        `arn:aws:rds:eu-west-1:${ACCOUNT}:cluster:shop`,
      ],
    });
    const careless = config(
      SwitchStep.auroraGlobalDatabase({ ...step, allowDataLoss: true, failoverWhenUngraceful: false }),
    );
    expect(careless.Behavior).toBe('failover');
    expect(careless.Ungraceful).toBeUndefined();
  });

  test('a function in the region that is left is skipped when that region may be down', () => {
    const functionArns = both('lambda', 'function:fence');
    const config = (runIn: SwitchSide) =>
      blocksOf(built({ steps: [SwitchStep.invokeFunction({ name: 'Fence', functionArns, runIn })] }))[0]
        .ExecutionBlockConfiguration.CustomActionLambdaConfig;
    expect(config(SwitchSide.DEACTIVATING).Ungraceful).toEqual({ Behavior: 'skip' });
    expect(config(SwitchSide.ACTIVATING).Ungraceful).toBeUndefined();
  });

  test.each<[RegExp, SwitchStep]>([
    [
      /^a step has no name/,
      SwitchStep.route53HealthCheck({ name: '', hostedZoneId: 'Z1', recordName: 'a.b' }),
    ],
    [
      /^Step: timeout in minutes is 1.5, but Region switch takes whole numbers of 1 or more/,
      SwitchStep.auroraGlobalDatabase({ name: 'Step', ...cluster, timeout: Duration.seconds(90) }),
    ],
    [
      /^Step: timeout is known at deployment only/,
      SwitchStep.auroraGlobalDatabase({
        name: 'Step',
        ...cluster,
        timeout: minutes(Token.asNumber({ Ref: 'Minutes' })),
      }),
    ],
    [
      /^Step: globalCluster is "1shop", which Region switch does not take/,
      SwitchStep.auroraGlobalDatabase({ name: 'Step', ...cluster, globalCluster: '1shop' }),
    ],
    [
      /^Step: its databases lie in the accounts 111122223333 and 444455556666/,
      SwitchStep.auroraGlobalDatabase({
        name: 'Step',
        globalCluster: 'shop',
        clusterArns: {
          [FRANKFURT]: account(FRANKFURT, 'rds', 'cluster:shop'),
          [IRELAND]: `arn:aws:rds:eu-west-1:${OTHER_ACCOUNT}:cluster:shop`,
        },
      }),
    ],
    [
      /^2 mistakes: \(1\) Step: functionArns has nothing for eu-west-1; \(2\) Step: functionArns names us-east-1/,
      SwitchStep.invokeFunction({
        name: 'Step',
        functionArns: {
          [FRANKFURT]: `arn:aws:lambda:${FRANKFURT}:${ACCOUNT}:function:f`,
          'us-east-1': `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f`,
        },
      }),
    ],
    [
      /^2 mistakes: \(1\) Step: serviceArns has for eu-west-1 an ARN of eu-central-1: arn:aws:ecs:eu-central-1:.*\(2\) /,
      SwitchStep.scaleEcsService({
        name: 'Step',
        serviceArns: {
          [IRELAND]: `arn:aws:ecs:${FRANKFURT}:${ACCOUNT}:service/shop/web`,
          [FRANKFURT]: `arn:aws:ecs:${IRELAND}:${ACCOUNT}:service/shop/web`,
        },
      }),
    ],
    [
      /^Step: functionArns has for eu-west-1 "arn:aws:dynamodb:eu-west-1:\d+:table\/orders", which is something else/,
      SwitchStep.invokeFunction({
        name: 'Step',
        functionArns: {
          [IRELAND]: `arn:aws:dynamodb:${IRELAND}:${ACCOUNT}:table/orders`,
          [FRANKFURT]: `arn:aws:lambda:${FRANKFURT}:${ACCOUNT}:function:f`,
        },
      }),
    ],
    [
      /^Step: targetPercent is 0, but/,
      SwitchStep.scaleEcsService({
        name: 'Step',
        serviceArns: both('ecs', 'service/shop/web'),
        targetPercent: 0,
      }),
    ],
    [
      /^Step: minimumPercentWhenUngraceful is 100, but Region switch takes whole numbers of 0 to 99/,
      SwitchStep.scaleEcsService({
        name: 'Step',
        serviceArns: both('ecs', 'service/shop/web'),
        minimumPercentWhenUngraceful: 100,
      }),
    ],
    [
      /does not say the cluster of the service/,
      SwitchStep.scaleEcsService({ name: 'Step', serviceArns: both('ecs', 'service/web') }),
    ],
    [
      /^Step: it scales nothing/,
      SwitchStep.scaleEksResources({ name: 'Step', clusterArns: both('eks', 'cluster/shop'), resources: [] }),
    ],
    [
      /^Step: "Shop" is no Kubernetes namespace/,
      SwitchStep.scaleEksResources({
        name: 'Step',
        clusterArns: both('eks', 'cluster/shop'),
        resources: [{ name: 'web', namespace: 'Shop' }],
      }),
    ],
    [
      /^Step: targetPercent is -1/,
      SwitchStep.scaleAuroraServerless({ name: 'Step', ...cluster, targetPercent: -1 }),
    ],
    [
      /^Step: retryMinutes is 0/,
      SwitchStep.invokeFunction({
        name: 'Step',
        functionArns: both('lambda', 'function:warm'),
        retryMinutes: 0,
      }),
    ],
    [
      /^Step: it runs in the region that is left, also when that region is down/,
      SwitchStep.invokeFunction({
        name: 'Step',
        functionArns: both('lambda', 'function:warm'),
        runIn: SwitchSide.DEACTIVATING,
        skipWhenUngraceful: false,
      }),
    ],
    [
      /^Step belongs after the switch, not into it/,
      SwitchStep.invokeFunction({
        name: 'Step',
        functionArns: both('lambda', 'function:warm'),
        runIn: SwitchSide.ACTIVE,
      }),
    ],
    [
      /^Step: the command has no nodes to run on/,
      SwitchStep.runCommand({ name: 'Step', documentArns: both('ssm', 'document/warm'), targets: [] }),
    ],
    [
      /^Step: hostedZoneId is "\/hostedzone\/Z1"/,
      SwitchStep.route53HealthCheck({ name: 'Step', hostedZoneId: '/hostedzone/Z1', recordName: 'a.b' }),
    ],
    [
      /^Step: setIdentifiers has nothing for eu-central-1/,
      SwitchStep.route53HealthCheck({
        name: 'Step',
        hostedZoneId: 'Z1',
        recordName: 'a.b',
        setIdentifiers: { [IRELAND]: 'primary' },
      }),
    ],
    [
      /^Step: recordName is ""/,
      SwitchStep.route53HealthCheck({ name: 'Step', hostedZoneId: 'Z1', recordName: '' }),
    ],
    [
      /^Step: no routing control is on when eu-central-1 is active/,
      SwitchStep.routingControl({
        name: 'Step',
        clusterArn: 'arn:aws:route53-recovery-control::111122223333:cluster/c',
        controls: { [IRELAND]: state, [FRANKFURT]: [{ arn: control, on: false }] },
      }),
    ],
    [
      /^Step: a control of eu-west-1 is "c"/,
      SwitchStep.routingControl({
        name: 'Step',
        clusterArn: 'arn:aws:route53-recovery-control::111122223333:cluster/c',
        controls: { [IRELAND]: [{ arn: 'c', on: true }], [FRANKFURT]: state },
      }),
    ],
    [
      /^Step: planArn is "payments"/,
      SwitchStep.childPlan({ name: 'Step', planArn: 'payments', expected: minutes(5) }),
    ],
    [/^Step: nothing runs side by side/, SwitchStep.parallel('Step', [])],
    [
      /^Lead: approvalRoleArn is "lead"/,
      SwitchStep.manualApproval({ name: 'Lead', approvalRoleArn: 'lead' }),
    ],
    [
      /leaves out the path of the role, so nobody could approve/,
      SwitchStep.manualApproval({
        name: 'Lead',
        approvalRoleArn: `arn:aws:iam::${ACCOUNT}:role/AWSReservedSSO_Lead_0123`,
      }),
    ],
  ])('fails when %s', (problem, step) => {
    expect(refused({ steps: [step] }).problem).toMatch(problem);
  });
});

describe('the approvals of a RegionSwitch', () => {
  const approversOf = ({ plan }: Built) =>
    plan.Workflows[0].Steps.filter(
      ({ ExecutionBlockType }: { ExecutionBlockType: string }) => ExecutionBlockType === 'ManualApproval',
    ).length;

  test.each([
    [Tier.MISSION_CRITICAL, 2],
    [Tier.BUSINESS_CRITICAL, 1],
    [Tier.IMPORTANT, 0],
    [Tier.STANDARD, 0],
  ])('at tier %i are %i where one region waits', (tier, count) => {
    const result = built({ steps: [TRAFFIC], detection: minutes(1) }, { tier });
    expect(approversOf(result)).toBe(count);
    expect(Object.keys(Template.fromStack(result.home).findResources('AWS::IAM::Role'))).toHaveLength(
      count + 1,
    );
  });

  test('are none where both regions serve and no step switches a database', () => {
    expect(approversOf(built({ steps: [TRAFFIC] }, { tier: Tier.MISSION_CRITICAL, bothServe: true }))).toBe(
      0,
    );
  });

  test('are owed where both regions serve and a step switches a database', () => {
    const around = { tier: Tier.MISSION_CRITICAL, bothServe: true };
    expect(approversOf(built((stack) => ({ steps: [orders(stack)] }), around))).toBe(2);
  });

  test('are none for a service that keeps nothing', () => {
    expect(approversOf(built({ steps: [TRAFFIC], stateful: false }))).toBe(0);
  });

  test('need roles that may do nothing else', () => {
    const { home } = built({ steps: [TRAFFIC] });
    const actions = [...allowed(home, 'SwitchApprover1').keys()];
    expect(actions.every((action) => action.startsWith('arc-region-switch:'))).toBe(true);
    expect(actions).toContain('arc-region-switch:ApprovePlanExecutionStep');
  });

  test('are given by those who are named, each with a role of their own', () => {
    const approvers = ['one', 'two'].map((name) => new ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/${name}`));
    const { home } = built(
      { steps: [TRAFFIC], approvers, detection: minutes(1) },
      { tier: Tier.MISSION_CRITICAL },
    );
    const trust = JSON.stringify(Template.fromStack(home).findResources('AWS::IAM::Role'));
    expect(trust).toMatch(/role\/one/);
    expect(trust).toMatch(/role\/two/);
  });

  test('take roles that are there', () => {
    const approvalRoleArns = [`arn:aws:iam::${ACCOUNT}:role/duty/lead`];
    const { plan, home, switches } = built({ steps: [TRAFFIC], approvalRoleArns });
    const [{ Steps }] = plan.Workflows;
    expect(Steps[0].ExecutionBlockConfiguration.ExecutionApprovalConfig.ApprovalRole).toBe(
      approvalRoleArns[0],
    );
    expect(switches.every((each) => each.approvalRoles.length === 0)).toBe(true);
    Template.fromStack(home).resourceCountIs('AWS::IAM::Role', 1);
  });

  test('fail when fewer people decide and nobody answers for it', () => {
    expect(refused({ steps: [TRAFFIC], approvals: 0 }).problem).toMatch(
      /^approvals is 0, but the tier owes 1 \(a switch may lose data: one person decides\)/,
    );
    const { home } = built({ steps: [TRAFFIC], approvals: 0, weakening: WEAKENING });
    expect(catalogued(home).weakenings.map(({ what }) => what)).toContain('Switch.approvals');
  });

  const role = `arn:aws:iam::${ACCOUNT}:role/lead`;
  test.each<[Partial<RegionSwitchProps>, string]>([
    [{ approvalRoleArns: [role, role] }, `${role} approves twice, so one person is enough`],
    [{ approvalRoleArns: [role] }, 'approvalRoleArns names 1, but 2 must approve'],
    [{ approvers: [new ArnPrincipal(role)] }, 'approvers names 1, but 2 must approve'],
    [
      { approvalRoleArns: ['lead', role] },
      'approvalRoleArns: approvalRoleArn is "lead", which Region switch',
    ],
    [{ approvals: 11 }, 'approvals is 11, but Region switch takes whole numbers of 0 to 10'],
  ])('fail for %j', (props, problem) => {
    expect(refused({ steps: [TRAFFIC], ...props }, { tier: Tier.MISSION_CRITICAL }).problem).toContain(
      problem,
    );
  });
});

describe('the time of a RegionSwitch', () => {
  test('is the sum of detection, approvals and steps, and fits the region', () => {
    const { switches } = built((stack) => ({ steps: [TRAFFIC, orders(stack), web(stack)] }));
    const [{ switchTime } = { switchTime: undefined }] = switches;
    expect(switchTime?.terms.map(({ what, seconds }) => [what, seconds])).toEqual([
      ['detection', 240],
      ['a person takes the call', 900],
      ['alias TTL', 60],
      ['Approval 1', 780],
      ['Orders', 780],
      ['Web', 540],
      ['Traffic', 240],
    ]);
  });

  test('gives steps without a timeout what the recovery time objective leaves', () => {
    const { switches, plan } = built(
      (stack) => ({ steps: [TRAFFIC, orders(stack), web(stack)], detection: minutes(1) }),
      { tier: Tier.MISSION_CRITICAL },
    );
    expect(switches[0]?.switchTime.seconds).toBeLessThanOrEqual(900);
    expect(plan.RecoveryTimeObjectiveMinutes).toBe(15);
  });

  test('counts steps side by side once', () => {
    const { switches } = built((stack) => ({
      steps: [web(stack, { timeout: minutes(20) }), web(stack, { name: 'Api', timeout: minutes(25) })],
    }));
    expect(switches[0]?.switchTime.terms.at(-1)).toMatchObject({ what: 'Capacity', seconds: 1500 });
  });

  test('fails when it is longer than the region may be lost, and the sum is shown', () => {
    const error = refused((stack) => ({
      steps: [TRAFFIC, orders(stack, { timeout: minutes(30) }), web(stack, { timeout: minutes(20) })],
      approvalTimeout: minutes(15),
    }));
    expect(error.message).toBe(
      'Shop-eu-west-1/Switch: to activate of eu-west-1 takes up to 5160 s (240 s detection + ' +
        '900 s a person takes the call + 60 s alias TTL + 900 s Approval 1 + 1800 s Orders + 1200 s Web + 60 s Traffic), ' +
        'but the RTO for the loss of a region is 3600 s\n' +
        '  fix: let triggers start it, or say in detection how soon somebody starts it; or ' +
        'shorten it by 1560 s, beginning with Orders (1800 s), or run steps side by side',
    );
  });

  test('cannot wait at tier 0 for a person, and says what starts it sooner', () => {
    const around = { tier: Tier.MISSION_CRITICAL };
    expect(refused({ steps: [TRAFFIC] }, around).fix).toMatch(
      /^let triggers start it, or say in detection how soon somebody starts it; or shorten it/,
    );
    expect(() => built({ steps: [TRAFFIC], detection: minutes(1) }, around)).not.toThrow();
    const inSight = refused(
      (stack) => ({ steps: [web(stack, { timeout: minutes(90) })], detection: minutes(1) }),
      around,
    );
    expect(inSight.fix).toMatch(/^shorten it/);
  });

  test('begins when somebody knows', () => {
    const { switches } = built({ steps: [TRAFFIC], detection: minutes(5) });
    expect(switches[0]?.switchTime.terms[0]).toMatchObject({ what: 'detection', seconds: 300 });
    const detection = minutes(Token.asNumber({ Ref: 'Minutes' }));
    expect(refused({ steps: [TRAFFIC], detection }).problem).toBe('detection is known at deployment only');
  });
});

describe('the quotas of a RegionSwitch', () => {
  test('are compared between its regions, which its role may read', () => {
    const { plan, home } = built({ steps: [TRAFFIC] });
    expect(plan.ServiceQuotaChecksEnabled).toBe(true);
    expect(allowed(home).get('servicequotas:GetServiceQuota')).toBe('*');
    expect(allowed(home).get('servicequotas:ListServiceQuotas')).toBe('*');
  });

  test('are left alone where somebody answers for it', () => {
    const { plan, home } = built({ steps: [TRAFFIC], serviceQuotaChecks: false, weakening: WEAKENING });
    expect(plan.ServiceQuotaChecksEnabled).toBe(false);
    expect([...allowed(home).keys()].filter((action) => action.startsWith('servicequotas'))).toEqual([]);
  });

  test('fails when they are left alone without a reason', () => {
    expect(refused({ steps: [TRAFFIC], serviceQuotaChecks: false }).problem).toBe(
      'serviceQuotaChecks is false, but the tier owes true (quotas that were raised in one region only let the other take over too little)',
    );
  });
});

describe('the alarms of a RegionSwitch', () => {
  const red = (alarm: string) => ({ region: FRANKFURT, alarm });

  test('say whether a region is well, and start nothing', () => {
    const { plan, home } = built({
      steps: [TRAFFIC],
      healthAlarms: [
        { region: IRELAND, alarm: 'shop-orders' },
        { region: FRANKFURT, alarm: `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:shop-orders` },
      ],
    });
    expect(plan.Triggers).toEqual([]);
    expect(plan.AssociatedAlarms).toEqual({
      'shop-orders-eu-west-1': {
        AlarmType: 'applicationHealth',
        ResourceIdentifier: expect.anything(),
      },
      'shop-orders-eu-central-1': {
        AlarmType: 'applicationHealth',
        ResourceIdentifier: `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:shop-orders`,
      },
    });
    expect(written(plan.AssociatedAlarms['shop-orders-eu-west-1'].ResourceIdentifier)).toBe(
      `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:shop-orders`,
    );
    expect(allowed(home).get('cloudwatch:DescribeAlarmHistory')).toHaveLength(2);
  });

  test('start a switch to the other region where one waits, and the people are still asked', () => {
    const { plan } = built({ steps: [TRAFFIC], triggers: [{ leaving: IRELAND, alarms: [red('down')] }] });
    expect(plan.Triggers).toEqual([
      {
        Action: 'activate',
        TargetRegion: FRANKFURT,
        Conditions: [{ AssociatedAlarmName: 'down-eu-central-1', Condition: 'red' }],
        MinDelayMinutesBetweenExecutions: 30,
      },
    ]);
    expect(plan.Workflows[1].Steps[0].ExecutionBlockType).toBe('ManualApproval');
  });

  test('take a region out where both serve, when two agree', () => {
    const around = { tier: Tier.MISSION_CRITICAL, bothServe: true };
    const { plan } = built(
      {
        steps: [TRAFFIC],
        triggers: [{ leaving: IRELAND, alarms: [red('down'), red('slow')], minimumPause: minutes(60) }],
      },
      around,
    );
    expect(plan.Triggers[0]).toMatchObject({
      Action: 'deactivate',
      TargetRegion: IRELAND,
      MinDelayMinutesBetweenExecutions: 60,
    });
    expect(
      refused({ steps: [TRAFFIC], triggers: [{ leaving: IRELAND, alarms: [red('down')] }] }, around).problem,
    ).toMatch(/^automaticSwitchAlarms is 1, but the tier owes 2/);
  });

  test('fail when they would start a switch at tier 1 without a person, although both regions serve', () => {
    const props = { steps: [TRAFFIC], approvals: 0, triggers: [{ leaving: IRELAND, alarms: [red('down')] }] };
    expect(refused(props, { bothServe: true }).problem).toMatch(/^approvals is 0, but the tier owes 1/);
  });

  const eleven = Array.from({ length: 11 }, (_, index) => red(`down-${index}`));
  test.each<[Partial<RegionSwitchProps>, string]>([
    [
      { healthAlarms: [red('down')], triggers: [{ leaving: IRELAND, alarms: [red('down')] }] },
      'the alarm down of eu-central-1 both starts the plan and says whether it has helped',
    ],
    [{ healthAlarms: [red('a'), red('a')] }, 'the health alarm a-eu-central-1 is named twice'],
    [
      { triggers: [{ leaving: 'us-east-1', alarms: [red('a')] }] },
      'a trigger leaves us-east-1, which is no region of the plan',
    ],
    [
      { triggers: [{ leaving: IRELAND, alarms: [red('a'), red('a')] }] },
      'the trigger to leave eu-west-1 counts the alarm a-eu-central-1 twice',
    ],
    [
      { triggers: [{ leaving: IRELAND, alarms: [] }] },
      'triggers: the alarms to leave eu-west-1: their number is 0',
    ],
    [
      { triggers: [{ leaving: IRELAND, alarms: eleven }] },
      'triggers: the alarms to leave eu-west-1: their number is 11, but Region switch takes whole numbers of 1 to 10',
    ],
    [
      { triggers: [{ leaving: IRELAND, alarms: [red('a')], minimumPause: Duration.seconds(30) }] },
      'triggers: minimumPause in minutes is 0.5',
    ],
    [
      {
        triggers: [
          { leaving: IRELAND, alarms: [red('a')] },
          { leaving: IRELAND, alarms: [red('b')] },
        ],
      },
      'two triggers leave eu-west-1',
    ],
    [
      { healthAlarms: [red(Token.asString({ 'Fn::GetAtt': ['Alarm', 'Arn'] }))] },
      'an alarm of eu-central-1 is known at deployment only',
    ],
  ])('fail for %j', (props, problem) => {
    expect(refused({ steps: [TRAFFIC], ...props }).problem).toContain(problem);
  });
});

describe('the accounts of a RegionSwitch', () => {
  const apart: Around = { accounts: [OTHER_ACCOUNT, ACCOUNT] };

  test('are reached through a role that each has in its own stack', () => {
    const { plan, home, away, switches } = built((stack) => ({ steps: [web(stack)] }), apart);
    const [first, second] = blocksOf({ plan } as Built)[0].ExecutionBlockConfiguration
      .EcsCapacityIncreaseConfig.Services;
    const access = only(away, 'AWS::IAM::Role');
    expect(first.CrossAccountRole).toBeUndefined();
    expect(written(second.CrossAccountRole)).toBe(`arn:aws:iam::${OTHER_ACCOUNT}:role/${access.RoleName}`);
    expect(allowed(home).get('sts:AssumeRole')).toEqual(second.CrossAccountRole);
    expect(written(allowed(home).get('ecs:UpdateService'))).toBe(
      `arn:aws:ecs:eu-central-1:${ACCOUNT}:service/shop/web`,
    );
    expect(written(allowed(away, 'SwitchAccessRole').get('ecs:UpdateService'))).toBe(
      `arn:aws:ecs:eu-west-1:${OTHER_ACCOUNT}:service/shop/web`,
    );
    const [{ Condition, Principal }] = access.AssumeRolePolicyDocument.Statement;
    expect(JSON.stringify(Principal)).toContain(ACCOUNT);
    expect(written(Condition.ArnEquals['aws:PrincipalArn'])).toBe(
      `arn:aws:iam::${ACCOUNT}:role/${switches[0]?.executionRoleArn.split('/').pop()}`,
    );
  });

  test('need no role where no step touches the other one', () => {
    const { away, switches } = built({ steps: [TRAFFIC] }, apart);
    Template.fromStack(away).resourceCountIs('AWS::IAM::Role', 0);
    expect(switches.every(({ accessRole }) => accessRole === undefined)).toBe(true);
  });

  test('may be others, with a role and a secret word', () => {
    const roleArn = 'arn:aws:iam::777788889999:role/dns/switch';
    const step = SwitchStep.route53HealthCheck({
      name: 'Traffic',
      hostedZoneId: 'Z1',
      recordName: 'shop.example.com',
      hostedZoneAccount: '777788889999',
    });
    const result = built({ steps: [step], crossAccountRoles: [{ roleArn, externalId: 'word' }] });
    expect(blocksOf(result)[0].ExecutionBlockConfiguration.Route53HealthCheckConfig).toMatchObject({
      CrossAccountRole: roleArn,
      ExternalId: 'word',
    });
    expect([...allowed(result.home).keys()]).not.toContain('route53:ListResourceRecordSets');
    expect(refused({ steps: [step] })).toMatchObject({
      problem: 'a step touches the account 777788889999, which is the account of neither region',
      fix: 'add a role of 777788889999 to crossAccountRoles',
    });
  });
});

describe('the execution role of a RegionSwitch', () => {
  test('trusts Region switch only, and may judge itself', () => {
    const { home, switches } = built({ steps: [TRAFFIC] }, { tier: Tier.STANDARD });
    const { AssumeRolePolicyDocument } = only(home, 'AWS::IAM::Role');
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      {
        Action: 'sts:AssumeRole',
        Effect: 'Allow',
        Principal: { Service: 'arc-region-switch.amazonaws.com' },
      },
    ]);
    expect(JSON.stringify(allowed(home).get('iam:SimulatePrincipalPolicy'))).toContain(
      switches[0]?.executionRoleArn.split('/').pop(),
    );
  });

  test('may do nothing that no step does', () => {
    const { home } = built({ steps: [TRAFFIC] }, { tier: Tier.STANDARD });
    expect([...allowed(home).keys()].sort()).toEqual([
      'arc-region-switch:GetPlan',
      'arc-region-switch:GetPlanExecution',
      'arc-region-switch:ListPlanExecutions',
      'iam:SimulatePrincipalPolicy',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'route53:ListResourceRecordSets',
      's3:PutObject',
      'servicequotas:GetServiceQuota',
      'servicequotas:ListServiceQuotas',
    ]);
  });
});

describe('the reports of a RegionSwitch', () => {
  test('are kept against deletion in production', () => {
    const { home, plan } = built({ steps: [TRAFFIC] });
    const bucket = only(home, 'AWS::S3::Bucket');
    expect(bucket.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(bucket.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Mode: 'GOVERNANCE', Days: 366 });
    expect(plan.ReportConfiguration.ReportOutput[0].S3Configuration.BucketOwner).toBe(ACCOUNT);
  });

  test('can be deleted in a stage that may be torn down', () => {
    const { home } = built({ steps: [TRAFFIC] }, { nonProduction: true });
    expect(only(home, 'AWS::S3::Bucket').ObjectLockConfiguration).toBeUndefined();
  });

  test('go to a bucket that is there, with its key', () => {
    const { home, plan } = built((stack) => ({
      steps: [TRAFFIC],
      reportBucket: Bucket.fromBucketAttributes(stack, 'Evidence', {
        bucketName: 'evidence',
        encryptionKey: Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-central-1:${ACCOUNT}:key/k`),
      }),
    }));
    expect(plan.ReportConfiguration.ReportOutput[0].S3Configuration.BucketPath).toBe(`evidence/${plan.Name}`);
    expect([...allowed(home).keys()]).toContain('kms:GenerateDataKey');
    Template.fromStack(home).resourceCountIs('AWS::S3::Bucket', 0);
  });
});

describe('the health checks of a RegionSwitch', () => {
  const split = (delimiter: string) => ({
    'Fn::Select': [
      0,
      {
        'Fn::Split': [
          ',',
          {
            'Fn::Select': [
              1,
              {
                'Fn::Split': [
                  delimiter,
                  {
                    'Fn::Join': [
                      ',',
                      { 'Fn::GetAtt': [expect.stringMatching(/^SwitchPlan/), 'PlanHealthChecks'] },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  });

  test('are taken by their region, in whatever order they come', () => {
    const { home, switches } = built({ steps: [TRAFFIC] });
    const check = switches[1]?.healthCheckOf(IRELAND);
    expect(home.resolve(check?.healthCheckId)).toEqual(split(':eu-west-1:'));
    expect(switches[1]?.healthCheckOf(IRELAND)).toBe(check);
  });

  test('are taken by their record, too, where there are several', () => {
    const other = SwitchStep.route53HealthCheck({
      name: 'Api',
      hostedZoneId: 'Z1D633PJN98FT9',
      recordName: 'api.example.com',
    });
    const { home, switches } = built({ steps: [SwitchStep.parallel('Both', [TRAFFIC, other])] });
    const check = switches[1]?.healthCheckOf(FRANKFURT, 'api.example.com');
    expect(home.resolve(check?.healthCheckId)).toEqual(split('api.example.com:eu-central-1:'));
    expect(refusal(() => switches[1]?.healthCheckOf(FRANKFURT))).toMatchObject({
      problem: 'the plan moves shop.example.com, api.example.com, not one record alone',
      fix: 'ask for shop.example.com or api.example.com',
    });
    expect(Object.keys(Template.fromStack(home).findOutputs('*'))).toHaveLength(4);
  });

  test('are followed by the DNS of the same stack', () => {
    const { home } = built({ steps: [TRAFFIC] });
    const plan = home.node.findChild('Switch') as RegionSwitch;
    new FailoverDns(home, 'Dns', {
      hostedZoneId: 'Z1D633PJN98FT9',
      zoneName: 'example.com',
      recordName: 'shop',
      endpoint: '192.0.2.10',
      switchedBy: plan.healthCheckOf(FRANKFURT),
      approval: minutes(20),
    });
    expect(only(home, 'AWS::Route53::RecordSet').HealthCheckId).toEqual(split(':eu-central-1:'));
  });

  const dns = (stack: Stack, recordName = 'shop') =>
    new FailoverDns(stack, 'Dns', {
      hostedZoneId: 'Z1D633PJN98FT9',
      zoneName: 'example.com',
      recordName,
      endpoint: '192.0.2.10',
      weakening: WEAKENING,
    });
  const fix =
    'set switchedBy to the check of the plan: its healthCheckOf(region), or in another stack the id in its output';

  test('are refused where a record of the plan follows its endpoint instead', () => {
    const { home, away } = built({ steps: [TRAFFIC] });
    for (const stack of [home, away]) {
      expect(refusal(() => dns(stack))).toMatchObject({
        path: `${stack.node.path}/Dns`,
        problem:
          'it writes shop.example.com to follow its endpoint, but Shop-eu-west-1/Switch moves it with health checks of the plan: it would move nothing',
        fix,
      });
    }
  });

  test('leave other records as they are', () => {
    const { home } = built({ steps: [TRAFFIC] });
    expect(dns(home, 'other').endpointCheck?.node.path).toMatch(/Check$/);
  });

  test('are refused where the record was there before the plan', () => {
    const props = (stack: RegionStack): RegionSwitchProps => {
      dns(stack, 'Shop.example.com.');
      return { steps: [TRAFFIC] };
    };
    expect(refused(props)).toMatchObject({
      problem: expect.stringMatching(
        /Dns writes Shop.example.com to follow its endpoint, but it moves it with health checks of the plan/,
      ),
      fix,
    });
  });

  test('are said by the stack of the plan, and cannot be read from the other region', () => {
    const { home, away, switches } = built({ steps: [TRAFFIC] });
    expect(
      Object.values(Template.fromStack(home).findOutputs('*')).map(({ Description }) => Description),
    ).toEqual([
      'The health check that shop.example.com of eu-west-1 must follow',
      'The health check that shop.example.com of eu-central-1 must follow',
    ]);
    expect(Template.fromStack(away).findOutputs('*')).toEqual({});
    expect(refusal(() => switches[0]?.healthCheckOf(IRELAND))).toMatchObject({
      problem: 'the plan is in the stack of eu-central-1, and so are its health checks',
      fix: 'deploy eu-central-1 first, and write the id here that its output HealthCheck for eu-west-1 says',
    });
  });

  test('are none where another step moves the traffic, or in another region', () => {
    const { home, switches } = built((stack) => ({ steps: [web(stack)] }));
    expect(Template.fromStack(home).findOutputs('*')).toEqual({});
    expect(refusal(() => switches[1]?.healthCheckOf(IRELAND))).toMatchObject({
      problem: 'the plan moves no record, not one record alone',
      fix: 'add SwitchStep.route53HealthCheck to its steps',
    });
    const moving = built({ steps: [TRAFFIC] });
    expect(refusal(() => moving.switches[1]?.healthCheckOf('us-east-1')).problem).toBe(
      'the plan has no region us-east-1',
    );
  });
});

describe('a RegionSwitch', () => {
  test('fails outside a set of regions', () => {
    const stack = shopStack(Tier.STANDARD);
    expect(refusal(() => new RegionSwitch(stack, 'Switch', { steps: [TRAFFIC] })).problem).toMatch(
      /belongs to no set of regions/,
    );
  });

  test('fails between three regions', () => {
    const regions = [IRELAND, FRANKFURT, 'eu-north-1'];
    expect(
      refused({ steps: [TRAFFIC] }, { regions, bothServe: true, accounts: [ACCOUNT, ACCOUNT] }).problem,
    ).toBe('there are 3 regions that serve or wait, but a plan switches between two');
  });

  test.each<[string, Props]>([
    ['there is nothing to do', {}],
    ['both steps and workflows are given', { steps: [TRAFFIC], workflows: [] }],
    ['a workflow to activate has no steps', { steps: [] }],
    ['two steps of one workflow are called Traffic', { steps: [TRAFFIC, TRAFFIC] }],
    [
      'no workflow has the action activate for eu-central-1',
      { workflows: [{ action: SwitchAction.ACTIVATE, region: IRELAND, steps: [TRAFFIC] }] },
    ],
    [
      '2 mistakes: (1) no workflow has the action activate for eu-west-1; (2) no workflow has the action activate for eu-central-1',
      { workflows: [] },
    ],
    [
      'a workflow is for us-east-1, which is no region of the plan',
      {
        workflows: [
          { action: SwitchAction.ACTIVATE, steps: [TRAFFIC] },
          { action: SwitchAction.ACTIVATE, region: 'us-east-1', steps: [TRAFFIC] },
        ],
      },
    ],
    [
      'a workflow deactivates a region, but one of the two only waits',
      {
        workflows: [
          { action: SwitchAction.ACTIVATE, steps: [TRAFFIC] },
          { action: SwitchAction.DEACTIVATE, steps: [TRAFFIC] },
        ],
      },
    ],
  ])('fails when %s', (problem, props) => {
    expect(refused(props).problem).toBe(problem);
  });

  test('records what it decided', () => {
    const { home } = built({ steps: [TRAFFIC] });
    const expected = [
      'approvals',
      'triggers',
      'recoveryTimeObjective',
      'switchTime',
      'planRegion',
      'reportLock',
    ];
    const decided = catalogued(home).decisions.map(({ what }) => what);
    expect(decided).toEqual(expect.arrayContaining(expected.map((what) => `Switch.${what}`)));
  });
});
