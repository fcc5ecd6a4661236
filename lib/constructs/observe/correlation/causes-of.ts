import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmComponent } from './alarm-tree-props';

/** All alarms of a component. @internal */
export function leavesOf({ alarms = [], zones = [] }: AlarmComponent): readonly IAlarm[] {
  return [...alarms, ...zones.flatMap((each) => each.alarms)];
}

/** What a component needs, and what that needs in turn; its own name only where it is in a circle. @internal */
export function causesOf(name: string, components: readonly AlarmComponent[]): readonly string[] {
  const needs = new Map(components.map((each) => [each.name, each.dependsOn ?? []]));
  const found = new Set<string>();
  const open = [...(needs.get(name) ?? [])];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(needs.get(next) ?? []));
  }
  return [...found];
}

/** The components, those that others need first. @internal */
export function causesFirst(components: readonly AlarmComponent[]): readonly AlarmComponent[] {
  const depth = new Map(components.map((each) => [each.name, causesOf(each.name, components).length]));
  return [...components].sort((one, other) => (depth.get(one.name) ?? 0) - (depth.get(other.name) ?? 0));
}

/** A circle of needs through a component, as it is walked; undefined where there is none. @internal */
export function circleOf(name: string, components: readonly AlarmComponent[]): readonly string[] | undefined {
  const needs = new Map(components.map((each) => [each.name, each.dependsOn ?? []]));
  const ways: (readonly string[])[] = [[name]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of needs.get(way.at(-1) ?? '') ?? []) {
      if (next === name) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}
