import { coveredByBackup } from '../../assembly/backup/backup-coverage';
import {
  RESTORE_TESTED_TYPES,
  restoreTested,
  restoreTestedEvery,
} from '../../assembly/backup/restore-testing';
import { withoutOwnData } from '../../assembly/data/stateful';
import { all, type Judgement, notApplicable } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { RECOVERY_TESTING } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

export const restoresAreTestedOften: Rule = {
  id: 'X-41',
  title: 'Backups are restored as a test as often as the tier owes.',
  kind: 'backup',
  why: 'The recovery time is a guess until somebody restores, and an old test says nothing of the backups of today.',
  fix: 'let a restore testing plan select the resource, on a schedule that is frequent enough',
  severity: HIGH,
  appliesTo: RESTORE_TESTED_TYPES,
  controls: RECOVERY_TESTING,
  subsumes: ['BKP-11'],
  sources: ['https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html'],
  check: (resource, { service }) => {
    const longest = service.policy.restoreTestInterval.value.toSeconds();
    return (
      withoutOwnData(resource) ??
      unlessRebuildable(resource, service, (data) =>
        whenBackedUp(data, all(restoreTested(data), restoreTestedEvery(data, longest))),
      )
    );
  },
};

/** What no plan backs up has no backups to restore; where that is open, a fail is open too. */
function whenBackedUp(resource: Resource, judged: Judgement): Judgement {
  const covered = coveredByBackup(resource);
  if (covered.outcome === 'fail') return notApplicable('no backup plan selects it');
  return covered.outcome === 'unknown' && judged.outcome === 'fail' ? covered : judged;
}
