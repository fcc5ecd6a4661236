import type { AlarmShape } from './alarm-shape';
import { DATA_ALARMS } from './data-alarms';
import { SERVING_ALARMS } from './serving-alarms';

/** The alarms on the mandatory metrics of resources, by type: one for each entry of `MANDATORY_METRICS`. */
export const MANDATORY_ALARMS: Readonly<Record<string, readonly AlarmShape[]>> = {
  ...SERVING_ALARMS,
  ...DATA_ALARMS,
};
