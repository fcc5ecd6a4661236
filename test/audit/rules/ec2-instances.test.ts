import {
  instanceIsBackedUp,
  instanceIsEbsOptimised,
  instanceIsInSubnet,
  instanceIsProtectedFromTermination,
  instancesAreBalanced,
  instancesAreMonitoredInDetail,
} from '../../../lib/audit/rules/ec2-instances';
import { Tier } from '../../../lib/objectives/tier';
import { subnetsIn } from '../../support/graph';
import { MAYBE_REBUILDABLE, REBUILDABLE } from '../../support/rebuildable';
import { checks, outcomeOf } from '../../support/rule-cases';

const INSTANCE = 'AWS::EC2::Instance';
const PARAMETERS = { Given: { Type: 'String' } };
const one = (Properties: object, more: object = {}) => ({
  Parameters: PARAMETERS,
  Resources: { Subject: { Type: INSTANCE, Properties }, ...more },
});
const template = (LaunchTemplateData: object) => ({
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData } },
});
const LAUNCHED = { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } };

checks(instanceIsProtectedFromTermination, {
  passes: {
    'termination is off': { DisableApiTermination: true },
    'its launch template protects it': one(LAUNCHED, template({ DisableApiTermination: true })),
  },
  fails: {
    'nothing is said': {},
    'protection is off': { DisableApiTermination: false },
    'its own word counts before that of the launch template': one(
      { ...LAUNCHED, DisableApiTermination: false },
      template({ DisableApiTermination: true }),
    ),
    'its launch template does not protect it': one(LAUNCHED, template({})),
  },
  unknown: {
    'it is a parameter without a default': one({ DisableApiTermination: { Ref: 'Given' } }),
    'its launch template is not in the app': one({ LaunchTemplate: { LaunchTemplateId: 'lt-1' } }),
  },
  notApplicable: 'every instance of a template stands outside of Auto Scaling groups, which make their own',
});

checks(instancesAreMonitoredInDetail, {
  passes: {
    'monitoring is on': { Monitoring: true },
    'its launch template turns it on': one(LAUNCHED, template({ Monitoring: { Enabled: true } })),
    'a launch template alone turns it on': { Resources: template({ Monitoring: { Enabled: 'true' } }) },
  },
  fails: {
    'nothing is said': {},
    'monitoring is off': { Monitoring: 'false' },
    'a launch template does not turn it on': { Resources: template({}) },
  },
  unknown: { 'it is a parameter without a default': one({ Monitoring: { Ref: 'Given' } }) },
  notApplicable: 'every instance and launch template may have detailed monitoring',
});

checks(instanceIsEbsOptimised, {
  passes: {
    'an old type asks for it': { InstanceType: 'm3.xlarge', EbsOptimized: true },
    'its launch template asks for it': one(
      LAUNCHED,
      template({ InstanceType: 'c3.2xlarge', EbsOptimized: true }),
    ),
  },
  fails: {
    'an old type does not ask for it': { InstanceType: 'm3.xlarge' },
    'an old type turns it off': { InstanceType: 'r3.4xlarge', EbsOptimized: false },
  },
  unknown: {
    'the type is a parameter without a default': one({ InstanceType: { Ref: 'Given' } }),
    'it is a parameter without a default': one({
      InstanceType: 'm3.xlarge',
      EbsOptimized: { Ref: 'Given' },
    }),
  },
  notApplicable: {
    'the type is so by itself': { InstanceType: 'm5.large' },
    'the type cannot be so': { InstanceType: 't1.micro' },
    'no type is given': {},
  },
  equivalent: {
    '*InstanceType': 'another type needs it not, or another needs it just as well',
    '*LaunchTemplateId': 'without its launch template the type needs it not',
  },
});

const in_ = (subnet: string) => ({ Type: INSTANCE, Properties: { SubnetId: { Ref: subnet } } });
const SUBNETS = subnetsIn('eu-west-1a', 'eu-west-1b', 'eu-west-1c');
const instances = (...subnets: readonly string[]) => ({
  Parameters: PARAMETERS,
  Conditions: { Some: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
  Resources: {
    ...SUBNETS,
    ...Object.fromEntries(subnets.map((subnet, index) => [`I${index}`, in_(subnet)])),
  },
});

checks(instancesAreBalanced, {
  passes: {
    'there is one in each of two zones': instances('SubnetA', 'SubnetB'),
    'one zone has a fifth more': instances(
      ...Array<string>(5).fill('SubnetA'),
      ...Array<string>(4).fill('SubnetB'),
    ),
    'they stand in two regions': {
      stacks: {
        One: { region: 'eu-west-1', template: instances('SubnetA') },
        Two: {
          region: 'eu-central-1',
          template: {
            Resources: { ...subnetsIn('eu-central-1a'), Far: in_('SubnetA') },
          },
        },
      },
    },
  },
  fails: {
    'all stand in one zone': instances('SubnetA', 'SubnetA'),
    'there is one': instances('SubnetA'),
    'a zone has half of what another has': instances('SubnetA', 'SubnetA', 'SubnetB'),
    'the zones are named and the same': {
      Resources: {
        One: { Type: INSTANCE, Properties: { AvailabilityZone: 'eu-west-1a' } },
        Two: { Type: INSTANCE, Properties: { AvailabilityZone: 'eu-west-1a' } },
      },
    },
  },
  unknown: {
    'a subnet is a parameter': {
      ...instances('SubnetA'),
      Resources: { ...instances('SubnetA').Resources, Other: in_('Given') },
    },
    'a condition may leave one out': {
      ...instances('SubnetA'),
      Resources: { ...instances('SubnetA').Resources, Other: { ...in_('SubnetB'), Condition: 'Some' } },
    },
    'a macro may write others': { Transform: 'Machines', ...instances('SubnetA') },
  },
  notApplicable: { 'there is none': { Resources: SUBNETS } },
  equivalent: {
    'Subnet*': 'a zone that differs is another zone still',
    'One/Subnet*': 'a zone that differs is another zone still',
    'Two/Subnet*': 'a zone that differs is another zone still',
    '*.SubnetId': 'where an instance stands that names no subnet is known only at deploy',
  },
});

describe('EC2-04', () => {
  it('does not apply where one unit is owed', () => {
    expect(outcomeOf(instancesAreBalanced, instances('SubnetA'), Tier.STANDARD)).toBe('notApplicable');
  });
});

const PLAN = { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{}] } } };
const selection = (Resources: unknown) => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources } },
});
const planned = (Properties: object, resources: unknown = ['*']) =>
  one(Properties, { Plan: PLAN, Selection: selection(resources) });

checks(instanceIsBackedUp, {
  passes: {
    'a plan selects everything': planned({}),
    'a plan selects all instances': planned({}, ['arn:aws:ec2:*:*:instance/*']),
  },
  fails: {
    'no plan selects it': {},
    'the plan selects volumes': planned({}, ['arn:aws:ec2:*:*:volume/*']),
  },
  unknown: {
    'whether it is rebuildable is known only at deploy': {
      ...MAYBE_REBUILDABLE.template,
      Resources: { Subject: { Type: INSTANCE, Properties: MAYBE_REBUILDABLE.Properties } },
    },
    'a macro may write plans': { Transform: 'Plans', Resources: { Subject: { Type: INSTANCE } } },
  },
  notApplicable: { 'it is declared rebuildable': one(REBUILDABLE) },
});

checks(instanceIsInSubnet, {
  passes: {
    'it names a subnet': { SubnetId: 'subnet-1' },
    'its network interface does': { NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: 'subnet-1' }] },
    'it takes a network interface': { NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1' }] },
    'its launch template does': one(LAUNCHED, template({ NetworkInterfaces: [{ SubnetId: 'subnet-1' }] })),
  },
  fails: {
    'it names none': {},
    'its network interface names none': { NetworkInterfaces: [{ DeviceIndex: '0' }] },
    'its launch template names none': one(LAUNCHED, template({})),
  },
  unknown: {
    'its launch template is not in the app': one({ LaunchTemplate: { LaunchTemplateName: 'elsewhere' } }),
    'its interfaces come from a transform': { NetworkInterfaces: { 'Fn::Transform': {} } },
  },
  notApplicable: 'every instance stands in a subnet',
  equivalent: {
    '*DeviceIndex': 'which interface it is does not matter',
  },
});
