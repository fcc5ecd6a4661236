import fc from 'fast-check';
import { assess } from '../../../lib/assessment/assess';
import { parseLosses, simulate } from '../../../lib/assessment/simulate';
import { assessedServices } from '../../../lib/audit/assessed-services';
import { resolveServices } from '../../../lib/audit/services';
import { ASSUMED_UNAVAILABILITY } from '../../../lib/calculus/likelihood';
import { parseConfig } from '../../../lib/records/config';
import { assessed, assumptionsOf, singlePoints } from '../../support/assess';
import { type Declared, declaring } from '../../support/declared';
import {
  alias,
  attribute,
  balancer,
  network,
  REGISTERED,
  record,
  ref,
  scaled,
  subnets,
  tasks,
} from '../../support/designs';
import { graphOf, type TestStack, type TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const ZONE = ASSUMED_UNAVAILABILITY.zone.unavailability;
const REGION = ASSUMED_UNAVAILABILITY.region.unavailability;
const SOFTWARE = ASSUMED_UNAVAILABILITY.software.unavailability;

/** A single task by its agreement, 99.5 %, its zone left out. */
const UNIT = 1 - (1 - 5e-3) / (1 - ZONE);

function stack(region: string, resources: Resources, declared: Declared = {}): TestStack {
  const zones = ZONES.map((zone) => zone.replace('eu-west-1', region));
  return {
    region,
    paths: Object.fromEntries(Object.keys(resources).map((id) => [id, `Shop/${id}/Resource`])),
    template: { Metadata: declaring(declared), Resources: { ...network(zones), ...resources } },
  };
}

const inWest = (resources: Resources, declared: Declared = {}) =>
  assessed({ stacks: { west: stack('eu-west-1', resources, declared) } });

const down = ({ availability }: ReturnType<typeof assessed>) => availability.unavailability;
const anyOf = (...causes: readonly number[]) => 1 - causes.reduce((up, cause) => up * (1 - cause), 1);

describe('without a declared peak', () => {
  it('more tasks never look worse', () => {
    const downs = [1, 2, 3, 4, 5, 6, 7, 9, 12].map((count) => down(inWest(tasks(count, 'ABC'))));
    for (const [index, each] of downs.slice(1).entries()) expect(each).toBeLessThanOrEqual(downs[index] ?? 0);
  });

  it('one is taken to carry the load, and that is said', () => {
    expect(assumptionsOf(inWest(tasks(3, 'ABC')))).toMatch(
      /1 of 3 tasks of Shop\/Tasks\/Resource carries the load: nobody declares the peak/,
    );
  });
});

describe('very many tasks', () => {
  const peak = (units: number): Declared => ({ peaks: { Tasks: units } });

  it('are counted exactly beyond what one event each allows', () => {
    // One task of 90 may be missed: by itself with its zone standing, or two of them, or any zone with its thirty.
    const all = inWest(tasks(90, 'ABC'), peak(89));
    const two = 1 - (1 - UNIT) ** 90 - 90 * UNIT * (1 - UNIT) ** 89;
    expect(down(all)).toBeCloseTo(anyOf(1 - (1 - two) * (1 - ZONE) ** 3, REGION, SOFTWARE), 12);
  });

  it('go on without one zone, and not without a second one, as far as the others last', () => {
    const many = down(inWest(tasks(90, 'ABC'), peak(55)));
    const few = down(inWest(tasks(18, 'ABC'), peak(11)));
    // 60 are left without a zone, of which six may fail; 12, of which two may.
    const tail = (units: number, least: number) => {
      let [sum, term] = [0, (1 - UNIT) ** units];
      for (let failed = 0; failed < least; failed++) {
        sum += term;
        term *= ((units - failed) / (failed + 1)) * (UNIT / (1 - UNIT));
      }
      return 1 - sum;
    };
    const expected = (units: number, needed: number) =>
      (1 - ZONE) ** 3 * tail(units, units - needed + 1) +
      3 * ZONE * (1 - ZONE) ** 2 * tail((units * 2) / 3, (units * 2) / 3 - needed + 1) +
      3 * ZONE ** 2 * (1 - ZONE) +
      ZONE ** 3;
    expect(many).toBeCloseTo(anyOf(expected(90, 55), REGION, SOFTWARE), 12);
    expect(few).toBeCloseTo(anyOf(expected(18, 11), REGION, SOFTWARE), 12);
  });

  it('of which some may be missed are no single point together', () => {
    expect(singlePoints(inWest(tasks(30, 'ABC'), peak(20)))).toEqual(['region:eu-west-1', 'software:shop']);
    expect(singlePoints(inWest(tasks(30, 'ABC'), peak(30)))[0]).toMatch(/task 1$/);
  });

  it('are lost one by one, by the names that fewer have', () => {
    const stops = (needed: number, names: string) => {
      const app = { services: [inWest(tasks(30, 'ABC'), peak(needed))] };
      return simulate(app, parseLosses(names)).map((each) => each.stops);
    };
    expect(stops(29, 'task 1 of Shop/Tasks/Resource')).toEqual([false]);
    expect(stops(30, 'task 30 of Shop/Tasks/Resource')).toEqual([true]);
    expect(stops(29, 'task 1 of Shop/Tasks/Resource,task 2 of Shop/Tasks/Resource')).toEqual([true]);
    expect(stops(20, 'az:eu-west-1a')).toEqual([false]);
    expect(stops(20, 'az:eu-west-1a,task 2 of Shop/Tasks/Resource')).toEqual([true]);
    for (const name of ['task 0', 'task 31', 'instance 1'])
      expect(() => stops(20, `${name} of Shop/Tasks/Resource`)).toThrow(/no service of the app depends/);
  });

  it('of which all are needed stop with any one', () => {
    const all = inWest(tasks(61, 'ABC'), peak(61));
    expect(down(all)).toBeCloseTo(anyOf(1 - (1 - UNIT) ** 61, 1 - (1 - ZONE) ** 3, REGION, SOFTWARE), 12);
    expect(all.recovery.instance.rtoSeconds).toBeGreaterThan(0);
  });

  it('come back at once from the loss of one where one may be missed', () => {
    const [all, one] = [61, 60].map((units) => inWest(tasks(61, 'ABC'), peak(units)));
    expect(one?.recovery.instance.rtoSeconds).toBeLessThan(all?.recovery.instance.rtoSeconds ?? 0);
  });
});

describe('a minimum below the declared peak', () => {
  /** The control plane is down for an hour on average, and load rises once a day. */
  const SCALING = ASSUMED_UNAVAILABILITY.regionalControlPlane.unavailability / 24;
  const policy = (TargetValue: number, metric = 'ECSServiceAverageCPUUtilization'): Resources => ({
    TasksPolicy: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        ScalingTargetId: ref('TasksScaling'),
        TargetTrackingScalingPolicyConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: metric },
          TargetValue,
        },
      },
    },
  });
  const design = (least: number, peak: number, { zones = 'ABC', most = 50, cpu = 0 } = {}) =>
    inWest(
      {
        ...tasks(least, zones),
        ...(most > 0 && scaled('Tasks', least, most)),
        ...(cpu > 0 && policy(cpu)),
      },
      { peaks: { Tasks: peak } },
    );

  /** Fewer are left of units in three zones than are needed: by each number of zones lost, and the tail of the others. */
  const fewerThan = (needed: number, units: number) => {
    const each = units / 3;
    const tail = (left: number) => {
      let [sum, term] = [0, (1 - UNIT) ** left];
      for (let failed = 0; failed <= left - needed; failed++) {
        sum += term;
        term *= ((left - failed) / (failed + 1)) * (UNIT / (1 - UNIT));
      }
      return 1 - sum;
    };
    const lost = [0, 1, 2, 3].map((zones) => [1, 3, 3, 1][zones] ?? 0);
    return lost.reduce(
      (sum, ways, zones) =>
        sum + ways * ZONE ** zones * (1 - ZONE) ** (3 - zones) * tail(units - zones * each),
      0,
    );
  };

  it('is counted with all units of the peak, and with the scaling that brings them', () => {
    const all = anyOf(1 - (1 - UNIT) ** 20, 1 - (1 - ZONE) ** 3, REGION, SOFTWARE);
    expect(down(design(20, 20))).toBeCloseTo(all, 12);
    for (const least of [19, 4, 1]) expect(down(design(least, 20))).toBeCloseTo(anyOf(all, SCALING), 12);
    expect(assumptionsOf(design(19, 20))).toMatch(
      /20 of 20 tasks of .*Tasks.* carry the peak, declared: Tasks.peakTasks; 19 run at the least, and scaling has brought the others/,
    );
    expect(singlePoints(design(19, 20))).toContain('switch:west/Tasks');
    expect(singlePoints(design(20, 20))).not.toContain('switch:west/Tasks');
  });

  it('runs more than the peak needs where processors are kept less busy than a task can be', () => {
    // 90 % of 4 tasks is 60 % of 6.
    const expected = (switchFails: number) => anyOf(fewerThan(4, 6), switchFails, REGION, SOFTWARE);
    expect(down(design(3, 4, { cpu: 60 }))).toBeCloseTo(expected(SCALING), 12);
    expect(down(design(6, 4, { cpu: 60 }))).toBeCloseTo(expected(0), 12);
    expect(assumptionsOf(design(3, 4, { cpu: 60 }))).toMatch(
      /4 of 6 tasks .* 3 run at the least, and scaling to 60 % of their processors has brought the others/,
    );
    expect(singlePoints(design(5, 4, { cpu: 60 }))).not.toContain('switch:west/Tasks');
    expect(down(design(5, 4, { cpu: 60 }))).toBeGreaterThan(expected(0));
    expect(down(design(3, 4, { cpu: 90 }))).toBeCloseTo(down(design(3, 4)), 12);
    expect(down(design(3, 4, { cpu: 60, most: 4 }))).toBeCloseTo(down(design(3, 4)), 12);
  });

  it('has nothing to spare by a policy on something else than processors', () => {
    const memory = inWest(
      { ...tasks(3, 'ABC'), ...scaled('Tasks', 3, 50), ...policy(60, 'ECSServiceAverageMemoryUtilization') },
      { peaks: { Tasks: 4 } },
    );
    expect(down(memory)).toBeCloseTo(down(design(3, 4)), 12);
  });

  it.each([0, 2])('is built anew in another region, whose control plane works, from %i units', (least) => {
    const app = { services: [design(least, 4, { cpu: 60 })] };
    const [alone, impaired] = ['region:eu-west-1', 'region:eu-west-1,control-plane:eu-west-1'].map(
      (names) => simulate(app, parseLosses(names))[0],
    );
    expect(alone?.recovery?.rtoSeconds).toBeLessThan(4 * 3600);
    expect(impaired?.recovery?.rtoSeconds).toBe(alone?.recovery?.rtoSeconds);
    expect(impaired?.recovery?.rtoTerms).toEqual(alone?.recovery?.rtoTerms);
  });

  describe('of nothing', () => {
    const CONTROL = ASSUMED_UNAVAILABILITY.regionalControlPlane.unavailability;
    const onDemand = (least: number, repairHours = 1) =>
      assessed(
        { stacks: { west: stack('eu-west-1', { ...tasks(least, 'ABC'), ...scaled('Tasks', least, 8) }) } },
        { assumed: { repairHours } },
      );

    it('is as good as of one, but for the control plane that starts the first at each need', () => {
      const one = [UNIT, ZONE, REGION, SOFTWARE];
      expect(down(onDemand(1))).toBeCloseTo(anyOf(...one), 12);
      expect(down(onDemand(0))).toBeCloseTo(anyOf(...one, CONTROL), 12);
      expect(singlePoints(onDemand(0))).toContain('control-plane:eu-west-1');
      expect(singlePoints(onDemand(0))).not.toContain('switching:west/Tasks');
    });

    it('does not look better or worse where outages are longer: its start is late, not down', () => {
      for (const hours of [0.1, 10]) expect(down(onDemand(0, hours))).toBe(down(onDemand(0)));
      expect(assumptionsOf(onDemand(0))).toMatch(/the 120 s that it takes .* count as late answers/);
    });

    it('needs the control plane and the scaling for a declared peak', () => {
      const all = [1 - (1 - UNIT) ** 3, 1 - (1 - ZONE) ** 3, REGION, SOFTWARE];
      expect(down(design(0, 3))).toBeCloseTo(anyOf(...all, CONTROL, SCALING), 12);
      expect(down(design(1, 3))).toBeCloseTo(anyOf(...all, SCALING), 12);
    });
  });

  it('that may never grow so far does not carry it', () => {
    for (const most of [0, 19]) {
      const short = design(19, 20, { most });
      expect(down(short)).toBe(1);
      expect(assumptionsOf(short)).toMatch(
        /nothing in the app brings .* from 19 to the 20 units of the peak/,
      );
    }
    expect(down(design(19, 20, { most: 20 }))).toBeLessThan(0.2);
  });

  it('never looks better than a bigger one', () => {
    const sizes = fc.integer({ min: 1, max: 25 });
    const designs = fc.tuple(
      sizes,
      sizes,
      sizes,
      fc.constantFrom('A', 'AB', 'ABC'),
      fc.constantFrom(0, 45, 60),
    );
    fc.assert(
      fc.property(designs, ([one, other, peak, zones, cpu]) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const [worse, better] = [less, more].map((least) => down(design(least, peak, { zones, cpu })));
        if (worse === undefined || better === undefined) throw new Error('two designs');
        expect(better).toBeLessThanOrEqual(worse * (1 + 1e-9));
        if (less < peak && peak <= more) expect(better).toBeLessThan(worse);
      }),
      { numRuns: 60, seed: 20261123 },
    );
  });

  it.each([1, 2, 3])('and from one to 25 each is as good as the one before it, in %i zones', (count) => {
    const zones = 'ABC'.slice(0, count);
    for (const [peak, cpu] of [
      [1, 0],
      [7, 60],
      [20, 0],
      [25, 45],
    ] as const) {
      const downs = Array.from({ length: 25 }, (_, index) => down(design(index + 1, peak, { zones, cpu })));
      for (const [index, each] of downs.slice(1).entries())
        expect(each).toBeLessThanOrEqual((downs[index] ?? 0) * (1 + 1e-9));
    }
  });

  it('never looks better either where a zone gets no traffic', () => {
    const oneSided = (least: number) =>
      down(
        inWest(
          { ...balancer('AB'), ...tasks(least, 'ABC', REGISTERED), ...scaled('Tasks', least, 50) },
          { peaks: { Tasks: 8 } },
        ),
      );
    const downs = Array.from({ length: 14 }, (_, index) => oneSided(index + 1));
    for (const [index, each] of downs.slice(1).entries())
      expect(each).toBeLessThanOrEqual((downs[index] ?? 0) * (1 + 1e-9));
  });

  it('of one of two services behind a target group hangs on what both may run', () => {
    const pooled = (most: number) =>
      inWest(
        {
          ...balancer('ABC'),
          ...tasks(30, 'ABC', REGISTERED),
          ...scaled('Tasks', 30, most),
          Others: tasks(5, 'ABC', REGISTERED).Tasks,
        },
        { peaks: { Tasks: 20, Others: 10 } },
      );
    expect(down(pooled(30))).toBeLessThan(0.01);
    expect(down(pooled(24))).toBe(1);
  });
});

describe('two services behind one target group', () => {
  const other = (count: number): Resources => ({ Others: tasks(count, 'ABC', REGISTERED).Tasks });
  const both = (peaks: Declared['peaks'] = {}) =>
    inWest({ ...balancer('ABC'), ...tasks(3, 'ABC', REGISTERED), ...other(3) }, { peaks });

  it('carry the peak together: where all of both are needed, one task is enough to stop it', () => {
    const [spare, tight] = [both({ Tasks: 1, Others: 1 }), both({ Tasks: 3, Others: 3 })];
    expect(singlePoints(tight)).toContain('resource:west/Others#task 1');
    expect(singlePoints(spare)).not.toContain('resource:west/Others#task 1');
    expect(down(tight)).toBeGreaterThan(down(spare) * 10);
  });

  it('are no ways in of their own', () => {
    expect(both({ Tasks: 3, Others: 3 }).entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Front']);
  });

  it('stand in for each other where nobody declares a peak, and that is said', () => {
    expect(assumptionsOf(both())).toMatch(/each of .*Tasks.* and .*Others.* is taken to carry alone/);
    expect(assumptionsOf(both({ Tasks: 3, Others: 3 }))).not.toMatch(/carry alone/);
  });

  it('count exactly together, however many they are', () => {
    const wide = (count: number, needed: number) =>
      inWest(
        { ...balancer('ABC'), ...tasks(count, 'ABC', REGISTERED), ...other(count) },
        { peaks: { Tasks: needed, Others: needed } },
      );
    const [whole, spare] = [wide(45, 45), wide(45, 15)];
    expect(down(whole)).toBeGreaterThan(1 - (1 - UNIT) ** 90);
    expect(down(spare)).toBeLessThan(1e-3);
  });
});

describe('several regions that serve', () => {
  const side = (region: string, role: string) =>
    stack(region, tasks(9, 'ABC'), { role, peaks: { Tasks: 6 } });
  const both = (role: string) =>
    assumptionsOf(
      assessed(
        { stacks: { west: side('eu-west-1', 'active'), central: side('eu-central-1', role) } },
        { service: 'shop' },
      ),
    );

  it('must each carry the peak alone, since the others may be lost, and that is said', () => {
    expect(
      both('active').match(/carry the peak, .*; alone, as if the other regions carried none of it/g),
    ).toHaveLength(2);
    expect(both('active')).toMatch(/6 of 9 tasks of Shop\/Tasks\/Resource carry the peak/);
  });

  it('are not meant where the other one waits', () => {
    expect(both('standby')).not.toMatch(/as if the other regions carried none of it/);
  });
});

describe('a standby', () => {
  const RECORDS = { primary: 'eu-west-1', standby: 'eu-central-1' };
  /** A load balancer before tasks, with a record that leads to it where the other region is broken. */
  const behindName = (Failover: string, health: object): Resources => ({
    ...balancer('ABC'),
    Record: record({
      Failover,
      SetIdentifier: Failover,
      ...alias(attribute('Front', 'DNSName'), true),
      ...health,
    }),
  });
  const check = { Type: 'HTTPS', FullyQualifiedDomainName: 'x.example.com', RequestInterval: 10 };
  const regions = (standby: Resources, peaks: Declared['peaks'] = { Tasks: 20 }) =>
    assessed(
      {
        stacks: {
          west: stack(
            RECORDS.primary,
            {
              ...behindName('PRIMARY', { HealthCheckId: ref('Check') }),
              Check: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: check } },
              ...tasks(30, 'ABC', REGISTERED),
              ...scaled('Tasks', 30, 60),
            },
            { role: 'primary', peaks },
          ),
          central: stack(
            RECORDS.standby,
            { ...behindName('SECONDARY', {}), ...standby },
            { role: 'standby' },
          ),
        },
      },
      { service: 'shop' },
    );
  const waiting = (count: number, most: number) => ({
    ...tasks(count, 'ABC', REGISTERED),
    ...scaled('Tasks', count, most),
  });
  const finding = (result: ReturnType<typeof assessed>, what: string) =>
    result.capacity.filter((each) => each.what === what && each.resource.region === RECORDS.standby);

  it('of one task is short of the peak until it is scaled up', () => {
    const one = regions(waiting(1, 40));
    expect(finding(one, 'peak after the loss of a region')).toMatchObject([
      {
        meets: true,
        found: '1 task runs, 19 too few until they are started; 40 at the most',
        needed: '20 tasks at the peak (declared: Tasks.peakTasks)',
      },
    ]);
    const all = regions(waiting(20, 40));
    expect(finding(all, 'peak after the loss of a region')).toMatchObject([
      { meets: true, found: '20 tasks run; 40 at the most' },
    ]);
  });

  it('that may not grow so far, or that nothing grows, does not carry it', () => {
    const low = regions(waiting(1, 19));
    const alone = regions(tasks(1, 'ABC', REGISTERED));
    for (const result of [low, alone])
      expect(finding(result, 'peak after the loss of a region')).toMatchObject([{ meets: false }]);
    expect(assumptionsOf(low)).toMatch(/nothing in the app brings .* from 1 to the 20 units of the peak/);
    const enough = regions(waiting(1, 20));
    expect(assumptionsOf(enough)).not.toMatch(/nothing in the app brings/);
    expect(down(low)).toBeGreaterThan(down(enough));
  });

  it('takes longer to serve where fewer run than the peak needs', () => {
    const [few, all] = [1, 30].map((count) => regions(waiting(count, 40)));
    const terms = few?.recovery.region.rtoTerms.map(({ what }) => what) ?? [];
    expect(terms).toContain('a task is launched');
    expect(few?.recovery.region.rtoSeconds).toBeGreaterThan(all?.recovery.region.rtoSeconds ?? 0);
  });

  it('that runs what the primary does, and less than the peak, is scaled up too', () => {
    const [few, all] = [30, 50].map((count) => regions(waiting(count, 80), { Tasks: 50 }));
    expect(few?.recovery.region.rtoSeconds).toBeGreaterThan(all?.recovery.region.rtoSeconds ?? 0);
  });

  it('must have enough tasks once it serves', () => {
    const [tight, spare] = [20, 30].map((count) => regions(waiting(count, 40)));
    if (!tight || !spare) throw new Error('two designs');
    expect(down(tight)).toBeGreaterThan(down(spare));
  });
});

describe('a standby whose primary is not in the app', () => {
  const apart = (repairHours: number) =>
    assessed(
      {
        stacks: {
          central: stack(
            'eu-central-1',
            { ...tasks(0, 'ABC'), ...scaled('Tasks', 0, 8) },
            { role: 'standby', peaks: { Tasks: 4 } },
          ),
        },
      },
      { assumed: { repairHours } },
    );

  it('is not down for the time that its start takes, beside no outage that is seen', () => {
    expect(down(apart(0.1))).toBe(down(apart(10)));
    expect(singlePoints(apart(1))).toContain('control-plane:eu-central-1');
    expect(assumptionsOf(apart(1))).toMatch(/when a region that is not in the app is lost/);
  });
});

describe('what runs nothing', () => {
  const off = 'resource:west/Tasks#off';

  it.each([
    ['tasks', tasks(0, 'ABC'), off],
    [
      'a group of instances',
      {
        Tasks: {
          Type: 'AWS::AutoScaling::AutoScalingGroup',
          Properties: { MinSize: '0', MaxSize: '0', VPCZoneIdentifier: subnets('ABC') },
        },
      },
      off,
    ],
    ['a target group', balancer('ABC'), 'resource:west/Targets#off'],
    ['a load balancer without a listener', { Front: balancer('ABC').Front }, 'resource:west/Front#off'],
    [
      'a function',
      { Tasks: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: 0 } } },
      off,
    ],
  ] as const)('%s serves nobody', (_, resources, event) => {
    const result = inWest(resources as Resources);
    expect(down(result)).toBe(1);
    expect(singlePoints(result)).toContain(event);
    expect(assumptionsOf(result)).toMatch(/serves nobody/);
  });

  it('is no failure where a load balancer answers by itself', () => {
    const redirects = {
      ...balancer('ABC'),
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: ref('Front'),
          DefaultActions: [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301' } }],
        },
      },
    };
    expect(down(inWest(redirects))).toBeLessThan(1e-3);
  });

  it('is one target where only deploy knows the list', () => {
    const open = inWest({
      ...balancer('ABC'),
      Targets: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: { Targets: { 'Fn::ImportValue': 'targets' } },
      },
    });
    expect(assumptionsOf(open)).toMatch(/has one target that the app does not show/);
    expect(singlePoints(open)).toContain('resource:west/Targets#target 1');
    expect(down(open)).toBeLessThan(0.01);
  });

  it('is one target where another app may register, by what is exported', () => {
    const exporting = (id: string, Export?: object) => {
      const west = stack('eu-west-1', balancer('ABC'));
      const Outputs = { Handle: { Value: ref(id), ...(Export && { Export }) } };
      return assessed({ stacks: { west: { ...west, template: { ...west.template, Outputs } } } });
    };
    for (const id of ['Targets', 'Listener'])
      expect(down(exporting(id, { Name: 'handle' }))).toBeLessThan(0.01);
    expect(down(exporting('Targets'))).toBe(1);
    expect(down(exporting('Vpc', { Name: 'handle' }))).toBe(1);
  });

  it.each([
    ['tasks', tasks(0, 'ABC'), 'control-plane:eu-west-1'],
    [
      'a function',
      { Tasks: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: 0 } } },
      'control-plane:eu-west-1',
    ],
  ])('by design in a standby is started by the failover: %s', (_, resources, event) => {
    const result = inWest(resources, { role: 'standby' });
    expect(down(result)).toBeLessThan(0.5);
    expect(singlePoints(result)).toContain(event);
  });
});

describe('a region that the configuration says to wait', () => {
  const bare = (region: string, count: number): TestStack => ({
    region,
    template: {
      Resources: {
        ...network(ZONES.map((zone) => zone.replace('eu-west-1', region))),
        ...tasks(count, 'ABC'),
      },
    },
  });
  const configured = (role: string) => {
    const graph = graphOf({
      stacks: { west: bare('eu-west-1', 6), central: bare('eu-central-1', 0) },
    });
    const config = parseConfig(
      `schema: cdk-nines.config/1
services:
  - name: shop
    tier: 1
    stacks: [west, central]
    regions: { eu-west-1: primary, eu-central-1: ${role} }
`,
      'nines.config.yaml',
    );
    const services = assessedServices(graph, resolveServices(graph, { config }), config);
    const [shop] = assess(graph, services).services;
    if (!shop) throw new Error('no service');
    return shop;
  };

  it('starts its first tasks at the failover, as one of the catalogue does', () => {
    expect(assumptionsOf(configured('standby'))).toMatch(/central\/Tasks runs nothing that serves until/);
    expect(assumptionsOf(configured('active'))).toMatch(/central\/Tasks serves nobody/);
    expect(down(configured('standby'))).toBeLessThan(down(configured('active')));
  });
});

describe('a peak that the configuration declares', () => {
  const declaring = (peaks: string) => {
    const graph = graphOf({ stacks: { west: stack('eu-west-1', tasks(6, 'ABC')) } });
    for (const each of graph.stacks) delete (each.source.template as { Metadata?: unknown }).Metadata;
    const config = parseConfig(
      `services:\n  - { name: shop, tier: 1, stacks: [west], peakUnits: { ${peaks} } }\n`,
      'nines.config.yaml',
    );
    const services = assessedServices(graph, resolveServices(graph, { config }), config);
    const [shop] = assess(graph, services).services;
    if (!shop) throw new Error('no service');
    return shop;
  };
  it.each(['Shop/Tasks', 'Tasks'])('counts as one of a construct does, by the name %s', (name) => {
    const all = declaring(`${name}: 6`);
    expect(down(all)).toBe(down(inWest(tasks(6, 'ABC'), { peaks: { Tasks: 6 } })));
    expect(assumptionsOf(all)).toContain(`carry the peak, declared: peakUnits of ${name}`);
    expect(all.capacity.find(({ what }) => what === 'peak without one zone')).toMatchObject({ meets: false });
  });

  it('of what is not there is said, and not counted', () => {
    const typo = declaring('Shop/Taks: 6');
    expect(down(typo)).toBeLessThan(down(declaring('Shop/Tasks: 6')));
    expect(assumptionsOf(typo)).toContain('peakUnits of shop names Shop/Taks, and nothing of it runs units');
  });
});
