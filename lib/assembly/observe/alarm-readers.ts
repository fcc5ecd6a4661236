import { comparableText, identifiersOf } from '../identifiers';
import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import { isList, isMap, isScalar, referencesIn, Text, type Value } from '../value';
import { compositesOf } from './alarm-composites';

const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** The properties by which resources read the state of alarms, and act on it themselves. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'AWS::ARCRegionSwitch::Plan': ['AssociatedAlarms'],
  'AWS::ARCZonalShift::ZonalAutoshiftConfiguration': ['PracticeRunConfiguration'],
  'AWS::AppConfig::Environment': ['Monitors'],
  [COMPOSITE]: ['ActionsSuppressor'],
  'AWS::CodeDeploy::DeploymentGroup': ['AlarmConfiguration'],
  'AWS::ECS::Service': ['DeploymentConfiguration'],
  'AWS::FIS::ExperimentTemplate': ['StopConditions'],
  'AWS::Route53::HealthCheck': ['HealthCheckConfig'],
  'AWS::SageMaker::Endpoint': ['DeploymentConfig'],
};

/** A resource that acts on the state of an alarm by itself; undefined where there is none. */
export function readerOf(alarm: Resource): Resource | undefined {
  const { graph } = alarm.stack;
  const mentions = graph.mentionsOf(alarm, ...Object.keys(READERS));
  const mentioning = mentions.filter(({ from, property }) => READERS[from.type]?.includes(property));
  const byName = identifiersOf(alarm).flatMap((name) => readersByName(graph).get(name) ?? []);
  const naming = [...byName, ...compositesOf(alarm)];
  // What only may be there does not answer for the alarm.
  const near = naming.filter(({ region }) => region === alarm.region);
  const refreshing = refreshesByAlarm(graph).get(alarm) ?? [];
  return [...mentioning.map(({ from }) => from), ...near, ...refreshing].find(
    (reader) => reader.presence === true || reader.body.Condition === alarm.body.Condition,
  );
}

/** The readers of alarms that are named by a text, and not by a reference. */
const readersByName = oncePerGraph((graph) => {
  const readers = new Map<string, Resource[]>();
  for (const reader of graph.ofType(...Object.keys(READERS)))
    for (const name of namesReadBy(reader)) readers.set(name, [...(readers.get(name) ?? []), reader]);
  return readers;
});

function namesReadBy(reader: Resource): readonly string[] {
  return (READERS[reader.type] ?? []).flatMap((property) => textsIn(reader.get(property), reader));
}

/** Groups whose refresh of instances an alarm rolls back. They say so beside their properties. */
const refreshesByAlarm = oncePerGraph((graph) => {
  const groups = new Map<Resource, Resource[]>();
  for (const group of graph.ofType('AWS::AutoScaling::AutoScalingGroup')) {
    for (const { resource } of referencesIn(group.attribute('UpdatePolicy'))) {
      const known = groups.get(resource);
      if (known) known.push(group);
      else groups.set(resource, [group]);
    }
  }
  return groups;
});

function textsIn(value: Value | undefined, reader: Resource): readonly string[] {
  if (value instanceof Text || isScalar(value)) {
    const text = value === null ? undefined : comparableText(value, reader.stack);
    return text === undefined ? [] : [text];
  }
  if (isList(value)) return value.flatMap((item) => textsIn(item, reader));
  return isMap(value) ? Object.values(value).flatMap((item) => textsIn(item, reader)) : [];
}
