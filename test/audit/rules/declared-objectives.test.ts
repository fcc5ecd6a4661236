import { objectivesAreDeclared } from '../../../lib/audit/rules/declared-objectives';
import { checks, outcomeOf } from '../../support/rule-cases';

const tagged = (service: string, tier: string, owner?: string) => ({
  Tags: [
    { Key: 'resilience:service', Value: service },
    { Key: 'resilience:tier', Value: tier },
    ...(owner === undefined ? [] : [{ Key: 'resilience:owner', Value: owner }]),
  ],
});

const single = (Type: string, Properties: Record<string, unknown>) => ({
  Resources: { Subject: { Type, Properties } },
});

checks(objectivesAreDeclared, {
  passes: {
    'a table belongs to a service': single('AWS::DynamoDB::Table', tagged('shop', '1', 'team')),
    'a public load balancer belongs to a service': single('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internet-facing',
      ...tagged('shop', '1', 'team'),
    }),
  },
  fails: {
    'a table belongs to none': single('AWS::DynamoDB::Table', {}),
    'nobody answers for a table': single('AWS::DynamoDB::Table', tagged('shop', '1')),
    'a public load balancer belongs to none': single('AWS::ElasticLoadBalancingV2::LoadBalancer', {}),
  },
  unknown: {
    'the service is open': single('AWS::DynamoDB::Table', {
      Tags: [{ Key: 'resilience:service', Value: { Ref: 'Missing' } }],
    }),
  },
  notApplicable: {
    'a load balancer is internal': single('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
    }),
    'a cache keeps nothing': single('AWS::ElastiCache::CacheCluster', { Engine: 'memcached' }),
  },
  equivalent: { 'Subject.Scheme': 'a load balancer that is not public is not asked' },
});

describe('X-83', () => {
  const subject = single('AWS::DynamoDB::Table', tagged('shop', '3'));
  const config = (tier: 1 | 3) => ({
    services: [
      { name: 'shop', tier, owner: 'team', stacks: [], paths: [], tags: { 'resilience:service': 'shop' } },
    ],
  });

  it('takes the owner from the configuration', () => {
    expect(outcomeOf(objectivesAreDeclared, subject, 1, config(3))).toBe('pass');
  });

  it('fails when a resource says less than its service', () => {
    expect(outcomeOf(objectivesAreDeclared, subject, 1, config(1))).toBe('fail');
  });
});
