import { backupCoverageOf, coveredByBackup } from '../../../lib/assembly/backup/backup-coverage';
import type { Resource } from '../../../lib/assembly/resource';
import { graphOf, type TestApp, type TestTemplate } from '../../support/graph';

const PLAN = {
  Type: 'AWS::Backup::BackupPlan',
  Properties: { BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'rate(1 day)' }] } },
};

/** A database named `Db`, a plan, and a selection. */
function app(selection: object, database: object = {}, more: object = {}): TestTemplate {
  return {
    Resources: {
      Plan: PLAN,
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: selection },
      },
      Db: { Type: 'AWS::RDS::DBInstance', Properties: database },
      ...more,
    },
  };
}

function subject(template: TestApp, logicalId = 'Db'): Resource {
  const found = graphOf(template).resources.find((resource) => resource.logicalId === logicalId);
  if (!found) throw new Error(`no ${logicalId}`);
  return found;
}

const outcome = (template: TestApp, logicalId?: string) =>
  coveredByBackup(subject(template, logicalId)).outcome;
const tags = (...pairs: readonly [string, unknown][]) => ({
  Tags: pairs.map(([Key, Value]) => ({ Key, Value })),
});
const ofTag = (key: unknown, value: unknown) => ({
  ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: key, ConditionValue: value }],
});

const placeholder = (name: string) => `\${${name}}`;
const databaseArn = (kind: string) =>
  `arn:aws:rds:${placeholder('AWS::Region')}:${placeholder('AWS::AccountId')}:${kind}:${placeholder('Db')}`;

describe('a backup selection by ARN', () => {
  const arn = (text: unknown) => app({ Resources: [text] }, { DBInstanceIdentifier: 'orders' });

  it('selects what it refers to', () => {
    expect(outcome(app({ Resources: [{ 'Fn::GetAtt': ['Db', 'DBInstanceArn'] }] }))).toBe('pass');
    expect(outcome(app({ Resources: [{ 'Fn::Sub': databaseArn('db') }] }))).toBe('pass');
    expect(
      outcome(
        app({
          Resources: [
            {
              'Fn::Join': [
                ':',
                ['arn:aws:rds', { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, 'db', { Ref: 'Db' }],
              ],
            },
          ],
        }),
      ),
    ).toBe('pass');
  });

  it('does not select another type by the name of what it refers to', () => {
    const text = { 'Fn::Sub': databaseArn('cluster') };
    expect(outcome(app({ Resources: [text] }))).toBe('fail');
  });

  it('selects by wildcard', () => {
    for (const text of [
      '*',
      'arn:aws:rds:*',
      'arn:aws:rds:*:*:db:*',
      'arn:aws:rds:*:*:db:ord*',
      'arn:*:db:orders',
    ])
      expect([text, outcome(arn(text))]).toEqual([text, 'pass']);
  });

  it('leaves out what no pattern matches', () => {
    for (const text of [
      'arn:aws:rds:*:*:cluster:*',
      'arn:aws:rds:*:*:db:invoices',
      'arn:aws:dynamodb:*:*:table/orders',
    ])
      expect([text, outcome(arn(text))]).toEqual([text, 'fail']);
  });

  it('does not know whether a literal ARN is a name that AWS makes up', () => {
    expect(outcome(app({ Resources: ['arn:aws:rds:eu-west-1:111122223333:db:orders'] }))).toBe('unknown');
  });

  it('leaves out what has its name made up when the literal ARN is that of another resource of the app', () => {
    const other = { Other: { Type: 'AWS::RDS::DBInstance', Properties: { DBInstanceIdentifier: 'orders' } } };
    const template = app({ Resources: ['arn:aws:rds:*:*:db:orders'.replaceAll('*', '')] }, {}, other);
    expect(outcome(template)).toBe('fail');
  });

  it('knows the region and the account of the stack', () => {
    const at = (region: string) =>
      outcome({
        stacks: {
          Shop: {
            region,
            account: '111122223333',
            template: arn('arn:aws:rds:eu-west-1:111122223333:db:orders'),
          },
        },
      });
    expect(at('eu-west-1')).toBe('pass');
    expect(at('us-east-1')).toBe('fail');
  });

  it('does not select what is excluded', () => {
    expect(outcome(app({ Resources: ['*'], NotResources: [{ Ref: 'Db' }] }))).toBe('fail');
    expect(outcome(app({ Resources: ['*'], NotResources: ['arn:aws:rds:*:*:cluster:*'] }))).toBe('pass');
  });

  it('selects everything when nothing is listed', () => {
    expect(outcome(app({}))).toBe('pass');
    expect(outcome(app({ NotResources: ['arn:aws:rds:*:*:db:*'] }))).toBe('fail');
  });

  it('does not know when an ARN, the list or a custom resource is known only at deploy', () => {
    const custom = { Lookup: { Type: 'Custom::Lookup', Properties: {} } };
    expect(outcome(app({ Resources: [{ 'Fn::Transform': {} }] }))).toBe('unknown');
    expect(outcome(app({ Resources: { 'Fn::Transform': {} } }))).toBe('unknown');
    expect(outcome(app({ Resources: [{ 'Fn::GetAtt': ['Lookup', 'Arn'] }] }, {}, custom))).toBe('unknown');
  });

  it('selects in a bucket whose ARN has no region', () => {
    const bucket = { Files: { Type: 'AWS::S3::Bucket', Properties: {} } };
    expect(outcome(app({ Resources: ['arn:aws:s3:::*'] }, {}, bucket), 'Files')).toBe('pass');
  });

  it('never selects what AWS Backup leaves alone', () => {
    const stream = { Stream: { Type: 'AWS::Kinesis::Stream', Properties: {} } };
    expect(outcome(app({ Resources: ['*'] }, {}, stream), 'Stream')).toBe('fail');
  });

  it('selects the members of a cluster with the cluster', () => {
    const cluster = { Cluster: { Type: 'AWS::RDS::DBCluster', Properties: {} } };
    const member = { DBClusterIdentifier: { Ref: 'Cluster' } };
    expect(outcome(app({ Resources: ['arn:aws:rds:*:*:cluster:*'] }, member, cluster))).toBe('pass');
    expect(outcome(app({ Resources: ['arn:aws:rds:*:*:db:*'] }, member, cluster))).toBe('fail');
  });
});

describe('a backup selection by tag', () => {
  it('selects by one of the listed tags', () => {
    const selection = { ListOfTags: [...ofTag('a', '1').ListOfTags, ...ofTag('backup', 'yes').ListOfTags] };
    expect(outcome(app(selection, tags(['backup', 'yes'])))).toBe('pass');
    expect(outcome(app(selection, tags(['backup', 'no'])))).toBe('fail');
    expect(outcome(app(selection))).toBe('fail');
  });

  it('selects by ARN or tag', () => {
    const selection = { Resources: ['arn:aws:ec2:*:*:volume/*'], ...ofTag('backup', 'yes') };
    expect(outcome(app(selection, tags(['backup', 'yes'])))).toBe('pass');
    expect(outcome(app(selection))).toBe('fail');
  });

  it('selects by the tags of the stack, of a parent stack too, unless the resource has its own', () => {
    const template = app(ofTag('backup', 'yes'));
    const own = app(ofTag('backup', 'yes'), tags(['backup', 'no']));
    expect(outcome({ stacks: { Shop: { template, tags: { backup: 'yes' } } } })).toBe('pass');
    expect(outcome({ stacks: { Shop: { template: own, tags: { backup: 'yes' } } } })).toBe('fail');
    const parent = { Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: {} } } };
    expect(
      outcome({
        stacks: { Shop: { template: parent, tags: { backup: 'yes' }, nested: { Inner: { template } } } },
      }),
    ).toBe('pass');
  });

  it('selects by the tags that CloudFormation sets', () => {
    const template = app(ofTag('aws:cloudformation:stack-name', 'Shop'));
    expect(outcome({ stacks: { Shop: { template } } })).toBe('pass');
    expect(outcome({ stacks: { Other: { template } } })).toBe('fail');
    expect(outcome(template)).toBe('unknown');
  });

  it('reads tags where a type keeps them', () => {
    const more = {
      Files: {
        Type: 'AWS::EFS::FileSystem',
        Properties: { FileSystemTags: [{ Key: 'backup', Value: 'yes' }] },
      },
      Table: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          Replicas: [
            { Region: 'eu-west-1', Tags: [{ Key: 'backup', Value: 'yes' }] },
            { Region: 'us-east-1', Tags: [{ Key: 'backup', Value: 'no' }] },
          ],
        },
      },
    };
    const at = (region: string) => ({
      stacks: { Shop: { region, template: app(ofTag('backup', 'yes'), {}, more) } },
    });
    expect(outcome(at('eu-west-1'), 'Files')).toBe('pass');
    expect(outcome(at('eu-west-1'), 'Table')).toBe('pass');
    expect(outcome(at('us-east-1'), 'Table')).toBe('fail');
  });

  it('does not know when a tag is known only at deploy', () => {
    const unknownTag = app(ofTag('backup', 'yes'), tags(['backup', { Ref: 'AWS::StackId' }]));
    const unknownKey = app(ofTag('backup', 'yes'), { Tags: [{ 'Fn::Transform': {} }] });
    expect([outcome(unknownTag), outcome(unknownKey)]).toEqual(['unknown', 'unknown']);
    expect(outcome(app(ofTag({ Ref: 'AWS::StackId' }, 'yes')))).toBe('unknown');
  });

  it('decides when every branch of a condition says the same', () => {
    const either = (yes: string, no: string) => ({
      ...app(ofTag('backup', 'yes'), tags(['backup', { 'Fn::If': ['IsProd', yes, no] }])),
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    });
    expect(outcome(either('weekly', 'no'))).toBe('fail');
    expect(outcome(either('yes', 'no'))).toBe('unknown');
  });
});

describe('the conditions of a backup selection', () => {
  const holds = (operator: string, value: string, given?: string) =>
    outcome(
      app(
        {
          Resources: ['*'],
          Conditions: { [operator]: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: value }] },
        },
        given === undefined ? {} : tags(['stage', given]),
      ),
    );

  it('compare a tag', () => {
    expect([
      holds('StringEquals', 'prod', 'prod'),
      holds('StringEquals', 'prod', 'test'),
      holds('StringEquals', 'prod'),
    ]).toEqual(['pass', 'fail', 'fail']);
    expect([
      holds('StringNotEquals', 'prod', 'prod'),
      holds('StringNotEquals', 'prod', 'test'),
      holds('StringNotEquals', 'prod'),
    ]).toEqual(['fail', 'pass', 'pass']);
    expect([holds('StringLike', 'pr*', 'prod'), holds('StringLike', 'pr*', 'test')]).toEqual([
      'pass',
      'fail',
    ]);
    expect([holds('StringNotLike', 'pr*', 'prod'), holds('StringNotLike', 'pr*', 'test')]).toEqual([
      'fail',
      'pass',
    ]);
  });

  it('must all hold', () => {
    const Conditions = {
      StringEquals: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'prod' }],
      StringNotEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'no' }],
    };
    expect(outcome(app({ Resources: ['*'], Conditions }, tags(['stage', 'prod'])))).toBe('pass');
    expect(outcome(app({ Resources: ['*'], Conditions }, tags(['stage', 'prod'], ['backup', 'no'])))).toBe(
      'fail',
    );
  });

  it('are unknown with an operator that is not known', () => {
    expect(holds('StringMatches', 'prod', 'prod')).toBe('unknown');
  });
});

describe('a backup selection over several stacks', () => {
  const { Db, ...planned } = app({ Resources: ['*'] }).Resources;
  const at = (region?: string, account?: string) => ({
    ...(region && { region }),
    ...(account && { account }),
  });
  const across = (selection: object, database: object) =>
    outcome({
      stacks: {
        Backup: { template: { Resources: planned }, ...selection },
        Shop: { template: { Resources: { Db } }, ...database },
      },
    });

  it('selects in other stacks of its region and account only', () => {
    expect(across(at('eu-west-1', '1'), at('eu-west-1', '1'))).toBe('pass');
    expect(across(at('eu-west-1', '1'), at('us-east-1', '1'))).toBe('fail');
    expect(across(at('eu-west-1', '1'), at('eu-west-1', '2'))).toBe('fail');
  });

  it('takes stacks that are bound to nothing for neighbours', () => {
    expect(across({}, {})).toBe('pass');
  });

  it('does not know when only one of them is bound', () => {
    expect(across(at('eu-west-1'), {})).toBe('unknown');
  });
});

describe('what may or may not be there', () => {
  const Conditions = { IsProd: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'x'] } };

  it('is unknown for a selection or a plan that a condition may leave out', () => {
    const { Selection, Plan, Db } = app({ Resources: ['*'] }).Resources as Record<string, object>;
    expect(
      outcome({ Conditions, Resources: { Selection: { ...Selection, Condition: 'IsProd' }, Plan, Db } }),
    ).toBe('unknown');
    expect(
      outcome({ Conditions, Resources: { Selection, Plan: { ...Plan, Condition: 'IsProd' }, Db } }),
    ).toBe('unknown');
  });

  it('is unknown where a macro or a policy of the organisation may add backups', () => {
    const { Db } = app({}).Resources;
    expect(outcome({ Transform: 'Custom::Macro', Resources: { Db } })).toBe('unknown');
    const Policy = { Type: 'AWS::Organizations::Policy', Properties: { Type: 'BACKUP_POLICY' } };
    expect(outcome({ Resources: { Db, Policy } })).toBe('unknown');
  });

  it('fails when there is no selection, and when the selection names no plan', () => {
    const { Db } = app({}).Resources;
    expect(outcome({ Resources: { Db } })).toBe('fail');
    const Selection = {
      Type: 'AWS::Backup::BackupSelection',
      Properties: { BackupSelection: { Resources: ['*'] } },
    };
    expect(outcome({ Resources: { Db, Selection } })).toBe('fail');
  });
});

describe('the rules that back a resource up', () => {
  it('are those of every plan that selects it', () => {
    const rule = {
      ScheduleExpression: 'cron(0 5 * * ? *)',
      EnableContinuousBackup: 'true',
      StartWindowMinutes: '60',
      Lifecycle: { DeleteAfterDays: 35 },
      CopyActions: [{ DestinationBackupVaultArn: 'arn:x', Lifecycle: { DeleteAfterDays: 90 } }],
    };
    const more = {
      OtherPlan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [rule] } } },
      OtherSelection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: { BackupPlanId: { Ref: 'OtherPlan' }, BackupSelection: { Resources: [{ Ref: 'Db' }] } },
      },
    };
    const coverage = backupCoverageOf(subject(app({ Resources: ['*'] }, {}, more)));
    expect(coverage.unknown).toBeUndefined();
    expect(coverage.rules.map(({ schedule }) => schedule)).toEqual(['rate(1 day)', 'cron(0 5 * * ? *)']);
    expect(coverage.rules[1]).toMatchObject({
      continuous: true,
      startWindowMinutes: 60,
      deleteAfterDays: 35,
      copyActions: [{ destination: 'arn:x', deleteAfterDays: 90 }],
    });
  });

  it('may be others when the plan is not in the app or is written at deploy', () => {
    const Selection = {
      Type: 'AWS::Backup::BackupSelection',
      Properties: { BackupPlanId: 'plan-1', BackupSelection: { Resources: ['*'] } },
    };
    const elsewhere = subject(app({ Resources: ['*'] }, {}, { Selection }));
    expect(coveredByBackup(elsewhere).outcome).toBe('pass');
    expect(backupCoverageOf(elsewhere)).toMatchObject({
      rules: [],
      unknown: { reason: 'plan-1 is not in the app' },
    });
    const Plan = { ...PLAN, Properties: { BackupPlan: { BackupPlanRule: { 'Fn::Transform': {} } } } };
    expect(backupCoverageOf(subject(app({ Resources: ['*'] }, {}, { Plan })))).toMatchObject({
      rules: [],
      unknown: { reason: 'Fn::Transform writes this part of the template at deploy' },
    });
  });

  it('are counted once when two selections of a plan apply', () => {
    const Again = {
      Type: 'AWS::Backup::BackupSelection',
      Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: [{ Ref: 'Db' }] } },
    };
    expect(backupCoverageOf(subject(app({ Resources: ['*'] }, {}, { Again }))).rules).toHaveLength(1);
  });
});

describe('the rules of a plan', () => {
  const planWith = (rules: unknown): TestTemplate => ({
    ...app(
      { Resources: ['*'] },
      {},
      {
        Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: rules } } },
      },
    ),
    Parameters: { Open: { Type: 'String' } },
    Conditions: { Chosen: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] } },
  });
  const rule = { ScheduleExpression: 'rate(1 day)', EnableContinuousBackup: 'True' };
  const either = (a: unknown, b: unknown) => ({ 'Fn::If': ['Chosen', a, b] });

  it.each([
    ['fail', []],
    ['fail', { Ref: 'AWS::NoValue' }],
    ['fail', either([], { Ref: 'AWS::NoValue' })],
    ['unknown', either([], [rule])],
    ['unknown', [either(rule, { Ref: 'AWS::NoValue' })]],
    ['pass', either([rule], [rule, rule])],
    ['pass', [rule]],
    ['pass', rule],
  ])('back nothing up where there are none: %s for %j', (expected, rules) => {
    expect(outcome(planWith(rules))).toBe(expected);
  });

  it('are none that back a resource up where there are none', () => {
    expect(backupCoverageOf(subject(planWith([])))).toEqual({ rules: [] });
  });

  it('are read where one stands without a list', () => {
    const copies = { DestinationBackupVaultArn: 'arn', Lifecycle: { DeleteAfterDays: 9 } };
    const alone = { ...rule, Lifecycle: { DeleteAfterDays: 7 }, CopyActions: copies };
    const [found] = backupCoverageOf(subject(planWith(alone))).rules;
    expect(found).toMatchObject({
      path: 'BackupPlan.BackupPlanRule',
      schedule: 'rate(1 day)',
      continuous: true,
      deleteAfterDays: 7,
      copyActions: [{ destination: 'arn', deleteAfterDays: 9 }],
    });
  });
});
