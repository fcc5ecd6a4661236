import { CfnLogicallyAirGappedBackupVault } from 'aws-cdk-lib/aws-backup';
import { AccountPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { Aws, type Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { formatSeconds } from '../../calculus/time-span';
import { type Mistake, quoted, refuse } from '../../objectives/mistakes';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { sharedName } from '../region/membership';

/** Properties of an {@link AirGappedVault}. */
export interface AirGappedVaultProps extends TieredProps {
  /**
   * The name of the vault, by which plans of other accounts find it. Lower-case letters, digits and hyphens.
   *
   * @default - made of the service and the path below the stack, the same in all regions
   */
  readonly vaultName?: string;

  /**
   * The least time that a backup is kept; what is to be kept for less is not taken. Cannot be changed later.
   *
   * @default Duration.days(7) the least there is, so that every plan can send its backups here
   */
  readonly minRetention?: Duration;

  /**
   * The longest time that a backup is kept; what is to be kept for longer is not taken. Cannot be changed later.
   *
   * @default Duration.days(3653) ten years
   */
  readonly maxRetention?: Duration;

  /**
   * Accounts whose plans copy into it.
   *
   * @default - none but its own
   */
  readonly sourceAccounts?: string[];

  /**
   * The ARN of the team that must agree when another account is to get at the backups because this one is lost. Teams
   * live in us-east-1 (see {@link ApprovalTeam}) and AWS makes up their ARNs: make the team first, and write down what
   * it is called. Cannot be changed by a template later.
   *
   * @default - none: the vault can only be shared from its own account
   */
  readonly approvalTeamArn?: string;

  /**
   * The key that its backups are encrypted with.
   *
   * @default - a key that AWS owns: it is not lost with any account of yours
   */
  readonly encryptionKey?: IKeyRef;
}

/**
 * A logically air-gapped vault: AWS Backup keeps it in an account of its own, locked in compliance mode from the first
 * moment. Nobody deletes what is in it before its time, neither an intruder who owns the account nor AWS.
 *
 * Put it into the stack of the backup account and give its ARN to the plans of others; a {@link BackupStrategy} at tier 0
 * without such an ARN makes one in its own account. In a stage that is not production it is kept too once it holds a
 * backup: there is no way to empty it.
 *
 * @throws ConfigurationError when its retentions do not fit together
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
 */
export class AirGappedVault extends Construct {
  /** The ARN of a vault by its name, for plans that cannot refer to it. */
  static arnOf(account: string, region: string, vaultName: string): string {
    return `arn:${Aws.PARTITION}:backup:${region}:${account}:backup-vault:${vaultName}`;
  }

  readonly vault: CfnLogicallyAirGappedBackupVault;
  readonly vaultName: string;

  /** Made of its name, not referred to. */
  readonly vaultArn: string;

  constructor(scope: Construct, id: string, props: AirGappedVaultProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const minDays = props.minRetention?.toDays() ?? LEAST_DAYS;
    const maxDays = props.maxRetention?.toDays() ?? DEFAULT_MOST_DAYS;
    refuse(this.node.path, [
      ...retentionMistakes(minDays, maxDays),
      ...nameMistakes(props.vaultName),
      ...teamMistakes(props.approvalTeamArn),
    ]);
    choices.record({
      what: 'retention',
      value: `${formatSeconds(minDays * DAY)} to ${formatSeconds(maxDays * DAY)}`,
      because: 'locked in compliance mode from the first moment, and never changed',
      source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html',
    });
    const { account, region } = Stack.of(this);
    this.vaultName = props.vaultName ?? sharedName(this, 50);
    this.vaultArn = AirGappedVault.arnOf(account, region, this.vaultName);
    const accounts = (props.sourceAccounts ?? []).filter((each) => each !== account);
    this.vault = new CfnLogicallyAirGappedBackupVault(this, 'Vault', {
      backupVaultName: this.vaultName,
      minRetentionDays: minDays,
      maxRetentionDays: maxDays,
      ...(accounts.length > 0 && { accessPolicy: copiesFrom(accounts) }),
      ...(props.approvalTeamArn !== undefined && { mpaApprovalTeamArn: props.approvalTeamArn }),
      ...(props.encryptionKey && { encryptionKeyArn: props.encryptionKey.keyRef.keyArn }),
    });
    this.vault.applyRemovalPolicy(choices.removalPolicy);
  }
}

const DAY = 86_400;
const LEAST_DAYS = 7;
const DEFAULT_MOST_DAYS = 3653;

/** The longest that AWS Backup keeps anything in a locked vault. */
const MOST_DAYS = 36_500;

function copiesFrom(accounts: readonly string[]): PolicyDocument {
  const principals = accounts.map((account) => new AccountPrincipal(account));
  const statement = { principals, actions: ['backup:CopyIntoBackupVault'], resources: ['*'] };
  return new PolicyDocument({ statements: [new PolicyStatement(statement)] });
}

function retentionMistakes(minDays: number, maxDays: number): Mistake[] {
  if ([minDays, maxDays].some((days) => Token.isUnresolved(days))) return [];
  const mistakes: Mistake[] = [];
  if (minDays < LEAST_DAYS) {
    mistakes.push({
      problem: `minRetention is ${minDays} d, but an air-gapped vault keeps for ${LEAST_DAYS} d at least`,
      fix: `set minRetention to Duration.days(${LEAST_DAYS}) or more`,
    });
  }
  if (maxDays < minDays || maxDays > MOST_DAYS) {
    mistakes.push({
      problem: `maxRetention is ${maxDays} d, which is not between minRetention (${minDays} d) and ${MOST_DAYS} d`,
      fix: `set maxRetention to Duration.days(${minDays}) or more, and ${MOST_DAYS} at most`,
    });
  }
  return mistakes;
}

function nameMistakes(name: string | undefined): Mistake[] {
  if (name === undefined || Token.isUnresolved(name) || /^[a-z0-9-]{2,50}$/.test(name)) return [];
  return [
    {
      problem: `vaultName ${quoted(name)} is no name of an air-gapped vault`,
      fix: 'use 2 to 50 lower-case letters, digits and hyphens',
    },
  ];
}

function teamMistakes(arn: string | undefined): Mistake[] {
  if (arn === undefined || Token.isUnresolved(arn)) return [];
  if (/^arn:[^:]+:mpa:[^:]+:\d{12}:approval-team\/[a-zA-Z0-9._-]+$/.test(arn)) return [];
  return [
    {
      problem: `approvalTeamArn ${quoted(arn)} is no ARN of an approval team`,
      fix: 'write arn:aws:mpa:us-east-1:<account>:approval-team/<name and id>',
    },
  ];
}
