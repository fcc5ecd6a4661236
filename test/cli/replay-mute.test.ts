import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-replay-mute-'));
const START = Date.parse('2026-01-01T10:00:00Z') / 1_000;
const metrics = join(folder, 'incident.csv');
const template = join(folder, 't.template.json');

/** Errors from 10:15 until 12:40, a point each minute from 10:00 until 13:00. */
beforeAll(() => {
  const lines = Array.from(
    { length: 180 },
    (_, minute) => `${START + minute * 60},Shop,Errors,,Sum,60,${minute >= 15 && minute < 160 ? 50 : 0}`,
  );
  writeFileSync(
    metrics,
    ['timestamp,namespace,metric,dimensions,statistic,period,value', ...lines].join('\n'),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const High = {
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: 'high',
    Namespace: 'Shop',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:pages'],
  },
};

const rule = (Schedule: object, more: object = {}) => ({
  Type: 'AWS::CloudWatch::AlarmMuteRule',
  Properties: { Rule: { Schedule }, MuteTargets: { AlarmNames: [{ Ref: 'High' }] }, ...more },
});
const TWO_HOURS = { Expression: 'cron(0 10 * * *)', Duration: 'PT2H' };

async function told(Mute: object, more: object = {}): Promise<string> {
  writeFileSync(template, JSON.stringify({ Resources: { High, Mute, ...more } }));
  const { out } = await nines('replay', template, '--metrics', metrics);
  return out.split('\n')[1]?.trim() ?? '';
}

const AT_ONCE = '2026-01-01T10:16:00Z  tells    t/High';
const AT_NOON = '2026-01-01T12:00:00Z  tells    t/High';

describe('a mute rule', () => {
  test('holds back what an alarm tells until it ends', async () => {
    expect(await told(rule(TWO_HOURS))).toBe(AT_NOON);
  });

  test.each<[string, object, object, string]>([
    ['is in its own time zone', { ...TWO_HOURS, Timezone: 'Asia/Tokyo' }, {}, AT_ONCE],
    ['comes on its weekdays', { ...TWO_HOURS, Expression: 'cron(0 10 * * SUN)' }, {}, AT_ONCE],
    ['comes on its weekdays, too', { ...TWO_HOURS, Expression: 'cron(0 10 * * THU)' }, {}, AT_NOON],
    ['comes on its day of the month', { ...TWO_HOURS, Expression: 'cron(0 10 1 * *)' }, {}, AT_NOON],
    ['comes once', { ...TWO_HOURS, Expression: 'at(2026-01-01T10:00)' }, {}, AT_NOON],
    ['is over before', { Expression: 'cron(0 10 * * *)', Duration: 'PT16M' }, {}, AT_ONCE],
    ['has not begun', TWO_HOURS, { StartDate: '2026-01-02T00:00' }, AT_ONCE],
    ['is over for good', TWO_HOURS, { ExpireDate: '2026-01-01T09:00' }, AT_ONCE],
    ['is of another alarm', TWO_HOURS, { MuteTargets: { AlarmNames: ['other'] } }, AT_ONCE],
    ['names the alarm', TWO_HOURS, { MuteTargets: { AlarmNames: ['high'] } }, AT_NOON],
  ])('that %s', async (_, schedule, more, wanted) => {
    expect(await told(rule(schedule, more))).toBe(wanted);
  });

  test('is told to machines, as the schema says', async () => {
    writeFileSync(template, JSON.stringify({ Resources: { High, Mute: rule(TWO_HOURS) } }));
    const { out } = await nines('replay', template, '--metrics', metrics, '--format', 'json');
    const json = JSON.parse(out);
    expect(json.alarms[0].mute).toEqual([{ from: '2026-01-01T10:00:00Z', until: '2026-01-01T12:00:00Z' }]);
    expect(json.alarms[0].states[0].state).toBe('UNKNOWN');
    const schema = JSON.parse(readFileSync('schemas/replay-1.schema.json', 'utf8'));
    const validate = new Ajv({ strict: true, formats: { 'date-time': true } }).compile(schema);
    expect(validate(json) || validate.errors).toBe(true);
  });

  test('meets another: the alarm is mute until both are over', async () => {
    const Later = rule({ Expression: 'cron(30 11 * * *)', Duration: 'PT1H' });
    expect(await told(rule(TWO_HOURS), { Later })).toBe('2026-01-01T12:30:00Z  tells    t/High');
  });

  test('that outlasts the alarm leaves nobody told', async () => {
    expect(await told(rule({ ...TWO_HOURS, Duration: 'PT150M' }))).toBe(
      '2026-01-01T12:30:00Z  tells    t/High',
    );
    expect(await told(rule({ ...TWO_HOURS, Duration: 'PT170M' }))).toBe(
      '2026-01-01T10:16:00Z  fires    t/High, mute until 2026-01-01T12:50:00Z',
    );
    expect(await told(rule({ ...TWO_HOURS, Duration: 'P2D' }))).toBe(
      '2026-01-01T10:16:00Z  fires    t/High, mute until 2026-01-03T10:00:00Z',
    );
  });

  test.each<[string, object, object]>([
    ['a day of the month and of the week', { ...TWO_HOURS, Expression: 'cron(0 10 1 * SUN)' }, {}],
    ['a number of a weekday', { ...TWO_HOURS, Expression: 'cron(0 10 * * 4)' }, {}],
    ['another time each few minutes', { Expression: 'cron(*/20 * * * *)', Duration: 'PT1M' }, {}],
    ['a duration that deploy decides', { ...TWO_HOURS, Duration: { 'Fn::ImportValue': 'd' } }, {}],
    ['alarms that deploy decides', TWO_HOURS, { MuteTargets: { AlarmNames: [{ 'Fn::ImportValue': 'a' }] } }],
  ])('with %s leaves open whether the alarm tells', async (_, schedule, more) => {
    expect(await told(rule(schedule, more))).toMatch(
      /^2026-01-01T10:16:00Z {2}fires {4}t\/High, and whether it tells is not known: whether Mute keeps it mute/,
    );
  });
});
