import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, AlarmRule, CompositeAlarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { App, CfnParameter, Stack, Tags } from 'aws-cdk-lib/core';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { runbookOfTag } from '../../../lib/objectives/runbook-tag';
import { Service } from '../../../lib/objectives/service';

const WIKI = 'https://wiki.example.com/shop?page=1&v=2#outage';

function shop(runbook?: string) {
  const stack = new Stack(new App(), 'Shop');
  declareService(stack, new Service({ name: 'shop', tier: 1, owner: 'team', ...(runbook && { runbook }) }));
  return stack;
}

const alarmOn = (stack: Stack, namespace: string, id = 'Plain') =>
  new Alarm(stack, id, {
    metric: new Metric({ namespace, metricName: 'Errors' }),
    threshold: 1,
    evaluationPeriods: 1,
  });

function tagsOf(stack: Stack, type = 'AWS::CloudWatch::Alarm'): Record<string, string> {
  const [alarm] = Object.values(Template.fromStack(stack).findResources(type));
  const tags: { Key: string; Value: string }[] = alarm?.Properties.Tags;
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key.replace('resilience:', ''), Value]));
}

describe('a plain alarm within a service', () => {
  it.each([
    ['Shop', 'application'],
    ['AWS/Lambda', 'application'],
    ['AWS/RDS', 'infrastructure'],
    ['CWAgent', 'infrastructure'],
    ['AWS/ApplicationELB', 'network'],
    ['AWS/PrivateLinkEndpoints', 'network'],
    ['CloudWatchSynthetics', 'service'],
  ])('on a metric of %s says that its layer is %s', (namespace, layer) => {
    const stack = shop(WIKI);
    alarmOn(stack, namespace);
    expect(tagsOf(stack)).toMatchObject({ service: 'shop', tier: '1', layer });
    expect(runbookOfTag(tagsOf(stack).runbook ?? '')).toBe(WIKI);
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      ActionConfiguration: { AlarmTagsPropagation: { Enabled: true } },
    });
  });

  it('says it of the metrics of an expression, and of other alarms', () => {
    const stack = shop();
    const metric = new MathExpression({
      expression: 'a / b',
      usingMetrics: {
        a: new Metric({ namespace: 'AWS/SQS', metricName: 'A' }),
        b: new Metric({ namespace: 'AWS/SQS', metricName: 'B' }),
      },
    });
    const alarm = new Alarm(stack, 'Plain', { metric, threshold: 1, evaluationPeriods: 1 });
    new CompositeAlarm(stack, 'Any', { alarmRule: AlarmRule.anyOf(alarm) });
    expect(tagsOf(stack).layer).toBe('infrastructure');
    expect(tagsOf(stack)).not.toHaveProperty('runbook');
    expect(tagsOf(stack, 'AWS::CloudWatch::CompositeAlarm').layer).toBe('application');
  });

  it('keeps what it says of itself', () => {
    const stack = shop(WIKI);
    const alarm = alarmOn(stack, 'AWS/RDS');
    Tags.of(alarm).add('resilience:layer', 'dependency');
    Tags.of(alarm).add('resilience:runbook', 'runbooks/own.md');
    expect(tagsOf(stack)).toMatchObject({ layer: 'dependency', runbook: 'runbooks/own.md' });
  });

  it('is left alone outside of a service', () => {
    const stack = new Stack(new App(), 'Other');
    alarmOn(stack, 'AWS/RDS');
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Tags: Match.absent(),
      ActionConfiguration: Match.absent(),
    });
  });

  it('is refused with a runbook that no tag can hold', () => {
    const stack = shop(`https://wiki.example.com/${'?'.repeat(90)}`);
    alarmOn(stack, 'AWS/RDS');
    expect(() => Template.fromStack(stack)).toThrow(
      /Shop\/Plain\/Resource: the runbook https:.*longer than the 256 characters/,
    );
  });

  it('has a warning where the runbook is not known before deploy', () => {
    const stack = new Stack(new App(), 'Shop');
    const runbook = new CfnParameter(stack, 'Runbook').valueAsString;
    declareService(stack, new Service({ name: 'shop', tier: 1, owner: 'team', runbook }));
    alarmOn(stack, 'AWS/RDS');
    expect(tagsOf(stack)).not.toHaveProperty('runbook');
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('runbook-is-no-tag'));
  });
});
