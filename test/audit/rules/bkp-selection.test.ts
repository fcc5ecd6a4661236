import { selectionsSelectSomething } from '../../../lib/audit/rules/bkp-selection';
import { graphOf } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const table = (properties: object = {}) => ({ Type: 'AWS::DynamoDB::Table', Properties: properties });
const tagged = (value: unknown) => table({ Tags: [{ Key: 'backup', Value: value }] });
const selection = (properties: object) => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupSelection: properties },
});
const byTag = selection({
  ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'yes' }],
});
const byCondition = selection({
  Resources: ['*'],
  Conditions: { StringLike: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'y*' }] },
});
const app = (Selection: object, Table: object, more: object = {}) => ({
  Resources: { Selection, Table, ...more },
});
const across = (backupRegion: string, dataRegion: string) => ({
  stacks: {
    Backup: { region: backupRegion, template: { Resources: { Selection: byTag } } },
    Shop: { region: dataRegion, template: { Resources: { Table: tagged('yes') } } },
  },
});

checks(selectionsSelectSomething, {
  passes: {
    'a table has the tag': app(byTag, tagged('yes')),
    'one of two tables has the tag': app(byTag, tagged('yes'), { Other: table() }),
    'a tag is like the condition': app(byCondition, tagged('yes')),
    'the table is named': app(selection({ Resources: [{ 'Fn::GetAtt': ['Table', 'Arn'] }] }), table(), {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    }),
    'the tag is that of the stack': {
      stacks: { Shop: { tags: { backup: 'yes' }, template: app(byTag, table()) } },
    },
    'the table is in another stack of the region': across('eu-west-1', 'eu-west-1'),
  },
  fails: {
    'no table has the tag': app(byTag, table()),
    'the tag has another value': app(byTag, tagged('no')),
    'the only resource with the tag is no data': app(byTag, table(), {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'backup', Value: 'yes' }] } },
    }),
    'no tag is like the condition': app(byCondition, tagged('no')),
    'the table with the tag is in another region': across('eu-west-1', 'us-east-1'),
    'buckets are selected where there are none': app(selection({ Resources: ['arn:aws:s3:::*'] }), table()),
    'what is named is nothing that AWS Backup backs up': app(
      selection({ Resources: [{ 'Fn::GetAtt': ['Queue', 'Arn'] }] }),
      table(),
      { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } },
    ),
  },
  unknown: {
    'the value of the tag is a parameter without a default': {
      Parameters: { P: { Type: 'String' } },
      ...app(byTag, tagged({ Ref: 'P' })),
    },
    'the app has nothing to back up': { Resources: { Selection: byTag } },
    'the ARN is not in the app': app(
      selection({ Resources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/other'] }),
      table({ TableName: 'orders' }),
    ),
    'a macro may write resources': { Transform: 'Tables', ...app(byTag, table()) },
    'a condition may leave the only table out': {
      Conditions: { Some: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'x'] } },
      ...app(byTag, { ...tagged('yes'), Condition: 'Some' }),
    },
    'one of the stacks is bound to no region': {
      stacks: {
        Backup: { region: 'eu-west-1', template: { Resources: { Selection: byTag } } },
        Shop: { template: { Resources: { Table: tagged('yes') } } },
      },
    },
  },
  notApplicable: 'every selection selects, if only nothing',
  equivalent: {
    '*.ConditionType': 'AWS Backup compares listed tags in no other way',
  },
});

const replicated = (region: string) => ({
  stacks: {
    Backup: { region: 'us-east-1', account: '111122223333', template: { Resources: { Selection: byTag } } },
    Data: {
      region: 'eu-west-1',
      account: '111122223333',
      template: {
        Resources: {
          Table: {
            Type: 'AWS::DynamoDB::GlobalTable',
            Properties: {
              Replicas: ['eu-west-1', region].map((each) => ({
                Region: each,
                Tags: [{ Key: 'backup', Value: 'yes' }],
              })),
            },
          },
        },
      },
    },
  },
});

describe('X-40', () => {
  const judge = (template: Parameters<typeof graphOf>[0]) => {
    const graph = graphOf(template);
    const [subject] = graph.ofType('AWS::Backup::BackupSelection');
    if (!subject) throw new Error('no selection');
    return selectionsSelectSomething.check(subject, { graph } as never);
  };

  it('names a resource that it would select, were it in its region', () => {
    expect(judge(across('eu-west-1', 'us-east-1'))).toMatchObject({
      outcome: 'fail',
      found: 'only resources in another region or account, such as Table',
      property: 'BackupSelection.ListOfTags',
    });
  });

  it('selects the replica of a global table that is in its region', () => {
    expect(judge(replicated('us-east-1'))).toMatchObject({ outcome: 'pass' });
  });

  it('fails when a global table has no replica in its region', () => {
    expect(judge(replicated('eu-central-1'))).toMatchObject({ outcome: 'fail' });
  });
});
