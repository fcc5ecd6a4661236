import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { DependencyKind } from '../../../objectives/dependency';
import { type Mistake, quoted, repeated } from '../../../objectives/mistakes';
import type { Service } from '../../../objectives/service';
import { isElsewhere, placeInWords, placeOf, placeOfStack } from '../../governance/places';
import type { AlarmComponent, AlarmTreeProps, UpstreamAlarm } from './alarm-tree-props';
import { circleOf } from './causes-of';

/** What a tree of alarms knows of what is around it. @internal */
export interface AroundTree {
  readonly service: Service | undefined;

  /** Those that the stack watches. */
  readonly thirdParties: readonly UpstreamAlarm[];
}

/** What a tree of alarms cannot be. @internal */
export function alarmTreeMistakes(
  tree: IConstruct,
  props: AlarmTreeProps,
  { service, thirdParties }: AroundTree,
): Mistake[] {
  const { components } = props;
  const outside = [...(props.upstream ?? []), ...thirdParties].map((each) => each.service);
  return [
    ...(components.length === 0
      ? [{ problem: 'components is empty: there is no cause to tell', fix: 'name a part of the service' }]
      : []),
    ...nameMistakes(props),
    ...components.flatMap((component) => componentMistakes(component, components, outside)),
    ...circleMistakes(components),
    ...upstreamMistakes(props, service),
    ...zoneMistakes(props),
    ...alarmMistakes(tree, props),
  ];
}

function nameMistakes({ components, upstream = [] }: AlarmTreeProps): Mistake[] {
  const names = [...components.map(({ name }) => name), ...upstream.map(({ service }) => service)];
  return [
    ...names
      .filter((name) => Token.isUnresolved(name) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
      .map((name) => ({
        problem: `${quoted(name)} is no name`,
        fix: 'use lower-case letters, digits and hyphens, with a letter first',
      })),
    ...repeated(names).map((name) => ({
      problem: `${quoted(name)} is named twice`,
      fix: `name ${quoted(name)} once`,
    })),
  ];
}

function componentMistakes(
  { name, alarms = [], zones = [], dependsOn = [] }: AlarmComponent,
  components: readonly AlarmComponent[],
  outside: readonly string[],
): Mistake[] {
  const known = [...components.map((each) => each.name), ...outside];
  const mistakes = dependsOn
    .filter((each) => !known.includes(each))
    .map((each) => ({
      problem: `${name} depends on ${quoted(each)}, which is neither a component nor upstream`,
      fix: `name one of ${known.filter((other) => other !== name).join(', ') || 'the components'}`,
    }));
  return alarms.length + zones.flatMap((each) => each.alarms).length > 0
    ? mistakes
    : [...mistakes, { problem: `${name} has no alarm`, fix: 'give it alarms, or leave it out' }];
}

function circleMistakes(components: readonly AlarmComponent[]): Mistake[] {
  const told = new Set<string>();
  return components.flatMap(({ name }) => {
    const circle = told.has(name) ? undefined : circleOf(name, components);
    for (const each of circle ?? []) told.add(each);
    return circle === undefined
      ? []
      : [
          {
            problem: `the components depend on each other in a circle: ${circle.join(' -> ')}; each would silence the other`,
            fix: 'leave out the dependency that is no cause',
          },
        ];
  });
}

function upstreamMistakes({ upstream = [] }: AlarmTreeProps, service: Service | undefined): Mistake[] {
  return upstream.flatMap(({ service: name }) => {
    const dependency =
      service?.dependsOn.find((each) => each.service === name) ??
      service?.thirdParties.find((each) => each.name === name);
    if (service === undefined || dependency?.kind === DependencyKind.HARD) return [];
    return dependency === undefined
      ? [
          {
            problem: `${service.name} declares no dependency on ${name}`,
            fix: `add ${name} to dependsOn of the service`,
          },
        ]
      : [
          {
            problem: `${name} is a soft dependency: ${service.name} has to serve on without it, so its alarm excuses nothing`,
            fix: `leave ${name} out of upstream`,
          },
        ];
  });
}

function zoneMistakes({ components, regionalZones }: AlarmTreeProps): Mistake[] {
  const zones = [...new Set(components.flatMap((each) => (each.zones ?? []).map(({ zone }) => zone)))];
  const mistakes: Mistake[] = zones
    .filter((zone) => Token.isUnresolved(zone) || !/^[a-z][a-z0-9-]*$/.test(zone))
    .map((zone) => ({
      problem: `${quoted(zone)} is no zone that can be named`,
      fix: 'write its name: eu-west-1a',
    }));
  if (zones.length === 1)
    mistakes.push({
      problem: `only ${zones[0]} has alarms of its own: an outage of the zone looks like one of the region`,
      fix: 'give alarms for each zone, or for none',
    });
  if (regionalZones === undefined || Token.isUnresolved(regionalZones)) return mistakes;
  const most = Math.max(2, zones.length);
  if (!Number.isInteger(regionalZones) || regionalZones < 2 || regionalZones > most)
    mistakes.push({
      problem: `regionalZones is ${regionalZones}, and ${zones.length} zones have alarms`,
      fix: `use a whole number from 2 to ${most}`,
    });
  return mistakes;
}

function alarmMistakes(
  tree: IConstruct,
  { components, symptoms = [], upstream = [] }: AlarmTreeProps,
): Mistake[] {
  const leaves = components.flatMap(({ alarms = [], zones = [] }) => [
    ...alarms,
    ...zones.flatMap((each) => each.alarms),
  ]);
  const all = [...leaves, ...symptoms, ...upstream.map(({ alarm }) => alarm)];
  const twice = new Set(all.filter((alarm, index) => all.indexOf(alarm) !== index));
  return [
    ...[...twice].map((alarm) => ({
      problem: `${alarm.node.path} is named twice: it would be cause and symptom of itself`,
      fix: 'name it where it belongs, once',
    })),
    ...all.flatMap((alarm) => placeMistakes(tree, alarm)),
  ];
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html */
function placeMistakes(tree: IConstruct, alarm: IAlarm): Mistake[] {
  const [there, here] = [placeOf(alarm, alarm.alarmArn), placeOfStack(tree)];
  if (!isElsewhere(there, here)) return [];
  return [
    {
      problem: `${alarm.node.path} is in ${placeInWords(there)}, the tree in ${placeInWords(here)}: a composite alarm sees its own region and account only`,
      fix: 'build a tree in each region',
    },
  ];
}
