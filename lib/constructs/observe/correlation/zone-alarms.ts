import { AlarmRule, AlarmState, AtLeastThreshold, type CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmLayer } from '../alarm-tags';
import type { AlarmComponent, UpstreamAlarm } from './alarm-tree-props';
import { type JoinedAlarm, joinedAlarm, silentAlarm, type Telling } from './joined-alarm';
import { ZoneStates } from './zone-states';

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

  /** The alarms of other services and of third parties. */
  readonly upstream: readonly UpstreamAlarm[];
}

/** The names of the zones that components have alarms of. @internal */
export function zonesIn(components: readonly AlarmComponent[]): readonly string[] {
  return [...new Set(components.flatMap(({ zones = [] }) => zones.map(({ zone }) => zone)))].sort();
}

/**
 * An alarm for each zone over all components, silent while so many zones fire that it is the region. What fires in a zone
 * because something that it needs does is the fault of neither.
 *
 * The alarm on the region reads states of the zones that tell nobody: it silences those that do, and rules that lead in a
 * circle cannot be deployed.
 *
 * @internal
 */
export function zoneAlarms(
  tree: Construct,
  components: readonly AlarmComponent[],
  { regionalZones, runbook, upstream }: ZoneChoices,
  telling: Telling,
): ZonesOfTree {
  const names = zonesIn(components);
  if (names.length === 0) return { telling: new Map(), states: new Map(), regional: undefined };
  const place = new Construct(tree, 'Zones');
  const tags = { layer: AlarmLayer.INFRASTRUCTURE, tier: telling.tier, runbook };
  const zones = new ZoneStates(place, { components, upstream, tags });
  const places = new Map(names.map((zone) => [zone, new Construct(place, zone)]));
  const states = new Map([...places].map(([zone, at]) => [zone, zones.stateOf(at, zone)]));
  const all = AlarmRule.atLeast(AlarmState.ALARM, {
    operands: [...states.values()],
    threshold: AtLeastThreshold.count(regionalZones),
  });
  const { needed } = zones;
  const excused =
    needed &&
    silentAlarm(place, 'Excused', {
      ...tags,
      rule: AlarmRule.allOf(needed, AlarmRule.not(all)),
      what: `Something fires that what stands in the zones needs, and fewer than ${regionalZones} zones are impaired by themselves.`,
    });
  const regional = joinedAlarm(
    place,
    'Region',
    {
      ...tags,
      rule: all,
      causes: excused ? [excused] : [],
      description: `${regionalZones} or more of ${names.length} zones (${names.join(', ')}) are impaired at once: this is the region, and leaving a zone does not help.`,
    },
    telling,
  );
  const alarms = [...states].map(([zone, state]): [string, CompositeAlarm] => {
    const at = places.get(zone) ?? place;
    const joined: JoinedAlarm = {
      ...tags,
      rule: AlarmRule.allOf(state),
      causes: [zones.excuseOf(at, zone, { state, regional })],
      description: `${zone} is impaired and fewer than ${regionalZones} zones are: move traffic out of it (zonal shift), then look for the cause.`,
      zone,
    };
    return [zone, joinedAlarm(at, 'Alarm', joined, telling)];
  });
  return { telling: new Map(alarms), states, regional };
}
