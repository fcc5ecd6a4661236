import type { Graph } from '../../lib/assembly/graph';
import { assess } from '../../lib/assessment/assess';
import type { Assessment, Recovery, ServiceAssessment } from '../../lib/assessment/assessment';
import { assessedServices } from '../../lib/audit/assessed-services';
import { resolveServices } from '../../lib/audit/services';
import { DISRUPTIONS } from '../../lib/objectives/disruption';
import { graphOf, subnetsIn, type TestApp } from '../support/graph';

/** A load balancer over two zones, four instances behind it, a database in one zone. */
export const WEB = {
  ...subnetsIn('eu-west-1a', 'eu-west-1b'),
  Front: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Type: 'application', Subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }] },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: 'Front' },
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }],
    },
  },
  Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} },
  Workers: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      MinSize: '4',
      MaxSize: '4',
      TargetGroupARNs: [{ Ref: 'Targets' }],
      VPCZoneIdentifier: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }],
    },
  },
  Db: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'postgres', DBInstanceClass: 'db.m6g.large', AvailabilityZone: 'eu-west-1a' },
  },
};

export const ONE_REGION: TestApp = {
  stacks: { Shop: { region: 'eu-west-1', template: { Resources: WEB } } },
};

/** The graph of an app written in a test with its assessment. */
export function assessedApp(app: TestApp): { readonly graph: Graph; readonly assessment: Assessment } {
  const graph = graphOf(app);
  return { graph, assessment: assess(graph, assessedServices(graph, resolveServices(graph))) };
}

/** The same assessment with another recovery from every disruption. */
export function withRecovery(assessment: Assessment, recovery: Partial<Recovery>): Assessment {
  const changed = (service: ServiceAssessment): ServiceAssessment => ({
    ...service,
    recovery: Object.fromEntries(
      DISRUPTIONS.map((each) => [each, { ...service.recovery[each], ...recovery }]),
    ) as unknown as ServiceAssessment['recovery'],
  });
  return { services: assessment.services.map(changed) };
}

/** What people put into names to see what happens. */
export const HOSTILE = [
  '\u001b[31mred\u0007\u202e\u2028\ufffe\ud800',
  '"\'></title></text></svg></style></script><script>alert(1)</script><img src=x onerror=alert(1)>',
  '<![CDATA[ ]]> <!-- --> &amp; &lt; {{x}} ${x}',
  '"] --> x; end\n```\n%%{init: {}}%% `code` click c0 "javascript:alert(1)" #quot; <br> :::x',
  'https://evil.example www.evil.example @everyone',
].join(' ');

/** An app of which every word of unknown origin is hostile. */
export function hostileApp(): TestApp {
  const named = Object.fromEntries(
    Object.entries(WEB).filter(
      ([id]) => id !== 'Db' && id !== 'Listener' && id !== 'Targets' && id !== 'Front',
    ),
  );
  return {
    stacks: {
      [HOSTILE]: {
        region: HOSTILE,
        tags: { 'resilience:service': HOSTILE },
        paths: { [HOSTILE]: HOSTILE, Workers: `a/${HOSTILE}/b` },
        template: {
          Resources: {
            ...named,
            [HOSTILE]: {
              Type: 'AWS::RDS::DBInstance',
              Properties: { Engine: HOSTILE, AvailabilityZone: HOSTILE, DBInstanceClass: HOSTILE },
            },
            Name: {
              Type: 'AWS::Route53::RecordSet',
              Properties: { Name: HOSTILE, Type: 'A', HostedZoneId: HOSTILE, ResourceRecords: [HOSTILE] },
            },
            SubnetA: {
              Type: 'AWS::EC2::Subnet',
              Properties: { VpcId: 'vpc-1', AvailabilityZone: `${HOSTILE}a` },
            },
          },
        },
      },
    },
  };
}
