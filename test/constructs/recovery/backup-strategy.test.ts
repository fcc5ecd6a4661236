import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { BACKED_UP_TYPES as AUDITED_TYPES } from '../../../lib/assembly/backup/backup-arn';
import { Span } from '../../../lib/calculus/time-span';
import { ServiceScope } from '../../../lib/constructs/governance/service-scope';
import { BACKED_UP_TYPES } from '../../../lib/constructs/recovery/backed-up-types';
import { BackupStrategy } from '../../../lib/constructs/recovery/backup-strategy';
import type { BackupStrategyProps } from '../../../lib/constructs/recovery/backup-strategy-props';
import { tagDataClass } from '../../../lib/constructs/recovery/data-class-tag';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import { VaultLock } from '../../../lib/objectives/policy/backup';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Residency } from '../../../lib/objectives/residency';
import type { ServiceProps } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { catalogued, refusal, shopStack, WEAKENING } from '../fixtures';
import { ordersIn } from './fixtures';
import { ACCOUNTS, all, inTwoRegions, PRIMARY, STANDBY, statement } from './region-fixtures';

interface Around {
  readonly tier?: Tier;
  readonly accounts?: readonly [string, string];
  readonly roles?: readonly [RegionRole, RegionRole];
  readonly nonProduction?: boolean;
  readonly service?: Partial<ServiceProps>;
}

function backups(props: BackupStrategyProps = {}, around: Around = {}) {
  return inTwoRegions({ tier: Tier.BUSINESS_CRITICAL, ...around }, (stack) => {
    ordersIn(stack);
    new BackupStrategy(stack, 'Backup', props);
  });
}

const synthesised = (props: BackupStrategyProps = {}, around: Around = {}) => {
  const stacks = backups(props, around);
  all(stacks.primary, 'AWS::Backup::BackupPlan');
  return stacks;
};

const planIn = (props: BackupStrategyProps = {}, around: Around = {}) =>
  all(backups(props, around).primary, 'AWS::Backup::BackupPlan')[0].BackupPlan;

const rule = (name: string, props: BackupStrategyProps = {}, around: Around = {}) =>
  planIn(props, around).BackupPlanRule.find(({ RuleName }: { RuleName: string }) => RuleName === name);

const { MISSION_CRITICAL, BUSINESS_CRITICAL, IMPORTANT, STANDARD } = Tier;
const twin = (region: string, account: string = ACCOUNTS[0]) =>
  `:backup:${region}:${account}:backup-vault:shop-backup`;

describe('backups by tier', () => {
  it.each([
    [MISSION_CRITICAL, 'cron(0 * * * ? *)'],
    [BUSINESS_CRITICAL, 'cron(0 0/6 * * ? *)'],
    [IMPORTANT, 'cron(0 0/12 * * ? *)'],
    [STANDARD, 'cron(0 0 * * ? *)'],
  ])('are made at tier %i by %s, start within an hour and are kept for 35 days', (tier, schedule) => {
    const { CopyActions, ...snapshots } = rule('Snapshots', {}, { tier });
    expect(snapshots).toMatchObject({
      ScheduleExpression: schedule,
      StartWindowMinutes: 60,
      CompletionWindowMinutes: 1440,
      RecoveryPointTags: { 'resilience:service': 'shop' },
      Lifecycle: { DeleteAfterDays: 35 },
    });
    expect(JSON.stringify(CopyActions)).toContain(twin(STANDBY));
  });

  it.each([MISSION_CRITICAL, BUSINESS_CRITICAL, IMPORTANT])('are continuous too at tier %i', (tier) => {
    const continuous = rule('Continuous', {}, { tier });
    expect(continuous).toMatchObject({ EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 35 } });
    // They cannot be copied as such.
    expect(continuous.CopyActions).toBeUndefined();
  });

  it('are not continuous at tier 3', () => {
    expect(rule('Continuous', {}, { tier: STANDARD })).toBeUndefined();
  });

  it('keep a snapshot of each month for a year at tier 0, and none below', () => {
    expect(rule('Monthly', {}, { tier: MISSION_CRITICAL }).Lifecycle).toEqual({ DeleteAfterDays: 366 });
    expect(rule('Monthly')).toBeUndefined();
  });

  it('go into an air-gapped vault at tier 0, and into none below', () => {
    const { primary } = backups({}, { tier: MISSION_CRITICAL });
    const [vault] = all(primary, 'AWS::Backup::LogicallyAirGappedBackupVault');
    expect(vault).toMatchObject({ BackupVaultName: 'shop-backup-airgapped', MinRetentionDays: 7 });
    const { TargetLogicallyAirGappedBackupVaultArn } = rule('Snapshots', {}, { tier: MISSION_CRITICAL });
    expect(JSON.stringify(TargetLogicallyAirGappedBackupVaultArn)).toMatch(/AirGapped/);
    expect(all(backups().primary, 'AWS::Backup::LogicallyAirGappedBackupVault')).toEqual([]);
  });

  it.each([
    [MISSION_CRITICAL, { MinRetentionDays: 35, ChangeableForDays: 7 }],
    [BUSINESS_CRITICAL, { MinRetentionDays: 35 }],
    [IMPORTANT, undefined],
    [STANDARD, undefined],
  ])('lie in vaults that tier %i locks by %j, in both regions', (tier, lock) => {
    const { primary, standby } = backups({}, { tier });
    for (const stack of [primary, standby]) {
      expect(all(stack, 'AWS::Backup::BackupVault')[0].LockConfiguration).toEqual(lock);
    }
  });

  it('record what they lose, and why', () => {
    const { decisions } = catalogued(backups({}, { tier: IMPORTANT }).primary);
    const named = (name: string) => decisions?.find(({ what }) => what === name);
    expect(named('Backup.region')).toMatchObject({
      value: 'RPO 17 h',
      because: '12 h interval + 1 h start window + 2 h duration + 2 h copy',
    });
    expect(named('Backup.dataRepair')).toMatchObject({ value: 'RPO 5 min' });
    expect(named('Backup.vaultLock')?.value).toBe('none');
    expect(named('Backup.snapshotInterval')?.value).toBe('12 h');
  });
});

describe('the vault', () => {
  it('has the same name and a key of backups in both regions', () => {
    const { primary, standby } = backups();
    for (const stack of [primary, standby]) {
      const [vault] = all(stack, 'AWS::Backup::BackupVault');
      expect(vault.BackupVaultName).toBe('shop-backup');
      expect(JSON.stringify(vault.EncryptionKeyArn)).toMatch(/BackupKeyring/);
    }
  });

  it('lets nobody delete backups, and only those who deploy change it', () => {
    const { AccessPolicy } = all(backups().primary, 'AWS::Backup::BackupVault')[0];
    const never = statement(AccessPolicy, 'NobodyDeletesBackups');
    expect(never).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' } });
    expect(never.Condition).toBeUndefined();
    expect(never.Action).toEqual(
      expect.arrayContaining(['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle']),
    );
    const change = statement(AccessPolicy, 'OnlyDeploysChangeTheVault');
    expect(change.Action).toContain('backup:PutBackupVaultAccessPolicy');
    expect(JSON.stringify(change.Condition)).toMatch(/cdk-\*-cfn-exec-role/);
  });

  it('is all that a standby has', () => {
    const { standby } = backups();
    expect(all(standby, 'AWS::Backup::BackupVault')).toHaveLength(1);
    expect(all(standby, 'AWS::Backup::BackupPlan')).toEqual([]);
    expect(all(standby, 'AWS::Backup::ReportPlan')).toEqual([]);
  });

  it('takes copies of the other account where the service has two', () => {
    const { primary, standby } = backups({}, { accounts: ACCOUNTS });
    const copies = JSON.stringify(all(primary, 'AWS::Backup::BackupPlan')[0].BackupPlan);
    expect(copies).toContain(twin(STANDBY, ACCOUNTS[1]));
    const allowed = statement(
      all(standby, 'AWS::Backup::BackupVault')[0].AccessPolicy,
      'CopiesFromOtherRegions',
    );
    expect(allowed.Action).toBe('backup:CopyIntoBackupVault');
    expect(JSON.stringify(allowed.Principal)).toContain(ACCOUNTS[0]);
  });

  it('is neither locked nor denied where it may be torn down, and keeps for a week', () => {
    const { primary } = backups({}, { tier: MISSION_CRITICAL, nonProduction: true });
    const [vault] = all(primary, 'AWS::Backup::BackupVault');
    expect(vault.LockConfiguration).toBeUndefined();
    expect(JSON.stringify(vault.AccessPolicy ?? {})).not.toContain('Deny');
    expect(all(primary, 'AWS::Backup::LogicallyAirGappedBackupVault')).toEqual([]);
    const rules = all(primary, 'AWS::Backup::BackupPlan')[0].BackupPlan.BackupPlanRule;
    expect(rules.map(({ Lifecycle }: { Lifecycle: object }) => Lifecycle)).toEqual([
      { DeleteAfterDays: 7 },
      { DeleteAfterDays: 7 },
    ]);
  });
});

describe('two regions that both serve', () => {
  it('each back up and copy to the other', () => {
    const { primary, standby } = backups(
      {},
      {
        tier: MISSION_CRITICAL,
        roles: [RegionRole.ACTIVE, RegionRole.ACTIVE],
      },
    );
    expect(JSON.stringify(all(primary, 'AWS::Backup::BackupPlan'))).toContain(twin(STANDBY));
    expect(JSON.stringify(all(standby, 'AWS::Backup::BackupPlan'))).toContain(twin(PRIMARY));
  });
});

describe('at tier 3 backups', () => {
  it('may be kept for two weeks, which the audit takes too', () => {
    const short = { backupRetention: Duration.days(14) };
    expect(rule('Snapshots', short, { tier: STANDARD }).Lifecycle.DeleteAfterDays).toBe(14);
    expect(refusal(() => backups({ backupRetention: Duration.days(13) }, { tier: STANDARD })).problem).toBe(
      'backupRetentionDays is 13, but the tier owes 14 (damage is noticed within two weeks)',
    );
  });
});

describe('classes of data', () => {
  const service = {
    dataClasses: [
      { name: 'orders', rpo: { region: Span.hours(6) } },
      { name: 'clicks', rebuildable: true },
    ],
  };
  const classes: BackupStrategyProps = {
    dataClasses: [{ dataClass: 'orders', snapshotInterval: Duration.hours(1) }],
  };
  const build = (props: BackupStrategyProps, others = true) =>
    inTwoRegions({ tier: IMPORTANT, service }, (stack) => {
      ordersIn(stack);
      if (stack.place.role === RegionRole.PRIMARY) {
        tagDataClass(stack.node.findChild('Orders'), 'orders');
        if (others) new CfnFileSystem(stack, 'Files');
      }
      new BackupStrategy(stack, 'Backup', props);
    });

  it('have plans of their own, found by their tag', () => {
    const { primary } = build(classes);
    const plans = all(primary, 'AWS::Backup::BackupPlan').map(({ BackupPlan }) => BackupPlan);
    expect(plans.map(({ BackupPlanName }) => BackupPlanName)).toEqual(['shop-backup', 'shop-backup-orders']);
    expect(plans[1].BackupPlanRule[0].ScheduleExpression).toBe('cron(0 * * * ? *)');
    const conditions = all(primary, 'AWS::Backup::BackupSelection').map(
      ({ BackupSelection }) => BackupSelection.Conditions,
    );
    const condition = (key: string, value: string) => ({
      ConditionKey: `aws:ResourceTag/resilience:${key}`,
      ConditionValue: value,
    });
    expect(conditions).toEqual([
      {
        StringEquals: [condition('service', 'shop')],
        StringNotEquals: [condition('rebuildable', 'true'), condition('data-class', 'orders')],
      },
      {
        StringEquals: [condition('service', 'shop'), condition('data-class', 'orders')],
        StringNotEquals: [condition('rebuildable', 'true')],
      },
    ]);
  });

  it('leave nothing for the other backups where all stores have one', () => {
    const { primary } = build(classes, false);
    expect(refusal(() => all(primary, 'AWS::Backup::BackupPlan'))).toMatchObject({
      problem:
        'its backups select nothing: no store in eu-west-1 has the tag resilience:service = shop beside those of orders',
      fix: 'leave one of the classes out of dataClasses, and give its values to the strategy itself',
    });
  });

  it('are backed up as often as they are owed', () => {
    const rate = (props: BackupStrategyProps) =>
      all(build(props).primary, 'AWS::Backup::BackupPlan')[0].BackupPlan.BackupPlanRule[0].ScheduleExpression;
    // Owed 6 h for a lost region, of which start window, duration and copy take 5.
    expect(rate({})).toBe('cron(0 * * * ? *)');
    expect(rate({ replicated: true })).toBe('cron(0 0/12 * * ? *)');
  });

  it('are refused where backups lose more than they are owed', () => {
    expect(refusal(() => build({ snapshotInterval: Duration.hours(12) }))).toMatchObject({
      path: 'Shop-eu-west-1/Backup',
      problem:
        'backups lose up to 17 h of data at the loss of a region ' +
        '(12 h interval + 1 h start window + 2 h duration + 2 h copy), but an RPO of 6 h is owed',
      fix: 'use a snapshotInterval of 1 h, or keep it in a store that replicates asynchronously, such as a GlobalTable',
    });
  });

  it('are not refused where their stores replicate', () => {
    expect(() => build({ replicated: true })).not.toThrow();
  });
});

describe('stores that a plan selects are held one by one', () => {
  const rpo = (dataRepair: number) => ({
    dataClasses: [{ name: 'files', rpo: { dataRepair: Span.hours(dataRepair), region: Span.hours(48) } }],
  });
  const built = (around: Around, build: (stack: RegionStack) => void, props: BackupStrategyProps = {}) =>
    inTwoRegions({ tier: IMPORTANT, ...around }, (stack) => {
      if (stack.place.role === RegionRole.PRIMARY) build(stack);
      new BackupStrategy(stack, 'Backup', props);
    });
  const files = (stack: RegionStack) => {
    tagDataClass(new CfnFileSystem(stack, 'Files'), 'files');
  };
  const table = (stack: RegionStack) => {
    const orders = new TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    if (ServiceScope.of(stack)?.service.dataClasses.length) tagDataClass(orders, 'files');
  };
  const replicated = (stack: RegionStack) => ordersIn(stack);

  it('what has no continuous backups loses what snapshots lose', () => {
    const stacks = () => all(built({ service: rpo(5) }, files).primary, 'AWS::Backup::BackupPlan');
    expect(refusal(stacks)).toMatchObject({
      path: 'Shop-eu-west-1/Backup',
      problem:
        'backups lose up to 15 h of files (Shop-eu-west-1/Files) at data repaired from a backup ' +
        '(12 h interval + 1 h start window + 2 h duration), but an RPO of 5 h is owed',
      fix: 'use a snapshotInterval of 2 h',
    });
    const often = { snapshotInterval: Duration.hours(2) };
    expect(() =>
      all(built({ service: rpo(5) }, files, often).primary, 'AWS::Backup::BackupPlan'),
    ).not.toThrow();
  });

  it('and so does a table whose point-in-time recovery is off', () => {
    const stacks = () => all(built({ service: rpo(5) }, table).primary, 'AWS::Backup::BackupPlan');
    expect(refusal(stacks).problem).toMatch(
      /^backups lose up to 15 h of files \(Shop-eu-west-1\/Orders\/Resource\)/,
    );
    const own = () => all(built({ service: rpo(5) }, replicated).primary, 'AWS::Backup::BackupPlan');
    expect(own).not.toThrow();
  });

  it('what replicates nowhere is lost with its region as copies of backups lose it', () => {
    const around = { tier: Tier.BUSINESS_CRITICAL };
    const stacks = (build: (stack: RegionStack) => void, props: BackupStrategyProps = {}) =>
      all(built(around, build, props).primary, 'AWS::Backup::BackupPlan');
    expect(refusal(() => stacks(table))).toMatchObject({
      problem:
        'backups lose up to 11 h of data (Shop-eu-west-1/Orders/Resource) at the loss of a region ' +
        '(6 h interval + 1 h start window + 2 h duration + 2 h copy), but an RPO of 5 min is owed',
      fix: 'keep it in a store that replicates asynchronously, such as a GlobalTable',
    });
    expect(() => stacks(replicated)).not.toThrow();
    // Somebody says what no template shows.
    expect(() => stacks(table, { replicated: true })).not.toThrow();
    expect(() => stacks(table, { weakening: WEAKENING })).not.toThrow();
  });
});

describe('reports', () => {
  it('come daily, and AWS Backup Audit Manager evaluates what the tier owes', () => {
    const { primary } = backups({}, { tier: MISSION_CRITICAL });
    const [framework] = all(primary, 'AWS::Backup::Framework');
    const controls = framework.FrameworkControls.map(
      ({ ControlName }: { ControlName: string }) => ControlName,
    );
    expect(framework.FrameworkName).toBe('shop_backup_reports');
    expect(controls).toEqual([
      'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
      'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
      'BACKUP_RECOVERY_POINT_ENCRYPTED',
      'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
      'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
      'BACKUP_LAST_RECOVERY_POINT_CREATED',
      'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION',
      'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK',
      'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
    ]);
    expect(framework.FrameworkControls[0].ControlInputParameters).toEqual([
      { ParameterName: 'requiredFrequencyUnit', ParameterValue: 'hours' },
      { ParameterName: 'requiredFrequencyValue', ParameterValue: '1' },
      { ParameterName: 'requiredRetentionDays', ParameterValue: '35' },
    ]);
    expect(all(primary, 'AWS::Backup::ReportPlan')[0].ReportSetting).toEqual({
      ReportTemplate: 'BACKUP_JOB_REPORT',
    });
  });

  it('can do without AWS Config', () => {
    const { primary } = backups({ auditFramework: false });
    expect(all(primary, 'AWS::Backup::Framework')).toEqual([]);
    expect(all(primary, 'AWS::Backup::ReportPlan')).toHaveLength(1);
  });
});

describe('an air-gapped vault that is given', () => {
  const arn = (account: string) => `arn:aws:backup:eu-west-1:${account}:backup-vault:central`;

  it('takes copies in another account', () => {
    const snapshots = rule(
      'Snapshots',
      { airGappedVaultArn: arn('999988887777') },
      { tier: MISSION_CRITICAL },
    );
    expect(snapshots.TargetLogicallyAirGappedBackupVaultArn).toBeUndefined();
    expect(JSON.stringify(snapshots.CopyActions)).toContain(arn('999988887777'));
  });

  it('is filled directly in the same account and region', () => {
    const snapshots = rule('Snapshots', { airGappedVaultArn: arn(ACCOUNTS[0]) }, { tier: MISSION_CRITICAL });
    expect(snapshots.TargetLogicallyAirGappedBackupVaultArn).toBe(arn(ACCOUNTS[0]));
  });
});

describe('backups are refused when', () => {
  const problemOf = (props: BackupStrategyProps, around: Around = {}) =>
    refusal(() => synthesised(props, around)).problem;

  it('nothing has the tag', () => {
    const { primary } = inTwoRegions({ tier: BUSINESS_CRITICAL }, (stack) => {
      new BackupStrategy(stack, 'Backup');
    });
    expect(refusal(() => all(primary, 'AWS::Backup::BackupPlan'))).toMatchObject({
      problem: 'its backups select nothing: no store in eu-west-1 has the tag resilience:service = shop',
      fix:
        'build a store in eu-west-1 that AWS Backup covers (DSQL, DocDB, DynamoDB, EC2, EFS, EKS, FSx, Neptune, RDS, ' +
        'Redshift, RedshiftServerless, S3, Timestream), or set backsUp to false here',
    });
  });

  it('copies have no place in another region', () => {
    const stack = shopStack(BUSINESS_CRITICAL);
    expect(refusal(() => new BackupStrategy(stack, 'Backup'))).toMatchObject({
      problem:
        'no copy of a backup leaves eu-west-1: a backup in the lost region is lost with it; ' +
        'only an accepted risk at tier 3 does without',
      fix: 'build the service in a second region too, or set copyVaultArns to a vault in another region',
    });
  });

  it('copies have no place in another region, unless somebody answers for it', () => {
    const stack = shopStack(BUSINESS_CRITICAL);
    new BackupStrategy(stack, 'Backup', { weakening: WEAKENING });
    new TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const { decisions, weakenings } = catalogued(stack);
    expect(decisions.filter(({ what }) => what === 'Backup.backupRegionCopy')).toMatchObject([
      { value: 'missing', source: 'override' },
    ]);
    expect(weakenings).toContainEqual(
      expect.objectContaining({ what: 'Backup.backupRegionCopy', ...WEAKENING }),
    );
  });

  it('nothing is to be backed up where the service serves', () => {
    expect(problemOf({ backsUp: false })).toMatch(/^backsUp is false, but the tier owes true/);
  });

  it('an interval does not divide a day', () => {
    expect(problemOf({ snapshotInterval: Duration.hours(5) })).toBe(
      'snapshotInterval is 5 h, which does not divide a day into equal parts of whole hours',
    );
  });

  it('an interval is longer than the tier owes', () => {
    expect(problemOf({ snapshotInterval: Duration.hours(12) })).toMatch(
      /^snapshotInterval is 12 h, but the tier owes 6 h/,
    );
  });

  it('a retention is shorter than the tier owes', () => {
    expect(problemOf({ backupRetention: Duration.days(30) })).toMatch(
      /^backupRetentionDays is 30, but the tier owes 35/,
    );
  });

  it('a retention is no whole day', () => {
    expect(problemOf({ backupRetention: Duration.hours(36) })).toBe(
      'backupRetention is 36 h, but AWS Backup keeps for whole days',
    );
  });

  it('snapshots of the month are kept for less than the tier owes', () => {
    expect(problemOf({ monthlyBackupRetention: Duration.days(90) }, { tier: MISSION_CRITICAL })).toMatch(
      /^monthlyBackupRetentionDays is 90, but the tier owes 366/,
    );
  });

  it('cold storage is left too early', () => {
    const props = { monthlyBackupRetention: Duration.days(100), moveToColdStorageAfter: Duration.days(30) };
    expect(refusal(() => synthesised(props))).toMatchObject({
      problem:
        'snapshots of the month move to cold storage after 30 d and are deleted after 100 d, ' +
        'but must stay there for 90 d',
      fix: 'set moveToColdStorageAfter to 10 d or less, in whole days, or keep them longer',
    });
  });

  it('nothing could move to cold storage', () => {
    expect(problemOf({ moveToColdStorageAfter: Duration.days(30) })).toBe(
      'moveToColdStorageAfter is set, but no snapshot of the month is kept',
    );
  });

  it('a backup is given up before it could end', () => {
    expect(problemOf({ completionWindow: Duration.hours(1) })).toBe(
      'completionWindow is 1 h, but a backup may start after 1 h and needs one more hour',
    );
  });

  it('there are no continuous backups and the tier owes them', () => {
    expect(problemOf({ continuousBackup: false })).toMatch(
      /^continuousBackup is false, but the tier owes true/,
    );
  });

  it('data repair is owed less than point-in-time recovery keeps', () => {
    const service = { dataClasses: [{ name: 'payments', rpo: { dataRepair: Span.minutes(1) } }] };
    expect(refusal(() => synthesised({}, { service }))).toMatchObject({
      problem:
        'backups lose up to 5 min of data at data repaired from a backup ' +
        '(5 min lag of point-in-time recovery), but an RPO of 1 min is owed',
      fix: 'keep it in a store with versions, such as a versioned bucket, or append only; or give a weakening',
    });
  });

  it('data repair is owed less than snapshots keep, and says what would', () => {
    const service = { dataClasses: [{ name: 'stock', rpo: { dataRepair: Span.hours(5) } }] };
    const daily = { snapshotInterval: Duration.hours(24) };
    expect(refusal(() => synthesised(daily, { tier: STANDARD, service })).fix).toBe(
      'use a snapshotInterval of 2 h, or set continuousBackup to true',
    );
    expect(() => synthesised({}, { tier: STANDARD, service })).not.toThrow();
  });

  it('a lock is weaker than the tier owes', () => {
    expect(problemOf({ vaultLock: VaultLock.GOVERNANCE }, { tier: MISSION_CRITICAL })).toMatch(
      /^vaultLock is governance, but the tier owes compliance/,
    );
  });

  it('tier 0 has no air-gapped copy', () => {
    expect(problemOf({ airGappedCopy: false }, { tier: MISSION_CRITICAL })).toMatch(
      /^airGappedCopy is false, but the tier owes true/,
    );
  });

  it('an ARN is none of a vault', () => {
    expect(problemOf({ copyVaultArns: ['my-vault'] })).toBe('"my-vault" is no ARN of a vault');
  });

  it('copies leave the regions where the data may lie', () => {
    const copyVaultArns = ['arn:aws:backup:us-east-1:111122223333:backup-vault:far'];
    const residency = new Residency({ regions: [PRIMARY, STANDBY] });
    expect(problemOf({ copyVaultArns }, { service: { residency } })).toBe(
      'copies go to us-east-1, where the data of shop may not lie',
    );
  });

  it('a class is not one of the service', () => {
    expect(problemOf({ dataClasses: [{ dataClass: 'orders' }] })).toBe(
      'data class "orders" is not one that its service declares (none)',
    );
  });

  it('a class is backed up in two ways', () => {
    const dataClasses = [{ dataClass: 'orders' }, { dataClass: 'orders' }];
    const service = { dataClasses: [{ name: 'orders' }] };
    expect(problemOf({ dataClasses }, { service })).toBe('data class "orders" is backed up in two ways');
  });

  it('nobody has declared a service', () => {
    const stack = new Stack(new App(), 'Alone');
    expect(refusal(() => new BackupStrategy(stack, 'Backup', { tier: BUSINESS_CRITICAL })).problem).toBe(
      'it is not inside a declared service, so no resource has the tag that it selects by',
    );
  });
});

describe('a weaker value that somebody answers for', () => {
  it('is taken and recorded', () => {
    const { primary } = backups({ snapshotInterval: Duration.hours(12), weakening: WEAKENING });
    const { weakenings } = catalogued(primary);
    expect(weakenings).toContainEqual({ what: 'Backup.snapshotInterval', ...WEAKENING });
  });

  it('lowers the lock with the retention, or every backup would be refused', () => {
    const { primary } = backups({ backupRetention: Duration.days(20), weakening: WEAKENING });
    expect(all(primary, 'AWS::Backup::BackupVault')[0].LockConfiguration.MinRetentionDays).toBe(20);
  });

  it('records a recovery point that backups cannot keep', () => {
    const service = { dataClasses: [{ name: 'payments', rpo: { dataRepair: Span.minutes(1) } }] };
    const { weakenings } = catalogued(backups({ weakening: WEAKENING }, { service }).primary);
    expect(weakenings).toContainEqual({ what: 'Backup.dataRepair.rpo', ...WEAKENING });
  });
});

it('covers the types that the audit says AWS Backup covers', () => {
  expect(Object.keys(BACKED_UP_TYPES).sort()).toEqual([...AUDITED_TYPES].sort());
});
