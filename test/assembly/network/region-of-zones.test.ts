import { regionByZones, regionOfZone } from '../../../lib/assembly/network/region-of-zones';
import { graphOf, subnetsIn } from '../../support/graph';

describe('the region of a zone', () => {
  it.each([
    ['eu-west-1a', 'eu-west-1'],
    ['us-gov-east-1b', 'us-gov-east-1'],
    ['us-west-2-lax-1a', 'us-west-2'],
    ['ap-southeast-2c', 'ap-southeast-2'],
    ['euw1-az1', undefined],
    ['{own region}a', undefined],
    ['AWS::Region#0', undefined],
    ['eu-west-1', undefined],
  ])('of %s is %s', (zone, region) => {
    expect(regionOfZone(zone)).toBe(region);
  });
});

describe('the region of stacks that are bound to none', () => {
  const inZones = (...zones: readonly unknown[]) =>
    regionByZones(graphOf({ Resources: subnetsIn(...zones) }));

  it('is that of their zones, where all agree', () => {
    expect(inZones('eu-west-1a', 'eu-west-1b')).toBe('eu-west-1');
    expect(inZones('eu-west-1a', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] })).toBe('eu-west-1');
  });

  it('is not told by zones of two regions, nor by none', () => {
    expect(inZones('eu-west-1a', 'eu-central-1b')).toBeUndefined();
    expect(inZones({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] })).toBeUndefined();
  });

  it('is not told by what stands in a stack that is bound', () => {
    const bound = { region: 'eu-central-1', template: { Resources: subnetsIn('eu-central-1a') } };
    const unbound = { template: { Resources: subnetsIn('eu-west-1a') } };
    expect(regionByZones(graphOf({ stacks: { bound, unbound } }))).toBe('eu-west-1');
  });
});
