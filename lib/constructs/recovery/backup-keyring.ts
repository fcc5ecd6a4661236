import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { AccountRootPrincipal, type IRole, PrincipalWithConditions, Role } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { refuse } from '../../objectives/mistakes';
import { createDeadLetters } from '../data/dead-letters';
import { deadLetterAlarm } from '../governance/dead-letter-alarm';
import { ownRunbook, runbookWords } from '../governance/runbook';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { AlarmLayer, tagAlarm } from '../observe/alarm-tags';
import { membershipOf, sharedName } from '../region/membership';
import { keyringPolicy, useAs } from './backup-key-policy';
import { dutyMistakes } from './key-mistakes';
import { KEY_ENDING_ACTIONS } from './key-statements';
import { noticeTopic } from './notice-topic';

/** Properties of a {@link BackupKeyring}. */
export interface BackupKeyringProps extends TieredProps {
  /**
   * Who may administer the key. They are kept from using it.
   *
   * @default - whoever IAM allows to administer keys in the account
   */
  readonly administrators?: IRole[];

  /**
   * Who may use the key other than through AWS Backup. They are kept from ending it.
   *
   * @default - nobody: backups are made and restored through AWS Backup
   */
  readonly users?: IRole[];

  /**
   * The one role that may disable and delete the key, and only in a session with MFA. Sessions of IAM Identity Center
   * say nothing of MFA: name a role that people of the account assume with a device of their own.
   *
   * @default - a role that people of the account can assume with MFA, for an hour
   */
  readonly breakGlassRole?: IRole;

  /**
   * The roles that may change the policy of the key beside the break-glass role, by ARN, `*` allowed: those that deploy.
   * Whoever deploys must be among them, or KMS refuses to make the key.
   *
   * @default - the roles that the CDK's bootstrap gives to CloudFormation in this account and region
   */
  readonly deployerArns?: string[];

  /**
   * Where it is said that somebody tried to end or change the key.
   *
   * @default - a topic of its own, to which somebody must subscribe
   */
  readonly noticeTopic?: ITopic;
}

/**
 * The key of this region's backups, apart from the keys of the data: who can read the data cannot read or destroy its
 * backups. Those who administer it cannot use it and those who use it cannot administer it; AWS Backup uses it for whoever
 * may restore; only a break-glass role with MFA disables or deletes it, and everybody hears of each attempt. In a stage
 * that is not production nothing is denied, so that it can be torn down.
 *
 * @throws ConfigurationError when a role both administers and uses the key, or the break-glass role does either
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export class BackupKeyring extends Construct {
  readonly key: Key;
  readonly alias: Alias;
  readonly breakGlassRole: IRole;

  /** Catches attempts to end or change the key. */
  readonly attempts: Rule;

  /** Fires at each attempt. */
  readonly alarm: Alarm;

  /** Where attempts are told. */
  readonly noticeTopic: ITopic;

  /** Where attempts are kept that could not be told. */
  readonly deadLetters: Queue;

  /** Fires while attempts are kept that could not be told. */
  readonly unhandled: Alarm;

  constructor(scope: Construct, id: string, props: BackupKeyringProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const { administrators = [], users = [] } = props;
    refuse(this.node.path, dutyMistakes({ administrators, users }));
    if (props.breakGlassRole) refuse(this.node.path, breakGlassMistakes(props.breakGlassRole, props));
    choices.locked({ what: 'deletionDenied', chosen: undefined });
    this.breakGlassRole = props.breakGlassRole ?? this.createBreakGlassRole();
    this.key = new Key(this, 'Key', {
      description: `${sharedName(this)}: backups`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: Duration.days(choices.nonProduction ? 7 : 30),
      removalPolicy: choices.removalPolicy,
      policy: keyringPolicy(this, choices, {
        ...props,
        breakGlassArn: this.breakGlassRole.roleArn,
        peerAccounts: this.peerAccounts(),
      }),
    });
    this.alias = new Alias(this, 'Alias', { aliasName: `alias/${sharedName(this)}`, targetKey: this.key });
    this.noticeTopic = noticeTopic(this, choices, props.noticeTopic);
    this.deadLetters = createDeadLetters(this, choices, {});
    this.unhandled = deadLetterAlarm(this, this.deadLetters, this.noticeTopic, {
      layer: AlarmLayer.INFRASTRUCTURE,
      tier: choices.tier,
    });
    this.attempts = this.createRule();
    this.alarm = this.createAlarm(choices);
  }

  /**
   * Lets AWS Backup use the key while it works as a role. Only for roles that nobody but AWS Backup can assume.
   *
   * @param duty what the role does, a word of letters: `Backup`, `Restore`
   */
  serve(role: IRole, duty: string): void {
    for (const statement of useAs(duty, [role])) this.key.addToResourcePolicy(statement);
  }

  private peerAccounts(): string[] {
    const accounts = membershipOf(this)?.peers.flatMap(({ account }) => account ?? []) ?? [];
    return [...new Set(accounts)].sort();
  }

  private createBreakGlassRole(): Role {
    return new Role(this, 'BreakGlass', {
      description: 'May disable and delete the key of backups, with MFA only',
      assumedBy: new PrincipalWithConditions(new AccountRootPrincipal(), {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      }),
      maxSessionDuration: Duration.hours(1),
    });
  }

  /** CloudTrail tells of calls that were refused too. */
  private createRule(): Rule {
    return new Rule(this, 'Attempts', {
      description: 'Somebody tried to end the key of backups or to change its policy',
      eventPattern: {
        source: ['aws.kms'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          eventName: [...KEY_ENDING_ACTIONS],
          $or: [
            { resources: { ARN: [this.key.keyArn] } },
            { requestParameters: { keyId: [this.key.keyId, this.key.keyArn] } },
          ],
        },
      },
      targets: [new SnsTopic(this.noticeTopic, { deadLetterQueue: this.deadLetters, retryAttempts: 10 })],
    });
  }

  private createAlarm({ tier }: TierChoices): Alarm {
    const runbook = ownRunbook(this);
    const alarm = new Alarm(this, 'Attempted', {
      alarmDescription: `Somebody tried to end the key of backups or to change its policy: find out who, and why.${runbookWords({ runbook })}`,
      metric: new Metric({
        namespace: 'AWS/Events',
        metricName: 'MatchedEvents',
        dimensionsMap: { RuleName: this.attempts.ruleName },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // No attempt, no data.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.noticeTopic));
    tagAlarm(alarm, { layer: AlarmLayer.INFRASTRUCTURE, tier, runbook, severity: 'page' });
    return alarm;
  }
}

function breakGlassMistakes(role: IRole, { administrators = [], users = [] }: BackupKeyringProps) {
  return dutyMistakes({ administrators: [role], users: [...administrators, ...users] }).map(
    ({ problem }) => ({
      problem: problem.replace(
        'both administers and uses the key',
        'breaks the glass and works with the key every day',
      ),
      fix: 'keep the break-glass role for emergencies only',
    }),
  );
}
