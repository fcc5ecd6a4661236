import { natZonesOf } from '../../../lib/assembly/network/nat-gateways';
import { graphOf, subnetsIn } from '../../support/graph';

function zonesOf(properties: object): string {
  const Nat = { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'SubnetA' }, ...properties } };
  const graph = graphOf({
    Parameters: { Mode: { Type: 'String' } },
    Resources: { ...subnetsIn('eu-west-1a'), Nat },
  });
  return natZonesOf(graph.ofType('AWS::EC2::NatGateway')[0]!).describe();
}

describe('a NAT gateway', () => {
  it.each([
    ['its subnet', {}, '1 zone (eu-west-1a)'],
    ['its subnet', { AvailabilityMode: 'zonal' }, '1 zone (eu-west-1a)'],
    ['every zone', { AvailabilityMode: 'regional' }, 'all zones of the region'],
    [
      'the zones of its addresses',
      {
        AvailabilityMode: 'regional',
        AvailabilityZoneAddresses: [{ AvailabilityZone: 'eu-west-1b' }, { AvailabilityZoneId: 'euw1-az3' }],
      },
      '2 zones (eu-west-1b, euw1-az3)',
    ],
    [
      'zones that only deploy knows',
      { AvailabilityMode: { Ref: 'Mode' } },
      '0 zones and others that are known only at deploy',
    ],
  ])('serves %s: %j', (_, properties, expected) => {
    expect(zonesOf(properties)).toBe(expected);
  });
});
