import { fileSystemSpansZones } from '../../../lib/audit/rules/efs';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const mount = (SubnetId: unknown, FileSystemId: unknown = { Ref: 'Files' }, more: object = {}) => ({
  Type: 'AWS::EFS::MountTarget',
  Properties: { FileSystemId, SubnetId },
  ...more,
});
const files = (mounts: Record<string, unknown>, Properties: object = {}, more: object = {}) => ({
  Parameters: { Given: { Type: 'String' }, Zone: { Type: 'AWS::EC2::AvailabilityZone::Name' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
  ...more,
  Resources: {
    ...subnetsIn('eu-west-1a', 'eu-west-1b', 'eu-west-1a'),
    ...mounts,
    Files: { Type: 'AWS::EFS::FileSystem', Properties },
  },
});
const A = { A: mount({ Ref: 'SubnetA' }) };
const B = { B: mount({ Ref: 'SubnetB' }) };

checks(fileSystemSpansZones, {
  passes: {
    'it can be mounted in two zones': files({ ...A, ...B }),
    'its second mount target stands in another stack': {
      stacks: {
        Data: {
          template: {
            Resources: {
              ...subnetsIn('eu-west-1a'),
              ...A,
              Files: { Type: 'AWS::EFS::FileSystem', Properties: {} },
            },
            Outputs: { Files: { Value: { Ref: 'Files' }, Export: { Name: 'files' } } },
          },
        },
        App: {
          template: {
            Resources: {
              ...subnetsIn('eu-west-1b'),
              B: mount({ Ref: 'SubnetA' }, { 'Fn::ImportValue': 'files' }),
            },
          },
        },
      },
    },
  },
  fails: {
    'it is kept in one zone': files({ ...A, ...B }, { AvailabilityZoneName: 'eu-west-1a' }),
    'it can be mounted in one zone': files({ ...A, C: mount({ Ref: 'SubnetC' }) }),
  },
  unknown: {
    'the app mounts another one only': files({ B: mount({ Ref: 'SubnetB' }, 'fs-elsewhere') }),
    'the app has no mount target': {},
    'its zone is a parameter': files({ ...A, ...B }, { AvailabilityZoneName: { Ref: 'Zone' } }),
    'a condition may keep it in one zone': files(
      { ...A, ...B },
      { AvailabilityZoneName: { 'Fn::If': ['IsGiven', 'eu-west-1a', { Ref: 'AWS::NoValue' }] } },
    ),
    'a mount target may not be there': files({
      ...A,
      B: mount({ Ref: 'SubnetB' }, undefined, { Condition: 'IsGiven' }),
    }),
    'whose a mount target is, a parameter says': files({
      ...A,
      B: mount({ Ref: 'SubnetB' }, { Ref: 'Given' }),
    }),
    'a subnet is imported by id': files({ ...A, B: mount('subnet-1') }),
    'a macro may write mount targets': files(A, {}, { Transform: 'MyMacro' }),
  },
  notApplicable: 'every file system stands in zones',
  equivalent: {
    '*Subnet*.VpcId': 'zones decide, not networks',
    'SubnetC.AvailabilityZone': 'no mount target stands in it',
  },
});
