import { judgeStandalone } from '../../assembly/data/database-members';
import { type Original, originalElsewhere } from '../../assembly/data/database-regions';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { dailyWindow, overlap, weeklyWindow } from '../../calculus/weekly-window';
import { CHANGE_SAFETY } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const MAINTENANCE = 'PreferredMaintenanceWindow';
const BACKUP = 'PreferredBackupWindow';

export const windowsDoNotOverlap: Rule = {
  id: 'X-46',
  title: 'Databases are backed up, maintained, and maintained in another region at different times.',
  kind: 'protection',
  why: 'A restart during the backup costs the backup of the day; a bad patch in both regions at once leaves none to fail over to.',
  fix: 'move one of the windows',
  severity: MEDIUM,
  appliesTo: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  controls: CHANGE_SAFETY,
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html#Concepts.DBMaintenance',
  ],
  check: (database) => [judgeStandalone(database, backupWindow), otherRegion(database)],
};

function backupWindow(database: Resource): Judgement {
  const [backup, maintenance] = [database.text(BACKUP), database.text(MAINTENANCE)];
  if (backup === undefined || maintenance === undefined)
    return notApplicable('AWS chooses a window that is free');
  if (backup instanceof Unknown) return unknown(BACKUP, backup);
  if (maintenance instanceof Unknown) return unknown(MAINTENANCE, maintenance);
  const [daily, weekly] = [dailyWindow(backup), weeklyWindow(maintenance)];
  if (!daily || !weekly) return unknown(MAINTENANCE, 'a window is not written as RDS takes it');
  return daily.some((day) => overlap(day, weekly))
    ? fail({
        property: MAINTENANCE,
        found: `${maintenance}, while backups are made at ${backup}`,
        needed: 'windows that do not overlap',
      })
    : pass({ property: MAINTENANCE, found: maintenance });
}

function otherRegion(database: Resource): Judgement {
  const original = originalElsewhere(database);
  if (original === undefined) return notApplicable('the database follows none in another region');
  if (original instanceof Unknown) return unknown(undefined, original);
  return sameWindow(database, original);
}

function sameWindow(database: Resource, { property, database: original }: Original): Judgement {
  if (original instanceof Unknown) return unknown(property, original);
  const [own, theirs] = [database.text(MAINTENANCE), original.text(MAINTENANCE)];
  if (own === undefined || theirs === undefined)
    return notApplicable('AWS chooses the window of one of the two, at random');
  if (own instanceof Unknown) return unknown(MAINTENANCE, own);
  if (theirs instanceof Unknown) return unknown(MAINTENANCE, theirs);
  const [here, there] = [weeklyWindow(own), weeklyWindow(theirs)];
  if (!here || !there) return unknown(MAINTENANCE, 'a window is not written as RDS takes it');
  return overlap(here, there)
    ? fail({
        property: MAINTENANCE,
        found: `${own}, while ${original.logicalId} in the other region has ${theirs}`,
        needed: 'another time than the other region',
      })
    : pass({ property: MAINTENANCE, found: own });
}
