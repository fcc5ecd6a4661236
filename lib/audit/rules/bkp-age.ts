import { backupCoverageOf } from '../../assembly/backup/backup-coverage';
import { largestWallClockGap } from '../../assembly/backup/backup-interval';
import { STATEFUL_BACKUP_TYPES, withoutOwnData } from '../../assembly/data/stateful';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { formatSeconds } from '../../calculus/time-span';
import * as families from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const SECONDS_PER_HOUR = 3600;

export const backupsAreRecent: Rule = {
  id: 'BKP-10',
  title: 'The newest backup is never older than a day.',
  kind: 'backup',
  why: 'All that was written since the newest backup is lost with the data.',
  fix: 'let the rules of the plan run at least once a day',
  severity: MEDIUM,
  appliesTo: STATEFUL_BACKUP_TYPES,
  controls: families.BACKUP_COVERAGE,
  parameters: {
    maximumHours: { meaning: 'The most hours between two backups of one resource.', default: 24 },
  },
  sources: [
    'https://docs.aws.amazon.com/config/latest/developerguide/dynamodb-last-backup-recovery-point-created.html',
  ],
  check: (resource, { service, parameters }) =>
    withoutOwnData(resource) ??
    unlessRebuildable(resource, service, (data) => judgeAge(data, Number(parameters.maximumHours))),
};

/** Whether the backups really ran is seen only in the account; the plan says how often they are due. */
function judgeAge(resource: Resource, maximumHours: number): Judgement {
  const { rules, unknown: others } = backupCoverageOf(resource);
  if (rules.length === 0)
    return others ? unknown(undefined, others) : notApplicable('no backup plan selects it');
  if (rules.some(({ continuous }) => continuous === true)) return pass({ found: 'continuous backups' });
  const gap = largestWallClockGap(rules);
  const found = Number.isFinite(gap.seconds)
    ? `a backup every ${formatSeconds(gap.seconds)}`
    : 'no further backup';
  if (gap.seconds <= maximumHours * SECONDS_PER_HOUR) return pass({ found });
  const open =
    gap.unknown ?? others ?? rules.find(({ continuous }) => continuous instanceof Unknown)?.continuous;
  return open instanceof Unknown
    ? unknown(undefined, open)
    : fail({ found, needed: `one every ${formatSeconds(maximumHours * SECONDS_PER_HOUR)} at the least` });
}
