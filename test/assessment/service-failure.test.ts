import type { Graph } from '../../lib/assembly/graph';
import { type AssessOptions, assess } from '../../lib/assessment/assess';
import { assessedServices } from '../../lib/audit/assessed-services';
import { resolveServices } from '../../lib/audit/services';
import { AWS_FACTS } from '../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../lib/calculus/recovery-facts';
import { shareOfOutage } from '../../lib/calculus/switching';
import { parseConfig } from '../../lib/records/config';
import { eventIds, singlePoints } from '../support/assess';
import { graphOf } from '../support/graph';

const TABLE = { Type: 'AWS::DynamoDB::Table', Properties: {} };

/** The services of an app with one table in each stack, as a configuration declares them. */
function services(
  configuration: string,
  graph: Graph = graphOf({ stacks: STACKS }),
  options: AssessOptions = {},
) {
  const config = parseConfig(configuration, 'nines.config.yaml');
  const found = assess(graph, assessedServices(graph, resolveServices(graph, { config }), config), options);
  return Object.fromEntries(found.services.map((service) => [service.service.name, service]));
}

const STACKS = {
  Shop: { region: 'eu-west-1', template: { Resources: { Table: TABLE } } },
  Prices: { region: 'eu-west-1', template: { Resources: { Table: TABLE } } },
};

function configuration(ofShop: string): string {
  return `services:
  - { name: shop, tier: 1, stacks: [Shop], ${ofShop} }
  - { name: prices, tier: 1, stacks: [Prices] }
`;
}

const TABLE_DOWN = 1e-4;
const REGION_DOWN = 1e-5;
const SOFTWARE_DOWN = 1e-5;

function down(...parts: readonly number[]): number {
  return 1 - parts.reduce((product, part) => product * (1 - part), 1);
}

const TABLE_ALONE = 1 - (1 - TABLE_DOWN) / (1 - REGION_DOWN);

describe('a service that needs another', () => {
  it('is down with it, and shares with it what both stand on', () => {
    const { shop } = services(configuration('dependsOn: [{ service: prices }]'));
    // Both tables are DynamoDB in one region, which is down once for both.
    const expected = down(TABLE_ALONE, REGION_DOWN, SOFTWARE_DOWN, SOFTWARE_DOWN);
    expect(shop?.availability.unavailability).toBeCloseTo(expected, 12);
    expect(singlePoints(shop!)).toEqual(
      expect.arrayContaining(['software:prices', 'service:dynamodb@eu-west-1']),
    );
  });

  it('goes on without it where it needs it softly', () => {
    const { shop } = services(configuration('dependsOn: [{ service: prices, kind: soft }]'));
    expect(shop?.availability.unavailability).toBeCloseTo(down(TABLE_ALONE, REGION_DOWN, SOFTWARE_DOWN), 12);
  });

  it('counts one that is in no app by an assumption, and says so', () => {
    const { shop } = services(configuration('dependsOn: [{ service: elsewhere }]'));
    expect(singlePoints(shop!)).toContain('service:elsewhere');
    expect(shop?.assumptions.map(({ what }) => what)).toContain(
      'elsewhere is not in the app: its availability is assumed',
    );
  });

  it('may need it in a circle', () => {
    const both = `services:
  - { name: shop, tier: 1, stacks: [Shop], dependsOn: [{ service: prices }] }
  - { name: prices, tier: 1, stacks: [Prices], dependsOn: [{ service: shop }] }
`;
    const { shop, prices } = services(both);
    expect(shop?.availability.unavailability).toBeCloseTo(prices?.availability.unavailability ?? 0, 15);
  });
});

describe('a service that needs somebody else', () => {
  it('is down as often as the contract allows', () => {
    const { shop } = services(configuration('thirdParties: [{ name: cards, sla: 0.999 }]'));
    const expected = down(TABLE_ALONE, REGION_DOWN, SOFTWARE_DOWN, 1e-3);
    expect(shop?.availability.unavailability).toBeCloseTo(expected, 12);
  });

  it('is promised no more by a third party than what it needs is', () => {
    const found = services(`services:
  - { name: shop, tier: 1, stacks: [Shop], dependsOn: [{ service: prices }], thirdParties: [{ name: cards, sla: 0.999 }] }
  - { name: prices, tier: 1, stacks: [Prices], thirdParties: [{ name: cards, sla: 0.99 }] }
`);
    const of = (name: string) => found[name]?.availability.unavailability ?? 0;
    expect(of('shop')).toBeCloseTo(down(TABLE_ALONE, REGION_DOWN, SOFTWARE_DOWN, SOFTWARE_DOWN, 0.01), 12);
    expect(of('shop')).toBeGreaterThan(of('prices'));
  });

  it('is not never down for a contract that promises all of the time', () => {
    const { shop } = services(configuration('thirdParties: [{ name: dns, sla: 1 }]'));
    const expected = down(TABLE_ALONE, REGION_DOWN, SOFTWARE_DOWN, 1e-6);
    expect(shop?.availability.unavailability).toBeCloseTo(expected, 12);
  });

  it('counts one that promises nothing by an assumption, and not one that it can do without', () => {
    const { shop } = services(configuration('thirdParties: [{ name: cards }, { name: mail, kind: soft }]'));
    expect(eventIds(shop!)).toContain('third-party:cards');
    expect(eventIds(shop!)).not.toContain('third-party:mail');
    const [share] = shop?.availability.shares.filter(({ event }) => event.id === 'third-party:cards') ?? [];
    expect(share?.event.likelihood.terms[0]).toMatchObject({ value: 5e-3, confidence: 'assumed' });
  });
});

describe('numbers of the user', () => {
  it('stand in for ours, and say so', () => {
    const { shop } = services(configuration('owner: team'), undefined, { assumed: { region: 5e-5 } });
    const own = 1 - (1 - TABLE_DOWN) / (1 - 5e-5);
    expect(shop?.availability.unavailability).toBeCloseTo(down(own, 5e-5, SOFTWARE_DOWN), 12);
    const region = shop?.availability.model.events.get('region:eu-west-1');
    expect(region?.likelihood.terms).toMatchObject([{ source: 'set by the user' }]);
  });

  it('decide what is owed', () => {
    expect(services(configuration('slo: 0.99999')).shop?.availability.meets).toBe(false);
    expect(services(configuration('slo: 0.999')).shop?.availability.meets).toBe(true);
  });
});

describe('what nobody declares', () => {
  it('is no service beside declared ones, where nothing comes in', () => {
    const stacks = {
      ...STACKS,
      Logs: {
        region: 'eu-west-1',
        template: { Resources: { Logs: { Type: 'AWS::S3::Bucket', Properties: {} } } },
      },
    };
    expect(Object.keys(services(configuration('owner: team'), graphOf({ stacks })))).toEqual([
      'shop',
      'prices',
    ]);
  });
});

describe('regions that stand in for each other', () => {
  // What can be made again anywhere is the same anywhere.
  const tags = [{ Key: 'resilience:rebuildable', Value: 'true' }];
  const worker = (region: string) => ({
    region,
    template: { Resources: { Table: { ...TABLE, Properties: { Tags: tags } } } },
  });
  const stacks = { West: worker('eu-west-1'), Central: worker('eu-central-1') };
  const roles = (west: string, central: string) =>
    `services:\n  - { name: shop, tier: 1, stacks: ["*"], regions: { eu-west-1: ${west}, eu-central-1: ${central} } }\n`;
  const undeclared = 'services:\n  - { name: shop, tier: 1, stacks: ["*"] }\n';
  const of = (text: string) => services(text, graphOf({ stacks })).shop!;

  const { acknowledgeSeconds, decideSeconds } = AWS_FACTS;
  const NOTICED = RECOVERY_FACTS.noticeRegionSeconds.value.typical;
  const PEOPLE = NOTICED + acknowledgeSeconds.value.typical + decideSeconds.value.typical;

  // Somebody notices, takes the call, decides, and moves what nothing of the app leads away, of outages of an hour.
  const CHANGES = down(1e-2, shareOfOutage(PEOPLE + RECOVERY_FACTS.switchByHandSeconds.value.typical));

  it('are both needed where nobody says what they do', () => {
    expect(singlePoints(of(undeclared))).toEqual(
      expect.arrayContaining(['region:eu-west-1', 'region:eu-central-1']),
    );
  });

  it('stop the service together, or one with a switch that fails or is not through yet', () => {
    const both = of(roles('active', 'active'));
    const region = down(TABLE_ALONE, REGION_DOWN);
    expect(singlePoints(both)).toEqual(['software:shop']);
    expect(both.availability.unavailability).toBeCloseTo(down(SOFTWARE_DOWN, CHANGES * 2 * region), 7);
  });

  it('wait for a person where a Region switch plan does not start by itself', () => {
    const plan = (properties: object) => ({
      Type: 'AWS::ARCRegionSwitch::Plan',
      Properties: {
        Workflows: [{ WorkflowTargetAction: 'activate', Steps: [] }],
        ...properties,
      },
    });
    const planned = (properties: object) => {
      const west = {
        ...stacks.West,
        template: { Resources: { ...stacks.West.template.Resources, Plan: plan(properties) } },
      };
      return services(roles('primary', 'standby'), graphOf({ stacks: { ...stacks, West: west } })).shop!;
    };
    const byHand = planned({});
    const byItself = planned({ Triggers: [{ Action: 'activate', TargetRegion: 'eu-central-1' }] });
    const waits = ({ availability }: typeof byHand) =>
      availability.model.events.get('switching:shop')?.likelihood.unavailability;
    expect(waits(byItself)).toBe(shareOfOutage(30 * 3));
    expect(waits(byHand)).toBe(shareOfOutage(PEOPLE));
    expect(byHand.availability.unavailability).toBeGreaterThan(byItself.availability.unavailability);
  });

  it('are the less available together, the more of them serve', () => {
    const standby = of(roles('primary', 'standby')).availability.unavailability;
    expect(standby).toBeLessThan(of(roles('active', 'active')).availability.unavailability);
    expect(standby).toBeCloseTo(down(SOFTWARE_DOWN, CHANGES * down(TABLE_ALONE, REGION_DOWN)), 7);
  });
});
