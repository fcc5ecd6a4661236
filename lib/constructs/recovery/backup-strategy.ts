import { type BackupVault, CfnBackupPlan, CfnBackupSelection } from 'aws-cdk-lib/aws-backup';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../errors';
import { decide } from '../../objectives/decision';
import { refuse } from '../../objectives/mistakes';
import { VaultLock } from '../../objectives/policy/backup';
import { regionInWords } from '../governance/left-open';
import { acknowledgeNag } from '../governance/nag';
import { ServiceScope } from '../governance/service-scope';
import { TierChoices } from '../governance/tier-choices';
import { membershipOf, sharedName } from '../region/membership';
import { AirGappedVault } from './air-gapped-vault';
import { BACKED_UP_TYPES } from './backed-up-types';
import { BackupKeyring } from './backup-keyring';
import { selectedShortfalls } from './backup-loss';
import { BackupReports } from './backup-reports';
import { type BackupPlaces, backupRules } from './backup-rules';
import { type BackupSet, backupSets, leastKeptDays, owedToStore } from './backup-sets';
import { backupStrategyMistakes } from './backup-strategy-mistakes';
import type { BackupStrategyProps } from './backup-strategy-props';
import { copyPlaces } from './copy-places';
import { recoveryVault } from './recovery-vault';
import { serves } from './serves';
import { storesSelected } from './stores-selected';
import { taggedResources } from './tagged-resources';

/**
 * This region's part of the backups of a service. A region that serves has a vault, a plan and continuous backups as the
 * tier owes, each snapshot copied to the vault of the other region; a standby has the vault that takes the copies. What is
 * backed up is found by the tags `resilience:service` and `resilience:data-class`: all stores of the service in this
 * account and region, whichever stack they are in.
 *
 * Nobody deletes a backup by hand; only those who deploy change the vault. In a stage that is not production nothing is
 * locked or denied, and backups are kept for a week.
 *
 * @throws ConfigurationError when backups lose more than the data is owed, when nothing has the tags, when copies have no
 * place in another region, or when cold storage and retention do not fit together
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html
 */
export class BackupStrategy extends Construct {
  readonly vault: BackupVault;
  readonly keyring: BackupKeyring;

  /** The logically air-gapped vault that is made here; `undefined` where none is owed or one is given. */
  readonly airGappedVault: AirGappedVault | undefined;

  /** The plans: the first for all data, then one for each of `dataClasses`. Empty where no backups are made. */
  readonly plans: readonly CfnBackupPlan[];

  /** What each plan selects. */
  readonly selections: readonly CfnBackupSelection[];

  /** What AWS Backup works as; `undefined` where no backups are made. */
  readonly role: Role | undefined;

  /** Evaluation and reports; `undefined` where no backups are made. */
  readonly reports: BackupReports | undefined;

  constructor(scope: Construct, id: string, props: BackupStrategyProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const { service } = this.requireService();
    refuse(this.node.path, backupStrategyMistakes(props, service));
    const backsUp = choices.on({
      what: 'backsUp',
      owed: { ...BACKED_UP, value: serves(this) },
      chosen: props.backsUp,
    });
    this.keyring = props.keyring ?? new BackupKeyring(this, 'Keyring', keyringProps(props));
    const lock = this.chooseLock(choices, props);
    this.vault = recoveryVault(this, choices, {
      name: sharedName(this, 50),
      key: this.keyring.key,
      lock,
      leastDays: leastKeptDays(choices, props),
      accounts: this.peerAccounts(),
      deployerArns: props.deployerArns,
      notices: props.noticeTopic ?? this.keyring.noticeTopic,
    });
    if (!backsUp) {
      this.plans = [];
      this.selections = [];
      return;
    }
    const { copyArns, airGappedArn, ownAirGapped } = copyPlaces(this, choices, props);
    this.airGappedVault = ownAirGapped ? new AirGappedVault(this, 'AirGapped') : undefined;
    const places: BackupPlaces = {
      vaultName: this.vault.backupVaultName,
      copyArns,
      tags: { 'resilience:service': service.name },
      airGappedArn: this.airGappedVault?.vault.attrBackupVaultArn ?? airGappedArn,
    };
    const sets = backupSets(this, choices, props, copyArns.length > 0);
    this.role = this.createRole();
    this.keyring.serve(this.role, `Backup${this.node.addr.slice(-8)}`);
    const planned = sets.map((set) => this.createPlan(set, places, this.role as Role));
    this.plans = planned.map(({ plan }) => plan);
    this.selections = planned.map(({ selection }) => selection);
    this.reports = this.createReports(choices, props, { sets, places, lock });
    this.node.addValidation({ validate: () => this.refuseEmpty(sets) });
    if (!props.weakening) this.node.addValidation({ validate: () => this.holdSelected(sets) });
  }

  private requireService(): ServiceScope {
    const declared = ServiceScope.of(this);
    if (declared) return declared;
    throw new ConfigurationError({
      path: this.node.path,
      problem: 'it is not inside a declared service, so no resource has the tag that it selects by',
      fix: 'declare the service with declareService or a RegionSet',
    });
  }

  private peerAccounts(): string[] {
    const own = Stack.of(this).account;
    const accounts = membershipOf(this)?.peers.flatMap(({ account }) => account ?? []) ?? [];
    return [...new Set(accounts)].filter((account) => account !== own).sort();
  }

  private chooseLock(choices: TierChoices, { vaultLock, weakening }: BackupStrategyProps): VaultLock {
    const { value, decision, ...rest } = decide({
      path: this.node.path,
      what: 'vaultLock',
      owed: choices.nonProduction ? { ...choices.policy.vaultLock, ...UNLOCKED } : choices.policy.vaultLock,
      override: vaultLock,
      isWeaker: (mine, owed) => STRENGTH.indexOf(mine) < STRENGTH.indexOf(owed),
      weakening,
    });
    choices.record(decision, rest.weakening);
    return value;
  }

  private createRole(): Role {
    const role = new Role(this, 'Role', {
      description: 'Makes and copies backups',
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: POLICIES.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    for (const name of POLICIES) {
      acknowledgeNag(
        role,
        `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`,
        'AWS keeps this policy in step with what AWS Backup needs for each type; a copy of it would fail with the next type.',
      );
    }
    return role;
  }

  private createPlan(set: BackupSet, places: BackupPlaces, role: Role) {
    const scope = set.dataClass === undefined ? this : new Construct(this, pascal(set.dataClass));
    const name = `${sharedName(this, 40)}${set.dataClass === undefined ? '' : `-${set.dataClass}`}`;
    const plan = new CfnBackupPlan(scope, 'Plan', {
      backupPlan: { backupPlanName: name, backupPlanRule: backupRules(set.schedule, places) },
    });
    const selection = new CfnBackupSelection(scope, 'Selection', {
      backupPlanId: plan.attrBackupPlanId,
      backupSelection: {
        selectionName: 'tagged',
        iamRoleArn: role.roleArn,
        resources: ['*'],
        conditions: conditionsOf(set),
      },
    });
    return { plan, selection };
  }

  private createReports(choices: TierChoices, props: BackupStrategyProps, made: Made): BackupReports {
    const [first] = made.sets;
    const { auditFramework = true } = props;
    const controls = auditFramework &&
      first && {
        service: this.requireService().service.name,
        intervalHours: first.schedule.intervalHours,
        retentionDays: Math.min(...made.sets.map(({ schedule }) => schedule.retentionDays)),
        oldestHours: Math.max(...made.sets.map(({ oldestHours }) => oldestHours)),
        copied: made.places.copyArns.length > 0,
        locked: made.lock !== VaultLock.NONE,
        airGapped: made.places.airGappedArn !== undefined,
      };
    return new BackupReports(this, 'Reports', choices, controls || undefined);
  }

  /** What is lost of a store hangs on what it is: which ones are selected is known once the aspects have set the tags. */
  private holdSelected(sets: readonly BackupSet[]): string[] {
    const { service } = this.requireService();
    refuse(
      this.node.path,
      sets.flatMap(({ tags, schedule, reckoning, saidToReplicate }) => {
        const stores = storesSelected(this, tags, schedule.continuous);
        const looked = saidToReplicate ? stores.map((store) => ({ ...store, alone: false })) : stores;
        return selectedShortfalls(reckoning, looked, (store) => owedToStore(service, store));
      }),
    );
    return [];
  }

  /** Asked once the aspects have set the tags. */
  private refuseEmpty(sets: readonly BackupSet[]): string[] {
    const region = regionInWords(this);
    const empty = sets.filter(({ tags }) => taggedResources(this, tags).length === 0);
    refuse(
      this.node.path,
      empty.map(({ tags, dataClass }) => ({
        problem: `its backups select nothing: no store in ${region} has the tag ${tagged(tags.has)}${beside(sets, dataClass)}`,
        fix: fixFor(region, dataClass, sets.length > 1 && empty.length < sets.length),
      })),
    );
    return [];
  }
}

const BACKED_UP = {
  because: 'a region that serves backs up what it keeps; one that waits takes the copies',
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html',
};

interface Made {
  readonly sets: readonly BackupSet[];
  readonly places: BackupPlaces;
  readonly lock: VaultLock;
}

/** The services in {@link BACKED_UP_TYPES}. */
const COVERED = [...new Set(Object.keys(BACKED_UP_TYPES).map((type) => type.split('::')[1]))].join(', ');

const POLICIES = [
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'AWSBackupServiceRolePolicyForS3Backup',
];

const STRENGTH = [VaultLock.NONE, VaultLock.GOVERNANCE, VaultLock.COMPLIANCE];

const UNLOCKED = { value: VaultLock.NONE, because: 'this stage is not production: it may be torn down' };

function keyringProps({ tier, weakening, noticeTopic, deployerArns }: BackupStrategyProps) {
  return {
    ...(tier !== undefined && { tier }),
    ...(weakening && { weakening }),
    ...(noticeTopic && { noticeTopic }),
    ...(deployerArns && { deployerArns }),
  };
}

function conditionsOf({ tags }: BackupSet) {
  const condition = (key: string, value: string) => ({
    ConditionKey: `aws:ResourceTag/${key}`,
    ConditionValue: value,
  });
  const equals = Object.entries(tags.has).map(([key, value]) => condition(key, value));
  const differs = tags.hasNot.map(([key, value]) => condition(key, value));
  return { StringEquals: equals, ...(differs.length > 0 && { StringNotEquals: differs }) };
}

/** The first plan is for what has no other. */
function beside([, ...others]: readonly BackupSet[], dataClass: string | undefined): string {
  if (dataClass !== undefined || others.length === 0) return '';
  return ` beside those of ${others.map((each) => each.dataClass).join(', ')}`;
}

function fixFor(region: string, dataClass: string | undefined, isElsewhere: boolean): string {
  if (dataClass !== undefined)
    return `set dataClass on the stores of ${dataClass}, tag them with tagDataClass, or leave the class out`;
  return isElsewhere
    ? 'leave one of the classes out of dataClasses, and give its values to the strategy itself'
    : `build a store in ${region} that AWS Backup covers (${COVERED}), or set backsUp to false here`;
}

function tagged(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key} = ${value}`)
    .join(' and ');
}

/** `card-payments` as `CardPayments`. */
function pascal(name: string): string {
  return name
    .split(/[^a-zA-Z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
