import { AlarmRule, type CompositeAlarm, type IAlarm, type IAlarmRule } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTags } from '../alarm-tags';
import type { AlarmComponent, UpstreamAlarm } from './alarm-tree-props';
import { anyAlarm } from './any-alarm';
import { causesOf, leavesOf } from './causes-of';
import { oneAlarm, silentAlarm } from './joined-alarm';

/** What zones are judged by. @internal */
export interface JudgedZones {
  readonly components: readonly AlarmComponent[];

  /** The alarms of other services and of third parties. */
  readonly upstream: readonly UpstreamAlarm[];
  readonly tags: AlarmTags;
}

/** What a zone is silent for. @internal */
export interface SilencedZone {
  readonly state: CompositeAlarm;
  readonly regional: CompositeAlarm;
}

/**
 * Whether zones are impaired by themselves: something in them fires, and nothing that it needs does.
 *
 * They read the leaves of what is needed. The alarms of components would lead in a circle: those wait for zones.
 *
 * @internal
 */
export class ZoneStates {
  /** Fires while something does that what stands in zones needs; undefined where that needs nothing. */
  readonly needed: IAlarm | undefined;

  /** The same for each component with alarms of zones, by name. */
  private readonly needs: ReadonlyMap<string, IAlarm>;

  constructor(
    place: Construct,
    private readonly judged: JudgedZones,
  ) {
    this.needs = needsOf(place, judged);
    this.needed = oneAlarm(place, 'Needed', [...new Set(this.needs.values())], {
      ...judged.tags,
      what: 'Something fires that what stands in the zones needs.',
    });
  }

  /** Fires while a zone is impaired by itself. */
  stateOf(at: Construct, zone: string): CompositeAlarm {
    const tags = { ...this.judged.tags, zone };
    const standing = this.standingIn(zone);
    const [only] = standing;
    const rule =
      only && standing.length === 1
        ? ruleOf(at, 'Impaired', only, tags)
        : anyAlarm(at, this.ownOf(at, standing, tags), tags, 'Impaired');
    const what = `Something in ${zone} fires${this.needed ? ', and nothing that it needs does' : ''}.`;
    return silentAlarm(at, 'Impaired', { ...tags, rule, what });
  }

  /** What the alarm of a zone that tells people is silent for. */
  excuseOf(at: Construct, zone: string, { state, regional }: SilencedZone): IAlarm {
    if (!this.needed) return regional;
    return silentAlarm(at, 'Excused', {
      ...this.judged.tags,
      zone,
      rule: AlarmRule.anyOf(regional, AlarmRule.allOf(this.needed, AlarmRule.not(state))),
      what: `The region is impaired, or something that what stands in ${zone} needs.`,
    });
  }

  private standingIn(zone: string): readonly Standing[] {
    return this.judged.components.flatMap(({ name, zones = [] }) => {
      const alarms = zones.filter((each) => each.zone === zone).flatMap((each) => each.alarms);
      return alarms.length === 0 ? [] : [{ name, alarms, needs: this.needs.get(name) }];
    });
  }

  /** The alarms of what needs nothing, and for all others that need the same one that is silent while that fires. */
  private ownOf(at: Construct, standing: readonly Standing[], tags: AlarmTags): readonly IAlarm[] {
    return standing.flatMap((each) => {
      if (each.needs === undefined) return each.alarms;
      const same = standing.filter(({ needs }) => needs === each.needs);
      if (same[0] !== each) return [];
      const scope = new Construct(at, each.name);
      const what = `Something of ${same.map(({ name }) => name).join(', ')} fires in this zone, and nothing that it needs does.`;
      const all = { ...each, alarms: same.flatMap(({ alarms }) => alarms) };
      return silentAlarm(scope, 'Own', { ...tags, rule: ruleOf(scope, 'Own', all, tags), what });
    });
  }
}

function ruleOf(scope: Construct, id: string, { alarms, needs }: Standing, tags: AlarmTags): IAlarmRule {
  const fires = anyAlarm(scope, alarms, tags, id);
  return needs ? AlarmRule.allOf(fires, AlarmRule.not(needs)) : fires;
}

/** What stands in one zone. */
interface Standing {
  readonly name: string;
  readonly alarms: readonly IAlarm[];
  readonly needs: IAlarm | undefined;
}

/** One alarm for all components that need the same. */
function needsOf(place: Construct, judged: JudgedZones): ReadonlyMap<string, IAlarm> {
  const { components, tags } = judged;
  const made = new Map<string, IAlarm | undefined>();
  const standing = components.filter(({ zones = [] }) => zones.length > 0).map(({ name }) => name);
  const needs = standing.sort().map((name): [string, IAlarm | undefined] => {
    const causes = [...causesOf(name, components)].sort();
    const key = causes.join(' ');
    const what = `Something fires that ${name} needs: ${causes.join(', ')}.`;
    if (!made.has(key))
      made.set(
        key,
        oneAlarm(new Construct(place, `Needs-${name}`), 'Fires', firing(causes, judged), { ...tags, what }),
      );
    return [name, made.get(key)];
  });
  return new Map(needs.filter((each): each is [string, IAlarm] => each[1] !== undefined));
}

/** The leaves of components, and the alarms of other services. */
function firing(names: readonly string[], { components, upstream }: JudgedZones): readonly IAlarm[] {
  const leaves = components.filter(({ name }) => names.includes(name)).flatMap(leavesOf);
  const theirs = upstream.filter(({ service }) => names.includes(service));
  return [...leaves, ...theirs.map(({ alarm }) => alarm)];
}
