import { type Topology, topologyOf } from '../../../lib/assessment/topology';
import { clean, fitted, fittedWords, typeName } from '../../../lib/evidence/picture/labels';
import { layout } from '../../../lib/evidence/picture/layout';
import type { Area } from '../../../lib/evidence/picture/picture';
import type { TestApp } from '../../support/graph';
import { assessedApp, ONE_REGION, WEB } from '../assessed-app';

const topology = (app: TestApp) => topologyOf(assessedApp(app).assessment.services[0]!.availability);

const record = (failover: string) => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: {
    Name: 'www.example.com.',
    Type: 'A',
    HostedZoneId: 'Z1',
    SetIdentifier: failover,
    Failover: failover,
    AliasTarget: {
      DNSName: { 'Fn::GetAtt': ['Front', 'DNSName'] },
      HostedZoneId: { 'Fn::GetAtt': ['Front', 'CanonicalHostedZoneID'] },
      EvaluateTargetHealth: true,
    },
  },
});

const TWO_REGIONS: TestApp = {
  stacks: {
    west: { region: 'eu-west-1', template: { Resources: { ...WEB, Name: record('PRIMARY') } } },
    north: { region: 'eu-north-1', template: { Resources: { ...WEB, Name: record('SECONDARY') } } },
  },
};

const MANY: TestApp = {
  Resources: Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [
      `Table${index}`,
      { Type: 'AWS::DynamoDB::Table', Properties: {} },
    ]),
  ),
};

const shapes: readonly (readonly [string, Topology])[] = [
  ['one region', topology(ONE_REGION)],
  ['two regions', topology(TWO_REGIONS)],
  ['many components', topology(MANY)],
  ['nothing', { regions: [], components: [], edges: [], domains: [] }],
];

const overlap = (a: Area, b: Area) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const within = (inner: Area, outer: Area) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

describe.each(shapes)('a picture of %s', (_, given) => {
  describe.each([
    [1140, false],
    [336, true],
  ])('that is %s wide', (width, stacked) => {
    const picture = layout(given, { width, stacked });
    const { boxes, panels, lines } = picture;

    it('has nothing that lies on something else', () => {
      for (const all of [boxes, panels])
        for (const [index, one] of all.entries())
          for (const other of all.slice(index + 1)) expect(overlap(one, other)).toBe(false);
    });

    it('has everything inside', () => {
      const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
      expect(boxes.filter((box) => !panels.some((panel) => within(box, panel)))).toEqual([]);
      expect(panels.filter((panel) => !within(panel, whole))).toEqual([]);
    });

    it('has lines that stay inside', () => {
      const across = lines.flatMap(({ path }) =>
        [...path.matchAll(/[MH](-?\d+(?:\.\d+)?)/g)].map(([, x]) => Number(x)),
      );
      expect(across.filter((x) => x < 0 || x > picture.width)).toEqual([]);
    });

    it('draws every component once, by itself or with alike ones', () => {
      const drawn = boxes.flatMap(({ indexes }) => indexes).sort((a, b) => a - b);
      expect(drawn).toEqual(given.components.map((_, index) => index));
      const together = boxes.filter(({ component }) => component.members).flatMap(({ indexes }) => indexes);
      expect(panels.reduce((sum, { folded }) => sum + folded, 0)).toBe(together.length);
    });

    it('is as wide as asked, or a little wider', () => {
      if (stacked) expect(picture.width).toBeLessThanOrEqual(width + 2);
    });
  });
});

describe('the picture of two regions', () => {
  const { panels, boxes, lines } = layout(topology(TWO_REGIONS), {
    width: 1140,
    stacked: false,
    roles: new Map([['eu-west-1', 'primary']]),
  });

  it('names what each does', () => {
    expect(panels.map(({ label }) => label)).toEqual([
      'Global, or over several regions',
      'Region eu-north-1',
      'Region eu-west-1, primary',
    ]);
  });

  it('has the zones as columns, with the units in each', () => {
    expect(panels[2]!.zones.map(({ label }) => label)).toEqual(['zone a', 'zone b']);
    const workers = boxes.find(({ title }) => title.endsWith('Workers'))!;
    expect(workers.cells.map(({ label }) => label)).toEqual(['2 units', '2 units']);
  });

  it('shows the path of a failover', () => {
    expect(lines.map(({ leaning }) => leaning)).toContain('failsOverTo');
  });

  it('names records as users do', () => {
    expect(boxes.map(({ title }) => title)).toContain('www.example.com');
  });
});

describe('words in a picture', () => {
  it('are cut at their beginning, where names are alike', () => {
    expect(fitted('Network/Vpc/PublicSubnet1/NATGateway', 130)).toBe('…et1/NATGateway');
    expect(fitted('Db', 130)).toBe('Db');
  });

  it('are left out from the first where there is no room', () => {
    expect(fittedWords(['way in', 'ECS Service', '3 min'], 400)).toBe('way in · ECS Service · 3 min');
    expect(fittedWords(['way in', 'ECS Service', '3 min'], 40)).toBe('3 min');
    expect(fittedWords(['way in'], 1)).toBe('');
  });

  it('show nothing that XML or a screen cannot', () => {
    expect(clean('a\u0000\u202e\ufffe\ud800b')).toBe('a\\u0000\\u202e\\ufffe\\ud800b');
  });

  it.each([
    ['AWS::ECS::Service', 'ECS Service'],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'ELB LoadBalancer'],
    ['AWS::EC2::NatGateway', 'NatGateway'],
    ['Custom::Thing', 'Thing'],
  ])('name %s shortly', (type, words) => expect(typeName(type)).toBe(words));
});
