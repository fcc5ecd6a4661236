import { CfnRestoreTestingPlan, type CfnRestoreTestingSelection as Selection } from 'aws-cdk-lib/aws-backup';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { AspectPriority, Aspects, Duration } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { ConfigurationError } from '../../errors';
import { refuse } from '../../objectives/mistakes';
import { deadLetterAlarm } from '../governance/dead-letter-alarm';
import { acknowledgeNag } from '../governance/nag';
import { ServiceScope } from '../governance/service-scope';
import { TierChoices } from '../governance/tier-choices';
import { AlarmLayer } from '../observe/alarm-tags';
import { membershipOf, sharedName } from '../region/membership';
import { zoneListMistakes } from '../region/zones';
import { givenNetwork, IsolatedNetwork, type RestoreNetwork } from './isolated-network';
import { noticeTopic } from './notice-topic';
import { IN_NETWORK } from './restore-metadata';
import { allowBuckets, restoreRole } from './restore-role';
import { testSchedule } from './restore-schedule';
import { restoreSelections } from './restore-selections';
import { RestoreTestType } from './restore-test-type';
import {
  keptTypes,
  nothingMistakes,
  restoreTestingMistakes,
  untestedMistakes,
} from './restore-testing-mistakes';
import type { RestoreTestingProps } from './restore-testing-props';
import { RestoreValidator } from './restore-validator';
import { RestoreWatch } from './restore-watch';
import { serves } from './serves';

/**
 * Restores a random backup of each type again and again, into a network that leads nowhere, looks whether what was restored
 * is there and can be used, tells AWS Backup, and raises an alarm when a type has not been restored in time. What is
 * restored is deleted by AWS Backup.
 *
 * The same code will do in all regions: it restores where the service serves, which is where backups are made. It finds
 * the stores by the tag `resilience:service`, as the backups do, once the app is synthesised.
 *
 * @throws ConfigurationError when there is nothing to restore, a store of a type that is not named, or the zones of the
 * isolated network are not known
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export class RestoreTesting extends Construct {
  /** `undefined` where nothing is restored, as all that follows. */
  readonly plan: CfnRestoreTestingPlan | undefined;

  /** What AWS Backup restores as. */
  readonly role: IRole | undefined;

  /** Looks at what was restored. */
  readonly validator: Handler | undefined;

  /** Calls the validator. */
  readonly rule: Rule | undefined;

  /** Events that could not be handled. */
  readonly deadLetters: Queue | undefined;

  /** Fires when a type is overdue, or nobody knows. */
  readonly overdue: Alarm | undefined;

  /** Fires when an event could not be handled. */
  readonly unhandled: Alarm | undefined;

  /** Where the alarms are told. */
  readonly noticeTopic: ITopic | undefined;

  private readonly service: string;
  private built: Built | undefined;

  constructor(scope: Construct, id: string, props: RestoreTestingProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    this.service = this.serviceName();
    refuse(this.node.path, restoreTestingMistakes(props));
    if (!this.chooseWhether(choices, props)) return;
    const days = this.chooseDays(choices, props);
    this.plan = this.createPlan(props, days);
    const ownRole = props.role ? undefined : restoreRole(this);
    this.role = props.role ?? ownRole;
    if (this.role) props.keyring?.serve(this.role, `Restore${this.node.addr.slice(-8)}`);
    this.noticeTopic = noticeTopic(this, choices, props.noticeTopic);
    this.deadLetters = this.createDeadLetters();
    this.unhandled = deadLetterAlarm(this, this.deadLetters, this.noticeTopic, {
      meaning: UNVALIDATED,
      layer: AlarmLayer.INFRASTRUCTURE,
      tier: choices.tier,
    });
    const { deadLetters } = this;
    const planArn = this.plan.attrRestoreTestingPlanArn;
    const { contentCheck } = props;
    const validator = new RestoreValidator(this, 'Validation', choices, {
      planArn,
      contentCheck,
      deadLetters,
    });
    this.validator = validator.handler;
    this.rule = validator.rule;
    this.overdue = new RestoreWatch(this, 'Watch', choices, {
      planName: this.plan.restoreTestingPlanName,
      planArn,
      types: () => this.types,
      days: days + GRACE_DAYS,
      deadLetters,
      topic: this.noticeTopic,
      tier: choices.tier,
    }).alarm;
    this.buildOnceKnown(choices, props, (types) => {
      if (ownRole && types.includes(RestoreTestType.S3)) allowBuckets(ownRole);
      validator.lookAt(types);
    });
  }

  /** The types that are restored; none before the app is synthesised. */
  get types(): readonly RestoreTestType[] {
    return this.built?.types ?? [];
  }

  /** One for each type; none before the app is synthesised. */
  get selections(): readonly Selection[] {
    return this.built?.selections ?? [];
  }

  /** Where copies live; `undefined` where no type is restored into a network, and before the app is synthesised. */
  get network(): RestoreNetwork | undefined {
    return this.built?.network;
  }

  /** What the service keeps is known only when all constructs are there: an aspect asks. */
  private buildOnceKnown(
    choices: TierChoices,
    props: RestoreTestingProps,
    prepare: (types: readonly RestoreTestType[]) => void,
  ): void {
    const build = (): void => {
      this.built ??= this.build(choices, props);
      prepare(this.types);
    };
    const visit = (node: IConstruct): void => {
      if (node === this && !this.built) build();
    };
    Aspects.of(this).add({ visit }, { priority: AspectPriority.MUTATING });
    this.node.addValidation({
      validate: () => {
        refuse(this.node.path, untestedMistakes(this, this.service, this.types));
        return [];
      },
    });
  }

  private build(choices: TierChoices, props: RestoreTestingProps): Built {
    const { plan, role, service } = this;
    const kept = keptTypes(this, service);
    const types = kept.filter((type) => props.resourceTypes?.includes(type) ?? true);
    refuse(this.node.path, nothingMistakes(this, service, { kept, types }));
    const network = this.chooseNetwork(choices, props, types);
    if (!plan || !role) return { types, network, selections: [] };
    const selections = restoreSelections(this, plan, {
      types,
      service,
      roleArn: role.roleArn,
      network,
      overrides: props.restoreMetadata ?? {},
      validationHours: props.validationWindow?.toHours() ?? 8,
    });
    return { types, network, selections };
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

  private chooseWhether(choices: TierChoices, { restores, resourceTypes }: RestoreTestingProps): boolean {
    return choices.on({
      what: 'restores',
      owed: { ...RESTORED, value: serves(this) },
      chosen: restores ?? (resourceTypes && true),
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

  private chooseNetwork(
    choices: TierChoices,
    props: RestoreTestingProps,
    types: readonly RestoreTestType[],
  ): RestoreNetwork | undefined {
    if (!types.some((type) => IN_NETWORK.includes(type))) return undefined;
    if (props.vpc) return givenNetwork(this, props.vpc, props.securityGroup);
    const zones = props.availabilityZones ?? membershipOf(this)?.place.availabilityZones ?? [];
    refuse(this.node.path, zoneListMistakes(zones));
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

/** What is built once the types are known. */
interface Built {
  readonly types: readonly RestoreTestType[];
  readonly selections: readonly Selection[];
  readonly network: RestoreNetwork | undefined;
}

const RESTORED = {
  because: 'a region that serves makes backups, and restores them',
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html',
};

const UNVALIDATED =
  'A restore test could not be validated: see the log of the validator, then move the messages back.';

/** Start and validation windows, and a restore of a large store. */
const GRACE_DAYS = 3;
