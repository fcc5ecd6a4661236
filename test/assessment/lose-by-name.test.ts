import { assess } from '../../lib/assessment/assess';
import { meantBy, parseLosses, simulate } from '../../lib/assessment/simulate';
import { assessedServices } from '../../lib/audit/assessed-services';
import { resolveServices } from '../../lib/audit/services';
import { parseConfig } from '../../lib/records/config';
import { attribute } from '../support/designs';
import { graphOf, type TestTemplate } from '../support/graph';
import { ref, resource, web } from './recovery/parts';

type Resources = TestTemplate['Resources'];

const NEVER = Number.POSITIVE_INFINITY;
const REGIONS = { west: 'eu-west-1', central: 'eu-central-1' } as const;

/** A function that pays by a table, in each of some regions. */
const paying = (...more: readonly Resources[]): Resources => ({
  Api: resource('ApiGatewayV2::Api', { ProtocolType: 'HTTP', Target: attribute('Pay', 'Arn') }),
  Pay: resource('Lambda::Function', { Environment: { Variables: { TABLE: ref('Table') } } }),
  Table: resource('DynamoDB::Table'),
  ...Object.assign({}, ...more),
});

function assessment(regions: readonly (keyof typeof REGIONS)[], roles: string, resources: Resources) {
  const graph = graphOf({
    stacks: Object.fromEntries(
      regions.map((name) => [name, { region: REGIONS[name], template: { Resources: resources } }]),
    ),
  });
  const config = parseConfig(
    `schema: cdk-nines.config/1
services:
  - name: shop
    tier: 1
    stacks: [${regions.join(', ')}]
${roles}    dependsOn:
      - { service: ledger, kind: hard }
      - { service: hints, kind: soft }
    thirdParties:
      - { name: Stripe, kind: hard }
      - { name: Sift Science, kind: soft }
`,
    'nines.config.yaml',
  );
  const services = assessedServices(graph, resolveServices(graph, { config }), config);
  return assess(graph, services);
}

const one = assessment(['west'], '', paying());
const both = assessment(
  ['west', 'central'],
  '    regions: { eu-west-1: active, eu-central-1: active }\n',
  paying({
    Table: resource('DynamoDB::GlobalTable', {
      Replicas: [{ Region: 'eu-west-1' }, { Region: 'eu-central-1' }],
    }),
  }),
);

function lose(app: typeof one, names: string) {
  const losses = meantBy(app, parseLosses(names));
  const [loss] = simulate(app, losses);
  if (!loss) throw new Error('no service');
  const { stops, recovery, disruption, failed, assumed, events } = loss;
  return {
    ...recovery,
    stops,
    disruption,
    assumed,
    events,
    losses,
    failed: failed.map(({ logicalId }) => logicalId),
  };
}

describe('a zone', () => {
  it('of a region in which nothing stands in zones takes nothing', () => {
    expect(lose(one, 'az:eu-west-1a')).toMatchObject({ stops: false, events: [], failed: [] });
    expect(() => lose(one, 'az:eu-north-1a')).toThrow(/no service of the app depends on such a zone/);
  });

  it('that is not one of those that are named is refused', () => {
    const zonal = assessment(['west'], '', web());
    expect(() => lose(zonal, 'az:eu-west-1c')).toThrow(/name one of az:eu-west-1a, az:eu-west-1b/);
  });
});

it('a very long name that is not known is not said whole', () => {
  const message = () => {
    try {
      return String(lose(one, 'x'.repeat(100_000)).stops);
    } catch (error) {
      return String(error);
    }
  };
  expect(message()).toMatch(/--lose x{200}…: no service/);
  expect(message().length).toBeLessThan(1000);
});

describe('a service of AWS that is lost in a region', () => {
  it.each([
    'service:lambda@eu-west-1',
    'service:lambda',
    'service lambda',
    'service:AWS Lambda',
    'service:AWS Lambda in eu-west-1',
    'SERVICE:Lambda@eu-west-1',
  ])('is known as %s, takes what stands on it, and comes back nobody knows when', (name) => {
    expect(lose(one, name)).toMatchObject({
      losses: [{ kind: 'service', name: 'lambda@eu-west-1' }],
      stops: true,
      failed: expect.arrayContaining(['Pay']),
      rtoSeconds: NEVER,
      meets: undefined,
      disruption: 'region',
      unknown: 'nothing says when it works again: AWS Lambda in eu-west-1',
    });
    expect(lose(one, name).failed).not.toContain('Table');
  });

  it('is named with its region where it is used in several', () => {
    expect(() => lose(both, 'service:lambda')).toThrow(
      '2 are called lambda\n  fix: name one of service:lambda@eu-central-1, service:lambda@eu-west-1',
    );
  });

  it('leaves what another region serves, as health checks lead users there', () => {
    const found = lose(both, 'service:lambda@eu-west-1');
    expect(found).toMatchObject({ stops: false, failed: ['Api', 'Pay'] });
    expect(found.unknown).toBeUndefined();
    expect(lose(both, 'service:lambda@eu-west-1, service:lambda@eu-central-1')).toMatchObject({
      stops: true,
    });
  });
});

describe('what somebody else runs', () => {
  it.each(['third-party:Stripe', 'third-party stripe', 'third-party:STRIPE'])(
    '%s stops who needs it',
    (name) => {
      expect(lose(one, name)).toMatchObject({
        losses: [{ kind: 'thirdParty', name: 'Stripe' }],
        stops: true,
        disruption: undefined,
        meets: undefined,
        failed: [],
        unknown: 'nothing says when it works again: Stripe',
      });
    },
  );

  it('is a service of another app', () => {
    expect(lose(one, 'service:ledger')).toMatchObject({ stops: true, disruption: undefined });
  });

  it('goes on without what it declares as a soft need', () => {
    for (const [name, called] of [
      ['third-party:sift-science', 'Sift Science'],
      ['service:hints', 'hints'],
    ] as const)
      expect(lose(one, name)).toMatchObject({
        stops: false,
        events: [],
        assumed: [`it goes on without ${called}, which it declares as a soft need`],
      });
    expect(lose(one, 'third-party:Stripe, service:hints').assumed).toHaveLength(1);
  });
});

describe('common software', () => {
  it('takes all copies, and comes back as a bad deploy does', () => {
    const [service] = both.services;
    const found = lose(both, 'software:shop');
    expect(found).toMatchObject({
      stops: true,
      disruption: 'rollback',
      failed: [],
      events: ['software:shop'],
    });
    expect(found.rtoSeconds).toBe(service?.recovery.rollback.rtoSeconds);
    expect(found.rtoSeconds).toBeGreaterThan(0);
    expect(found.rtoSeconds).toBeLessThan(NEVER);
  });

  it('does not come back while the control plane is impaired that deploys it', () => {
    const found = lose(one, 'software:shop, control-plane@eu-west-1');
    expect(found).toMatchObject({ stops: true, rtoSeconds: NEVER, meets: false });
    expect(found.rtoTerms?.map(({ what }) => what)).toEqual([
      'updates the stack (west/Pay): that waits for the control plane of eu-west-1',
    ]);
  });
});

describe('a unit of a resource', () => {
  it('is known by the id of its event, as the resource is', () => {
    const graph = graphOf({
      stacks: { west: { region: 'eu-west-1', template: { Resources: web({ tasks: 4 }) } } },
    });
    const app = assess(graph, assessedServices(graph, resolveServices(graph)));
    expect(lose(app, 'resource:west/Web#task 1')).toMatchObject({ stops: false, disruption: 'instance' });
    expect(lose(app, 'resource:west/Web')).toMatchObject({
      stops: true,
      failed: expect.arrayContaining(['Web']),
    });
  });
});

describe('what nobody knows', () => {
  it.each([
    [
      'control-plane@mars',
      'no service of the app depends on such a control plane\n  fix: name one of control-plane:eu-west-1, control-plane:global',
    ],
    ['service:lamda@eu-west-1', 'depends on such a service\n  fix: name one of service:lambda@eu-west-1'],
    ['third-party:stipe', 'depends on such a third party\n  fix: name one of third-party:Stripe'],
    ['software:shopp', 'depends on such software\n  fix: name one of software:shop'],
    ['switch:www', 'depends on such a switch\n  fix: there is no switch to lose'],
    ['stripe', 'depends on such a resource\n  fix: name one of'],
    ['third-party:', 'nothing is named\n  fix: write az:eu-west-1a'],
    ['az:eu-west-1a,', 'nothing is named'],
  ])('%s is refused in words', (name, message) => {
    expect(() => lose(one, name)).toThrow(message);
  });

  it('is led to all regions of the app, the likest first', () => {
    const both = assessment(['west', 'central'], '', paying());
    expect(() => lose(both, 'region:eu-west-2')).toThrow('name one of region:eu-west-1, region:eu-central-1');
  });

  it('is led to what is called so and is no resource', () => {
    expect(() => lose(one, 'stripe')).toThrow(/third-party:Stripe/);
  });
});
