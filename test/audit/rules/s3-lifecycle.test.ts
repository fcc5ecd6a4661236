import {
  objectsHaveLifecycle,
  oldVersionsGo,
  unfinishedUploadsGo,
} from '../../../lib/audit/rules/s3-lifecycle';
import { checks } from '../../support/rule-cases';

const PARAMETERS = { Given: { Type: 'String' } };
const rules = (...Rules: readonly object[]) => ({ LifecycleConfiguration: { Rules } });
const withParameter = (Properties: object) => ({
  Parameters: PARAMETERS,
  Resources: { Subject: { Type: 'AWS::S3::Bucket', Properties } },
});
const ON = { Status: 'Enabled' };
const OFF = { Status: 'Disabled' };
const TRANSFORM = { LifecycleConfiguration: { Rules: { 'Fn::Transform': {} } } };
const OPEN_STATUS = { Status: { Ref: 'Given' } };

const VERSIONS = { VersioningConfiguration: { Status: 'Enabled' } };
const OLD_GO = { NoncurrentVersionExpiration: { NoncurrentDays: 90 } };

checks(oldVersionsGo, {
  passes: {
    'old versions expire': { ...VERSIONS, ...rules({ ...ON, ...OLD_GO }) },
    'old versions are archived': {
      ...VERSIONS,
      ...rules({
        ...ON,
        NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER', TransitionInDays: 30 }],
      }),
    },
    'the rule is in the older form': {
      ...VERSIONS,
      ...rules({ ...ON, NoncurrentVersionExpirationInDays: 90 }),
    },
  },
  fails: {
    'there is no rule': VERSIONS,
    'the rule is off': { ...VERSIONS, ...rules({ ...OFF, ...OLD_GO }) },
    'the rule is for current objects': { ...VERSIONS, ...rules({ ...ON, ExpirationInDays: 90 }) },
  },
  unknown: {
    'the rules come from a transform': { ...VERSIONS, ...TRANSFORM },
    'the status is a parameter without a default': withParameter({
      ...VERSIONS,
      ...rules({ ...OPEN_STATUS, ...OLD_GO }),
    }),
    'whether versions are kept is a parameter': withParameter({
      VersioningConfiguration: { Status: { Ref: 'Given' } },
    }),
  },
  notApplicable: { 'the bucket keeps no versions': rules({ ...ON }) },
  equivalent: {
    'Subject.VersioningConfiguration.Status': 'without versions there are no old ones',
    '*.NoncurrentDays': 'how long they are kept is the question of another rule',
    '*.StorageClass': 'where they go does not matter',
    '*.TransitionInDays': 'when they go does not matter',
  },
});

checks(objectsHaveLifecycle, {
  passes: {
    'a rule is enabled': rules({ ...ON }),
    'one of two rules is enabled': rules({ ...OFF }, { ...ON }),
  },
  fails: {
    'there is no rule': {},
    'the rule is off': rules({ ...OFF }),
  },
  unknown: {
    'the rules come from a transform': TRANSFORM,
    'the status is a parameter without a default': withParameter(rules({ ...OPEN_STATUS })),
  },
  notApplicable: 'every bucket may have a lifecycle rule',
  equivalent: { '*Rules.0.Status': 'beside a rule that is enabled, others may be off' },
});

const ABORTS = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } };

checks(unfinishedUploadsGo, {
  passes: {
    'uploads end after a week': rules({ ...ON, ...ABORTS }),
    'one of two rules ends them': rules({ ...ON }, { ...ON, ...ABORTS }),
  },
  fails: {
    'there is no rule': {},
    'the rule is for something else': rules({ ...ON, ExpirationInDays: 90 }),
    'the rule is off': rules({ ...OFF, ...ABORTS }),
  },
  unknown: {
    'the rules come from a transform': TRANSFORM,
    'a condition may leave it out': {
      Parameters: PARAMETERS,
      Conditions: { Some: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] } },
      Resources: {
        Subject: {
          Type: 'AWS::S3::Bucket',
          Properties: rules({
            ...ON,
            AbortIncompleteMultipartUpload: {
              'Fn::If': ['Some', { DaysAfterInitiation: 7 }, { Ref: 'AWS::NoValue' }],
            },
          }),
        },
      },
    },
  },
  notApplicable: 'every bucket may have uploads that are not finished',
  equivalent: {
    '*.DaysAfterInitiation': 'when they end does not matter',
    '*Rules.0.Status': 'the second rule ends them',
  },
});
