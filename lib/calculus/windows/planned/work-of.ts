import type { Begins } from './lengths';
import type { PlainProperty, PlannedWork } from './planned-work';
import { practiceRuns } from './practice-work';
import { ramp } from './ramp-work';
import { associated, patched, restoreTested, ruled, scheduled } from './scheduled-work';
import { WEEKLY_PROPERTIES, weeklyWork } from './weekly-work';

type Reader = (property: PlainProperty, begins: Begins) => readonly PlannedWork[];

/** What moves traffic bit by bit, whoever begins it. */
const RAMPS = ['AWS::CodeDeploy::DeploymentGroup', 'AWS::ECS::Service'];

const READERS: Readonly<Record<string, Reader>> = {
  'AWS::Scheduler::Schedule': scheduled,
  'AWS::Events::Rule': ruled,
  'AWS::SSM::MaintenanceWindow': patched,
  'AWS::SSM::Association': associated,
  'AWS::Backup::RestoreTestingPlan': restoreTested,
  'AWS::ARCZonalShift::ZonalAutoshiftConfiguration': practiceRuns,
};

/** The types of resources that do something at times of their own. */
export const PLANNING_TYPES: readonly string[] = [
  ...Object.keys(READERS),
  ...Object.keys(WEEKLY_PROPERTIES),
  ...RAMPS,
];

/**
 * What a resource does at times of its own; nothing for most.
 *
 * @param begins the resources that it refers to, which say how long that lasts which it begins; left out, nobody says
 */
export function plannedWork(
  type: string,
  property: PlainProperty,
  begins: Begins = () => [],
): readonly PlannedWork[] {
  if (RAMPS.includes(type)) return ramp({ type, property, begins });
  return READERS[type]?.(property, begins) ?? weeklyWork(type, property);
}
