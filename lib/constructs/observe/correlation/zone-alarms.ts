import {
  AlarmRule,
  AlarmState,
  AtLeastThreshold,
  type CompositeAlarm,
  type IAlarm,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmLayer } from '../alarm-tags';
import type { AlarmComponent } from './alarm-tree-props';
import { joinedAlarm, silentAlarm, type Telling } from './joined-alarm';

/** What tells an outage of a zone from one of the region. @internal */
export interface ZonesOfTree {
  /** The alarm of each zone that tells people, by name. */
  readonly telling: ReadonlyMap<string, CompositeAlarm>;

  /** Whether a zone is impaired, by name; tells nobody. */
  readonly states: ReadonlyMap<string, CompositeAlarm>;
  readonly regional: CompositeAlarm | undefined;
}

/** How many zones are the region, and what to do. @internal */
export interface ZoneChoices {
  readonly regionalZones: number;
  readonly runbook: string | undefined;
}

/** The names of the zones that components have alarms of. @internal */
export function zonesIn(components: readonly AlarmComponent[]): readonly string[] {
  return [...new Set(components.flatMap(({ zones = [] }) => zones.map(({ zone }) => zone)))].sort();
}

/**
 * An alarm for each zone over all components, silent while so many zones fire that it is the region.
 *
 * The alarm on the region reads states of the zones that tell nobody: it silences those that do, and rules that lead in a
 * circle cannot be deployed.
 *
 * @internal
 */
export function zoneAlarms(
  tree: Construct,
  components: readonly AlarmComponent[],
  { regionalZones, runbook }: ZoneChoices,
  telling: Telling,
): ZonesOfTree {
  const names = zonesIn(components);
  if (names.length === 0) return { telling: new Map(), states: new Map(), regional: undefined };
  const place = new Construct(tree, 'Zones');
  const places = new Map(names.map((zone) => [zone, new Construct(place, zone)]));
  const states = new Map(
    [...places].map(([zone, at]) => [
      zone,
      silentAlarm(at, 'Impaired', {
        alarms: leavesIn(zone, components),
        what: `Something in ${zone} fires.`,
        layer: AlarmLayer.INFRASTRUCTURE,
        tier: telling.tier,
        zone,
        runbook,
      }),
    ]),
  );
  const regional = joinedAlarm(
    place,
    'Region',
    {
      rule: AlarmRule.atLeast(AlarmState.ALARM, {
        operands: [...states.values()],
        threshold: AtLeastThreshold.count(regionalZones),
      }),
      causes: [],
      description: `${regionalZones} or more of ${names.length} zones (${names.join(', ')}) are impaired at once: this is the region, and leaving a zone does not help.`,
      layer: AlarmLayer.INFRASTRUCTURE,
      runbook,
    },
    telling,
  );
  const alarms = [...places].map(([zone, at]): [string, CompositeAlarm] => {
    const joined = {
      rule: AlarmRule.allOf(...[states.get(zone)].filter((each) => each !== undefined)),
      causes: [regional],
      description: `${zone} is impaired and fewer than ${regionalZones} zones are: move traffic out of it (zonal shift), then look for the cause.`,
      layer: AlarmLayer.INFRASTRUCTURE,
      zone,
      runbook,
    };
    return [zone, joinedAlarm(at, 'Alarm', joined, telling)];
  });
  return { telling: new Map(alarms), states, regional };
}

function leavesIn(zone: string, components: readonly AlarmComponent[]): readonly IAlarm[] {
  return components
    .flatMap(({ zones = [] }) => zones)
    .filter((each) => each.zone === zone)
    .flatMap(({ alarms }) => alarms);
}
