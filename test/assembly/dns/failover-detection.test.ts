import type { DnsRecord } from '../../../lib/assembly/dns/dns-record';
import { dnsRecordsOf } from '../../../lib/assembly/dns/dns-records';
import { detectionOf } from '../../../lib/assembly/dns/failover-detection';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf } from '../../support/graph';

const check = (settings: object) => ({
  Type: 'AWS::Route53::HealthCheck',
  Properties: { HealthCheckConfig: settings },
});
const record = (properties: object) => ({ Type: 'AWS::Route53::RecordSet', Properties: properties });

function detection(resources: Readonly<Record<string, unknown>>) {
  const [first] = dnsRecordsOf(graphOf({ Resources: resources })).all;
  return detectionOf(first as DnsRecord);
}

const checkedBy = (settings: object, more: object = {}) =>
  detection({ Record: record({ HealthCheckId: { Ref: 'Check' } }), Check: check(settings), ...more });
const ALARM_CHECK = { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: { Ref: 'Alarm' } } };
const checkedByAlarm = (properties: object) =>
  checkedBy(ALARM_CHECK, { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: properties } });

describe('detectionOf', () => {
  it('takes the defaults of Route 53', () => {
    expect(checkedBy({ Type: 'HTTP' })).toEqual({
      kind: 'health-check',
      intervalSeconds: 30,
      failureThreshold: 3,
    });
  });

  it('counts the datapoints that an alarm needs, and the longest period of its metrics', () => {
    expect(checkedByAlarm({ Period: 60, EvaluationPeriods: 5, DatapointsToAlarm: 2 })).toEqual({
      kind: 'alarm',
      periodSeconds: 60,
      evaluationPeriods: 2,
    });
    const Metrics = [
      { MetricStat: { Period: 60 } },
      { MetricStat: { Period: 300 } },
      { Expression: 'm1 + m2' },
    ];
    expect(checkedByAlarm({ Metrics, EvaluationPeriods: 1 })).toMatchObject({ periodSeconds: 300 });
  });

  it('does not know how long an alarm outside the app takes', () => {
    expect(checkedBy({ Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: 'elsewhere' } })).toBeInstanceOf(
      Unknown,
    );
  });

  it('takes the alarm of the app by its name', () => {
    const named = { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: 'errors', Region: 'eu-west-1' } };
    const Alarm = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { AlarmName: 'errors', Period: 60, EvaluationPeriods: 1 },
    };

    expect(checkedBy(named, { Alarm })).toMatchObject({ kind: 'alarm', periodSeconds: 60 });
  });

  it('waits for as many children of a calculated check as must fail', () => {
    const children = { Fast: 10, Middle: 20, Slow: 30 };
    const checks = Object.fromEntries(
      Object.entries(children).map(([name, seconds]) => [
        name,
        check({ Type: 'TCP', RequestInterval: seconds }),
      ]),
    );
    const waits = (threshold: number) =>
      checkedBy(
        {
          Type: 'CALCULATED',
          HealthThreshold: threshold,
          ChildHealthChecks: Object.keys(children).map((name) => ({ Ref: name })),
        },
        checks,
      );

    expect(waits(3)).toMatchObject({ intervalSeconds: 10 });
    expect(waits(2)).toMatchObject({ intervalSeconds: 20 });
    expect(waits(1)).toMatchObject({ intervalSeconds: 30 });
    expect(waits(0)).toBeInstanceOf(Unknown);
  });

  it('takes the slowest target group behind an alias that evaluates health', () => {
    const group = (seconds: number) => ({
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { HealthCheckIntervalSeconds: seconds },
    });
    const resources = {
      Record: record({
        AliasTarget: { DNSName: { 'Fn::GetAtt': ['Alb', 'DNSName'] }, EvaluateTargetHealth: true },
      }),
      Alb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: { Ref: 'Alb' },
          DefaultActions: [{ TargetGroupArn: { Ref: 'Quick' } }],
        },
      },
      Rule: {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: {
          ListenerArn: { Ref: 'Listener' },
          Actions: [{ ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Slow' } }] } }],
        },
      },
      Quick: group(5),
      Slow: group(60),
    };

    expect(detection(resources)).toEqual({ kind: 'health-check', intervalSeconds: 60, failureThreshold: 2 });
  });

  it('finds nothing where nothing looks', () => {
    expect(detection({ Record: record({ AliasTarget: { DNSName: 'a.example.com' } }) })).toBeUndefined();
  });
});
