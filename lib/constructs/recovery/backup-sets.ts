import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { copiesKeep } from '../../calculus/stores/snapshots';
import { formatSeconds, Span, type TimeSpan } from '../../calculus/time-span';
import type { DataDisruption } from '../../objectives/disruption';
import { refuse } from '../../objectives/mistakes';
import type { Decided } from '../../objectives/policy/decided';
import { ReplicationMode } from '../../objectives/policy/regions';
import { OWN_DECISION } from '../../objectives/policy/sources';
import type { Service } from '../../objectives/service';
import { checkWeakening } from '../../objectives/weakening';
import { ServiceScope } from '../governance/service-scope';
import type { TierChoice, TierChoices } from '../governance/tier-choices';
import {
  type BackupReckoning,
  backupShortfalls,
  longestInterval,
  lossesOf,
  type OwedToStore,
} from './backup-loss';
import type { BackupSchedule } from './backup-rules';
import { coldMistakes } from './backup-strategy-mistakes';
import type { BackupClass, BackupStrategyProps } from './backup-strategy-props';
import { DATA_CLASS_TAG, REBUILDABLE_TAG } from './data-class-tag';
import type { SelectedStore } from './stores-selected';
import type { TagFilter } from './tagged-resources';

/** Data that is backed up in one way. @internal */
export interface BackupSet {
  /** `undefined` for all data that has no way of its own. */
  readonly dataClass: string | undefined;
  readonly tags: TagFilter;
  readonly schedule: BackupSchedule;

  /** The oldest that the newest snapshot may be. */
  readonly oldestHours: number;

  /** What is lost of it at the most. */
  readonly reckoning: BackupReckoning;

  /** Whether somebody said that its stores replicate; else each of them is looked at. */
  readonly saidToReplicate: boolean;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const NON_PRODUCTION_DAYS = 7;

/**
 * How all data is backed up, then each class with a way of its own.
 *
 * @throws ConfigurationError when backups lose more than the data is owed and nobody answers for it
 * @internal
 */
export function backupSets(
  construct: Construct,
  choices: TierChoices,
  props: BackupStrategyProps,
  copied: boolean,
): readonly BackupSet[] {
  const service = ServiceScope.of(construct)?.service;
  if (!service) return [];
  const { dataClasses = [] } = props;
  const all = [undefined, ...dataClasses].map((own) => setOf(choices, props, { service, own, copied }));
  refuse(construct.node.path, coldMistakes(props.moveToColdStorageAfter, all[0]?.schedule.monthlyDays));
  const reckonings = all.map(({ reckoning }) => reckoning);
  holdBackups(construct, choices, props, reckonings);
  return all;
}

/** The least that any backup is kept, in days: what a lock asks for. @internal */
export function leastKeptDays(choices: TierChoices, props: BackupStrategyProps): number {
  const owed = choices.policy.minimumBackupRetention.value.toSeconds() / DAY;
  const given = [props, ...(props.dataClasses ?? [])].flatMap(({ backupRetention }) =>
    backupRetention === undefined || backupRetention.isUnresolved() ? [] : backupRetention.toDays(),
  );
  return Math.min(choices.nonProduction ? NON_PRODUCTION_DAYS : owed, ...given);
}

/** What is backed up in one way, and what may be lost. */
interface Reckoned {
  readonly service: Service;
  readonly own: BackupClass | undefined;
  readonly copied: boolean;
}

function setOf(choices: TierChoices, props: BackupStrategyProps, reckoned: Reckoned): BackupSet {
  const { service, own } = reckoned;
  const inClass = (what: string) => (own === undefined ? what : `${own.dataClass}.${what}`);
  const { backupStartWindow, pitrRetention } = choices.policy;
  const continuous = choices.on({
    what: inClass('continuousBackup'),
    owed: { ...pitrRetention, value: pitrRetention.value !== undefined },
    chosen: own?.continuousBackup ?? props.continuousBackup,
  });
  const reckoning = reckoningOf(choices, props, reckoned, continuous);
  const interval = choices.shortest({
    what: inClass('snapshotInterval'),
    ...owedInterval(choices, reckoning),
    chosen: own?.snapshotInterval ?? props.snapshotInterval,
  });
  const retentionDays = chooseDays(
    choices,
    inClass('backupRetention'),
    own?.backupRetention ?? props.backupRetention,
  );
  const schedule: BackupSchedule = {
    intervalHours: interval.toHours(),
    startWindowMinutes: backupStartWindow.value.toSeconds() / 60,
    completionWindowMinutes: props.completionWindow?.toMinutes() ?? 24 * 60,
    retentionDays,
    continuous,
    monthlyDays: own === undefined ? chooseMonthly(choices, props) : undefined,
    monthlyColdDays: own === undefined ? props.moveToColdStorageAfter?.toDays() : undefined,
  };
  if (own === undefined) recordWindow(choices);
  const waiting = backupStartWindow.value.toSeconds() + durationSeconds(props);
  return {
    dataClass: own?.dataClass,
    tags: tagsOf(service, props, own),
    schedule,
    oldestHours: Math.ceil(interval.toHours() + waiting / HOUR),
    reckoning: { ...reckoning, intervalSeconds: interval.toSeconds() },
    saidToReplicate: (own?.replicated ?? props.replicated) === true,
  };
}

/** As often as the tier owes, and oftener where the objectives of the service are stricter than those of its tier. */
function owedInterval(
  { policy: { snapshotInterval } }: TierChoices,
  reckoning: BackupReckoning,
): Pick<TierChoice<TimeSpan>, 'owed' | 'limit'> {
  const seconds = longestInterval(reckoning);
  if (seconds === undefined || seconds >= reckoning.intervalSeconds) return { owed: snapshotInterval };
  const because = 'with start window, duration and copy within the recovery point that is owed';
  return {
    owed: { value: Span.seconds(seconds), because, source: OWN_DECISION },
    limit: snapshotInterval,
  };
}

function recordWindow(choices: TierChoices): void {
  const { value, because, source } = choices.policy.backupStartWindow;
  choices.record({ what: 'backupStartWindow', value: formatSeconds(value.toSeconds()), because, source });
}

function tagsOf(service: Service, props: BackupStrategyProps, own: BackupClass | undefined): TagFilter {
  const has = { 'resilience:service': service.name };
  const rebuildable = [REBUILDABLE_TAG, 'true'] as const;
  if (own) return { has: { ...has, [DATA_CLASS_TAG]: own.dataClass }, hasNot: [rebuildable] };
  const classes = (props.dataClasses ?? []).map(({ dataClass }) => [DATA_CLASS_TAG, dataClass] as const);
  return { has, hasNot: [rebuildable, ...classes] };
}

function chooseDays(choices: TierChoices, what: string, chosen: Duration | undefined): number {
  const { backupRetention, minimumBackupRetention } = choices.policy;
  const short = { ...backupRetention, value: NON_PRODUCTION_DAYS, because: 'this stage is not production' };
  return choices.atLeast({
    what: `${what}Days`,
    owed: choices.nonProduction ? short : inDays(backupRetention),
    limit: choices.nonProduction ? { ...short, value: 1 } : inDays(minimumBackupRetention),
    chosen: chosen?.toDays(),
  });
}

function chooseMonthly(
  choices: TierChoices,
  { monthlyBackupRetention }: BackupStrategyProps,
): number | undefined {
  const { value, because, source } = choices.policy.monthlyBackupRetention;
  const chosen = monthlyBackupRetention?.toDays();
  const what = 'monthlyBackupRetentionDays';
  if (value && !choices.nonProduction)
    return choices.atLeast({ what, owed: inDays({ value, because, source }), chosen });
  choices.record(
    chosen === undefined
      ? {
          what,
          value: 'none',
          because: choices.nonProduction ? 'this stage is not production' : because,
          source,
        }
      : { what, value: chosen, because: 'set by hand, no weaker than the tier', source: 'override' },
  );
  return chosen;
}

function inDays({ value, ...rest }: Decided<TimeSpan>): Decided<number> {
  return { ...rest, value: value.toSeconds() / DAY };
}

function durationSeconds({ longestBackup }: BackupStrategyProps): number {
  return longestBackup?.toSeconds() ?? AWS_FACTS.backupDurationSeconds.value.worst;
}

/** What the tier's interval would lose. */
function reckoningOf(
  { policy }: TierChoices,
  props: BackupStrategyProps,
  { service, own, copied }: Reckoned,
  continuous: boolean,
): BackupReckoning {
  const rpoSeconds = strictest(service, 'region', props, own);
  const rtoSeconds = service.objectives.region.rto.toSeconds();
  // Stores of ours refuse to be left to copies that come too late.
  const replicationOwed =
    policy.regionReplication.value !== ReplicationMode.BACKUP_COPIES ||
    !copiesKeep({ rpoSeconds, rtoSeconds });
  return {
    data: own?.dataClass ?? 'data',
    intervalSeconds: policy.snapshotInterval.value.toSeconds(),
    startWindowSeconds: policy.backupStartWindow.value.toSeconds(),
    durationSeconds: durationSeconds(props),
    copied,
    continuous,
    replicated: own?.replicated ?? props.replicated ?? replicationOwed,
    regionRpoSeconds: rpoSeconds,
    dataRepairRpoSeconds: strictest(service, 'dataRepair', props, own),
  };
}

/** Classes without a way of their own are backed up with all other data, and are owed what they are owed. */
function strictest(
  service: Service,
  disruption: DataDisruption,
  { dataClasses = [] }: BackupStrategyProps,
  own: BackupClass | undefined,
): number | undefined {
  const named = (name: string) => service.dataClasses.find((each) => each.name === name);
  const rest = service.dataClasses.filter(
    ({ name }) => !dataClasses.some(({ dataClass }) => dataClass === name),
  );
  const classes = own === undefined ? rest : [named(own.dataClass)];
  const points = (classes.length > 0 ? classes : [undefined]).flatMap(
    (each) => service.rpo(disruption, each)?.toSeconds() ?? [],
  );
  return points.length > 0 ? Math.min(...points) : undefined;
}

/** What a store is owed by the class that its tag names. @internal */
export function owedToStore(service: Service, { dataClass }: SelectedStore): ReturnType<OwedToStore> {
  const known = service.dataClasses.find(({ name }) => name === dataClass);
  return {
    regionRpoSeconds: service.rpo('region', known)?.toSeconds(),
    dataRepairRpoSeconds: service.rpo('dataRepair', known)?.toSeconds(),
  };
}

/** Refuses what backups cannot keep, unless somebody answers for it, and records what they keep. */
function holdBackups(
  construct: Construct,
  choices: TierChoices,
  { weakening }: BackupStrategyProps,
  reckonings: readonly BackupReckoning[],
): void {
  const { path } = construct.node;
  const shortfalls = reckonings.flatMap(backupShortfalls);
  if (!weakening) refuse(path, shortfalls);
  else if (shortfalls.length > 0) checkWeakening(weakening, path);
  for (const reckoning of reckonings) recordLosses(choices, reckoning);
  if (!weakening) return;
  for (const { what, found } of shortfalls) {
    choices.record(
      { what, value: found, because: weakening.reason, source: 'override' },
      { what, ...weakening },
    );
  }
}

function recordLosses(choices: TierChoices, reckoning: BackupReckoning): void {
  const { data, continuous } = reckoning;
  const bySnapshots = lossesOf({ ...reckoning, continuous: false }).dataRepair;
  if (continuous && bySnapshots)
    choices.record({
      what: `${data === 'data' ? '' : `${data}.`}dataRepair.bySnapshots`,
      value: `RPO ${formatSeconds(bySnapshots.seconds)}`,
      because: 'of stores that have no continuous backups',
      source: CONTINUOUS_BACKUPS,
    });
  for (const [disruption, { seconds, terms }] of Object.entries(lossesOf(reckoning))) {
    choices.record({
      what: data === 'data' ? disruption : `${data}.${disruption}`,
      value: `RPO ${formatSeconds(seconds)}`,
      because: terms.map((term) => `${formatSeconds(term.seconds)} ${term.what}`).join(' + '),
      source: AWS_FACTS.backupDurationSeconds.source,
    });
  }
}

const CONTINUOUS_BACKUPS =
  'https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html';
