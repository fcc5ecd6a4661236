import { secretIsRotated } from '../../../lib/audit/rules/secrets';
import { checks } from '../../support/rule-cases';

const SECRET = { Type: 'AWS::SecretsManager::Secret' };
const schedule = (SecretId: unknown, more: object = {}) => ({
  Type: 'AWS::SecretsManager::RotationSchedule',
  Properties: { SecretId },
  ...more,
});
const PARAMETERS = { Given: { Type: 'String' } };

checks(secretIsRotated, {
  passes: {
    'a schedule rotates it': { Resources: { Subject: SECRET, Schedule: schedule({ Ref: 'Subject' }) } },
    'a schedule rotates it by its attachment': {
      Resources: {
        Subject: SECRET,
        Attachment: {
          Type: 'AWS::SecretsManager::SecretTargetAttachment',
          Properties: { SecretId: { Ref: 'Subject' } },
        },
        Schedule: schedule({ Ref: 'Attachment' }),
      },
    },
    'the schedule is in another stack': {
      stacks: {
        Data: {
          template: {
            Resources: { Subject: SECRET },
            Outputs: { Secret: { Value: { Ref: 'Subject' }, Export: { Name: 'secret' } } },
          },
        },
        Rotation: { template: { Resources: { Schedule: schedule({ 'Fn::ImportValue': 'secret' }) } } },
      },
    },
  },
  fails: {
    'there is no schedule': { Resources: { Subject: SECRET } },
    'another secret is rotated': {
      Resources: {
        Subject: SECRET,
        Other: SECRET,
        Schedule: schedule({ Ref: 'Other' }),
      },
    },
    'a schedule names none': {
      Resources: { Subject: SECRET, Schedule: { Type: 'AWS::SecretsManager::RotationSchedule' } },
    },
  },
  unknown: {
    'a schedule names a parameter': {
      Parameters: PARAMETERS,
      Resources: { Subject: SECRET, Schedule: schedule({ Ref: 'Given' }) },
    },
    'a condition may leave the schedule out': {
      Parameters: PARAMETERS,
      Conditions: { Some: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] } },
      Resources: { Subject: SECRET, Schedule: schedule({ Ref: 'Subject' }, { Condition: 'Some' }) },
    },
    'a macro may write schedules': { Transform: 'Rotation', Resources: { Subject: SECRET } },
  },
  notApplicable: 'every secret can be rotated',
});
