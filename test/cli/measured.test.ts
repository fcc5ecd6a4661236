import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { App, Stack, type StackProps } from 'aws-cdk-lib/core';
import { declareService } from '../../lib/constructs/governance/service-scope';
import { ExecutiveDashboard } from '../../lib/constructs/observe/dashboards/executive-dashboard';
import { ServiceDashboard } from '../../lib/constructs/observe/dashboards/service-dashboard';
import { functionAvailability } from '../../lib/constructs/observe/slo/indicators';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import { IncidentBridge } from '../../lib/constructs/observe/telling/incident-bridge';
import { IncidentDestination } from '../../lib/constructs/observe/telling/incident-destination';
import { RestoreTestType } from '../../lib/constructs/recovery/restore-test-type';
import { RestoreTesting } from '../../lib/constructs/recovery/restore-testing';
import { MeasuredPart } from '../../lib/objectives/measured-figures';
import { Service } from '../../lib/objectives/service';
import { count, orders } from '../constructs/observe/slo/orders';
import { pageProblems } from '../evidence/html-page';
import { nines } from '../support/command';
import { Scratch } from '../support/scratch';

interface Query {
  readonly Id: string;
  readonly Label: string;
  readonly ReturnData: boolean;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Metric: { readonly Dimensions: readonly { readonly Value: string }[] };
    readonly Period: number;
    readonly Stat: string;
  };
}

interface Call {
  readonly MetricDataQueries: readonly Query[];
  readonly StartTime: string;
  readonly EndTime: string;
}

function bridgeIn(stack: Stack): void {
  const metric = new Metric({ namespace: 'Shop', metricName: 'Failed' });
  const alarm = new Alarm(stack, 'Down', { metric, threshold: 1, evaluationPeriods: 1 });
  const routingKey = Secret.fromSecretNameV2(stack, 'Key', 'pagerduty');
  new IncidentBridge(stack, 'Incidents', {
    destinations: [IncidentDestination.pagerDuty({ routingKey })],
    fallback: [new SmsSubscription('+15550100')],
    alarms: [alarm],
    runbook: 'https://runbooks.example.com',
  });
}

/** A shop in a region whose orders, incidents and restore tests are measured. */
function shopIn(app: App, region: string): Stack {
  const stack = new Stack(app, `Shop-${region}`, { env: { account: '111122223333', region } });
  declareService(stack, new Service({ name: 'shop', tier: 1, owner: 'team-shop' }));
  const objectives = [new ServiceLevelObjective(stack, 'Orders', { indicator: orders })];
  bridgeIn(stack);
  new Table(stack, 'Store', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  new RestoreTesting(stack, 'Restores', { resourceTypes: [RestoreTestType.DYNAMODB] });
  new ServiceDashboard(stack, 'Dashboard', { objectives });
  new ExecutiveDashboard(stack, 'Executive', { objectives });
  return stack;
}

describe('what CloudWatch measures of an app', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());
  const today = ['--today', '2026-11-23'];

  function synthesised(name: string, build: (app: App) => void): string {
    const app = new App({ outdir: join(scratch.folder, name) });
    build(app);
    return app.synth().directory;
  }

  const one = synthesised('one', (app) => shopIn(app, 'eu-west-1'));

  async function callsFor(path: string, ...flags: readonly string[]) {
    const out = join(scratch.folder, `${basename(path)}.json`);
    const { code, err } = await nines('export', 'queries', path, '--out', out, ...today, ...flags);
    const files = [...err.matchAll(/nines: wrote (\S+),/g)].map(([, file = '']) => file);
    const calls = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Call);
    return { code, err, files, calls, asked: calls.flatMap(({ MetricDataQueries }) => MetricDataQueries) };
  }

  /** What CloudWatch might answer, by the part that an id begins with. */
  function answer(queries: readonly Query[], values: Readonly<Partial<Record<string, number>>>) {
    const at = '2026-11-23T09:00:00+00:00';
    return {
      MetricDataResults: queries
        .filter(({ ReturnData }) => ReturnData)
        .map(({ Id, Label }) => {
          const value = values[Id.split('_')[0] ?? ''];
          const found = value === undefined ? [] : [value];
          return { Id, Label, Timestamps: found.map(() => at), Values: found, StatusCode: 'Complete' };
        }),
    };
  }

  const VALUES: Readonly<Record<MeasuredPart, number>> = {
    [MeasuredPart.ATTAINED]: 99.9499,
    [MeasuredPart.BUDGET_LEFT]: -0.2001,
    [MeasuredPart.RECOVERY_MEDIAN]: 600,
    [MeasuredPart.RECOVERY_P90]: 1_800,
    [MeasuredPart.INCIDENTS]: 4,
    [MeasuredPart.OVERDUE]: 1,
  };

  async function reportOn(path: string, ...files: readonly object[]) {
    const named = files.flatMap((file, index) => ['--measured', scratch.write(`got-${index}.json`, file)]);
    const { code, out, err } = await nines('report', path, ...named, ...today, '--out', '-');
    if (code === 0) expect(pageProblems(out)).toEqual([]);
    const start = out.indexOf('id="service-1-decided"');
    const words = out
      .slice(start, out.indexOf('<h3', start + 1))
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
    return { code, err, words, out };
  }

  it('is asked for as its dashboards show it, each number once, over the window of each', async () => {
    const { code, calls, asked } = await callsFor(one);
    expect(code).toBe(0);
    const returned = asked.filter(({ ReturnData }) => ReturnData);
    expect(returned.map(({ Id }) => Id.split('_')[0]).sort()).toEqual(Object.values(MeasuredPart).sort());
    const ranges = calls.map(
      ({ StartTime, EndTime }) => (Date.parse(EndTime) - Date.parse(StartTime)) / 86_400_000,
    );
    expect(ranges.sort()).toEqual([30, 90]);
    expect(calls.every(({ EndTime }) => EndTime === '2026-11-24T00:00:00.000Z')).toBe(true);
    const times = asked.filter(({ MetricStat }) => MetricStat?.Period === 90 * 86_400);
    expect(times.map(({ MetricStat }) => MetricStat?.Stat)).toEqual(['p50', 'p90', 'SampleCount']);
    expect((await callsFor(one)).asked).toEqual(asked);
  });

  it('is worked out by the expressions of the widgets, over names that are taken once in a call', async () => {
    const { calls } = await callsFor(one);
    for (const { MetricDataQueries: queries } of calls) {
      const ids = queries.map(({ Id }) => Id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !/^[a-z][a-zA-Z0-9_]{0,254}$/.test(id))).toEqual([]);
      for (const { Expression = '' } of queries)
        expect((Expression.match(/\b[a-z]\w*/g) ?? []).filter((word) => !ids.includes(word))).toEqual([]);
    }
    const attained = calls
      .flatMap(({ MetricDataQueries }) => MetricDataQueries)
      .find(({ Id }) => /^attained/.test(Id));
    expect(attained?.Expression).toMatch(
      /^FLOOR\(10000 \* \(100 \* \(1 - RUNNING_SUM\(i\w+_slo_bad\) \/ RUNNING_SUM\(i\w+_slo_total\)\)\)\) \/ 10000$/,
    );
  });

  it('stands in the report beside what is foreseen, with its time, cut off as dashboards do', async () => {
    const { asked } = await callsFor(one);
    const { code, err, words } = await reportOn(one, answer(asked, VALUES));
    expect(code).toBe(0);
    expect(err).toBe('');
    const objective = 'shop-availability: 99.95 % owed over 30 d, eu-west-1';
    expect(words).toContain(
      `${objective}: 99.9499 % attained source: CloudWatch, datum of 2026-11-23T09:00:00.000Z`,
    );
    expect(words).toContain(`${objective}: -0.2001 % left`);
    expect(words).toContain('eu-west-1: Median 10 min, p90 30 min, n = 4');
    expect(words).toMatch(/Restores\w*, eu-west-1: 1 type without a restore test in time/);
    for (const said of ['counted, not measured', 'foreseen, not measured']) expect(words).toContain(said);
  });

  it('is rounded up nowhere', async () => {
    const { asked } = await callsFor(one);
    const { words } = await reportOn(one, answer(asked, { attained: 99.949999, budget: -0.20001 }));
    expect(words).toContain(': 99.9499 % attained');
    expect(words).toContain(': -0.2001 % left');
  });

  it('is said not to be measured where CloudWatch has nothing, or not all', async () => {
    const { asked } = await callsFor(one);
    expect((await reportOn(one, answer(asked, {}))).words).toContain('not measured CloudWatch has no data');
    expect((await reportOn(one, { MetricDataResults: [] })).words).toContain(
      'not measured the files do not have it',
    );
    const { MetricDataResults: results } = answer(asked, VALUES);
    const partly = results.map((result) => ({ ...result, StatusCode: 'Forbidden' }));
    const { words } = await reportOn(one, { MetricDataResults: partly });
    expect(words).toContain('not measured CloudWatch says Forbidden');
    expect(words).not.toContain('99.9499 %');
    const cut = results.map((result) => ({
      ...result,
      Timestamps: ['2026-08-25T00:00:00Z', '2026-11-23T00:00:00Z'],
      Values: [1, 2],
    }));
    expect((await reportOn(one, { MetricDataResults: cut })).words).toContain(
      'not measured CloudWatch gives 2 values where one of the whole time was asked for',
    );
  });

  it('is no share that there is not, and no number without end', async () => {
    const { asked } = await callsFor(one);
    const { words } = await reportOn(one, answer(asked, { ...VALUES, attained: 1e308, median: 1e308 }));
    expect(words).toContain('eu-west-1: not measured CloudWatch gives 1e+308, which is no share of 100 %');
    expect(words).not.toContain('Infinity');
    const below = await reportOn(one, answer(asked, { attained: -1, budget: 100.5 }));
    expect(below.words).toContain('CloudWatch gives -1, which is no share of 100 %');
    expect(below.words).toContain('CloudWatch gives 100.5, which is no share of the budget');
  });

  it('is not that of another objective of the same name', async () => {
    const path = synthesised('namesakes', (app) => {
      const stack = shopIn(app, 'eu-west-1');
      const returns = new ServiceLevelObjective(stack, 'Returns', {
        indicator: { ...orders, metrics: { orders: count('Returns'), failures: count('Lost') } },
      });
      const named = new ServiceLevelObjective(stack, 'Named', { indicator: orders, name: 'shop-named' });
      new ExecutiveDashboard(stack, 'Others', { objectives: [returns, named], dashboardName: 'others' });
    });
    const { err, asked } = await callsFor(path);
    const objective = 'shop-availability: 99.95 % owed over 30 d, eu-west-1';
    for (const part of ['attained', 'budget'])
      expect(err).toContain(
        `nines: left out ${part} of shop, ${objective}: several objectives are called so, and which one is meant is not known: give each a name\n`,
      );
    const parts = asked.filter(({ ReturnData }) => ReturnData).map(({ Id }) => Id.split('_')[0]);
    expect(parts.filter((part) => part === 'attained')).toHaveLength(1);
  });

  it('is not in a report without it', async () => {
    expect((await reportOn(one)).words).not.toContain('Measured');
  });

  it('names the ids that no dashboard has, and shows nothing of them', async () => {
    const stranger = { Id: 'attained_<b>\u001b', Timestamps: ['2026-11-23T00:00:00Z'], Values: [12.3456] };
    const { err, out, code } = await reportOn(one, { MetricDataResults: [stranger] });
    expect(code).toBe(0);
    expect(err).toMatch(
      /^nines: left out attained_<b>\S*: no dashboard of the app shows a figure with this id\n$/,
    );
    expect(err).not.toContain('\u001b');
    expect(out).not.toContain('12.3456');
  });

  it.each([
    ['no JSON', 'text', /Unexpected token|not valid JSON/],
    ['another output', { Metrics: [] }, /it holds no MetricDataResults; fix: /],
    ['a result without an id', { MetricDataResults: [{ Values: [] }] }, /MetricDataResults\.0 has no Id/],
    [
      'fewer times than values',
      { MetricDataResults: [{ Id: 'a', Timestamps: [], Values: [1] }] },
      /MetricDataResults\.0 has not as many Timestamps as Values/,
    ],
    [
      'no number',
      { MetricDataResults: [{ Id: 'a', Timestamps: ['2026-11-23T00:00:00Z'], Values: ['x'] }] },
      /Values\.0 is no number/,
    ],
    [
      'no time',
      { MetricDataResults: [{ Id: 'a', Timestamps: ['yesterday'], Values: [1] }] },
      /Timestamps\.0 is no time with its zone/,
    ],
  ])('is refused in one line from a file with %s', async (_, content, problem) => {
    const file = scratch.write('wrong.json', content);
    const { code, out, err } = await nines('report', one, '--measured', file, '--out', '-');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(problem);
    expect(err.match(/\n/g)).toHaveLength(1);
  });

  describe('in two regions', () => {
    const two = synthesised('two', (app) => {
      shopIn(app, 'eu-west-1');
      shopIn(app, 'eu-central-1');
    });

    it('is asked for in one call for each, and says so', async () => {
      const { err, files, calls } = await callsFor(two);
      expect(files.map((file) => basename(file)).sort()).toEqual(
        ['eu-central-1-30d', 'eu-central-1-90d', 'eu-west-1-30d', 'eu-west-1-90d'].map(
          (name) => `two.111122223333-${name}.json`,
        ),
      );
      expect(err).toContain('get-metric-data --region eu-central-1 in account 111122223333');
      const ids = calls.flatMap(({ MetricDataQueries }) => MetricDataQueries.map(({ Id }) => Id));
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('needs a file to write to, or a region', async () => {
      const { code, out, err } = await nines('export', 'queries', two, ...today);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/get-metric-data has to be called 4 times .*; fix: name a file with --out/);
      const { files } = await callsFor(two, '--region', 'eu-west-1');
      expect(files).toHaveLength(2);
    });

    it('is joined from several files', async () => {
      const { calls } = await callsFor(two);
      const { words, err } = await reportOn(
        two,
        ...calls.map(({ MetricDataQueries }) => answer(MetricDataQueries, VALUES)),
      );
      expect(err).toBe('');
      for (const region of ['eu-west-1', 'eu-central-1']) {
        expect(words).toContain(`99.95 % owed over 30 d, ${region}: 99.9499 % attained`);
        expect(words).toContain(`${region}: Median 10 min, p90 30 min, n = 4`);
      }
    });
  });

  describe('by names that only deploy knows', () => {
    const build = (app: App, props: StackProps) => {
      const stack = new Stack(app, 'Shop', props);
      declareService(stack, new Service({ name: 'shop', tier: 1, owner: 'team-shop' }));
      const handler = new Handler(stack, 'Orders', {
        code: Code.fromInline('exports.handler = () => {};'),
        handler: 'index.handler',
        runtime: Runtime.NODEJS_22_X,
      });
      const indicator = functionAvailability(handler);
      const objectives = [new ServiceLevelObjective(stack, 'Slo', { indicator })];
      new ServiceDashboard(stack, 'Dashboard', { objectives });
    };
    const env = { account: '111122223333', region: 'eu-west-1' };
    const generated = synthesised('generated', (app) => build(app, { env }));
    const anywhere = synthesised('anywhere', (app) => build(app, {}));

    /** What `get-dashboard` gives once the stack is deployed. */
    function deployed(folder: string): object {
      const template = JSON.parse(readFileSync(join(folder, 'Shop.template.json'), 'utf8'));
      const found = Object.values(
        template.Resources as Record<string, { Type: string; Properties: Record<string, unknown> }>,
      ).find(({ Type }) => Type === 'AWS::CloudWatch::Dashboard');
      const body = found?.Properties.DashboardBody as { 'Fn::Join': [string, (string | { Ref?: string })[]] };
      const text = body['Fn::Join'][1].map((part) =>
        typeof part === 'string' ? part : part.Ref === 'AWS::Region' ? 'eu-west-1' : 'shop-Orders-1A2B3C',
      );
      return {
        DashboardName: found?.Properties.DashboardName ?? 'Dashboard-1A2B',
        DashboardBody: text.join(''),
      };
    }

    it('is left out, and says what to do', async () => {
      const { code, out, err } = await nines('export', 'queries', generated, ...today);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(
        /nines: left out attained of shop, .*: Orders\w* is known once it is deployed: save the dashboard with aws cloudwatch get-dashboard, and name the file with --deployed\n/,
      );
    });

    it.each([
      ['of a region', generated],
      ['that says no region', anywhere],
    ])(
      'is asked for by the dashboard of a stack %s that is deployed, under the same ids',
      async (_, path) => {
        const file = scratch.write('deployed.json', deployed(path));
        const { code, out } = await nines('export', 'queries', path, '--deployed', file, ...today);
        expect(code).toBe(0);
        const { MetricDataQueries: queries } = JSON.parse(out) as Call;
        const names = queries.flatMap(
          ({ MetricStat }) => MetricStat?.Metric.Dimensions.map(({ Value }) => Value) ?? [],
        );
        expect(new Set(names)).toEqual(new Set(['shop-Orders-1A2B3C']));
        const { words, err } = await reportOn(path, answer(queries, VALUES));
        expect(err).toBe('');
        expect(words).toContain('99.9499 % attained');
      },
    );

    it('is refused from a file that is no dashboard', async () => {
      const file = scratch.write('none.json', { DashboardName: 'shop' });
      const { code, err } = await nines('export', 'queries', generated, '--deployed', file);
      expect(code).toBe(2);
      expect(err).toMatch(/it holds no DashboardName or no DashboardBody; fix: .*get-dashboard/);
    });
  });
});
