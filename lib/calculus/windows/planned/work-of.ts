import type { PlainProperty, PlannedWork } from './planned-work';
import { practiceRuns } from './practice-work';
import { associated, patched, restoreTested, ruled, scheduled } from './scheduled-work';
import { WEEKLY_PROPERTIES, weeklyWork } from './weekly-work';

const READERS: Readonly<Record<string, (property: PlainProperty) => readonly PlannedWork[]>> = {
  'AWS::Scheduler::Schedule': scheduled,
  'AWS::Events::Rule': ruled,
  'AWS::SSM::MaintenanceWindow': patched,
  'AWS::SSM::Association': associated,
  'AWS::Backup::RestoreTestingPlan': restoreTested,
  'AWS::ARCZonalShift::ZonalAutoshiftConfiguration': practiceRuns,
};

/** The types of resources that do something at times of their own. */
export const PLANNING_TYPES: readonly string[] = [...Object.keys(READERS), ...Object.keys(WEEKLY_PROPERTIES)];

/** What a resource does at times of its own; nothing for most. */
export function plannedWork(type: string, property: PlainProperty): readonly PlannedWork[] {
  return READERS[type]?.(property) ?? weeklyWork(type, property);
}
