import { keyIsRotated, keyOfDataStays } from '../../../lib/audit/rules/kms';
import { checks } from '../../support/rule-cases';

const KEY = 'AWS::KMS::Key';
const PARAMETERS = { Given: { Type: 'String' } };
const CONDITIONS = { Some: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] } };
const one = (Properties: object) => ({
  Parameters: PARAMETERS,
  Resources: { Subject: { Type: KEY, Properties } },
});

checks(keyIsRotated, {
  passes: {
    'rotation is on': { EnableKeyRotation: true },
    'rotation is on by a text': { EnableKeyRotation: 'true', KeySpec: 'SYMMETRIC_DEFAULT' },
  },
  fails: {
    'nothing is said': {},
    'rotation is off': { EnableKeyRotation: false },
  },
  unknown: {
    'it is a parameter without a default': one({ EnableKeyRotation: { Ref: 'Given' } }),
    'the kind is a parameter without a default': one({ KeySpec: { Ref: 'Given' } }),
  },
  notApplicable: {
    'the key is a pair': { KeySpec: 'RSA_2048' },
    'the key was imported': { Origin: 'EXTERNAL' },
  },
  equivalent: { 'Subject.KeySpec': 'other kinds are not rotated' },
});

const keyed = (key: object, more: object = {}) => ({
  Parameters: PARAMETERS,
  Conditions: CONDITIONS,
  Resources: {
    Subject: { Type: KEY, DeletionPolicy: 'Retain', ...key },
    Data: { Type: 'AWS::S3::Bucket' },
    Volume: { Type: 'AWS::EC2::Volume', Properties: { KmsKeyId: { 'Fn::GetAtt': ['Subject', 'Arn'] } } },
    ...more,
  },
});
const BY_ALIAS = {
  Alias: {
    Type: 'AWS::KMS::Alias',
    Properties: { AliasName: 'alias/orders', TargetKeyId: { Ref: 'Subject' } },
  },
  Volume: { Type: 'AWS::EC2::Volume', Properties: { KmsKeyId: 'alias/orders' } },
};

checks(keyOfDataStays, {
  passes: {
    'it stays, and waits for 30 days': keyed({ Properties: { PendingWindowInDays: 30 } }),
    'it stays once it is made': keyed({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { PendingWindowInDays: '30' },
    }),
  },
  fails: {
    'it goes with its stack': keyed({ DeletionPolicy: 'Delete' }),
    'nothing is said': keyed({ DeletionPolicy: undefined }),
    'it waits for a week': keyed({ Properties: { PendingWindowInDays: 7 } }),
    'a volume names its alias': keyed({ DeletionPolicy: 'Delete' }, BY_ALIAS),
    'it encrypts a vault': {
      Resources: {
        Subject: { Type: KEY },
        Vault: { Type: 'AWS::Backup::BackupVault', Properties: { EncryptionKeyArn: { Ref: 'Subject' } } },
      },
    },
  },
  unknown: {
    'the days are a parameter without a default': keyed({
      Properties: { PendingWindowInDays: { Ref: 'Given' } },
    }),
    'a macro may write what it encrypts': { Transform: 'Data', Resources: { Subject: { Type: KEY } } },
    'what becomes of it is a parameter without a default': keyed({
      DeletionPolicy: { 'Fn::If': ['Some', 'Retain', 'Delete'] },
    }),
  },
  notApplicable: { 'it encrypts no data': { Resources: { Subject: { Type: KEY } } } },
  equivalent: { 'Volume.KmsKeyId': 'a key that encrypts nothing may go' },
});
