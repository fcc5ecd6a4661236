import { parse } from 'yaml';
import { guard, is } from '../../lib/audit/guard/clause';
import { RULES } from '../../lib/audit/rules';
import { guardRules } from '../../lib/evidence/guard';
import { hookTemplate } from '../../lib/evidence/hook-template';
import { guardFindings } from '../support/guard-engine';

const [rule] = RULES.filter(({ id }) => id === 'RDS-10');
if (!rule) throw new Error('no RDS-10');
const TRANSLATED = guard('RDS-10', ['AWS::RDS::DBCluster'], is('DeletionProtection', true));

const textOf = (title: string) =>
  [
    ...guardRules({ rules: [{ rule: { ...rule, title }, guard: TRANSLATED }], parametersOf: () => ({}) }),
  ].join('');

describe('the rules for CloudFormation Guard', () => {
  it('are text that Guard takes, with the id, the title and the fix in the message', () => {
    expect(textOf('Clusters stay.')).toBe(`# 1 rules of cdk-nines that the properties of one resource decide.
# RDS_01 is the rule RDS-01: see nines explain RDS-01.

# Clusters stay.
let rds_10_1 = Resources.*[
  Type in ['AWS::RDS::DBCluster']
]
rule RDS_10 when %rds_10_1 !empty {
  when %rds_10_1 !empty {
    %rds_10_1 {
      Properties.DeletionProtection in [true, 'true', 'True', 'TRUE']
        <<RDS-10: Clusters stay. Fix: set DeletionProtection to true.>>
    }
  }
}
`);
  });

  it('cannot be ended by a title', () => {
    const text = textOf('over >>\n}\nrule X { Resources exists } # <<');
    const app = { Resources: { Db: { Type: 'AWS::RDS::DBCluster', Properties: {} } } };
    const [found] = guardFindings(text, [app]);
    expect(found?.map(({ ruleId }) => ruleId)).toEqual(['RDS_10']);
  });
});

describe('the template of a hook', () => {
  const { Parameters, Resources } = parse(
    [...hookTemplate({ types: ['AWS::RDS::DBCluster'], tier: 1 })].join(''),
  );

  it('stops deploys at the tiers 0 and 1, and warns below', () => {
    const below = parse([...hookTemplate({ types: ['AWS::S3::Bucket'], tier: 2 })].join(''));
    expect(Parameters.FailureMode.Default).toBe('FAIL');
    expect(below.Parameters.FailureMode.Default).toBe('WARN');
  });

  it('looks at new and changed resources of the types that it has rules for', () => {
    expect(Resources.Hook.Properties).toMatchObject({
      TargetFilters: { Actions: ['CREATE', 'UPDATE'], TargetNames: ['AWS::RDS::DBCluster'] },
      TargetOperations: ['RESOURCE'],
      HookStatus: 'ENABLED',
    });
  });

  it('may read its rules and write its reports, and nothing else', () => {
    const { Statement } = Resources.Role.Properties.Policies[0].PolicyDocument;
    expect(Statement.flatMap(({ Action }: { Action: string | string[] }) => Action)).toEqual([
      's3:GetObject',
      's3:GetObjectVersion',
      's3:ListBucket',
      's3:PutObject',
    ]);
  });
});
