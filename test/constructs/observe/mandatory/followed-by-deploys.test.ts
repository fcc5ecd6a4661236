import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CfnDeploymentGroup,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
  type LambdaDeploymentGroupProps,
} from 'aws-cdk-lib/aws-codedeploy';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { MandatoryAlarms } from '../../../../lib/constructs/observe/mandatory/mandatory-alarms';
import { Tier } from '../../../../lib/objectives/tier';
import { shopStack } from '../../fixtures';
import { plain, verdictsOf } from './audited';

const GROUP = 'AWS::CodeDeploy::DeploymentGroup';
const STOP = 'DEPLOYMENT_STOP_ON_ALARM';
const shop = () => shopStack(Tier.BUSINESS_CRITICAL);

/** A function whose alias CodeDeploy moves bit by bit. */
function shifted(stack: Stack, props: Partial<LambdaDeploymentGroupProps> = {}): LambdaDeploymentGroup {
  const handler = new LambdaFunction(stack, 'Handler', {
    code: Code.fromInline('exports.handler = async () => {};'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
  });
  const group = new LambdaDeploymentGroup(stack, 'Deploys', {
    alias: handler.addAlias('live'),
    deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_15MINUTES,
    ...props,
  });
  MandatoryAlarms.of(stack);
  return group;
}

const alarmOn = (stack: Stack, id: string): Alarm =>
  new Alarm(stack, id, {
    metric: new Metric({ namespace: 'Shop', metricName: id }),
    threshold: 1,
    evaluationPeriods: 1,
  });

const groupIn = (stack: Stack) =>
  Object.values(Template.fromStack(stack).findResources(GROUP))[0]?.Properties;
const named = (id: string) => ({ Name: { Ref: expect.stringMatching(id) } });
const OWN = [named('^Handler.*AlarmOnErrors'), named('^Handler.*AlarmOnThrottles')];

describe('deploys of a function by CodeDeploy', () => {
  it('follow the alarms on it, and go back by them', () => {
    const stack = shop();
    shifted(stack);
    const { AlarmConfiguration, AutoRollbackConfiguration } = groupIn(stack);
    expect(AlarmConfiguration).toEqual({ Alarms: OWN, Enabled: true });
    expect(AutoRollbackConfiguration).toEqual({ Enabled: true, Events: ['DEPLOYMENT_FAILURE', STOP] });
  });

  it('follow them beside those that are named, also later', () => {
    const stack = shop();
    const group = shifted(stack, { alarms: [alarmOn(stack, 'Mine')] });
    group.addAlarm(alarmOn(stack, 'Later'));
    expect(groupIn(stack).AlarmConfiguration.Alarms).toEqual([named('^Mine'), named('^Later'), ...OWN]);
  });

  it('go back by them where they go back by nothing else', () => {
    const stack = shop();
    shifted(stack, { autoRollback: { failedDeployment: false } });
    expect(groupIn(stack).AutoRollbackConfiguration).toEqual({ Enabled: true, Events: [STOP] });
  });

  it('are left alone where a person switched alarms off', () => {
    const stack = shop();
    shifted(stack, { ignoreAlarmConfiguration: true, alarms: [alarmOn(stack, 'Mine')] });
    expect(groupIn(stack).AlarmConfiguration).toEqual({ Alarms: [named('^Mine')], Enabled: false });
  });

  it('are as the audit wants them', () => {
    const found = verdictsOf((stack) => {
      shifted(stack);
    }).filter(({ rule, type }) => rule === 'X-75' && type === GROUP);
    expect(found.map(({ verdict }) => verdict)).not.toContain('fail');
    expect(found.map(({ verdict }) => verdict)).toContain('pass');
  });

  it('fail the audit without it: the test above tells something', () => {
    const found = verdictsOf((stack) => {
      const group = shifted(stack).node.defaultChild as CfnDeploymentGroup;
      group.addPropertyOverride('AlarmConfiguration', { Enabled: true, Alarms: [] });
    });
    expect(found.find(({ rule, type }) => rule === 'X-75' && type === GROUP)?.verdict).toBe('fail');
  });

  it('take ten alarms: of more they are warned', () => {
    const stack = shop();
    shifted(stack, { alarms: Array.from({ length: 9 }, (_, index) => alarmOn(stack, `Mine${index}`)) });
    expect(groupIn(stack).AlarmConfiguration.Alarms).toHaveLength(10);
    Annotations.fromStack(stack).hasWarning(
      '/Shop/Deploys/Resource',
      Match.stringLikeRegexp('does not follow .*AlarmOnThrottles: .* 10 alarms'),
    );
  });

  it('are warned of where the group is in another stack, which may not name the alarms', () => {
    const stack = shop();
    const other = new Stack(stack.node.root as never, 'Other', { env: stack.env as never });
    const handler = plain(stack, 'AWS::Lambda::Function', {}, 'Handler');
    const group = new CfnDeploymentGroup(other, 'Deploys', {
      applicationName: 'shop',
      serviceRoleArn: 'arn:aws:iam::111122223333:role/deploy',
    });
    const alias = plain(stack, 'AWS::Lambda::Alias', { FunctionName: handler.ref, Name: 'live' }, 'Live');
    alias.cfnOptions.updatePolicy = {
      codeDeployLambdaAliasUpdate: { applicationName: 'shop', deploymentGroupName: group.ref },
    };
    MandatoryAlarms.of(stack);
    Template.fromStack(other).hasResourceProperties(GROUP, { AlarmConfiguration: Match.absent() });
    Annotations.fromStack(other).hasWarning(
      '/Other/Deploys',
      Match.stringLikeRegexp('does not follow .*AlarmOnErrors: .* another stack'),
    );
  });
});

describe('deploys of a service by CodeDeploy', () => {
  it('follow the alarms on its load balancer, named by the service or by the target groups', () => {
    for (const by of ['service', 'groups']) {
      const stack = shop();
      const target = plain(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup', {}, 'Blue');
      const balancer = plain(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer', {}, 'Balancer');
      const actions = [{ Type: 'forward', TargetGroupArn: target.ref }];
      const listener = { LoadBalancerArn: balancer.ref, DefaultActions: actions };
      plain(stack, 'AWS::ElasticLoadBalancingV2::Listener', listener, 'Listener');
      const service = plain(
        stack,
        'AWS::ECS::Service',
        { DeploymentController: { Type: 'CODE_DEPLOY' }, LoadBalancers: [{ TargetGroupArn: target.ref }] },
        'Web',
      );
      const names = { service: service.getAtt('Name').toString(), target: target.getAtt('Name').toString() };
      new CfnDeploymentGroup(stack, 'Deploys', {
        applicationName: 'shop',
        serviceRoleArn: 'arn:aws:iam::111122223333:role/deploy',
        ...(by === 'service'
          ? { ecsServices: [{ clusterName: 'shop', serviceName: names.service }] }
          : { loadBalancerInfo: { targetGroupPairInfoList: [{ targetGroups: [{ name: names.target }] }] } }),
      });
      MandatoryAlarms.of(stack);
      expect([by, groupIn(stack).AlarmConfiguration.Alarms]).toEqual([
        by,
        expect.arrayContaining([named('^Blue.*UnHealthyHostCount'), named('^Balancer.*5XX')]),
      ]);
      expect(groupIn(stack).AutoRollbackConfiguration).toEqual({ Enabled: true, Events: [STOP] });
    }
  });
});
