import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import { RiskAcceptance } from '../../lib/constructs/governance/risk-acceptance';
import { declareService } from '../../lib/constructs/governance/service-scope';
import { ExecutiveDashboard } from '../../lib/constructs/observe/dashboards/executive-dashboard';
import { ServiceDashboard } from '../../lib/constructs/observe/dashboards/service-dashboard';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import { FigureMetric } from '../../lib/objectives/figure-metrics';
import { Service } from '../../lib/objectives/service';
import { dashboardIn, textsOf } from '../constructs/observe/dashboards/dashboard-body';
import { orders } from '../constructs/observe/slo/orders';
import { WEB } from '../evidence/assessed-app';
import { nines } from '../support/command';
import { Scratch } from '../support/scratch';

interface Put {
  readonly Namespace: string;
  readonly MetricData: readonly {
    readonly MetricName: FigureMetric;
    readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    readonly Value: number;
    readonly Unit: string;
  }[];
}

describe('nines export figures', () => {
  const scratch = new Scratch();
  const template = scratch.write('shop.template.json', { Resources: WEB });
  const config = scratch.write('nines.config.yaml', {
    services: [
      { name: 'shop', tier: 2, stacks: ['shop*'], costOfDowntime: { perHour: 12_345, currency: 'EUR' } },
    ],
  });
  const incidents = scratch.write('incidents.json', {
    incidents: [1, 2, 3].map((minutes) => ({
      id: `INC-${minutes}`,
      from: '2026-11-01T10:00:00Z',
      until: `2026-11-01T10:${minutes}0:00Z`,
      service: 'shop',
    })),
  });
  const flags = ['--config', config, '--incidents', incidents, '--today', '2026-11-23'];
  afterAll(() => scratch.remove());

  async function exported(...more: readonly string[]) {
    const { code, out, err } = await nines('export', 'figures', template, ...more);
    return { code, err, put: JSON.parse(out) as Put };
  }

  it('has the numbers of the rows of the report', async () => {
    const { code, put, err } = await exported(...flags);
    const { out } = await nines('report', template, ...flags, '--out', '-');
    const value = (metric: FigureMetric) =>
      put.MetricData.find(({ MetricName }) => MetricName === metric)?.Value;
    const decided = out.slice(out.indexOf('id="service-1-decided"'), out.indexOf('id="service-1-picture"'));
    const words = decided.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    const grouped = (number = Number.NaN) => number.toLocaleString('en-US', { maximumFractionDigits: 12 });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(put.MetricData).toHaveLength(Object.keys(FigureMetric).length);
    expect(words).toContain(`Availability ${value(FigureMetric.AVAILABILITY)} %`);
    expect(words).toMatch(
      (value(FigureMetric.BUDGET_LEFT) ?? 0) < 0
        ? /None left of a year/
        : `${value(FigureMetric.BUDGET_LEFT)} % left`,
    );
    expect(words).toContain(`${grouped(value(FigureMetric.DEBT))} min of `);
    expect(words).toContain(`${grouped(value(FigureMetric.COST))} EUR a year at best`);
    expect(words).toContain('Median 20 min, p90 30 min, n = 3');
    expect(
      [FigureMetric.RECOVERY_MEDIAN, FigureMetric.RECOVERY_P90, FigureMetric.INCIDENTS].map(value),
    ).toEqual([1_200, 1_800, 3]);
    expect(words).toContain('None is accepted.');
    expect(value(FigureMetric.RISKS)).toBe(0);
    expect(words).toContain('none planned in the templates');
    expect(value(FigureMetric.DRILLS)).toBe(0);
  });

  it('leaves out what is not known, and says so', async () => {
    const plain = scratch.write('plain.yaml', { services: [{ name: 'shop', tier: 2, stacks: ['shop*'] }] });
    const { put, err } = await exported('--config', plain);
    const names = put.MetricData.map(({ MetricName }) => MetricName);
    for (const [metric, reason] of [
      [FigureMetric.COST, 'nobody says what an hour costs'],
      [FigureMetric.INCIDENTS, 'nobody named a file of incidents'],
      [FigureMetric.RECOVERY_MEDIAN, 'nobody named a file of incidents'],
    ] as const) {
      expect(names).not.toContain(metric);
      expect(err).toContain(`nines: left out ${metric} of shop: ${reason}\n`);
    }
  });

  it.each([
    ['shpo', 'INC-8 is of shpo, which is none of the app; fix: write shop'],
    [undefined, 'INC-8 names no service; fix: write its service'],
  ])('tell of incidents that count for no service: %s', async (service, words) => {
    const [from, until] = ['2026-11-01T10:00:00Z', '2026-11-01T10:10:00Z'];
    const of = (id: string, name: string | undefined) => ({
      id,
      from,
      until,
      ...(name && { service: name }),
    });
    const file = scratch.write('strange.json', { incidents: [of('INC-7', 'shop'), of('INC-8', service)] });
    const { code, err } = await exported('--config', config, '--incidents', file, '--today', '2026-11-23');
    expect(code).toBe(0);
    expect(err).toContain(`nines: warning: ${file}: 1 of 2 incidents count for no service: ${words}\n`);
  });

  it('counts no incident where a record has none, and makes up no time', async () => {
    const none = scratch.write('none.json', { incidents: [] });
    const { put, err } = await exported('--config', config, '--incidents', none);
    expect(put.MetricData.find(({ MetricName }) => MetricName === FigureMetric.INCIDENTS)?.Value).toBe(0);
    expect(err).toContain('RecordedTimeToRecoverMedian of shop: no incident is recorded');
  });

  it('leaves out what nobody comes in to', async () => {
    const alone = scratch.write('shop2.template.json', {
      Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } },
    });
    const { err, out } = await nines('export', 'figures', alone, '--config', config);
    expect(err).toContain('left out AvailabilityAtBest of shop: not assessed');
    expect(out).not.toContain('AvailabilityDebt');
  });

  it('is refused where nobody declared a service', async () => {
    const none = scratch.write('none.yaml', { services: [] });
    const { code, out, err } = await nines('export', 'figures', template, '--config', none);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/nines: --service: no declared service has a number to write; fix: .*\n$/);
  });

  it('is refused where two stages have the service, until one is named', async () => {
    const outdir = join(scratch.folder, 'stages');
    const app = new App({ outdir });
    for (const id of ['Beta', 'Prod']) {
      const env = { account: '111122223333', region: 'eu-west-1' };
      const stack = new Stack(new Stage(app, id, { env }), 'Shop');
      declareService(stack, new Service({ name: 'shop', tier: 2, owner: 'team-shop' }));
      new Queue(stack, 'Orders');
    }
    app.synth();
    const { code, err } = await nines('export', 'figures', outdir);
    expect(code).toBe(2);
    expect(err).toContain(
      'nines: shop: it is assessed 2 times (shop (Beta), shop (Prod)), and its metrics hold one of them; fix: name one with --service',
    );
    expect(await nines('export', 'figures', outdir, '--service', 'shop (Prod)')).toMatchObject({ code: 0 });
  });

  it('writes to a file, the same bytes twice', async () => {
    const file = join(scratch.folder, 'figures.json');
    expect(await nines('export', 'figures', template, ...flags, '--out', file)).toMatchObject({
      code: 0,
      out: '',
    });
    expect(readFileSync(file, 'utf8')).toBe((await nines('export', 'figures', template, ...flags)).out);
  });
});

describe('what is exported of an app', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  it('is what its dashboards read, by namespace, name and dimension', async () => {
    const app = new App({ outdir: join(scratch.folder, 'cdk.out') });
    const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    declareService(stack, new Service({ name: 'shop', tier: 2, owner: 'team-shop' }));
    new Queue(stack, 'Orders');
    const objectives = [new ServiceLevelObjective(stack, 'Slo', { indicator: orders })];
    new ExecutiveDashboard(stack, 'Executive', { objectives });
    new ServiceDashboard(stack, 'Dashboard', { objectives });
    const { directory } = app.synth();
    const { out } = await nines('export', 'figures', directory);
    const put = JSON.parse(out) as Put;
    const template = JSON.parse(readFileSync(join(directory, 'Shop.template.json'), 'utf8'));
    const bodies = Object.values(
      template.Resources as Record<string, { Type: string; Properties: { DashboardBody: object } }>,
    )
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard')
      .map(({ Properties }) => JSON.stringify(Properties.DashboardBody));
    expect(bodies).toHaveLength(2);
    expect(put.MetricData.length).toBeGreaterThan(0);
    for (const { MetricName, Dimensions } of put.MetricData) {
      const line = [put.Namespace, MetricName, ...Dimensions.flatMap(({ Name, Value }) => [Name, Value])];
      // As it stands in the text of a body, which is JSON in JSON.
      const read = JSON.stringify(JSON.stringify(line).slice(1, -1)).slice(1, -1);
      for (const body of bodies) expect(body).toContain(read);
    }
  });

  it('counts accepted risks by the rule of the dashboards', async () => {
    const app = new App({ outdir: join(scratch.folder, 'risks') });
    const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    declareService(stack, new Service({ name: 'shop', tier: 2, owner: 'team-shop' }));
    const terms = {
      author: 'team-shop',
      owner: 'head of logistics',
      approver: 'head of payments',
      ticket: 'RISK-142',
      compensatingControl: 'a restore is rehearsed each week',
      created: '2026-11-01',
      expires: '2026-12-31',
    };
    const queue = new Queue(stack, 'Orders');
    RiskAcceptance.of(queue).accept({ ...terms, rules: ['SQS-01'], reason: 'orders are few' });
    RiskAcceptance.of(stack).accept({ ...terms, rules: ['RDS-01'], reason: 'there is no database yet' });
    Validations.of(queue).acknowledge({ id: 'cdk-nines::SQS-02', reason: 'as ever' });
    const slo = new ServiceLevelObjective(stack, 'Slo', {
      indicator: orders,
      objective: 0.99,
      weakening: { reason: 'a young service', expires: '2026-12-01', approver: 'head of shop' },
    });
    const board = new ExecutiveDashboard(stack, 'Executive', { objectives: [slo] });
    expect(textsOf(dashboardIn(board).widgets)).toContain(
      '4 accepted, the next ends on 2026-12-01, 1 without an end.',
    );
    const { directory } = app.synth();
    const risksOn = async (day: string) => {
      const { out } = await nines('export', 'figures', directory, '--today', day);
      const { MetricData: data } = JSON.parse(out) as Put;
      return data.find(({ MetricName }) => MetricName === FigureMetric.RISKS)?.Value;
    };
    expect(await risksOn('2026-11-23')).toBe(4);
    // Without a clock no dashboard knows what has ended.
    expect(await risksOn('2026-12-02')).toBe(3);
    expect(await risksOn('2027-01-01')).toBe(1);
    const { out } = await nines('report', directory, '--today', '2026-11-23', '--out', '-');
    expect(out).toContain('4 accepted, the next ends on 2026-12-01, 1 without an end.');
    expect(out).toMatch(/\d of them answers? no finding now/);
  });
});
