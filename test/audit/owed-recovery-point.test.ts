import { backupsKeepTheRecoveryPoint } from '../../lib/audit/rules/data-recovery';
import { Span } from '../../lib/calculus/time-span';
import { CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import type { DataClass } from '../../lib/objectives/data-class';
import { Service } from '../../lib/objectives/service';
import { Tier } from '../../lib/objectives/tier';
import { outcomeOf } from '../support/rule-cases';

const FILES: DataClass = { name: 'files', rpo: { dataRepair: Span.hours(4) } };
const ORDERS: DataClass = { name: 'orders' };

/** A file system with hourly snapshots, of a service that owes 5 minutes. */
function shop(dataClass: unknown, ...dataClasses: readonly DataClass[]) {
  const service = new Service({
    name: 'shop',
    tier: Tier.BUSINESS_CRITICAL,
    owner: 'team-shop',
    dataClasses,
  });
  return {
    Metadata: { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services: [catalogueService(service, {})] } },
    Parameters: { Given: { Type: 'String' } },
    Resources: {
      Files: {
        Type: 'AWS::EFS::FileSystem',
        Properties: { FileSystemTags: [{ Key: 'resilience:data-class', Value: dataClass }] },
      },
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanRule: [{ ScheduleExpression: 'rate(1 hour)', StartWindowMinutes: 60 }],
          },
        },
      },
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: ['*'] } },
      },
    },
  };
}

const judge = (...given: Parameters<typeof shop>) => outcomeOf(backupsKeepTheRecoveryPoint, shop(...given));

describe('the recovery point that is owed', () => {
  it('is that of the data class of the resource', () => {
    expect(judge('files', FILES, ORDERS)).toBe('pass');
  });

  it('is that of the service where the class says none, or is none of the service', () => {
    expect(judge('orders', FILES, ORDERS)).toBe('fail');
    expect(judge('others', FILES, ORDERS)).toBe('fail');
    expect(judge('files')).toBe('fail');
  });

  it('is open where the class is known only at deploy, if it could be less', () => {
    expect(judge({ Ref: 'Given' }, FILES, ORDERS)).toBe('unknown');
    expect(judge({ Ref: 'Given' }, ORDERS)).toBe('fail');
  });
});
