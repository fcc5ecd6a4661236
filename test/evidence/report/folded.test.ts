import { type Topology, type TopologyComponent, topologyOf } from '../../../lib/assessment/topology';
import { folded, MOST_BOXES } from '../../../lib/evidence/picture/folded';
import { layout } from '../../../lib/evidence/picture/layout';
import { assessedApp } from '../assessed-app';

const TYPES = ['DynamoDB::Table', 'Cassandra::Table'];

/** Many resources of few types, each of which stops the service. */
function topologyWith(counts: readonly number[]): Topology {
  const resources = counts.flatMap((count, type) =>
    Array.from({ length: count }, (_, index) => [
      `R${type}x${index}`,
      { Type: `AWS::${TYPES[type]}`, Properties: {} },
    ]),
  );
  const app = {
    stacks: { Shop: { region: 'eu-west-1', template: { Resources: Object.fromEntries(resources) } } },
  };
  return topologyOf(assessedApp(app).assessment.services[0]!.availability);
}

const titles = (topology: Topology) =>
  layout(topology, { width: 1140, stacked: false })
    .boxes.map(({ title }) => title.replace('▲ ', ''))
    .sort();

const strewn = (components: readonly TopologyComponent[]) =>
  components.map((component, index) => ({
    ...component,
    entry: index === 3,
    zones: [{ zone: `zone-${index}`, units: 1 }],
  }));

describe('a region with too many components', () => {
  it('has none folded where they fit', () => {
    const fits = topologyWith([20, 10]);
    expect(folded(fits)).toBe(fits);
  });

  it('has the most numerous folded by type first, with their number', () => {
    const many = topologyWith([40, 5]);
    expect(folded(many).components).toHaveLength(6);
    expect(titles(many)).toEqual(['40 × DynamoDB Table', 'R1x0', 'R1x1', 'R1x2', 'R1x3', 'R1x4']);
  });

  it('keeps what they cost and whether they stop the service', () => {
    const many = topologyWith([40]);
    const [box] = folded(many).components;
    const cost = many.components.reduce((sum, { minutesPerYear }) => sum + minutesPerYear, 0);
    expect(box).toMatchObject({ stopsAlone: true, minutesPerYear: cost });
  });

  it('has those folded together that are alike in nothing, and keeps ways in', () => {
    const given = topologyWith([40]);
    const { components } = folded({ ...given, components: strewn(given.components) });
    expect(components).toHaveLength(MOST_BOXES);
    expect(components.find(({ entry }) => entry)?.members).toBeUndefined();
    expect(components.filter(({ members }) => members).map(({ members }) => members?.length)).toEqual([11]);
  });

  it('has one line for all lines of what is folded', () => {
    const given = topologyWith([40, 1]);
    const from = given.components.find(({ resource }) => resource.type === 'AWS::Cassandra::Table')!.resource
      .id;
    const tables = given.components.filter(({ resource }) => resource.type === 'AWS::DynamoDB::Table');
    const edges = tables.map(({ resource }) => ({ from, to: resource.id, leaning: 'needs' as const }));
    expect(folded({ ...given, edges }).edges).toHaveLength(1);
  });
});
