import { windowsDoNotOverlap } from '../../../lib/audit/rules/database-windows';
import type { TestApp } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const IMPORT = { 'Fn::ImportValue': 'given' };
const at = (PreferredMaintenanceWindow: unknown, more: object = {}) => ({
  PreferredMaintenanceWindow,
  ...more,
});
const NIGHT = { PreferredBackupWindow: '02:00-03:00' };
const instance = (Properties: object) => ({ Type: 'AWS::RDS::DBInstance', Properties });
const cluster = (Properties: object) => ({ Type: 'AWS::RDS::DBCluster', Properties });
const regions = (home: Record<string, unknown>, away: Record<string, unknown>): TestApp => ({
  stacks: {
    Home: { region: 'eu-west-1', template: { Resources: home } },
    Away: { region: 'eu-central-1', template: { Resources: away } },
  },
});
const SOURCE = 'arn:aws:rds:eu-west-1:111122223333:db:orders';
const replicas = (here: object, there: object) =>
  regions(
    { Orders: instance({ DBInstanceIdentifier: 'orders', ...here }) },
    { Copy: instance({ SourceDBInstanceIdentifier: SOURCE, ...there }) },
  );
const worldwide = (here: object, there: object) =>
  regions(
    {
      World: { Type: 'AWS::RDS::GlobalCluster', Properties: { GlobalClusterIdentifier: 'world' } },
      Orders: cluster({ GlobalClusterIdentifier: 'world', MasterUsername: 'admin', ...here }),
    },
    { Copy: cluster({ GlobalClusterIdentifier: 'world', ...there }) },
  );

checks(windowsDoNotOverlap, {
  passes: {
    'backups are made at another time': { ...NIGHT, ...at('sun:04:00-sun:05:00') },
    'maintenance ends when backups start': { ...NIGHT, ...at('sun:01:00-sun:02:00') },
    'a replica elsewhere is maintained on another day': replicas(
      at('sun:04:00-sun:05:00'),
      at('tue:04:00-tue:05:00'),
    ),
    'a cluster elsewhere is maintained on another day': worldwide(
      at('sun:04:00-sun:05:00'),
      at('tue:04:00-tue:05:00'),
    ),
  },
  fails: {
    'backups start in it': { PreferredBackupWindow: '04:30-05:30', ...at('sun:04:00-sun:05:00') },
    'it ends in backups': { PreferredBackupWindow: '01:30-02:30', ...at('sun:01:00-sun:02:00') },
    'backups are made in it': { ...NIGHT, ...at('sun:02:30-sun:03:30') },
    'backups run over midnight into it': {
      PreferredBackupWindow: '23:30-00:30',
      ...at('Mon:00:00-Mon:01:00'),
    },
    'it runs over the week into backups': {
      PreferredBackupWindow: '00:00-00:30',
      ...at('Sun:23:30-Mon:00:15'),
    },
    'a replica elsewhere is maintained at the same time': replicas(
      at('sun:04:00-sun:05:00'),
      at('sun:04:00-sun:05:00'),
    ),
    'a cluster elsewhere is maintained at the same time': worldwide(
      at('sun:04:00-sun:05:00'),
      at('sun:04:30-sun:05:30'),
    ),
  },
  unknown: {
    'an import says when backups are made': { PreferredBackupWindow: IMPORT, ...at('sun:04:00-sun:05:00') },
    'an import says when it is maintained': { ...NIGHT, ...at(IMPORT) },
    'a window is not written as one': { ...NIGHT, ...at('every sunday') },
    'the source is in no stack': {
      stacks: {
        Away: {
          region: 'eu-central-1',
          template: {
            Resources: {
              Copy: instance({ SourceDBInstanceIdentifier: SOURCE, ...at('sun:04:00-sun:05:00') }),
            },
          },
        },
      },
    },
    'an import says when the source is maintained': replicas(at(IMPORT), at('sun:04:00-sun:05:00')),
    'an import says when the copy is maintained': replicas(at('sun:04:00-sun:05:00'), at(IMPORT)),
    'the window of the source is not written as one': replicas(at('sundays'), at('sun:04:00-sun:05:00')),
    'an import names the source': { SourceDBInstanceIdentifier: IMPORT, ...at('sun:04:00-sun:05:00') },
  },
  notApplicable: {
    'AWS chooses the windows': {},
    'it follows one of its own region': { SourceDBInstanceIdentifier: 'orders' },
    'AWS chooses one of two': replicas({}, at('sun:04:00-sun:05:00')),
  },
  equivalent: {
    '*Identifier': 'a database that follows nothing is compared with none',
    '*MasterUsername': 'without it, no cluster is known to be the first',
  },
});
