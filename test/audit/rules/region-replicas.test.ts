import { replicasElsewhereCanTakeOver } from '../../../lib/audit/rules/region-replicas';
import { Span } from '../../../lib/calculus/time-span';
import { CATALOGUE_SCHEMA, catalogueService } from '../../../lib/objectives/catalogue';
import { Objectives } from '../../../lib/objectives/objectives';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import type { TestApp, TestStack } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const IMPORT = { 'Fn::ImportValue': 'given' };
const regions = (
  home: Record<string, unknown>,
  away: Record<string, unknown>,
  more: object = {},
): TestApp => ({
  stacks: {
    Home: { region: 'eu-west-1', template: { Resources: home } },
    Away: { region: 'eu-central-1', template: { ...more, Resources: away } },
  },
});
const SOURCE = 'arn:aws:rds:eu-west-1:111122223333:db:orders';
const group = (Parameters: object, Family = 'mysql8.4') => ({
  Type: 'AWS::RDS::DBParameterGroup',
  Properties: { Family, Parameters },
});
const instance = (Properties: object) => ({ Type: 'AWS::RDS::DBInstance', Properties });
const replica = (here: object, there: object, more: Record<string, unknown> = {}) =>
  regions(
    { Orders: instance({ DBInstanceIdentifier: 'orders', ...here }), Ours: group({ a: '1' }) },
    {
      Copy: instance({ SourceDBInstanceIdentifier: SOURCE, BackupRetentionPeriod: 7, ...there }),
      Theirs: group({ a: '1' }),
      Other: group({ a: '2' }),
      ...more,
    },
  );
const GIVEN = {
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
};
const member = (more: object = {}) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { DBClusterIdentifier: { Ref: 'Copy' } },
  ...more,
});
const global = (there: object, members: Record<string, unknown>, here: object = {}) =>
  regions(
    {
      World: { Type: 'AWS::RDS::GlobalCluster', Properties: { GlobalClusterIdentifier: 'world' } },
      Orders: {
        Type: 'AWS::RDS::DBCluster',
        Properties: {
          Engine: 'aurora-mysql',
          GlobalClusterIdentifier: 'world',
          MasterUsername: 'admin',
          ...here,
        },
      },
    },
    {
      Copy: {
        Type: 'AWS::RDS::DBCluster',
        Properties: { Engine: 'aurora-mysql', GlobalClusterIdentifier: 'world', ...there },
      },
      ...members,
    },
    GIVEN,
  );
const pilotLight = global({}, {});
const { Away: away } = (pilotLight as { stacks: Record<string, TestStack> }).stacks as { Away: TestStack };
const shop = new Service({
  name: 'shop',
  tier: Tier.MISSION_CRITICAL,
  owner: 'team-shop',
  objectives: Objectives.forTier(Tier.MISSION_CRITICAL, { region: { rto: Span.minutes(5) } }),
});
const AT_ONCE = { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services: [catalogueService(shop)] } };
const TWO = { A: member(), B: member() };
const OURS = { DBParameterGroupName: { Ref: 'Ours' } };

checks(replicasElsewhereCanTakeOver, {
  passes: {
    'a replica has backups, and the settings of its source': replica(
      { EngineVersion: '8.4.5', ...OURS },
      { EngineVersion: '8.4.5', DBParameterGroupName: { Ref: 'Theirs' } },
    ),
    'a cluster has a reader': global({ EngineVersion: '8.0.mysql_aurora.3.10.0' }, TWO, {
      EngineVersion: '8.0.mysql_aurora.3.10.0',
    }),
    'a cluster without instances is owed that late': global(
      { EngineVersion: '1' },
      {},
      { EngineVersion: '1' },
    ),
  },
  fails: {
    'a replica has no backups by default': replica({}, { BackupRetentionPeriod: { Ref: 'AWS::NoValue' } }),
    'a replica runs another version': replica({ EngineVersion: '8.0.36' }, { EngineVersion: '8.4.5' }),
    'a replica has other parameters': replica(OURS, { DBParameterGroupName: { Ref: 'Other' } }),
    'a replica has the default parameters': replica(OURS, {}),
    'a cluster has one instance': global({}, { A: member() }),
    'a cluster without instances is owed at once': {
      stacks: {
        ...(pilotLight as { stacks: object }).stacks,
        Away: { ...away, template: { ...away.template, Metadata: AT_ONCE } },
      },
    } as TestApp,
    'a cluster runs another version': global({ EngineVersion: '1' }, TWO, { EngineVersion: '2' }),
  },
  unknown: {
    'the source is in no stack': replica({ DBInstanceIdentifier: 'others' }, {}),
    'an import says how long backups are kept': replica({}, { BackupRetentionPeriod: IMPORT }),
    'an import says which version': replica({ EngineVersion: '8.4.5' }, { EngineVersion: IMPORT }),
    'AWS chooses the version of the source': replica({}, { EngineVersion: '8.4.5' }),
    'a group is imported': replica(OURS, { DBParameterGroupName: 'elsewhere' }),
    'an import names the source': { SourceDBInstanceIdentifier: IMPORT, BackupRetentionPeriod: 7 },
    'an instance may not be there': global({}, { A: member(), B: member({ Condition: 'IsGiven' }) }),
    'the global database is not in the app': {
      Resources: {
        Copy: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { Engine: 'aurora-mysql', GlobalClusterIdentifier: 'elsewhere' },
        },
      },
    },
  },
  notApplicable: {
    'it follows none': {},
    'it follows one of its region': { SourceDBInstanceIdentifier: 'orders' },
  },
  equivalent: {
    '*Identifier': 'what follows nothing, or another, is judged as such',
    '*MasterUsername': 'without it, no cluster is known to be the first',
    '*Engine': 'the cluster of another engine has no instances',
    '*Other.*': 'no database uses it',
  },
});
