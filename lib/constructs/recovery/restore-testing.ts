import { CfnRestoreTestingPlan, type CfnRestoreTestingSelection as Selection } from 'aws-cdk-lib/aws-backup';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../errors';
import { missing, refuse } from '../../objectives/mistakes';
import { acknowledgeNag } from '../governance/nag';
import { ServiceScope } from '../governance/service-scope';
import { TierChoices } from '../governance/tier-choices';
import { membershipOf, sharedName } from '../region/membership';
import { deadLetterAlarm } from './dead-letter-alarm';
import { givenNetwork, IsolatedNetwork, type RestoreNetwork } from './isolated-network';
import { noticeTopic } from './notice-topic';
import { IN_NETWORK } from './restore-metadata';
import { restoreRole } from './restore-role';
import { testSchedule } from './restore-schedule';
import { restoreSelections } from './restore-selections';
import { restoreTestingMistakes, untestedMistakes } from './restore-testing-mistakes';
import type { RestoreTestingProps } from './restore-testing-props';
import { RestoreValidator } from './restore-validator';
import { RestoreWatch } from './restore-watch';

/**
 * Restores a random backup of each type again and again, into a network that leads nowhere, looks whether what was restored
 * is there and can be used, tells AWS Backup, and raises an alarm when a type has not been restored in time. What is
 * restored is deleted by AWS Backup.
 *
 * Place it in the region where backups are made. It finds the stores by the tag `resilience:service`, as the backups do.
 *
 * @throws ConfigurationError when a type that is tested has no store, a type that has stores is not tested, or the
 * zones of the isolated network are not known
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export class RestoreTesting extends Construct {
  readonly plan: CfnRestoreTestingPlan;

  /** One for each type. */
  readonly selections: readonly Selection[];

  /** What AWS Backup restores as. */
  readonly role: IRole;

  /** Where copies live; `undefined` where no type is restored into a network. */
  readonly network: RestoreNetwork | undefined;

  /** Looks at what was restored. */
  readonly validator: Handler;

  /** Calls the validator. */
  readonly rule: Rule;

  /** Events that could not be handled. */
  readonly deadLetters: Queue;

  /** Fires when a type is overdue, or nobody knows. */
  readonly overdue: Alarm;

  /** Fires when an event could not be handled. */
  readonly unhandled: Alarm;

  /** Where the alarms are told. */
  readonly noticeTopic: ITopic;

  constructor(scope: Construct, id: string, props: RestoreTestingProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'resourceTypes'));
    const choices = new TierChoices(this, props);
    const service = this.serviceName();
    refuse(this.node.path, restoreTestingMistakes(props));
    const days = this.chooseDays(choices, props);
    const types = [...new Set(props.resourceTypes)].sort();
    this.plan = this.createPlan(props, days);
    this.role = props.role ?? restoreRole(this, types);
    props.keyring?.serve(this.role, `Restore${this.node.addr.slice(-8)}`);
    this.network = this.chooseNetwork(choices, props);
    this.selections = restoreSelections(this, this.plan, {
      types,
      service,
      roleArn: this.role.roleArn,
      network: this.network,
      overrides: props.restoreMetadata ?? {},
      validationHours: props.validationWindow?.toHours() ?? 8,
    });
    this.noticeTopic = noticeTopic(this, choices, props.noticeTopic);
    this.deadLetters = this.createDeadLetters();
    this.unhandled = deadLetterAlarm(this, this.deadLetters, this.noticeTopic);
    const planArn = this.plan.attrRestoreTestingPlanArn;
    const { deadLetters } = this;
    const validator = new RestoreValidator(this, 'Validation', choices, {
      planArn,
      types,
      contentCheck: props.contentCheck,
      deadLetters,
    });
    this.validator = validator.handler;
    this.rule = validator.rule;
    this.overdue = new RestoreWatch(this, 'Watch', choices, {
      planName: this.plan.restoreTestingPlanName,
      planArn,
      types,
      days: days + GRACE_DAYS,
      deadLetters,
      topic: this.noticeTopic,
    }).alarm;
    this.node.addValidation({
      validate: () => {
        refuse(this.node.path, untestedMistakes(this, service, types));
        return [];
      },
    });
  }

  private serviceName(): string {
    const declared = ServiceScope.of(this);
    if (declared) return declared.service.name;
    throw new ConfigurationError({
      path: this.node.path,
      problem: 'it is not inside a declared service, so no resource has the tag that it selects by',
      fix: 'declare the service with declareService or a RegionSet',
    });
  }

  private chooseDays(choices: TierChoices, { interval }: RestoreTestingProps): number {
    const { restoreTestInterval } = choices.policy;
    const chosen = choices.shortest({
      what: 'restoreTestInterval',
      owed: restoreTestInterval,
      chosen: interval,
    });
    return chosen.toDays();
  }

  private createPlan({ vaults, selectionWindow, startWindow }: RestoreTestingProps, days: number) {
    return new CfnRestoreTestingPlan(this, 'Plan', {
      // Letters, digits and underscores only; a hyphen passes the schema and fails at deployment.
      restoreTestingPlanName: sharedName(this, 50).replaceAll('-', '_'),
      scheduleExpression: testSchedule(days),
      startWindowHours: startWindow?.toHours() ?? 24,
      recoveryPointSelection: {
        algorithm: 'RANDOM_WITHIN_WINDOW',
        includeVaults: vaults?.map(({ backupVaultArn }) => backupVaultArn) ?? ['*'],
        recoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
        selectionWindowDays: selectionWindow?.toDays() ?? 30,
      },
    });
  }

  private chooseNetwork(choices: TierChoices, props: RestoreTestingProps): RestoreNetwork | undefined {
    if (!props.resourceTypes.some((type) => IN_NETWORK.includes(type))) return undefined;
    if (props.vpc) return givenNetwork(this, props.vpc, props.securityGroup);
    const zones = props.availabilityZones ?? membershipOf(this)?.place.availabilityZones ?? [];
    if (zones.length >= 2) return new IsolatedNetwork(this, 'Network', choices, zones);
    throw new ConfigurationError({
      path: this.node.path,
      problem: `the zones of the isolated network are not known: 2 are needed, ${zones.length} named`,
      fix: 'set availabilityZones to 2 names, give a vpc, or build the stack with a RegionSet',
    });
  }

  private createDeadLetters(): Queue {
    const queue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledgeNag(queue, 'SQS3', 'It takes the dead letters itself.');
    return queue;
  }
}

/** Start and validation windows, and a restore of a large store. */
const GRACE_DAYS = 3;
