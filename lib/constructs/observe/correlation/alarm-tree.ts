import { AlarmBase, type CompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Annotations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { DependencyKind } from '../../../objectives/dependency';
import { missing, refuse } from '../../../objectives/mistakes';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import type { Service } from '../../../objectives/service';
import { ServiceScope } from '../../governance/service-scope';
import { stackNotices } from '../../governance/stack-notices';
import { TierChoices } from '../../governance/tier-choices';
import { AlarmLayer, type AlarmTags, tagAlarm } from '../alarm-tags';
import { alarmTreeMistakes } from './alarm-tree-mistakes';
import type { AlarmTreeProps, UpstreamAlarm } from './alarm-tree-props';
import { anyAlarm } from './any-alarm';
import { chosenWait } from './cause-wait';
import { causesFirst, causesOf, leavesOf } from './causes-of';
import { chosenExtension } from './extension';
import { joinedAlarm, type Telling } from './joined-alarm';
import { refuseCrowded } from './most-parents';
import { SharedCauses } from './shared-causes';
import { hardThirdParties } from './third-parties';
import { type ZonesOfTree, zoneAlarms, zonesIn } from './zone-alarms';

const REGIONAL_ZONES = 2;

/**
 * One alarm for each part of a service, over any alarms that there are: while something that the part needs fires, it is
 * silent, so the cause calls people and its symptoms do not. Alarms of zones tell one zone from the region.
 *
 * @throws ConfigurationError where parts depend on each other in a circle or on what is not there, where alarms are of
 * another region or account, where alarms wait for less time than a cause needs, and where they wait or stay silent for longer than
 * the tier bears, without a weakening
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
 */
export class AlarmTree extends Construct {
  /** The alarm of each component, by name. */
  readonly components: ReadonlyMap<string, CompositeAlarm>;

  /** The alarm of each zone, by name. */
  readonly zones: ReadonlyMap<string, CompositeAlarm>;

  /** Fires when several zones do at once; undefined where no component has alarms of zones. */
  readonly regional: CompositeAlarm | undefined;

  /** Fires while the service is not well; tells somebody only where no cause is known. For the trees of other services. */
  readonly service: CompositeAlarm;

  constructor(scope: Construct, id: string, props: AlarmTreeProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'components'));
    const choices = new TierChoices(this, props, { known: ['regionalZones'] });
    const service = ServiceScope.of(this)?.service;
    const { watched, unwatched } = hardThirdParties(this, props, service);
    refuse(this.node.path, alarmTreeMistakes(this, props, { service, thirdParties: watched }));
    const upstream = [...(props.upstream ?? []), ...watched];
    const runbook = props.runbook ?? service?.runbook;
    const telling: Telling = {
      topic: props.notifications ?? stackNotices(this, choices, 'AlarmNotices'),
      tier: choices.tier,
      wait: chosenWait(this, choices, { ...props, upstream, service, chosen: props.suppressorWait }),
      extension: chosenExtension(choices, alarmsOf(props), {
        service,
        chosen: props.suppressorExtension,
      }),
    };
    const { regionalZones = REGIONAL_ZONES } = props;
    if (zonesIn(props.components).length > 0) recordZones(choices, regionalZones);
    if (service)
      tellUnwatched(this, { service, choices }, [...unwatchedServices(service, upstream), ...unwatched]);
    const zones = zoneAlarms(this, props.components, { regionalZones, runbook, upstream }, telling);
    this.zones = zones.telling;
    this.regional = zones.regional;
    this.components = componentAlarms(this, { ...props, upstream, runbook }, zones, telling);
    this.service = serviceAlarm(this, { ...props, upstream, runbook }, service?.name ?? id, telling);
    refuseCrowded(this, [...alarmsOf(props), ...upstream.map(({ alarm }) => alarm)]);
    tagLeaves({ ...props, runbook }, choices.tier);
  }
}

type Props = AlarmTreeProps & { readonly runbook: string | undefined };

function recordZones(choices: TierChoices, zones: number): void {
  choices.record({
    what: 'regionalZones',
    value: String(zones),
    because: 'zones fail one by one: where more fail, leaving a zone does not help',
    source: OWN_DECISION,
  });
}

function unwatchedServices(service: Service, upstream: readonly UpstreamAlarm[]): readonly string[] {
  return service.dependsOn
    .filter(({ kind }) => kind === DependencyKind.HARD)
    .map(({ service: name }) => name)
    .filter((name) => !upstream.some((each) => each.service === name));
}

/** What nobody said how to see: while it is down, this service calls its own people, too. */
function tellUnwatched(
  tree: AlarmTree,
  { service, choices }: { readonly service: Service; readonly choices: TierChoices },
  unwatched: readonly string[],
): void {
  if (unwatched.length === 0) return;
  choices.record({
    what: 'upstream',
    value: `no alarm of ${unwatched.join(', ')}`,
    because: 'none was given: while it is down, people of this service are called as well',
    source: OWN_DECISION,
  });
  for (const name of unwatched)
    Annotations.of(tree).addInfoV2(
      `cdk-nines:no-alarm-of-${name.replaceAll(/\W+/g, '-')}`,
      `${name} has no alarm here, and ${service.name} does not work without it: while it is down, people of ${service.name} are called as well. Give one as upstream: [{ service: '${name}', alarm }], or acknowledge this.`,
    );
}

function componentAlarms(
  tree: AlarmTree,
  { components, upstream = [], runbook }: Props,
  zones: ZonesOfTree,
  telling: Telling,
): ReadonlyMap<string, CompositeAlarm> {
  const place = new Construct(tree, 'Components');
  const made = new Map<string, CompositeAlarm>();
  const shared = new SharedCauses(components);
  for (const component of causesFirst(components)) {
    const { name, layer, zones: own = [] } = component;
    const needed = causesOf(name, components);
    const causes = [
      ...needed.map((each) => made.get(each)),
      ...upstream.filter(({ service }) => needed.includes(service)).map(({ alarm: theirs }) => theirs),
      ...own.map(({ zone }) => zones.states.get(zone)),
    ].filter((each) => each !== undefined);
    const at = new Construct(place, name);
    const tags = { layer, tier: telling.tier, runbook: component.runbook ?? runbook };
    const joined = {
      rule: anyAlarm(at, leavesOf(component), tags),
      causes: shared.of(at, component, causes, tags),
      description: `${name} is not well: one of its ${leavesOf(component).length} alarms fires, and nothing that it needs${needed.length === 0 ? '' : ` (${needed.join(', ')})`} does. It is the cause: begin here.`,
      ...tags,
    };
    const alarm = joinedAlarm(at, 'Alarm', joined, telling);
    made.set(name, alarm);
  }
  return made;
}

/** What users meet. Where a cause is known, whoever is called for it need not be told of the symptom. */
function serviceAlarm(
  tree: AlarmTree,
  { upstream = [], symptoms = [], runbook }: Props,
  name: string,
  telling: Telling,
): CompositeAlarm {
  const components = [...tree.components.values()];
  const at = new Construct(tree, 'Service');
  const tags = { layer: AlarmLayer.SERVICE, tier: telling.tier, runbook };
  const joined = {
    rule: anyAlarm(at, [...symptoms, ...components], tags),
    causes: [...components, ...upstream.map(({ alarm }) => alarm)],
    description: `${name} is not well, as users see it, and no alarm of a component says why: look at what changed last, then at what no alarm watches.`,
    ...tags,
  };
  return joinedAlarm(at, 'Alarm', joined, telling);
}

/** All that the tree may silence. */
function alarmsOf({ components, symptoms = [] }: AlarmTreeProps): readonly IAlarm[] {
  return [...components.flatMap(leavesOf), ...symptoms];
}

/** Alarms that exist outside the app keep their tags. */
function tagLeaves({ components, symptoms = [], runbook }: Props, tier: AlarmTags['tier']): void {
  const tagged = (alarms: readonly IAlarm[], tags: Omit<AlarmTags, 'tier'>) => {
    for (const alarm of alarms)
      if (alarm instanceof AlarmBase) tagAlarm(alarm, { ...tags, ...(tier !== undefined && { tier }) });
  };
  for (const { alarms = [], zones = [], layer, runbook: own = runbook } of components) {
    tagged(alarms, { layer, runbook: own });
    for (const { zone, alarms: ofZone } of zones) tagged(ofZone, { layer, zone, runbook: own });
  }
  tagged(symptoms, { layer: AlarmLayer.SERVICE, runbook });
}
