import { appHasBackupPlan, criticalDataIsAirGapped } from '../../lib/audit/rules/bkp-coverage';
import { backupsKeepTheRecoveryPoint, dataCanComeBack } from '../../lib/audit/rules/data-recovery';
import { replicasHavePointInTimeRecovery, tableIsBackedUp } from '../../lib/audit/rules/ddb';
import { CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import type { DataClass } from '../../lib/objectives/data-class';
import { Service } from '../../lib/objectives/service';
import { Tier } from '../../lib/objectives/tier';
import { outcomeOf } from '../support/rule-cases';

const SESSIONS = { name: 'sessions', rebuildable: true };

/** A table of a service with data classes, and no backup of it. */
function shopWith(...dataClasses: readonly DataClass[]) {
  const shop = new Service({ name: 'shop', tier: Tier.MISSION_CRITICAL, owner: 'team-shop', dataClasses });
  return {
    Metadata: { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services: [catalogueService(shop, {})] } },
    Resources: {
      Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-west-1' }] } },
    },
  };
}

const ASK_FOR_BACKUPS = [
  appHasBackupPlan,
  criticalDataIsAirGapped,
  replicasHavePointInTimeRecovery,
  tableIsBackedUp,
];

describe.each(ASK_FOR_BACKUPS)('$id', (rule) => {
  it('does not apply where every data class of the service is rebuildable', () => {
    expect(outcomeOf(rule, shopWith(SESSIONS))).toBe('notApplicable');
  });

  it('fails when one data class is not rebuildable', () => {
    expect(outcomeOf(rule, shopWith(SESSIONS, { name: 'orders' }))).toBe('fail');
  });

  it('fails when the service has no data class', () => {
    expect(outcomeOf(rule, shopWith())).toBe('fail');
  });
});

it('X-30 does not apply, and X-39 passes, where every data class of the service is rebuildable', () => {
  expect(outcomeOf(backupsKeepTheRecoveryPoint, shopWith(SESSIONS))).toBe('notApplicable');
  expect(outcomeOf(dataCanComeBack, shopWith(SESSIONS))).toBe('pass');
});
