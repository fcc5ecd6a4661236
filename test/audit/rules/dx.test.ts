import { connectionsSpanLocations, gatewayHasTwoConnections } from '../../../lib/audit/rules/dx';
import { checks, outcomeOf } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' }, Other: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const connection = (location: unknown, rest: object = {}) => ({
  Type: 'AWS::DirectConnect::Connection',
  Properties: { Location: location },
  ...rest,
});
const app = (resources: object) => ({ ...OPEN, Resources: { ...resources } });

checks(connectionsSpanLocations, {
  passes: {
    'there are two locations': app({ A: connection('EqDC2'), B: connection('TLXL4') }),
    'a group of links is at the second': app({
      A: connection('EqDC2'),
      B: { Type: 'AWS::DirectConnect::Lag', Properties: { Location: 'TLXL4' } },
    }),
  },
  fails: {
    'there is one connection': app({ A: connection('EqDC2') }),
    'both are at one location': app({ A: connection('EqDC2'), B: connection('EqDC2') }),
    'both are where a parameter says': app({
      A: connection({ Ref: 'Open' }),
      B: connection({ Ref: 'Open' }),
    }),
    'the second is in another region': {
      stacks: {
        Here: { region: 'eu-west-1', account: '1', template: { Resources: { A: connection('EqDC2') } } },
        There: { region: 'eu-central-1', account: '1', template: { Resources: { A: connection('TLXL4') } } },
      },
    },
  },
  unknown: {
    'two parameters name the locations': app({
      A: connection({ Ref: 'Open' }),
      B: connection({ Ref: 'Other' }),
    }),
    'a condition may leave the second out': app({
      A: connection('EqDC2'),
      B: connection('TLXL4', { Condition: 'Wanted' }),
    }),
    'the region of the second is open': {
      stacks: {
        Here: { region: 'eu-west-1', template: { Resources: { A: connection('EqDC2') } } },
        There: { template: { Resources: { A: connection('TLXL4') } } },
      },
    },
    'a macro may write the second': { ...app({ A: connection('EqDC2') }), Transform: 'Mine' },
  },
  notApplicable: { 'there is no connection': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } },
});

const side = (
  id: unknown,
  gateway: object = { DirectConnectGatewayId: { Ref: 'Gateway' } },
  rest: object = {},
) => ({
  Type: 'AWS::DirectConnect::TransitVirtualInterface',
  Properties: { ConnectionId: id, ...gateway },
  ...rest,
});
const GATEWAY = { Gateway: { Type: 'AWS::DirectConnect::DirectConnectGateway' } };

checks(gatewayHasTwoConnections, {
  passes: {
    'it has interfaces on two connections': app({ ...GATEWAY, A: side('dxcon-1'), B: side('dxcon-2') }),
    'the connections are in the app': app({
      ...GATEWAY,
      C: connection('EqDC2'),
      D: connection('TLXL4'),
      A: side({ Ref: 'C' }),
      B: side({ Ref: 'D' }),
    }),
  },
  fails: {
    'it has one interface': app({ ...GATEWAY, A: side('dxcon-1') }),
    'both are on one connection': app({ ...GATEWAY, A: side('dxcon-1'), B: side('dxcon-1') }),
    'the second leads to another gateway': app({
      ...GATEWAY,
      A: side('dxcon-1'),
      B: side('dxcon-2', { DirectConnectGatewayId: { Ref: 'Second' } }),
      Second: GATEWAY.Gateway,
    }),
    'both lead to what a parameter says on one connection': app({
      A: side('dxcon-1', { VirtualGatewayId: { Ref: 'Open' } }),
      B: side('dxcon-1', { VirtualGatewayId: { Ref: 'Open' } }),
    }),
  },
  unknown: {
    'two parameters name the connections': app({
      ...GATEWAY,
      A: side({ Ref: 'Open' }),
      B: side({ Ref: 'Other' }),
    }),
    'a parameter names the gateway of the second': app({
      ...GATEWAY,
      A: side('dxcon-1'),
      B: side('dxcon-2', { DirectConnectGatewayId: { Ref: 'Open' } }),
    }),
    'a condition may leave the second out': app({
      ...GATEWAY,
      A: side('dxcon-1'),
      B: side('dxcon-2', undefined, { Condition: 'Wanted' }),
    }),
  },
  notApplicable: { 'it names no gateway': app({ A: side('dxcon-1', {}) }) },
  equivalent: { '*.Location': 'the locations of connections are judged by another rule' },
});

it('DX-01 tells of a region once', () => {
  const both = app({ A: connection('EqDC2'), B: connection('EqDC2') });
  expect(outcomeOf(connectionsSpanLocations, both)).toBe('fail');
});
