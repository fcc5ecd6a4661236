import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import type { Acknowledgement, Incident, IncidentRecord } from '../objectives/incident';
import { secondsOf } from './json-file';
import { openYaml, type YamlReader } from './yaml-reader';

const KEYS = ['schema', 'incidents', 'acknowledged'];
const INCIDENT_KEYS = ['id', 'from', 'until', 'service', 'alarms'];

/**
 * Reads incidents, and who took which page, in YAML or JSON; `schemas/incidents-1.schema.json` describes it.
 *
 * @param tell - hears of each incident that is written twice, word for word, and counted once
 * @throws ConfigurationError with the file and the line, where something is not understood, or where two incidents have
 * one id
 */
export function parseIncidents(
  text: string,
  file: string,
  tell: (words: string) => void = () => undefined,
): IncidentRecord {
  const { reader, root } = openYaml(text, file);
  const top = reader.map(root, KEYS, 'the file');
  const incidents = top.get('incidents');
  if (incidents === undefined)
    reader.refuse(root, 'incidents is missing', 'list them, or write incidents: []');
  const acknowledged = top.get('acknowledged');
  return {
    incidents: incidentsIn(reader, reader.list(incidents, 'incidents'), tell),
    ...(acknowledged && {
      acknowledged: reader.list(acknowledged, 'acknowledged').map((node) => acknowledgementIn(reader, node)),
    }),
  };
}

/** An outage that is written twice is one: counted twice it would double what was down. */
function incidentsIn(
  reader: YamlReader,
  nodes: readonly Node[],
  tell: (words: string) => void,
): readonly Incident[] {
  const first = new Map<string, { readonly incident: Incident; readonly line: number }>();
  for (const node of nodes) {
    const incident = incidentIn(reader, node);
    const known = first.get(incident.id);
    const what = `incident ${printable(incident.id)}`;
    if (known === undefined) first.set(incident.id, { incident, line: reader.lineOf(node) });
    else if (contentOf(known.incident) === contentOf(incident))
      tell(`${reader.placeOf(node)}: ${what} is written on line ${known.line} already, and counts once`);
    else
      reader.refuse(
        node,
        `${what} is written on line ${known.line} with other content`,
        'give each incident an id of its own, or keep the entry that is right',
      );
  }
  return [...first.values()].map(({ incident }) => incident);
}

function contentOf({ from, until, service, alarms }: Incident): string {
  return JSON.stringify([from, until, service, alarms && [...new Set(alarms)].sort()]);
}

function incidentIn(reader: YamlReader, node: Node): Incident {
  const entries = reader.map(node, INCIDENT_KEYS, 'an incident');
  const [from, until] = ['from', 'until'].map((key) => timeIn(reader, entries.get(key) ?? node, key));
  if (from === undefined || until === undefined || until < from)
    reader.refuse(entries.get('until') ?? node, 'until is before from', 'write the end after the beginning');
  const service = entries.get('service');
  const alarms = entries.get('alarms');
  return {
    id: reader.text(entries.get('id') ?? node, 'id'),
    from,
    until,
    ...(service && { service: reader.text(service, 'service') }),
    ...(alarms && { alarms: reader.list(alarms, 'alarms').map((each) => reader.text(each, 'an alarm')) }),
  };
}

function acknowledgementIn(reader: YamlReader, node: Node): Acknowledgement {
  const entries = reader.map(node, ['alarm', 'at'], 'an acknowledgement');
  return {
    alarm: reader.text(entries.get('alarm') ?? node, 'alarm'),
    at: timeIn(reader, entries.get('at') ?? node, 'at'),
  };
}

function timeIn(reader: YamlReader, node: Node, key: string): number {
  const at = secondsOf(reader.text(node, key));
  return at ?? reader.refuse(node, `${key} is no time with its zone`, 'write 2026-11-23T10:15:00Z');
}
