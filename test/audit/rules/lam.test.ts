import { functionSpansZones } from '../../../lib/audit/rules/lam';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const lambda = (SubnetIds: unknown, more: object = {}) => ({
  Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' }, Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
  Resources: {
    ...subnetsIn('eu-west-1a', 'eu-west-1b', 'eu-west-1a'),
    ...more,
    Function: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds } } },
  },
});
const refs = (...names: readonly string[]) => names.map((Ref) => ({ Ref }));

checks(functionSpansZones, {
  passes: {
    'its subnets are in two zones': lambda(refs('SubnetA', 'SubnetB')),
    'either choice of subnets is': lambda({
      'Fn::If': ['IsGiven', refs('SubnetA', 'SubnetB'), refs('SubnetB', 'SubnetA')],
    }),
  },
  fails: {
    'it has one subnet': lambda(refs('SubnetA')),
    'both subnets are in one zone': lambda(refs('SubnetA', 'SubnetC')),
  },
  unknown: {
    'its subnets are a parameter without default': lambda({ Ref: 'Subnets' }),
    'its subnets are imported by id': lambda(['subnet-1', 'subnet-2']),
    'a custom resource finds them': lambda([{ 'Fn::GetAtt': 'Found.A' }, { 'Fn::GetAtt': 'Found.B' }], {
      Found: { Type: 'Custom::Subnets' },
    }),
    'a condition may leave one zone': lambda({
      'Fn::If': ['IsGiven', refs('SubnetA', 'SubnetB'), refs('SubnetA')],
    }),
  },
  notApplicable: {
    'it is in no network': {},
    'its network is emptied': { VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } },
  },
  equivalent: {
    'Subnet*.VpcId': 'zones decide, not networks',
    'SubnetC.AvailabilityZone': 'the function does not stand in it',
  },
});
