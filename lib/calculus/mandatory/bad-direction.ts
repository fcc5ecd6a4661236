import type { AlarmShape } from './alarm-shape';
import { MANDATORY_ALARMS } from './mandatory-alarms';

/** Metrics that show the same as a mandatory one, and of which less is bad. */
const OTHERS = [
  'BurstCreditBalance',
  'GroupInServiceCapacity',
  'HealthyHostCount',
  'HealthyStateRouting',
  'PutRecord.Success',
];

const LOW_IS_BAD: ReadonlySet<string> = new Set([
  ...OTHERS,
  ...Object.values(MANDATORY_ALARMS)
    .flat()
    .filter(({ bad }) => bad === 'less than')
    .flatMap(({ metrics }) => metrics),
]);

/** Whether more or less of a mandatory metric, or of one that shows the same, is bad. */
export function badWhen(metric: string): AlarmShape['bad'] {
  return LOW_IS_BAD.has(metric) ? 'less than' : 'at least';
}
