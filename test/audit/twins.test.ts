import { audit } from '../../lib/audit/engine';
import { isFinding } from '../../lib/audit/report';
import { RULES } from '../../lib/audit/rules';
import { graphOf, type TestApp } from '../support/graph';
import { TODAY } from '../support/rule-cases';

/** Which of some rules are shown as fails, of all that they judge. */
function shown(app: TestApp, ...ids: readonly string[]): readonly string[] {
  const { verdicts } = audit([graphOf(app)], { rules: RULES, today: TODAY });
  const found = verdicts.filter((verdict) => isFinding(verdict) && ids.includes(verdict.rule));
  return [...new Set(found.map(({ rule }) => rule))].sort();
}

const plan = (...rules: readonly object[]) => ({
  Resources: {
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: { BackupPlan: { BackupPlanName: 'p', BackupPlanRule: rules } },
    },
  },
});
const backups = (days: number, schedule = 'cron(0 5 * * ? *)') => ({
  RuleName: 'r',
  TargetBackupVault: 'v',
  ScheduleExpression: schedule,
  Lifecycle: { DeleteAfterDays: days },
});

describe('of rules with one condition', () => {
  it('one tells of backups that are deleted early', () => {
    expect(shown(plan(backups(30)), 'BKP-01', 'BKP-06')).toEqual(['BKP-06']);
    expect(shown(plan(backups(7), backups(30)), 'BKP-01', 'BKP-06')).toEqual(['BKP-06']);
  });

  it('both tell where a plan backs up too seldom, and deletes other backups early', () => {
    const seldom = plan(backups(40, 'cron(0 5 1 * ? *)'), backups(7, 'cron(0 5 1 * ? *)'));
    expect(shown(seldom, 'BKP-01', 'BKP-06')).toEqual(['BKP-01', 'BKP-06']);
    expect(shown(plan(backups(1, 'cron(0 5 ? * MON *)')), 'BKP-01', 'BKP-06')).toEqual(['BKP-01', 'BKP-06']);
  });

  it('one tells of a cluster with one instance', () => {
    const Resources = {
      Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } },
      Writer: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { Engine: 'aurora-mysql', DBClusterIdentifier: { Ref: 'Cluster' } },
      },
    };
    expect(shown({ Resources }, 'RDS-02', 'X-16')).toEqual(['RDS-02']);
  });

  it('one tells of a service with one task', () => {
    const Properties = { DesiredCount: 1, LaunchType: 'FARGATE' };
    expect(shown({ Resources: { S: { Type: 'AWS::ECS::Service', Properties } } }, 'ECS-02', 'X-16')).toEqual([
      'ECS-02',
    ]);
  });

  it.each([
    ['AWS::RDS::DBInstance', 'RDS-05'],
    ['AWS::DocDB::DBCluster', 'DOC-01'],
    ['AWS::Neptune::DBCluster', 'NEP-01'],
    ['AWS::Kinesis::Stream', 'KIN-01'],
  ])('the one that asks for longer retention tells of a default: %s', (Type, id) => {
    expect(shown({ Resources: { Data: { Type, Properties: {} } } }, id, 'CFN-06')).toEqual([id]);
  });

  it('one tells of data that goes with its stack, at the resource', () => {
    const app = (rest: object) => ({
      stacks: {
        Shop: {
          template: { Resources: { T: { Type: 'AWS::DynamoDB::Table', ...rest } } },
          terminationProtection: true,
        },
      },
    });
    expect(shown(app({}), 'CFN-04', 'X-86')).toEqual(['CFN-04']);
  });

  it('the stack tells that it may be deleted, whatever its data', () => {
    const stacks = { Shop: { template: { Resources: { T: { Type: 'AWS::DynamoDB::Table' } } } } };
    expect(shown({ stacks }, 'CFN-01', 'CFN-04', 'X-86')).toEqual(['CFN-04', 'X-86']);
  });

  it('one tells of backups that are made too seldom for the recovery point', () => {
    const { Resources } = plan(backups(40, 'cron(0 5 ? * MON *)'));
    const selection = {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: {
          IamRoleArn: 'r',
          SelectionName: 's',
          Resources: [{ 'Fn::GetAtt': ['Files', 'Arn'] }],
        },
      },
    };
    const app = { Resources: { ...Resources, Files: { Type: 'AWS::EFS::FileSystem' }, selection } };
    expect(shown(app, 'BKP-10', 'X-30')).toEqual(['X-30']);
  });
});
