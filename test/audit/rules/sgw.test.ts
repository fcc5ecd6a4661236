import { gatewayVolumesAreBackedUp } from '../../../lib/audit/rules/sgw';
import { checks } from '../../support/rule-cases';

const VOLUME = 'arn:aws:storagegateway:eu-west-1:111122223333:gateway/sgw-1/volume/vol-1';
const MACHINE = 'arn:aws:backup-gateway:eu-west-1:111122223333:vm/vm-1';
const PLAN = { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{}] } } };
const selection = (parts: object) => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: parts },
});
const selected = (parts: object, more: object = {}) => ({
  Parameters: { Given: { Type: 'String' } },
  Resources: { Plan: PLAN, Selection: selection(parts), ...more },
});
const alarm = (Value: unknown = 'vol-1') => ({
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { Namespace: 'AWS/StorageGateway', Dimensions: [{ Name: 'VolumeId', Value }] },
  },
});
const NO_RULES = { Plan: { ...PLAN, Properties: { BackupPlan: { BackupPlanRule: [] } } } };
const OTHER = 'that the app names nothing on premises ends the question';

checks(gatewayVolumesAreBackedUp, {
  passes: {
    'a selection lists the volume': selected({ Resources: [VOLUME] }),
    'a selection lists the machine': selected({ Resources: [MACHINE] }),
    'an alarm watches a volume that is selected': selected({ Resources: [VOLUME] }, alarm()),
    'an alarm watches a volume that a pattern selects': selected(
      { Resources: ['arn:aws:storagegateway:*'] },
      alarm(),
    ),
  },
  fails: {
    'a plan without rules is meant to back the volume up': selected({ Resources: [VOLUME] }, NO_RULES),
    'a plan without rules is meant to back the machine up': selected({ Resources: [MACHINE] }, NO_RULES),
    'the volume is left out': selected({ Resources: ['*'], NotResources: [VOLUME] }),
    'no plan backs up a volume that is watched': { Resources: alarm() },
    'another volume is watched': selected({ Resources: [VOLUME] }, alarm('vol-2')),
  },
  unknown: {
    'the plan is not in the app': {
      Resources: {
        Selection: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: 'plan-1', BackupSelection: { Resources: [VOLUME] } },
        },
      },
    },
    'volumes may be selected by tag': selected(
      { ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'yes' }] },
      alarm(),
    ),
    'which volume is watched is a parameter': selected({ Resources: [VOLUME] }, alarm({ Ref: 'Given' })),
    'a macro may write plans': { Transform: 'Plans', Resources: alarm() },
  },
  notApplicable: {
    'a selection names tables': selected({ Resources: ['arn:aws:dynamodb:*:*:table/*'] }),
    'an alarm watches something else': {
      Resources: { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'AWS/SQS' } } },
    },
  },
  equivalent: {
    '*.Resources.0': OTHER,
    'Alarm.Namespace': OTHER,
    'Alarm.Dimensions.0.Name': OTHER,
    'Alarm.Dimensions.0.Value': 'a pattern selects any volume',
  },
});
