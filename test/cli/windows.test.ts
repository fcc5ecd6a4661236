import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { Span } from '../../lib/calculus/time-span';
import { WindowKind } from '../../lib/calculus/windows/overlaps';
import { catalogueWindow } from '../../lib/objectives/catalogue-window';
import { Recurrence } from '../../lib/objectives/maintenance-window';
import { freeze, patching } from '../constructs/observe/windows/windows';
import { calendarEvents } from '../support/calendar-events';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-windows-'));
const template = join(folder, 'shop.template.json');

function withWindows(...windows: readonly ReturnType<typeof patching>[]): void {
  withResources({}, ...windows);
}

function withResources(resources: object, ...windows: readonly ReturnType<typeof patching>[]): void {
  const catalogue = {
    schema: 'cdk-nines.catalogue/1',
    services: [],
    windows: windows.map((window) => catalogueWindow(window, ['shop'])),
  };
  writeFileSync(template, JSON.stringify({ Metadata: { 'cdk-nines': catalogue }, Resources: resources }));
}

afterAll(() => rmSync(folder, { recursive: true }));

describe('nines windows next', () => {
  const from = ['--from', '2027-03-20T00:00:00Z'];

  it('prints the next five times on the clocks of the zone, across the change', async () => {
    withWindows(patching());
    const { code, out } = await nines('windows', 'next', template, ...from);
    expect(out).toBe(`patching  maintenance, 20 min, Europe/Berlin, for shop
  the weekly patches are installed (head of retail)
  Sun 2027-03-21 04:00 - 04:20 (03:00 UTC)
  Sun 2027-03-28 04:00 - 04:20 (02:00 UTC)
  Sun 2027-04-04 04:00 - 04:20 (02:00 UTC)
  Sun 2027-04-11 04:00 - 04:20 (02:00 UTC)
  Sun 2027-04-18 04:00 - 04:20 (02:00 UTC)
no two meet in 400 days
`);
    expect(code).toBe(0);
  });

  it('begins with the day that --today names, in UTC', async () => {
    withWindows(patching());
    const byTime = await nines('windows', 'next', template, ...from);
    const byDay = await nines('windows', 'next', template, '--today', '2027-03-20');
    expect(byDay).toEqual({ ...byTime, out: expect.stringContaining('Sun 2027-03-21 04:00') });
    expect(byDay.out).toBe(byTime.out);
  });

  it.each([
    ['no day', ['--today', '2027-02-30'], 'Write a day as YYYY-MM-DD.'],
    ['a day beside a time', ['--today', '2027-03-20', ...from], 'cannot be used with'],
  ])('refuses %s', async (_, flags, words) => {
    withWindows(patching());
    const { code, err } = await nines('windows', 'next', template, ...flags);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });

  it('says where two meet, and exits with 1', async () => {
    withWindows(patching(), freeze());
    const { code, out } = await nines('windows', 'next', template, ...from, '--count', '1');
    expect(out).toContain('Sat 2027-12-18 18:00 - 2028-01-04 18:00 (17:00 UTC)');
    expect(out).toContain(
      'holidays (freeze) and patching (maintenance) meet on 2027-12-19 04:00 Europe/Berlin for 20 min',
    );
    expect(code).toBe(1);
  });

  it('says that a window is over', async () => {
    withWindows(patching({ id: 'move', recurrence: Recurrence.once() }));
    expect((await nines('windows', 'next', template, ...from)).out).toContain('  is over\n');
  });

  it('says that there are none', async () => {
    withWindows();
    expect((await nines('windows', 'next', template)).out).toBe('no windows: no template carries any\n');
  });

  it('prints for machines what its schema says', async () => {
    withWindows(
      patching(),
      freeze(),
      patching({ id: 'drill', kind: WindowKind.DRILL, duration: Span.hours(1) }),
    );
    const { out } = await nines('windows', 'next', template, ...from, '--format', 'json');
    const schema = JSON.parse(readFileSync(join(__dirname, '../../schemas/windows-1.schema.json'), 'utf8'));
    const validate = new Ajv({ formats: { 'date-time': true, date: true } }).compile(schema);
    const json = JSON.parse(out);
    expect(validate(json) ? [] : validate.errors).toEqual([]);
    expect(json.windows[2].next[1]).toEqual({
      start: '2027-03-28T02:00:00Z',
      end: '2027-03-28T02:20:00Z',
      local: '2027-03-28 04:00',
    });
    expect(json.overlaps[0]).toEqual({
      one: 'drill',
      other: 'patching',
      start: '2027-03-21T03:00:00Z',
      end: '2027-03-21T03:20:00Z',
    });
  });

  const experiment = {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: 'cron(0 10 ? * WED *)',
      Target: { Arn: 'arn:aws:scheduler:::aws-sdk:fis:startExperiment' },
    },
  };
  const database = {
    Type: 'AWS::RDS::DBInstance',
    Properties: { PreferredMaintenanceWindow: 'mon:03:00-mon:04:00' },
  };

  it('names what the app does while a freeze forbids it, and exits with 1', async () => {
    withResources({ Experiment: experiment, Database: database }, freeze());
    const { code, out } = await nines('windows', 'next', template, ...from, '--count', '1');
    expect(out).toContain(
      'Database (AWS::RDS::DBInstance in shop) may be maintained by AWS: it may come during the freeze holidays on 2027-12-20 04:00 Europe/Berlin, the first of 3 times in 400 days; no date can be left out there: have nothing pending for it then\n',
    );
    expect(out).toContain(
      'Experiment (AWS::Scheduler::Schedule in shop) starts an experiment of FIS: it comes during the freeze holidays on 2027-12-22 11:00 Europe/Berlin, the first of 2 times in 400 days\n',
    );
    expect(code).toBe(1);
  });

  it('does not fail for what cannot be helped, and says what it does not know', async () => {
    const later = {
      ...experiment,
      Properties: { ...experiment.Properties, ScheduleExpression: { Ref: 'X' } },
    };
    withResources({ Experiment: later, Database: database }, freeze());
    const { code, out } = await nines('windows', 'next', template, ...from);
    expect(out).toContain(
      'starts an experiment of FIS, and it is not known when: ScheduleExpression is known at deployment only',
    );
    expect(out).toContain('may be maintained by AWS');
    expect(code).toBe(0);
  });

  it('prints for machines what resources do, as its schema says', async () => {
    withResources({ Experiment: experiment, Database: database }, freeze());
    const { out } = await nines('windows', 'next', template, ...from, '--format', 'json');
    const schema = JSON.parse(readFileSync(join(__dirname, '../../schemas/windows-1.schema.json'), 'utf8'));
    const validate = new Ajv({ formats: { 'date-time': true, date: true } }).compile(schema);
    const json = JSON.parse(out);
    expect(validate(json) ? [] : validate.errors).toEqual([]);
    expect(json.planned[1]).toMatchObject({
      logicalId: 'Experiment',
      kind: 'drill',
      window: 'holidays',
      start: '2027-12-22T10:00:00Z',
      avoidable: true,
    });
  });

  it('prints a calendar file, which ical.js reads', async () => {
    withWindows(patching());
    const { out } = await nines('windows', 'next', template, ...from, '--format', 'ics');
    const times = calendarEvents(out, Date.parse('2027-04-05T00:00:00Z') / 1_000);
    expect(times.slice(-2).map(({ start }) => start)).toEqual([
      '2027-03-28T02:00:00.000Z',
      '2027-04-04T02:00:00.000Z',
    ]);
    expect(out.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  });

  it('refuses a time without a zone, and no number', async () => {
    const noZone = await nines('windows', 'next', template, '--from', '2027-03-20');
    expect([noZone.code, noZone.err]).toEqual([
      2,
      expect.stringContaining('It must be a time with its zone'),
    ]);
    const none = await nines('windows', 'next', template, '--count', '0');
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringContaining('It must be a whole number from 1 to 99'),
    ]);
  });

  it('refuses a window in a template that is none', async () => {
    const window = { ...catalogueWindow(patching(), undefined), start: '2026-12-07T04:00' };
    const catalogue = { schema: 'cdk-nines.catalogue/1', services: [], windows: [window] };
    writeFileSync(template, JSON.stringify({ Metadata: { 'cdk-nines': catalogue }, Resources: {} }));
    const { code, err } = await nines('windows', 'next', template);
    expect(code).toBe(2);
    expect(err).toContain(
      'catalogue.windows[0]: start is on 2026-12-07, which is no day on which it comes back',
    );
  });
});
