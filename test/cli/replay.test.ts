import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-replay-'));
const template = join(folder, 'shop.template.json');
const metrics = join(folder, 'incident.csv');
const START = Date.parse('2026-01-01T10:00:00Z');

const alarm = (MetricName: string, more: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace: 'Shop',
    MetricName,
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    ...more,
  },
});

const both = {
  'Fn::Join': [
    '',
    [
      'ALARM("',
      { 'Fn::GetAtt': ['Errors', 'Arn'] },
      '") AND ALARM("',
      { 'Fn::GetAtt': ['Slow', 'Arn'] },
      '")',
    ],
  ],
};

beforeAll(() => {
  const told = { AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:pages'] };
  const Resources = {
    Errors: alarm('Errors'),
    Slow: alarm('Slow', told),
    Quiet: alarm('Quiet', told),
    Band: alarm('Errors', { ComparisonOperator: 'GreaterThanUpperThreshold' }),
    Both: {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: {
        AlarmRule: both,
        ...told,
        ActionsSuppressor: { 'Fn::GetAtt': ['Quiet', 'Arn'] },
        ActionsSuppressorWaitPeriod: 120,
        ActionsSuppressorExtensionPeriod: 60,
      },
    },
  };
  writeFileSync(template, JSON.stringify({ Resources }));
  const minute = (index: number) => new Date(START + index * 60_000).toISOString();
  const lines = Array.from({ length: 30 }, (_, index) => [
    `${minute(index)},Shop,Errors,,Sum,60,${index >= 10 ? 50 : 0}`,
    `${minute(index)},Shop,Slow,,Sum,60,${index >= 12 ? 50 : 0}`,
    `${minute(index)},Shop,Quiet,,Sum,60,0`,
  ]);
  writeFileSync(
    metrics,
    ['timestamp,namespace,metric,dimensions,statistic,period,value', ...lines.flat()].join('\n'),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('nines replay', () => {
  test('says when each alarm tells somebody, the first first', async () => {
    const { code, out } = await nines('replay', template, '--metrics', metrics);
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
      'replayed 5 alarms from 2026-01-01T10:00:00Z to 2026-01-01T10:30:00Z',
      '  2026-01-01T10:14:00Z  tells    shop/Slow',
      '  2026-01-01T10:16:00Z  tells    shop/Both',
      '  2026-01-01T10:12:00Z  fires    shop/Errors, told by others',
      '  1 stayed quiet',
      '  unknown  shop/Band: it compares with an anomaly band, which CloudWatch learns from weeks of data',
      '  shop/Errors is known from 2026-01-01T10:02:00Z on: the data does not cover the 3 min that it looks back on; 3 others so, too, but no later',
      '',
    ]);
  });

  test('holds the first page against a time', async () => {
    const early = await nines('replay', template, '--metrics', metrics, '--by', '2026-01-01T10:20:00Z');
    expect(early).toMatchObject({ code: 0, out: expect.stringContaining('told 6 min before') });
    const late = await nines('replay', template, '--metrics', metrics, '--by', '2026-01-01T10:13:00Z');
    expect(late).toMatchObject({ code: 1, out: expect.stringContaining('told 60 s after') });
  });

  test('sees late data late', async () => {
    const { out } = await nines('replay', template, '--metrics', metrics, '--delay', '120');
    expect(out).toContain('2026-01-01T10:16:00Z  tells    shop/Slow');
  });

  test('gives the same to machines, as the schema says', async () => {
    const { out } = await nines(
      'replay',
      template,
      '--metrics',
      metrics,
      '--format',
      'json',
      '--by',
      '2026-01-01T10:13:00Z',
    );
    const json = JSON.parse(out);
    expect(json).toMatchObject({
      schema: 'nines.replay/1',
      inTime: false,
      firstTold: '2026-01-01T10:14:00Z',
    });
    const schema = JSON.parse(readFileSync('schemas/replay-1.schema.json', 'utf8'));
    const validate = new Ajv({ strict: true, formats: { 'date-time': true } }).compile(schema);
    expect(validate(json) || validate.errors).toBe(true);
  });

  test.each<[string, readonly string[], string]>([
    ['no metrics are given', [], '--metrics'],
    ['a time has no zone', ['--metrics', metrics, '--by', '10:15'], 'with its zone'],
    ['a delay is no number', ['--metrics', metrics, '--delay', 'soon'], 'whole number of seconds'],
    ['a file is not there', ['--metrics', join(folder, 'none.csv')], 'none.csv'],
  ])('fails when %s', async (_, flags, message) => {
    const { code, err } = await nines('replay', template, ...flags);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('fails when a file holds no data', async () => {
    const empty = join(folder, 'empty.csv');
    writeFileSync(empty, 'timestamp,namespace,metric,dimensions,statistic,period,value\n');
    expect(await nines('replay', template, '--metrics', empty)).toMatchObject({ code: 2 });
  });
});
