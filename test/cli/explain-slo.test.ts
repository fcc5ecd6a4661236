import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SmsSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { parseAllDocuments } from 'yaml';
import { declareService } from '../../lib/constructs/governance/service-scope';
import { IndicatorKind } from '../../lib/constructs/observe/slo/indicator';
import { ServiceLevelObjective } from '../../lib/constructs/observe/slo/service-level-objective';
import { IncidentBridge } from '../../lib/constructs/observe/telling/incident-bridge';
import { IncidentDestination } from '../../lib/constructs/observe/telling/incident-destination';
import { IncidentSeverity } from '../../lib/constructs/observe/telling/incident-severity';
import { Service } from '../../lib/objectives/service';
import type { Tier } from '../../lib/objectives/tier';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-explain-slo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(
  name: string,
  tier: Tier,
  eventsPerHour?: number,
  { pager = false, failsSilently = false, bridge = false } = {},
): string {
  const stack = new Stack(undefined, 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
  const pages = new Topic(stack, 'Pages');
  pages.addSubscription(new EmailSubscription('on-call@shop.example'));
  if (pager) pages.addSubscription(new UrlSubscription('https://pager.example.com/shop'));
  const count = (metricName: string) => new Metric({ namespace: 'Shop', metricName, statistic: 'Sum' });
  declareService(
    stack,
    new Service({ name: 'shop', tier, owner: 'team-shop', runbook: 'https://runbooks.example.com/shop' }),
  );
  const { alarms } = new ServiceLevelObjective(stack, 'Orders', {
    indicator: {
      kind: IndicatorKind.AVAILABILITY,
      good: 'orders that are taken',
      metrics: { orders: count('Orders'), failures: count('Failures') },
      total: 'FILL(orders, 0)',
      bad: 'FILL(failures, 0)',
      ...(eventsPerHour !== undefined && { eventsPerHour }),
      failsSilently,
    },
    notifications: pages,
    tickets: new Topic(stack, 'Tickets'),
    ...(eventsPerHour === undefined
      ? { furtherWindows: [{ window: Duration.days(7), objective: 0.999 }] }
      : { recoversAlone: true }),
  });
  if (bridge)
    new IncidentBridge(stack, 'Incidents', {
      destinations: [
        IncidentDestination.pagerDuty({
          routingKey: Secret.fromSecretNameV2(stack, 'Key', 'shop/pagerduty'),
          leastSeverity: IncidentSeverity.SEV_3,
        }),
        IncidentDestination.opsItem(),
      ],
      fallback: [new SmsSubscription('+15550100')],
      alarms: alarms.map(({ both }) => both),
    });
  const file = join(folder, `${name}.template.json`);
  writeFileSync(file, JSON.stringify(Template.fromStack(stack).toJSON()));
  return file;
}

describe('nines explain slo', () => {
  it('says thresholds, times to detect, the budget and who is told, from the template alone', async () => {
    const { code, out } = await nines('explain', 'slo', 'shop-availability', written('shop', 1));
    expect(code).toBe(0);
    expect(out).toBe(`shop-availability  99.95 % of orders that are taken, in 30 d
  service shop, stack shop, any region

  budget    21.6 min of total outage in 30 d
  counted   bad FILL(failures, 0)
            of  FILL(orders, 0)
  engine    metric-math

  windows       burn rate  fires above  at 100 %    at 10 %      at 1 %       budget gone
  1 h + 5 min   14.4       0.72 %       26 s        4 min 20 s   43 min 12 s  2 %
  6 h + 30 min  6          0.3 %        64.8 s      10 min 48 s  1 h 48 min   5 %
  1 d + 2 h     3          0.15 %       2 min 10 s  21 min 36 s  3 h 36 min   10 %
  3 d + 6 h     1          0.05 %       2 min 10 s  21 min 36 s  3 h 36 min   10 %

  who is told
    1 h: mails through Pages127DFD1A (email)
    6 h: mails through Pages127DFD1A (email)
    1 d: makes a ticket through Tickets83B11BB2, to which the app subscribes nobody
    3 d: makes a ticket through Tickets83B11BB2, to which the app subscribes nobody
    nothing measured for 15 min: Tickets83B11BB2, to which the app subscribes nobody

  1 h and 6 h are meant to wake somebody, and mail wakes nobody: subscribe a pager, or place an IncidentBridge.

  Times are from the beginning of a steady failure after a good time, with even traffic; CloudWatch adds one to two minutes.
  Windows over a day are looked at once an hour.
  Fewer than 10 bad events in a long window tell nobody. While a faster pair fires, slower ones are silent.
`);
  });

  it('reckons with events that come one by one', async () => {
    const { out } = await nines('explain', 'slo', 'shop-availability', written('seldom', 1, 4));
    expect(out).toContain(`
  windows       burn rate  fires above  at 100 %  at 10 %  at 1 %  budget gone
  1 h + 15 min  14.4       0.72 %       30 min    never    never   2 %
  6 h + 30 min  6          0.3 %        30 min    5 h      never   5 %
  1 d + 2 h     3          0.15 %       30 min    5 h      never   10 %
  3 d + 6 h     1          0.05 %       30 min    5 h      50 h    10 %
`);
    expect(out).toContain('after a good time, at the latest, with 4 events an hour; CloudWatch adds');
    expect(out).toContain('nothing measured for 45 min: ');
    expect(out).toContain('Fewer than 2 bad events in a long window tell nobody.');
  });

  it('says who is woken where a pager subscribes', async () => {
    const { out } = await nines(
      'explain',
      'slo',
      'shop-availability',
      written('paged', 1, undefined, { pager: true }),
    );
    expect(out).toContain('    1 h: wakes somebody through Pages127DFD1A (email, https)\n');
    expect(out).not.toContain('mail wakes nobody');
  });

  it('says what an incident bridge tells, and what is told when it is broken', async () => {
    const file = written('bridged', 1, undefined, { bridge: true });
    const { out } = await nines('explain', 'slo', 'shop-availability', file);
    const pages =
      'wakes somebody through the incident bridge to events.pagerduty.com, OpsItems, fall-back IncidentsFallbackTopic81267724 (sms); Pages127DFD1A (email)';
    const tickets =
      'makes a ticket through the incident bridge to OpsItems; Tickets83B11BB2, to which the app subscribes nobody';
    expect(out).toContain(
      `\n    1 h: ${pages}\n    6 h: ${pages}\n    1 d: ${tickets}\n    3 d: ${tickets}\n`,
    );
    expect(out).not.toContain('mail wakes nobody');
  });

  it('says that silence wakes somebody where it is a failure', async () => {
    const file = written('silent', 1, 4, { pager: true, failsSilently: true });
    const { out } = await nines('explain', 'slo', 'shop-availability', file);
    expect(out).toContain(
      '    nothing measured for 45 min: wakes somebody through Pages127DFD1A (email, https)\n',
    );
  });

  it('says where nobody is woken how long people are away, and what the budget is', async () => {
    const away = (file: string) => nines('explain', 'slo', 'shop-availability', file);
    const { out } = await away(written('in-hours', 2));
    expect(out).toContain(
      'Nobody is woken: of a failure on Friday evening people learn up to 64 h later (assumed: they work 9 to 17 on Monday to Friday),\n  and the budget of 43.2 min is less than that.\n',
    );
    expect((await away(written('woken', 1))).out).not.toContain('Nobody is woken');
    // It recovers alone, as its events are few.
    expect((await away(written('alone', 2, 4))).out).not.toContain('Nobody is woken');
  });

  it('knows further windows by their names', async () => {
    const { out } = await nines('explain', 'slo', 'shop-availability-7d', written('shop', 1));
    expect(out).toMatch(/^shop-availability-7d {2}99\.9 % of orders that are taken, in 7 d\n/);
    expect(out).toMatch(/\n {2}budget {4}10\.1 min of total outage in 7 d\n/);
  });

  it('says where no alarm watches, and nobody is told', async () => {
    const { out } = await nines('explain', 'slo', 'shop-availability', written('quiet', 3));
    expect(out).toMatch(
      /\n {2}no alarm watches its budget\n\n {2}who is told\n {4}nothing measured: nobody\n$/,
    );
  });

  it('knows an objective of several regions by the names that OpenSLO gives it, too', async () => {
    const both = join(folder, 'both');
    mkdirSync(both, { recursive: true });
    for (const region of ['eu-west-1', 'eu-central-1'])
      copyFileSync(written('shop', 1), join(both, `${region}.template.json`));
    const { out: exported } = await nines('export', 'openslo', both, '--together');
    const names = parseAllDocuments(exported)
      .map((document) => document.toJSON())
      .filter(({ kind }) => kind === 'SLO')
      .map(({ metadata }) => String(metadata.name));
    const asked = await nines('explain', 'slo', 'shop-availability', both, '--together');
    expect(asked.out.match(/^shop-availability {2}/gm)).toHaveLength(2);
    expect(names).toHaveLength(4);
    expect(new Set(names).size).toBe(4);
    for (const name of names) {
      const { code, out } = await nines('explain', 'slo', name, both, '--together');
      expect(code).toBe(0);
      expect(out.match(/^shop-availability(-7d)? {2}/gm)).toHaveLength(1);
    }
  });

  it('is refused where there is no such objective', async () => {
    expect(await nines('explain', 'slo', 'shop-latency', written('shop', 1))).toMatchObject({
      code: 2,
      err: expect.stringContaining('name one of shop-availability, shop-availability-7d'),
    });
    expect(await nines('explain', 'slo', 'a', 'b', 'c')).toMatchObject({ code: 2 });
  });

  describe('without a name', () => {
    const NAMES = 'one of shop-availability, shop-availability-7d';
    const here = process.cwd();
    afterEach(() => process.chdir(here));

    it('asks for one', async () => {
      process.chdir(mkdtempSync(join(folder, 'empty-')));
      expect(await nines('explain', 'slo')).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^nines: slo: needs the name of an objective.*nines explain slo NAME/),
      });
    });

    it('and with a path in its place, names those that are there', async () => {
      const file = written('shop', 1);
      process.chdir(mkdtempSync(join(folder, 'empty-')));
      const { code, err } = await nines('explain', 'slo', file);
      expect(code).toBe(2);
      expect(err).toContain('is a path and no name of an objective');
      expect(err).toContain(NAMES);
      expect(err).not.toContain('cdk.out');
    });

    it('names those of cdk.out', async () => {
      const place = mkdtempSync(join(folder, 'app-'));
      mkdirSync(join(place, 'cdk.out'));
      copyFileSync(written('shop', 1), join(place, 'cdk.out', 'shop.template.json'));
      process.chdir(place);
      const { code, err } = await nines('explain', 'slo');
      expect(code).toBe(2);
      expect(err).toContain('needs the name of an objective');
      expect(err).toContain(NAMES);
      // With a name nothing is missing.
      expect(await nines('explain', 'slo', 'shop-availability')).toMatchObject({ code: 0 });
    });

    it('with a name and without an app says that the app is missing', async () => {
      process.chdir(mkdtempSync(join(folder, 'empty-')));
      expect(await nines('explain', 'slo', 'shop-availability')).toMatchObject({
        code: 2,
        err: expect.stringContaining('cdk.out'),
      });
    });

    it('explains a service of that name', async () => {
      const place = mkdtempSync(join(folder, 'app-'));
      mkdirSync(join(place, 'cdk.out'));
      const stack = new Stack(undefined, 'Slo', { env: { region: 'eu-west-1' } });
      declareService(stack, new Service({ name: 'slo', tier: 2, owner: 'team-shop' }));
      new Topic(stack, 'Topic');
      writeFileSync(
        join(place, 'cdk.out', 'slo.template.json'),
        JSON.stringify(Template.fromStack(stack).toJSON()),
      );
      process.chdir(place);
      expect((await nines('explain', 'slo')).code).toBe(0);
    });
  });
});
