import type { ServiceAssessment } from '../assessment/assessment';
import { labelOf } from '../assessment/stages';
import { type Topology, type TopologyComponent, topologyOf } from '../assessment/topology';
import type { Leaning } from '../assessment/topology/view';
import type { AssessmentRenderer } from './assessment-evidence';
import { clean, shortName, typeName } from './picture/labels';

/** Sites refuse diagrams that are larger; who wants more takes the SVG. */
const MOST_COMPONENTS = 150;
const MOST_EDGES = 400;

/** The topology of each service as Mermaid in Markdown, as comments of pull requests show it. */
export const mermaid: AssessmentRenderer = function* ({ assessment }) {
  for (const service of assessment.services) yield* diagram(service);
};

function* diagram({ service, availability }: ServiceAssessment): Generator<string> {
  const topology = topologyOf(availability);
  const drawn = topology.components.slice(0, MOST_COMPONENTS);
  const ids = new Map(drawn.map(({ resource }, index) => [resource.id, `c${index}`]));
  yield `\`\`\`mermaid\nflowchart TB\n  subgraph service["${escaped(`${labelOf(service)}, tier ${service.tier}`)}"]\n`;
  for (const component of drawn.filter(({ regions }) => regions.length !== 1))
    yield node(component, ids, '  ');
  yield* regionsIn(topology, drawn, ids);
  const more = topology.components.length - drawn.length;
  if (more > 0) yield `  more["and ${more} more components"]\n`;
  yield '  end\n';
  yield* edgesIn(topology, ids);
  yield '  classDef alone stroke-width:3px\n';
  yield '```\n';
}

function* regionsIn(
  { regions }: Topology,
  drawn: readonly TopologyComponent[],
  ids: ReadonlyMap<string, string>,
): Generator<string> {
  const names = new Set([...regions.map(({ name }) => name), ...drawn.flatMap((each) => each.regions)]);
  for (const [index, name] of [...names].sort().entries()) {
    const own = drawn.filter((each) => each.regions.length === 1 && each.regions[0] === name);
    if (own.length === 0) continue;
    yield `  subgraph r${index}["${escaped(`region ${name}`)}"]\n`;
    yield* zonesIn(own, ids, `r${index}`);
    yield '  end\n';
  }
}

/** What stands in one zone stands in it in the diagram; what stands in several cannot, and names them. */
function* zonesIn(
  own: readonly TopologyComponent[],
  ids: ReadonlyMap<string, string>,
  region: string,
): Generator<string> {
  const single = own.filter(({ zones }) => zones.length === 1);
  for (const component of own.filter((each) => !single.includes(each))) yield node(component, ids, '    ');
  const zones = [...new Set(single.map(({ zones: [only] }) => only?.zone ?? ''))].sort();
  for (const [index, zone] of zones.entries()) {
    yield `    subgraph ${region}z${index}["${escaped(`zone ${zone}`)}"]\n`;
    for (const component of single.filter(({ zones: [only] }) => only?.zone === zone))
      yield node(component, ids, '      ');
    yield '    end\n';
  }
}

function node(component: TopologyComponent, ids: ReadonlyMap<string, string>, indent: string): string {
  const { resource, zones, regions, entry, stopsAlone } = component;
  const places =
    zones.length > 1 ? zones.map(({ zone, units }) => (units > 0 ? `${units} in ${zone}` : zone)) : [];
  const words = [
    `${stopsAlone ? '▲ ' : ''}${shortName(component)}`,
    `${entry ? 'way in, ' : ''}${typeName(resource.type)}`,
    ...(regions.length > 1 ? [regions.join(' + ')] : []),
    ...(places.length > 0 ? [places.join(', ')] : []),
  ];
  // Our own line breaks stand between words that are escaped.
  const label = words.map(escaped).join('<br/>');
  return `${indent}${ids.get(resource.id)}["${label}"]${stopsAlone ? ':::alone' : ''}\n`;
}

const ARROWS: Readonly<Record<Leaning, string>> = {
  needs: '-->',
  oneOf: '-.->',
  failsOverTo: '-. fails over to .->',
};

function* edgesIn({ edges }: Topology, ids: ReadonlyMap<string, string>): Generator<string> {
  const drawn = edges.filter(({ from = '', to }) => ids.has(from) && ids.has(to));
  for (const { from = '', to, leaning } of drawn.slice(0, MOST_EDGES))
    yield `  ${ids.get(from)} ${ARROWS[leaning]} ${ids.get(to)}\n`;
}

/** Text of unknown origin: whatever may mean something to Mermaid, Markdown or HTML becomes its number. */
function escaped(text: string): string {
  return clean(text).replace(/[^\p{L}\p{N} ,.+▲/_-]|www\./gu, (found) =>
    [...found].map((letter) => `#${letter.codePointAt(0)};`).join(''),
  );
}
