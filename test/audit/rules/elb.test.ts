import { loadBalancerSpansZones } from '../../../lib/audit/rules/elb';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const loadBalancer = (...subnets: readonly unknown[]) => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { Subnets: subnets },
});

checks(loadBalancerSpansZones, {
  passes: {
    'its subnets are in two zones': {
      Resources: {
        ...subnetsIn('eu-west-1a', 'eu-west-1b'),
        Lb: loadBalancer({ Ref: 'SubnetA' }, { Ref: 'SubnetB' }),
      },
    },
    'its subnets are in the first and the second zone of the region': {
      Resources: {
        ...subnetsIn(
          { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
          { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] },
        ),
        Lb: loadBalancer({ Ref: 'SubnetA' }, { Ref: 'SubnetB' }),
      },
    },
  },
  fails: {
    'it has one subnet': { Resources: { ...subnetsIn('eu-west-1a'), Lb: loadBalancer({ Ref: 'SubnetA' }) } },
    'both subnets are in one zone': {
      Resources: {
        ...subnetsIn('eu-west-1a', 'eu-west-1a'),
        Lb: loadBalancer({ Ref: 'SubnetA' }, { Ref: 'SubnetB' }),
      },
    },
  },
  unknown: {
    'its subnets are a parameter without default': {
      Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
      Resources: {
        Lb: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: { Subnets: { Ref: 'Subnets' } },
        },
      },
    },
  },
  equivalent: {
    'Subnet*.VpcId': 'zones decide, not networks',
  },
});
