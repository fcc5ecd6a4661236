import type { Graph } from '../../assembly/graph';
import type { Resource } from '../../assembly/resource';
import { doubles } from './doubles';
import type { AlarmFinding } from './finding';
import { invalid } from './invalid';
import { missingCauses } from './missing-cause';
import { settings } from './settings';
import { shadowed } from './shadowed';
import { unheard } from './unheard';
import { unwatchedCauses } from './unwatched-cause';
import { type AlarmOwner, wordless } from './words';

const ALARM = 'AWS::CloudWatch::Alarm';
const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** The alarms of an app, composite ones last. */
export function alarmsOf(graph: Graph): readonly Resource[] {
  return [...graph.ofType(ALARM), ...graph.ofType(COMPOSITE)];
}

/**
 * What is wrong with the alarms of an app, as far as templates show it.
 *
 * @param ownerOf the service of an alarm, where one is declared
 */
export function alarmFindings(
  graph: Graph,
  ownerOf: (alarm: Resource) => AlarmOwner,
): readonly AlarmFinding[] {
  const alarms = alarmsOf(graph);
  return [
    ...alarms.flatMap((alarm) => [
      ...invalid(alarm),
      ...unheard(alarm),
      ...(alarm.type === ALARM ? settings(alarm) : []),
      ...shadowed(alarm),
      ...wordless(alarm, ownerOf(alarm)),
    ]),
    ...doubles(graph.ofType(ALARM)),
    ...missingCauses(graph.ofType(COMPOSITE)),
    ...unwatchedCauses(graph.ofType(COMPOSITE)),
  ];
}
