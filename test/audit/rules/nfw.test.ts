import {
  firewallIsProtected,
  firewallKeepsItsSubnets,
  firewallSpansZones,
} from '../../../lib/audit/rules/nfw';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const OPEN = { Parameters: { Open: { Type: 'String' } } };
const firewall = (properties: Readonly<Record<string, unknown>>, more: object = {}) => ({
  ...OPEN,
  Resources: { ...more, Subject: { Type: 'AWS::NetworkFirewall::Firewall', Properties: properties } },
});
const mapped = (...letters: readonly string[]) =>
  firewall(
    { SubnetMappings: letters.map((letter) => ({ SubnetId: { Ref: `Subnet${letter}` } })) },
    subnetsIn('eu-west-1a', 'eu-west-1b'),
  );
const NONE = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };

checks(firewallSpansZones, {
  passes: {
    'its subnets are in two zones': mapped('A', 'B'),
    'it is mapped to two zones': firewall({
      AvailabilityZoneMappings: [{ AvailabilityZone: 'eu-west-1a' }, { AvailabilityZone: 'eu-west-1b' }],
    }),
  },
  fails: {
    'it has one subnet': mapped('A'),
    'it is mapped to one zone': firewall({ AvailabilityZoneMappings: [{ AvailabilityZone: 'eu-west-1a' }] }),
    'nothing is mapped': firewall({}),
  },
  unknown: {
    'a parameter names the subnets': firewall({ SubnetMappings: { Ref: 'Open' } }),
    'one subnet is elsewhere': firewall(
      { SubnetMappings: [{ SubnetId: { Ref: 'SubnetA' } }, { SubnetId: { Ref: 'Open' } }] },
      subnetsIn('eu-west-1a'),
    ),
  },
  notApplicable: { 'there is no firewall': NONE },
  equivalent: { '*.VpcId': 'a firewall stands in one network' },
});

checks(firewallIsProtected, {
  passes: {
    'it is protected': firewall({ DeleteProtection: true }),
    'it is written as a text': firewall({ DeleteProtection: 'true' }),
  },
  fails: { 'nothing is said': firewall({}), 'it is not': firewall({ DeleteProtection: false }) },
  unknown: { 'a parameter decides': firewall({ DeleteProtection: { Ref: 'Open' } }) },
  notApplicable: { 'there is no firewall': NONE },
});

checks(firewallKeepsItsSubnets, {
  passes: {
    'it keeps them': firewall({ SubnetChangeProtection: true }),
    'it is written as a text': firewall({ SubnetChangeProtection: 'true' }),
  },
  fails: { 'nothing is said': firewall({}), 'it does not': firewall({ SubnetChangeProtection: false }) },
  unknown: { 'a parameter decides': firewall({ SubnetChangeProtection: { Ref: 'Open' } }) },
  notApplicable: {
    'it has no subnets': firewall({ AvailabilityZoneMappings: [{ AvailabilityZone: 'eu-west-1a' }] }),
  },
});
