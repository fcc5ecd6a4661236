import { type Duration, Token } from 'aws-cdk-lib/core';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { formatSeconds } from '../../calculus/time-span';
import { type Mistake, quoted, repeated } from '../../objectives/mistakes';
import type { Service } from '../../objectives/service';
import { INTERVAL_HOURS } from './backup-loss';
import type { BackupStrategyProps } from './backup-strategy-props';

const DAY = 86_400;
const HOUR = 3600;

/** What is wrong with the properties alone, whatever the tier. @internal */
export function backupStrategyMistakes(props: BackupStrategyProps, service: Service): Mistake[] {
  const { dataClasses = [] } = props;
  return [
    ...intervalMistakes('snapshotInterval', props.snapshotInterval),
    ...dayMistakes('backupRetention', props.backupRetention),
    ...dayMistakes('monthlyBackupRetention', props.monthlyBackupRetention),
    ...windowMistakes(props.completionWindow),
    ...arnMistakes(props, service),
    ...repeated(dataClasses.map(({ dataClass }) => dataClass)).map((name) => ({
      problem: `data class ${quoted(name)} is backed up in two ways`,
      fix: `name ${quoted(name)} once`,
    })),
    ...dataClasses.flatMap(({ dataClass, snapshotInterval, backupRetention }) => [
      ...unknownClass(dataClass, service),
      ...intervalMistakes(`snapshotInterval of ${dataClass}`, snapshotInterval),
      ...dayMistakes(`backupRetention of ${dataClass}`, backupRetention),
    ]),
  ];
}

/** Cold storage is paid for 90 days at least, and CloudFormation takes no plan that deletes earlier. @internal */
export function coldMistakes(cold: Duration | undefined, monthlyDays: number | undefined): Mistake[] {
  if (cold === undefined || cold.isUnresolved()) return [];
  if (monthlyDays === undefined) {
    return [
      {
        problem: 'moveToColdStorageAfter is set, but no snapshot of the month is kept',
        fix: 'set monthlyBackupRetention, or leave moveToColdStorageAfter out',
      },
    ];
  }
  const least = AWS_FACTS.backupColdStorageMinimumSeconds.value / DAY;
  const days = cold.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1 && days + least <= monthlyDays) return [];
  return [
    {
      problem:
        `snapshots of the month move to cold storage after ${formatSeconds(days * DAY)} and are deleted after ` +
        `${monthlyDays} d, but must stay there for ${least} d`,
      fix: `set moveToColdStorageAfter to ${Math.max(monthlyDays - least, 1)} d or less, in whole days, or keep them longer`,
    },
  ];
}

function intervalMistakes(what: string, interval: Duration | undefined): Mistake[] {
  if (interval === undefined || interval.isUnresolved()) return [];
  const seconds = interval.toSeconds();
  if (INTERVAL_HOURS.includes(seconds / HOUR)) return [];
  return [
    {
      problem: `${what} is ${formatSeconds(seconds)}, which does not divide a day into equal parts of whole hours`,
      fix: `use one of ${[...INTERVAL_HOURS].reverse().join(', ')} hours`,
    },
  ];
}

function dayMistakes(what: string, retention: Duration | undefined): Mistake[] {
  if (retention === undefined || retention.isUnresolved()) return [];
  const days = retention.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1) return [];
  return [
    {
      problem: `${what} is ${formatSeconds(days * DAY)}, but AWS Backup keeps for whole days`,
      fix: `set ${what} to Duration.days(1) or more, in whole days`,
    },
  ];
}

/** A backup needs an hour after the last moment at which it may start. */
function windowMistakes(window: Duration | undefined): Mistake[] {
  if (window === undefined || window.isUnresolved()) return [];
  const least = AWS_FACTS.backupMinimumStartWindowSeconds.value + HOUR;
  if (window.toSeconds() >= least) return [];
  return [
    {
      problem: `completionWindow is ${formatSeconds(window.toSeconds())}, but a backup may start after ${formatSeconds(least - HOUR)} and needs one more hour`,
      fix: `set completionWindow to ${formatSeconds(least)} or more`,
    },
  ];
}

function unknownClass(name: string, { dataClasses }: Service): Mistake[] {
  if (dataClasses.some((each) => each.name === name)) return [];
  const known = dataClasses.map((each) => each.name).join(', ') || 'none';
  return [
    {
      problem: `data class ${quoted(name)} is not one that its service declares (${known})`,
      fix: `add ${quoted(name)} to the dataClasses of the service, or name one of them`,
    },
  ];
}

function arnMistakes(
  { copyVaultArns = [], airGappedVaultArn }: BackupStrategyProps,
  service: Service,
): Mistake[] {
  const arns = [...copyVaultArns, ...(airGappedVaultArn === undefined ? [] : [airGappedVaultArn])];
  return arns
    .filter((arn) => !Token.isUnresolved(arn))
    .flatMap((arn) => {
      const [, region] = /^arn:[^:]+:backup:([^:]+):\d{12}:backup-vault:[a-zA-Z0-9_-]{2,50}$/.exec(arn) ?? [];
      if (region === undefined) {
        return [
          {
            problem: `${quoted(arn)} is no ARN of a vault`,
            fix: 'write arn:aws:backup:<region>:<account>:backup-vault:<name>',
          },
        ];
      }
      if (service.residency?.allows(region) !== false) return [];
      return [
        {
          problem: `copies go to ${region}, where the data of ${service.name} may not lie`,
          fix: 'name a vault in a region that its residency allows',
        },
      ];
    });
}
