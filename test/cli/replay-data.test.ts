import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-replay-data-'));
const START = Date.parse('2026-01-01T10:00:00Z') / 1_000;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const beat = (more: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace: 'AWS/Lambda',
    MetricName: 'Invocations',
    Dimensions: [{ Name: 'FunctionName', Value: 'job' }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 3,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
    AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:pages'],
    ...more,
  },
});

const above = (Threshold: number, more: object = {}) =>
  beat({ Threshold, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching', ...more });

/** Invocations a minute from the minute on; nothing where there are none. */
const rows = (values: readonly (number | undefined)[], { from = 0, period = 60, statistic = 'Sum' } = {}) =>
  values.flatMap((value, index) =>
    value === undefined
      ? []
      : [
          `${START + from * 60 + index * period},AWS/Lambda,Invocations,FunctionName=job,${statistic},${period},${value}`,
        ],
  );

const HEAD = 'timestamp,namespace,metric,dimensions,statistic,period,value';

function saved(name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, [HEAD, ...lines].join('\n'));
  return file;
}

async function run(Resources: object, files: readonly string[], ...flags: readonly string[]) {
  const template = join(folder, 't.template.json');
  writeFileSync(template, JSON.stringify({ Resources }));
  const { code, out } = await nines(
    'replay',
    template,
    ...files.flatMap((file) => ['--metrics', file]),
    ...flags,
  );
  return { code, lines: out.split('\n').map((line) => line.trim()) };
}

const steady = (value: number, count: number) => Array.from({ length: count }, () => value);
const by = (clock: string) => ['--by', `2026-01-01T${clock}:00Z`];

describe('time that the data does not cover', () => {
  const night = saved('night.csv', rows(steady(5, 60)));

  test('is not missing data: a healthy night tells nobody', async () => {
    const { code, lines } = await run({ Beat: beat() }, [night], ...by('10:30'));
    expect(code).toBe(1);
    expect(lines).toContain('1 stayed quiet');
    expect(lines).toContain('nobody is told: 2026-01-01T10:30:00Z is missed');
  });

  test('a beat that stops is told', async () => {
    const stopped = saved('stopped.csv', [
      ...rows(steady(5, 20)),
      `${START + 3_540},AWS/Lambda,Other,,Sum,60,1`,
    ]);
    const { code, lines } = await run({ Beat: beat() }, [stopped], ...by('10:30'));
    expect(code).toBe(0);
    expect(lines).toContain('2026-01-01T10:25:00Z  tells    t/Beat, 5 min early');
  });

  test('a state that stands at the start is no news, and when it was told is not known', async () => {
    const high = saved('high.csv', rows(steady(50, 60)));
    const { code, lines } = await run({ High: above(10) }, [high], ...by('10:30'));
    expect(code).toBe(1);
    expect(lines).toContain(
      '2026-01-01T10:03:00Z  fires    t/High, and whether it tells is not known: since when it fires is not known: the data does not cover the 3 min that it looks back on',
    );
    expect(lines).toContain(
      'whether somebody is told by 2026-01-01T10:30:00Z is not known (1 alarms could have told)',
    );
  });

  test('is not known to alarms that look back further, and they say how far', async () => {
    const slow = above(100, { Period: 21_600, EvaluationPeriods: 1 });
    const { code, lines } = await run({ Slow: slow }, [night], ...by('10:30'));
    expect(code).toBe(1);
    expect(lines).toContain('unknown  t/Slow: the data does not cover the 6 h that it looks back on');
    expect(lines.join()).toContain('is not known (1 alarms could have told)');
  });

  test('an alarm says from when on it is known', async () => {
    const quarter = above(1_000, { Period: 900, EvaluationPeriods: 1 });
    const { lines } = await run({ Quarter: quarter, Beat: beat() }, [night]);
    expect(lines).toContain(
      't/Quarter is known from 2026-01-01T10:15:00Z on: the data does not cover the 15 min that it looks back on; 1 others so, too, but no later',
    );
  });
});

describe('data as it is usually saved', () => {
  const five = (statistic: string) =>
    saved(`five-${statistic}.csv`, rows([1, 1, 1, 1, 1, 1, 90, 90], { period: 300, statistic }));

  test.each(['Sum', 'p99'])('%s over five minutes is read by an alarm on five minutes', async (statistic) => {
    const more = statistic === 'Sum' ? {} : { Statistic: undefined, ExtendedStatistic: statistic };
    const alarm = above(10, { Period: 300, EvaluationPeriods: 1, ...more });
    const { lines } = await run({ High: alarm }, [five(statistic)]);
    expect(lines).toContain('2026-01-01T10:35:00Z  tells    t/High');
  });

  test('a percentile over a minute is read by an alarm on a minute, whatever else is saved', async () => {
    const minutes = rows([...steady(1, 20), ...steady(90, 10)], { statistic: 'p99' });
    const longer = rows(steady(1, 6), { statistic: 'p99', period: 300 });
    const high = above(10, { Statistic: undefined, ExtendedStatistic: 'p99' });
    for (const lines of [minutes, [...longer, ...minutes], [...minutes, ...minutes]]) {
      const { lines: seen } = await run({ High: high }, [saved('p99.csv', lines)]);
      expect(seen).toContain('2026-01-01T10:23:00Z  tells    t/High');
    }
  });

  test('the order of files does not matter', async () => {
    const [a, b] = [saved('a.csv', rows(steady(1, 15))), saved('b.csv', rows(steady(50, 15), { from: 15 }))];
    for (const files of [
      [a, b],
      [b, a],
    ]) {
      const { lines } = await run({ High: above(10) }, files);
      expect(lines).toContain('2026-01-01T10:18:00Z  tells    t/High');
    }
  });

  test('a metric without a value is missing data while the file covers it', async () => {
    const stat = (MetricName: string, FunctionName: string) => ({
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName,
        Dimensions: [{ Name: 'FunctionName', Value: FunctionName }],
      },
      Period: 60,
      Stat: 'Sum',
    });
    const times = Array.from({ length: 30 }, (_, index) =>
      new Date((START + index * 60) * 1_000).toISOString(),
    );
    const file = join(folder, 'dead.json');
    writeFileSync(
      file,
      JSON.stringify({
        MetricDataQueries: [
          { Id: 'a', MetricStat: stat('Invocations', 'other') },
          { Id: 'b', MetricStat: stat('Invocations', 'job') },
        ],
        MetricDataResults: [
          { Id: 'a', Timestamps: times, Values: times.map(() => 3) },
          { Id: 'b', Timestamps: [], Values: [] },
        ],
      }),
    );
    const { lines } = await run({ Beat: beat() }, [file]);
    expect(lines.join('\n')).toContain('fires    t/Beat');
    expect(lines.join('\n')).not.toContain('there is no data');
  });
});

describe('regions', () => {
  const app = (region: string) => ({
    name: `manifest-${region}`,
    file: join(folder, `${region}.template.json`),
  });

  async function both(file: string) {
    const cloud = join(folder, 'cdk.out');
    const artifacts = Object.fromEntries(
      ['eu-west-1', 'us-east-1'].map((region) => {
        const { name } = app(region);
        const templateFile = `${name}.template.json`;
        writeFileSync(join(cloud, templateFile), JSON.stringify({ Resources: { High: above(10) } }));
        return [
          name,
          {
            type: 'aws:cloudformation:stack',
            environment: `aws://111122223333/${region}`,
            properties: { templateFile, stackName: name },
          },
        ];
      }),
    );
    writeFileSync(join(cloud, 'manifest.json'), JSON.stringify({ version: '36.0.0', artifacts }));
    const { out } = await nines('replay', cloud, '--metrics', file);
    return out;
  }

  beforeAll(() => require('node:fs').mkdirSync(join(folder, 'cdk.out')));

  test('metrics of one region fire the alarms of that region only', async () => {
    const values = [...steady(1, 10), ...steady(50, 10)];
    const out = await both(saved('incident-eu-west-1.csv', rows(values)));
    expect(out.match(/tells/g)).toHaveLength(1);
    expect(out).toContain('there is no data of AWS/Lambda Invocations (FunctionName=job) in us-east-1');
  });

  test('metrics that do not say their region are of neither', async () => {
    const values = [...steady(1, 10), ...steady(50, 10)];
    const out = await both(saved('incident.csv', rows(values)));
    expect(out).not.toContain('tells');
    expect(out).toContain('(eu-west-1 or us-east-1): write "Region", or name the file so');
  });
});

describe('a composite alarm of which not all parts are known', () => {
  const composite = (AlarmRule: string, more: object = {}) => ({
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmRule, AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:pages'], ...more },
  });
  const named = (AlarmName: string, alarm: { Type: string; Properties: object }) => ({
    ...alarm,
    Properties: { ...alarm.Properties, AlarmName, AlarmActions: undefined },
  });
  const incident = saved('any.csv', rows([...steady(1, 10), ...steady(50, 20)]));
  const parts = {
    High: named('high', above(10)),
    Slow: named('slow', above(10, { MetricName: 'Duration' })),
  };

  test('is known where the rest settles it', async () => {
    const { lines } = await run({ ...parts, Any: composite('ALARM("high") OR ALARM("slow")') }, [incident]);
    expect(lines.join('\n')).toContain('2026-01-01T10:13:00Z  fires    t/Any');
    const never = {
      ...parts,
      Low: named('low', above(1_000)),
      Both: composite('ALARM("low") AND ALARM("slow")'),
    };
    const { code, lines: quiet } = await run(never, [incident], ...by('10:20'));
    expect(code).toBe(1);
    expect(quiet).toContain('nobody is told: 2026-01-01T10:20:00Z is missed');
  });

  test('is not said to tell where a part that is not known could have made it fire before', async () => {
    const { lines } = await run({ ...parts, Any: composite('ALARM("high") OR ALARM("slow")') }, [incident]);
    expect(lines.join('\n')).toContain('t/Any, and whether it tells is not known: since when it fires');
  });

  test('is neither quiet nor late where it is not known for a while only', async () => {
    const over = saved('over.csv', rows([...steady(1, 10), ...steady(50, 10), ...steady(1, 20)]));
    const all = { ...parts, All: composite('ALARM("high") AND ALARM("slow")') };
    const { code, lines } = await run(all, [over], ...by('10:35'));
    expect(code).toBe(1);
    expect(lines.join('\n')).toMatch(/unknown {2}t\/All: from 2026-01-01T10:1\d:00Z on: Slow: /);
    expect(lines.join('\n')).toContain('is not known (1 alarms could have told)');
    expect(lines.join('\n')).not.toContain('missed');
  });

  test('is not said to have missed where it does not', async () => {
    const all = { ...parts, All: composite('ALARM("high") AND ALARM("slow")') };
    const { code, lines } = await run(all, [incident], ...by('10:20'));
    expect(code).toBe(1);
    expect(lines.join('\n')).toContain('is not known (1 alarms could have told)');
    expect(lines.join('\n')).not.toContain('missed');
  });

  test('stands in one line where its suppressor is not known', async () => {
    const any = composite('ALARM("high")', {
      ActionsSuppressor: 'slow',
      ActionsSuppressorWaitPeriod: 60,
      ActionsSuppressorExtensionPeriod: 60,
    });
    const { lines } = await run({ ...parts, Any: any }, [incident]);
    const told = lines.filter((line) => line.includes('t/Any'));
    expect(told).toEqual([
      '2026-01-01T10:13:00Z  fires    t/Any, and whether it tells is not known: whether it is suppressed is not known: Slow: there is no data of AWS/Lambda Duration (FunctionName=job)',
    ]);
  });
});

describe('alarms without actions', () => {
  const incident = saved('rule.csv', rows([...steady(1, 10), ...steady(50, 20)]));
  const silent = above(10, { AlarmActions: undefined });
  const Rule = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] },
      Targets: [{ Id: 'page', Arn: 'arn:aws:sns:eu-west-1:111122223333:pages' }],
    },
  };

  test('tell nobody by themselves', async () => {
    const { code, lines } = await run({ High: silent }, [incident], ...by('10:20'));
    expect(code).toBe(1);
    expect(lines).toContain('nobody is told: 2026-01-01T10:20:00Z is missed');
  });

  test('tell by a rule of EventBridge', async () => {
    const { code, lines } = await run({ High: silent, Rule }, [incident], ...by('10:20'));
    expect(lines).toContain('2026-01-01T10:13:00Z  tells    t/High, 7 min early');
    expect(code).toBe(0);
  });

  test('may tell by a rule of EventBridge what a mute rule holds back', async () => {
    const Mute = {
      Type: 'AWS::CloudWatch::AlarmMuteRule',
      Properties: {
        Rule: { Schedule: { Expression: 'cron(0 10 * * *)', Duration: 'PT20M' } },
        MuteTargets: { AlarmNames: [{ Ref: 'High' }] },
      },
    };
    const { code, lines } = await run({ High: silent, Rule, Mute }, [incident], ...by('10:15'));
    expect(code).toBe(1);
    expect(lines.join()).toContain('whether somebody is told by 2026-01-01T10:15:00Z is not known');
  });
});

test('an anomaly band is not known, for the reason that it is one', async () => {
  const band = beat({
    MetricName: undefined,
    Namespace: undefined,
    Statistic: undefined,
    Period: undefined,
    Dimensions: undefined,
    Threshold: undefined,
    ThresholdMetricId: 'band',
    ComparisonOperator: 'GreaterThanUpperThreshold',
    Metrics: [
      {
        Id: 'm',
        MetricStat: {
          Metric: { Namespace: 'AWS/Lambda', MetricName: 'Invocations' },
          Period: 60,
          Stat: 'Sum',
        },
      },
      { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(m, 2)' },
    ],
  });
  const { lines } = await run({ Band: band }, [saved('band.csv', rows(steady(5, 10)))]);
  expect(lines).toContain(
    'unknown  t/Band: it compares with an anomaly band, which CloudWatch learns from weeks of data',
  );
});
