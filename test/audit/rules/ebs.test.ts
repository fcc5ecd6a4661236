import {
  snapshotCopiesHaveKeys,
  volumeHasSnapshots,
  volumeIsBackedUp,
  volumesAreEncrypted,
} from '../../../lib/audit/rules/ebs';
import { MAYBE_REBUILDABLE, REBUILDABLE } from '../../support/rebuildable';
import { checks } from '../../support/rule-cases';

const VOLUME = 'AWS::EC2::Volume';
const PARAMETERS = { Given: { Type: 'String' } };
const PLAN = { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{}] } } };
const selection = (Resources: unknown) => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources } },
});
const planned = (arn: string, more: object = {}) => ({
  Resources: {
    Subject: { Type: VOLUME },
    Plan: PLAN,
    Selection: selection([arn]),
    ...more,
  },
});
const ALL_VOLUMES = 'arn:aws:ec2:*:*:volume/*';
const ALL_INSTANCES = 'arn:aws:ec2:*:*:instance/*';
const ATTACHED = {
  Machine: { Type: 'AWS::EC2::Instance' },
  Attachment: {
    Type: 'AWS::EC2::VolumeAttachment',
    Properties: { InstanceId: { Ref: 'Machine' }, VolumeId: { Ref: 'Subject' } },
  },
};
const MAYBE = {
  ...MAYBE_REBUILDABLE.template,
  Resources: { Subject: { Type: VOLUME, Properties: MAYBE_REBUILDABLE.Properties } },
};

checks(volumeIsBackedUp, {
  passes: {
    'a plan selects all volumes': planned(ALL_VOLUMES),
    'a plan selects the instance': {
      Resources: { Machine: { Type: 'AWS::EC2::Instance' }, Plan: PLAN, Selection: selection(['*']) },
    },
  },
  fails: {
    'no plan selects it': {},
    'the plan selects tables': planned('arn:aws:dynamodb:*:*:table/*'),
    'the instance that it is attached to is not selected': {
      Resources: { Subject: { Type: VOLUME }, ...ATTACHED },
    },
  },
  unknown: {
    'whether it is rebuildable is known only at deploy': MAYBE,
    'a selection lists what is no ARN': {
      Resources: { ...planned(ALL_VOLUMES).Resources, Selection: selection([{}]) },
    },
  },
  notApplicable: { 'it is declared rebuildable': REBUILDABLE },
});

const policy = (properties: object) => ({
  Policy: { Type: 'AWS::DLM::LifecyclePolicy', Properties: properties },
});
const TAGGED = { Type: VOLUME, Properties: { Tags: [{ Key: 'backup', Value: 'yes' }] } };
const snapshots = (details: object, more: object = {}) => ({
  Resources: {
    Subject: TAGGED,
    ...policy({
      PolicyDetails: { ResourceTypes: ['VOLUME'], TargetTags: [{ Key: 'backup', Value: 'yes' }], ...details },
      ...more,
    }),
  },
});

checks(volumeHasSnapshots, {
  passes: {
    'a lifecycle policy targets its tag': snapshots({}),
    'a plan selects it': planned(ALL_VOLUMES),
    'a plan selects the instance that it is attached to': {
      Resources: { ...planned(ALL_INSTANCES).Resources, ...ATTACHED },
    },
  },
  fails: {
    'nothing covers it': {},
    'the policy is for instances': snapshots({ ResourceTypes: ['INSTANCE'] }),
    'the policy is for another tag': snapshots({ TargetTags: [{ Key: 'backup', Value: 'no' }] }),
    'the policy is off': snapshots({}, { State: 'DISABLED' }),
  },
  unknown: {
    'whether it is rebuildable is known only at deploy': MAYBE,
    'a macro may write policies': { Transform: 'Policies', Resources: { Subject: { Type: VOLUME } } },
  },
  notApplicable: { 'it is declared rebuildable': REBUILDABLE },
});

const devices = (...BlockDeviceMappings: readonly object[]) => ({
  Resources: { Machine: { Type: 'AWS::EC2::Instance', Properties: { BlockDeviceMappings } } },
});

const AMAZON_LINUX = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64';
const IMAGE = { Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: AMAZON_LINUX } };
const imaged = (ImageId: unknown, Parameters: object = IMAGE) => ({
  Parameters,
  Resources: {
    Configuration: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { ImageId } },
  },
});

const launched = (Ebs: object) => ({
  Resources: {
    Machine: {
      Type: 'AWS::EC2::Instance',
      Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } },
    },
    Template: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { LaunchTemplateData: { BlockDeviceMappings: [{ Ebs }] } },
    },
  },
});

checks(volumesAreEncrypted, {
  passes: {
    'the volume is encrypted': { Encrypted: true },
    'the volume is encrypted by a text': { Encrypted: 'true' },
    'all volumes of an instance are': devices({ Ebs: { Encrypted: true } }, { Ebs: { Encrypted: true } }),
    'those of a launch template are': {
      Resources: {
        Template: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { BlockDeviceMappings: [{ Ebs: { Encrypted: true } }] } },
        },
      },
    },
    'those that an instance takes from its launch template are': launched({ Encrypted: true }),
    'its launch template is named by its version': {
      Resources: {
        Machine: {
          Type: 'AWS::EC2::Instance',
          Properties: {
            LaunchTemplate: { Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
            ImageId: `{{resolve:ssm:${AMAZON_LINUX}}}`,
          },
        },
        Template: launched({ Encrypted: true }).Resources.Template,
      },
    },
    'those of a launch configuration are': {
      Resources: {
        Configuration: {
          Type: 'AWS::AutoScaling::LaunchConfiguration',
          Properties: { BlockDeviceMappings: [{ Ebs: { Encrypted: true } }] },
        },
      },
    },
  },
  fails: {
    'nothing is said': {},
    'the volume is not encrypted': { Encrypted: false },
    'one that an instance takes from its launch template is not': launched({ VolumeSize: 1 }),
    'one of a launch configuration is not': {
      Resources: {
        Launch: {
          Type: 'AWS::AutoScaling::LaunchConfiguration',
          Properties: { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: false } }] },
        },
      },
    },
    'the volumes are those of a public image': imaged({ Ref: 'Image' }),
    'a dynamic reference names the public image': imaged(`{{resolve:ssm:${AMAZON_LINUX}}}`),
    'a dynamic reference names it by a parameter': imaged(
      { 'Fn::Sub': '{{resolve:ssm:${Name}:1}}' },
      { Name: { Type: 'String', Default: AMAZON_LINUX } },
    ),
    'both branches of a condition are public images': {
      ...imaged({ 'Fn::If': ['Arm', `{{resolve:ssm:${AMAZON_LINUX}}}`, { Ref: 'Image' }] }),
      Conditions: { Arm: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'arm'] } },
    },
    'a launch template names the public image in short': {
      Resources: {
        Template: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { ImageId: `resolve:ssm:${AMAZON_LINUX}` } },
        },
      },
    },
    'one volume of an instance is not': devices({ Ebs: { Encrypted: true } }, { Ebs: { VolumeSize: 1 } }),
  },
  unknown: {
    'it is a parameter without a default': {
      Parameters: PARAMETERS,
      Resources: { Subject: { Type: VOLUME, Properties: { Encrypted: { Ref: 'Given' } } } },
    },
    'it is made from a snapshot': { SnapshotId: 'snap-1' },
    'it is made from a snapshot that may be encrypted': { SnapshotId: 'snap-1', Encrypted: false },
    'its launch template is not in the app': {
      Resources: {
        Machine: {
          Type: 'AWS::EC2::Instance',
          Properties: { LaunchTemplate: { LaunchTemplateId: 'lt-1' } },
        },
      },
    },
    'the devices come from a transform': {
      Resources: {
        Machine: {
          Type: 'AWS::EC2::Instance',
          Properties: { BlockDeviceMappings: { 'Fn::Transform': {} } },
        },
      },
    },
    'a device comes from a transform': devices({ 'Fn::Transform': {} }),
    'the image is one of the account': imaged('ami-0123456789abcdef0'),
    'the image is that of an own parameter': imaged('{{resolve:ssm:/images/golden}}'),
    'another parameter may be given': imaged(
      { Ref: 'Image' },
      { Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' } },
    ),
    'one branch of a condition is an own image': {
      ...imaged({ 'Fn::If': ['Own', 'ami-0123456789abcdef0', { Ref: 'Image' }] }),
      Conditions: { Own: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'own'] } },
    },
    'an instance has the devices of its image': { Resources: { Machine: { Type: 'AWS::EC2::Instance' } } },
  },
  notApplicable: {
    'an instance asks for no volume': devices({ DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' }),
  },
  equivalent: {
    'Machine.ImageId': 'the launch template has devices of its own',
    'Machine.LaunchTemplate.LaunchTemplateId': 'another launch template may ask for anything',
  },
});

const KEY_ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1';
const copies = (rule: object) => ({
  Schedules: [{ CrossRegionCopyRules: [{ TargetRegion: 'eu-central-1', ...rule }] }],
});
const event = (EncryptionConfiguration: object) => ({
  PolicyDetails: {
    Actions: [{ CrossRegionCopy: [{ EncryptionConfiguration, Target: 'eu-central-1' }] }],
  },
});

checks(snapshotCopiesHaveKeys, {
  passes: {
    'a copy rule names a key': { PolicyDetails: copies({ Encrypted: true, CmkArn: KEY_ARN }) },
    'a copy of shared snapshots names a key': event({ Encrypted: true, CmkArn: KEY_ARN }),
  },
  fails: {
    'a copy is not encrypted': { PolicyDetails: copies({ Encrypted: false, CmkArn: KEY_ARN }) },
    'a copy names no key': { PolicyDetails: copies({ Encrypted: true }) },
    'a copy names the key of AWS': {
      PolicyDetails: copies({
        Encrypted: true,
        CmkArn: 'arn:aws:kms:eu-central-1:111122223333:alias/aws/ebs',
      }),
    },
    'a copy of shared snapshots is not encrypted': event({ CmkArn: KEY_ARN }),
    'a default policy copies': {
      DefaultPolicy: 'VOLUME',
      CrossRegionCopyTargets: [{ TargetRegion: 'eu-central-1' }],
    },
  },
  unknown: {
    'encryption is a parameter without a default': {
      Parameters: PARAMETERS,
      Resources: {
        Subject: {
          Type: 'AWS::DLM::LifecyclePolicy',
          Properties: { PolicyDetails: copies({ Encrypted: { Ref: 'Given' }, CmkArn: KEY_ARN }) },
        },
      },
    },
    'the rules come from a transform': {
      PolicyDetails: { Schedules: [{ CrossRegionCopyRules: { 'Fn::Transform': {} } }] },
    },
    'a rule comes from a transform': {
      PolicyDetails: { Schedules: [{ CrossRegionCopyRules: [{ 'Fn::Transform': {} }] }] },
    },
  },
  notApplicable: {
    'nothing is copied': { PolicyDetails: { Schedules: [{}] } },
    'a copy stays on an Outpost': {
      PolicyDetails: {
        Schedules: [
          {
            CrossRegionCopyRules: [{ Target: 'arn:aws:outposts:eu-west-1:1:outpost/op-1', Encrypted: false }],
          },
        ],
      },
    },
  },
  equivalent: {
    '*.TargetRegion': 'the key is asked for in any region',
    '*.Target': 'the key is asked for in any region',
  },
});
