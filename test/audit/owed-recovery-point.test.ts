import { backupsKeepTheRecoveryPoint } from '../../lib/audit/rules/data-recovery';
import { replicationLagIsWatched } from '../../lib/audit/rules/replication-lag';
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

describe('the lag of copies', () => {
  const lag = (dataClass: unknown, minutes: number) => {
    const { Resources, ...rest } = shop(
      dataClass,
      { name: 'files', rpo: { region: Span.minutes(15) } },
      ORDERS,
    );
    const { Files } = Resources;
    const ReplicationConfiguration = { Destinations: [{ FileSystemId: 'fs-1' }] };
    const Properties = { ...Files.Properties, ReplicationConfiguration };
    const Alarm = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        MetricName: 'TimeSinceLastSync',
        Threshold: minutes * 60,
        ComparisonOperator: 'GreaterThanThreshold',
        Dimensions: [{ Value: { Ref: 'Files' } }],
        AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:on-call'],
      },
    };
    return outcomeOf(replicationLagIsWatched, {
      ...rest,
      Resources: { Files: { ...Files, Properties }, Alarm },
    });
  };

  it('is held against the class of the data, else against the service', () => {
    expect([lag('files', 15), lag('files', 16), lag('orders', 15), lag('orders', 5)]).toEqual([
      'pass',
      'fail',
      'fail',
      'pass',
    ]);
  });

  it('is open where the class is known only at deploy, if more might be allowed', () => {
    expect(lag({ Ref: 'Given' }, 15)).toBe('unknown');
  });
});
