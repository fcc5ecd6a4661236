import {
  addressesOf,
  addressesPerInstance,
  usableAddresses,
} from '../../../lib/assembly/network/subnet-addresses';
import { exactly, oneOf, sum } from '../../../lib/assembly/range';
import type { Resource } from '../../../lib/assembly/resource';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf } from '../../support/graph';

function subject(resources: Record<string, unknown>): Resource {
  const graph = graphOf({ Parameters: { Given: { Type: 'String' } }, Resources: resources });
  const found = graph.resources.find(({ logicalId }) => logicalId === 'Subject');
  if (!found) throw new Error('the case has no subject');
  return found;
}

const subnet = (properties: Record<string, unknown>) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: properties,
});
const group = (properties: Record<string, unknown>) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: properties,
});
const template = (data: Record<string, unknown>) => ({
  Type: 'AWS::EC2::LaunchTemplate',
  Properties: { LaunchTemplateData: data },
});

describe('the usable addresses of a subnet', () => {
  it.each([
    ['10.0.0.0/24', 251],
    ['10.0.0.0/28', 11],
    ['10.0.0.0/16', 65_531],
  ])('%s are %d', (block, usable) => {
    expect(usableAddresses(subject({ Subject: subnet({ CidrBlock: block }) }))).toEqual(exactly(usable));
  });

  it('are bounded by nothing where the block is known only at deploy', () => {
    expect(usableAddresses(subject({ Subject: subnet({ CidrBlock: { Ref: 'Given' } }) }))).toMatchObject({
      least: 0,
      most: Number.POSITIVE_INFINITY,
      why: { reason: 'parameter Given has no default' },
    });
  });

  it('are added up over the subnets of a group, as far as these are known', () => {
    const partly = group({ VPCZoneIdentifier: [{ Ref: 'A' }, 'subnet-1'] });
    expect(addressesOf(subject({ A: subnet({ CidrBlock: '10.0.0.0/24' }), Subject: partly }))).toMatchObject({
      least: 251,
      most: Number.POSITIVE_INFINITY,
    });
  });
});

describe('the addresses that an instance takes', () => {
  const each = (data: Record<string, unknown>) =>
    addressesPerInstance(
      subject({
        Template: template(data),
        Subject: group({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } }),
      }),
    );

  it('are one for each interface, and those that it asks for', () => {
    expect(each({})).toEqual(exactly(1));
    expect(each({ NetworkInterfaces: [{}, { SecondaryPrivateIpAddressCount: 3 }] })).toEqual(exactly(5));
    expect(each({ NetworkInterfaces: [{ Ipv4PrefixCount: 1 }] })).toEqual(exactly(17));
  });

  it('are at least one where the interfaces are known only at deploy', () => {
    expect(each({ NetworkInterfaces: { Ref: 'Given' } })).toMatchObject({ least: 1 });
    expect(each({ NetworkInterfaces: [{ Ipv4PrefixCount: { Ref: 'Given' } }] })).toMatchObject({ least: 1 });
  });

  it('are those of a launch template named by name', () => {
    const named = {
      Template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: { LaunchTemplateName: 'web', LaunchTemplateData: { NetworkInterfaces: [{}, {}] } },
      },
      Subject: group({ LaunchTemplate: { LaunchTemplateName: 'web' } }),
    };
    expect(addressesPerInstance(subject(named))).toEqual(exactly(2));
  });
});

describe('ranges', () => {
  const open = { least: 1, most: Number.POSITIVE_INFINITY, why: new Unknown('open') };

  it('add up, with the first reason', () => {
    expect(sum([exactly(2), open])).toMatchObject({
      least: 3,
      most: Number.POSITIVE_INFINITY,
      why: open.why,
    });
    expect(sum([])).toEqual(exactly(0));
  });

  it('span what one of them may be', () => {
    expect(oneOf([exactly(2), exactly(5)])).toEqual({ least: 2, most: 5 });
  });
});
