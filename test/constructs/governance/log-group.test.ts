import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { keptLogs } from '../../../lib/constructs/governance/log-group';
import { TierChoices } from '../../../lib/constructs/governance/tier-choices';
import { only, shopStack } from '../fixtures';

function twoGroups(options = {}) {
  const stack = shopStack(1, options);
  for (const id of ['Web', 'Worker']) {
    const part = new Construct(stack, id);
    keptLogs(part, 'Logs', new TierChoices(part, {}));
  }
  return stack;
}

describe('log groups', () => {
  it('share one key of their stack, which is turned each year and stays', () => {
    const template = Template.fromStack(twoGroups());
    const groups = Object.values(template.findResources('AWS::Logs::LogGroup'));
    expect(groups.map(({ Properties }) => Properties.KmsKeyId['Fn::GetAtt'][0])).toEqual([
      expect.stringMatching(/^LogKey/),
      expect.stringMatching(/^LogKey/),
    ]);
    template.hasResource('AWS::KMS::Key', {
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: 'Retain',
    });
  });

  it('are kept for a year', () => {
    for (const { Properties } of Object.values(
      Template.fromStack(twoGroups()).findResources('AWS::Logs::LogGroup'),
    ))
      expect(Properties.RetentionInDays).toBe(365);
  });

  it('let the logs of this account and region use the key, and nobody else', () => {
    const { KeyPolicy } = only(twoGroups(), 'AWS::KMS::Key') as {
      KeyPolicy: { Statement: Record<string, unknown>[] };
    };
    const statement = KeyPolicy.Statement.find(({ Condition }) => Condition !== undefined);
    expect(statement).toMatchObject({
      Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': expect.anything() } },
    });
    expect(JSON.stringify(statement)).toContain(':logs:eu-west-1:111122223333:*');
  });

  it('take the key down with a stage that is not production, after a week', () => {
    Template.fromStack(twoGroups({ nonProduction: true })).hasResource('AWS::KMS::Key', {
      Properties: { PendingWindowInDays: 7 },
      DeletionPolicy: 'Delete',
    });
  });
});
