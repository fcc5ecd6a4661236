import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-alarms-'));
const template = join(folder, 'shop.template.json');
const fine = join(folder, 'fine.template.json');
const DAY = 86_400_000;
const TODAY = '2026-11-23';
const END = Date.parse('2026-11-24T00:00:00Z');
const daysAgo = (days: number) => new Date(END - days * DAY).toISOString();

const TOPIC = {
  Topic: { Type: 'AWS::SNS::Topic' },
  OnCall: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'https', Endpoint: 'https://pager.example.com' },
  },
};

const alarm = (AlarmName: string, more: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName,
    AlarmDescription: 'Orders fail. Runbook: https://wiki.example.com/orders',
    AlarmActions: [{ Ref: 'Topic' }],
    Namespace: 'Shop',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 3,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    Tags: [{ Key: 'owner', Value: 'shop' }],
    ...more,
  },
});

beforeAll(() => {
  const queue = { Type: 'AWS::SQS::Queue' };
  writeFileSync(
    template,
    JSON.stringify({
      Resources: {
        ...TOPIC,
        Queue: queue,
        Errors: alarm('errors'),
        Twin: alarm('twin'),
        Mute: alarm('mute', { AlarmActions: [], MetricName: 'Slow' }),
      },
    }),
  );
  writeFileSync(fine, JSON.stringify({ Resources: { ...TOPIC, Errors: alarm('errors') } }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function history(name: string, items: readonly (readonly [number, string])[]): string {
  const file = join(folder, `${name}.json`);
  const AlarmHistoryItems = items.map(([days, state]) => ({
    AlarmName: name,
    Timestamp: daysAgo(days),
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from OK to ${state}`,
    HistoryData: JSON.stringify({ version: '1.0', newState: { stateValue: state } }),
  }));
  writeFileSync(file, JSON.stringify({ AlarmHistoryItems }));
  return file;
}

describe('nines alarms', () => {
  test('says what is wrong with each alarm, and what none watches', async () => {
    const { code, out } = await nines('alarms', template);
    expect(code).toBe(1);
    expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
      '3 alarms, 2 of them at fault',
      '  error    shop/Mute  no-action: it does nothing when it fires',
      '           fix: set AlarmActions, or name it in a composite alarm that has them, or remove it',
      '  warning  shop/Twin  duplicate: it fires exactly when Errors does, and both tell Topic',
      '           fix: keep one of the two and let it do what both do',
      'coverage: 0 of 1 mandatory metrics of tiers 0 and 1 have an alarm that tells somebody',
      '  no alarm  tier 1  shop/Queue  ApproximateAgeOfOldestMessage or ApproximateNumberOfMessagesVisible',
      '',
    ]);
  });

  test('counts those that tell nobody, though nothing else is wrong with them', async () => {
    const file = join(folder, 'silent.template.json');
    const Properties = {
      HealthCheckConfig: {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Name: { Ref: 'Oldest' }, Region: 'eu-west-1' },
        InsufficientDataHealthStatus: 'LastKnownStatus',
      },
    };
    const Oldest = alarm('oldest', {
      AlarmActions: [],
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Statistic: 'Maximum',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
    });
    const Resources = {
      Queue: { Type: 'AWS::SQS::Queue' },
      Oldest,
      Check: { Type: 'AWS::Route53::HealthCheck', Properties },
    };
    writeFileSync(file, JSON.stringify({ Resources }));
    const { out } = await nines('alarms', file);
    expect(out).toMatch(/^1 alarm, none of them at fault, but 1 tells nobody\n/);
    expect(out).toMatch(/untold .*: silent\/Oldest -> nobody\n/);
  });

  test('says which alarms look the wrong way, and which way is needed', async () => {
    const file = join(folder, 'backwards.template.json');
    const Oldest = alarm('oldest', {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      ComparisonOperator: 'LessThanThreshold',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
    });
    writeFileSync(
      file,
      JSON.stringify({ Resources: { ...TOPIC, Queue: { Type: 'AWS::SQS::Queue' }, Oldest } }),
    );
    const { out } = await nines('alarms', file);
    expect(out).toContain(
      'Oldest compares ApproximateAgeOfOldestMessage by LessThanThreshold 5, needs GreaterThanThreshold of Oldest\n',
    );
  });

  test('ends well where only lesser faults are found, or none count', async () => {
    expect(await nines('alarms', fine)).toMatchObject({ code: 0, out: '1 alarm, none of them at fault\n' });
    expect(await nines('alarms', template, '--fail-on', 'never')).toMatchObject({ code: 0 });
    expect(await nines('alarms', template, '--tier', '3')).toMatchObject({ code: 0 });
  });

  test('reads what CloudWatch wrote down', async () => {
    const flaps = Array.from({ length: 11 }, (_, index): [number, string][] => [
      [2 - index / 24, 'ALARM'],
      [2 - index / 24 - 0.01, 'OK'],
    ]).flat();
    const { out } = await nines(
      'alarms',
      fine,
      '--today',
      TODAY,
      '--history',
      history('errors', [[40, 'OK'], ...flaps]),
    );
    expect(out).toContain('flapping: it fired 11 times within a day');
    expect(out).toContain('history: of 1 alarms of fine\n');
  });

  test.each([
    ['OK', 200, 'never-fired: it has not fired for 200 d'],
    ['INSUFFICIENT_DATA', 15, 'no-data: it has had no data for 15 d'],
  ])('reads the present state %s since %d days', async (StateValue, days, words) => {
    const file = join(folder, 'present.json');
    const MetricAlarms = [{ AlarmName: 'errors', StateValue, StateTransitionedTimestamp: daysAgo(days) }];
    writeFileSync(file, JSON.stringify({ MetricAlarms }));
    const { out } = await nines('alarms', fine, '--today', TODAY, '--history', file);
    expect(out).toContain(words);
  });

  test('counts the firings of each region by themselves', async () => {
    const six = (from: number) =>
      Array.from({ length: 6 }, (_, index): readonly (readonly [number, string])[] => [
        [1 - (from + index) / 50, 'ALARM'],
        [1 - (from + index) / 50 - 0.001, 'OK'],
      ]).flat();
    const [west, east] = [join(folder, 'history-eu-west-1.json'), join(folder, 'history-us-east-1.json')];
    for (const [file, items] of [
      [west, six(0)],
      [east, six(0.5)],
    ] as const)
      renameSync(history('errors', items), file);
    const { out } = await nines('alarms', fine, '--today', TODAY, '--history', west, '--history', east);
    expect(out).not.toContain('flapping');
    expect(out).toContain('history: of 1 alarms of fine\n');
  });

  test('says what to do with a history in UTF-16', async () => {
    const wide = join(folder, 'wide.json');
    writeFileSync(wide, Buffer.from('\ufeff{"AlarmHistoryItems": []}', 'utf16le'));
    const { code, err } = await nines('alarms', fine, '--today', TODAY, '--history', wide);
    expect(code).toBe(2);
    expect(err).toContain('is UTF-16');
    expect(err).toContain('save the history of alarms again, in UTF-8');
  });

  test('says that a short history does not tell whether an alarm ever fires', async () => {
    const file = history('errors', [[20, 'OK']]);
    const { out } = await nines('alarms', fine, '--today', TODAY, '--history', file);
    expect(out).toContain('whether 1 of them ever fire is not known: the history reaches back 20 d');
    expect(out).not.toContain('never-fired');
  });

  test('holds alarms against incidents', async () => {
    const incidents = join(folder, 'incidents.yaml');
    writeFileSync(
      incidents,
      [
        'incidents:',
        `  - { id: INC-1, from: '${daysAgo(10)}', until: '${daysAgo(9.9)}' }`,
        `  - { id: INC-2, from: '${daysAgo(5)}', until: '${daysAgo(4.9)}', alarms: [errors] }`,
        `  - { id: INC-0, from: '${daysAgo(50)}', until: '${daysAgo(49)}' }`,
        `  - { id: INC-9, from: '${daysAgo(2)}', until: '${daysAgo(1.9)}', alarms: [errors] }`,
        'acknowledged: []',
      ].join('\n'),
    );
    const file = history('errors', [
      [30, 'OK'],
      [9.99, 'ALARM'],
      [9.95, 'OK'],
      [3, 'ALARM'],
      [2.9, 'OK'],
    ]);
    const { out } = await nines(
      'alarms',
      fine,
      '--today',
      TODAY,
      '--history',
      file,
      '--incidents',
      incidents,
    );
    expect(out).toContain('never-acknowledged: it fired 2 times, and nobody ever took it');
    expect(out).toContain('recall: 1 of 2 incidents were found by an alarm; missed: INC-2\n');
    expect(out).toContain('before or after the history, and not counted: INC-0, INC-9\n');
    expect(out).toContain('precision  fine/Errors: 1 of 2 firings were real; silent in INC-2\n');
  });

  test('counts an incident once that is written twice, and says so', async () => {
    const incidents = join(folder, 'twice.yaml');
    const entry = `  - { id: INC-1, from: '${daysAgo(10)}', until: '${daysAgo(9.9)}' }`;
    writeFileSync(incidents, ['incidents:', entry, entry].join('\n'));
    const file = history('errors', [
      [30, 'OK'],
      [9.99, 'ALARM'],
      [9.95, 'OK'],
    ]);
    const asked = ['alarms', fine, '--today', TODAY, '--history', file, '--incidents', incidents];
    const { out, err } = await nines(...asked);
    expect(out).toContain('recall: 1 of 1 incident');
    expect(err).toBe(
      `nines: warning: ${incidents}:3:5: incident INC-1 is written on line 2 already, and counts once\n`,
    );
  });

  test('refuses incidents without a history, for nothing would be held against them', async () => {
    const incidents = join(folder, 'alone.yaml');
    writeFileSync(incidents, 'incidents: []\n');
    const { code, err } = await nines('alarms', fine, '--incidents', incidents);
    expect(err).toMatch(
      /--incidents .*alone\.yaml: incidents are held against a history.*fix: add --history FILE/,
    );
    expect(code).toBe(2);
  });

  test('gives the same to machines, as the schema says', async () => {
    const file = history('errors', [
      [30, 'OK'],
      [3, 'ALARM'],
      [2, 'OK'],
    ]);
    const incidents = join(folder, 'none.yaml');
    writeFileSync(incidents, 'incidents: []\n');
    const { out } = await nines(
      'alarms',
      template,
      '--format',
      'json',
      '--today',
      TODAY,
      '--history',
      file,
      '--incidents',
      incidents,
    );
    const json = JSON.parse(out);
    expect(json).toMatchObject({ schema: 'nines.alarms/1', alarms: 3, coverage: { told: 0, owed: 1 } });
    expect(json.findings.map(({ fault }: { fault: string }) => fault)).toEqual(['no-action', 'duplicate']);
    const schema = JSON.parse(readFileSync('schemas/alarms-1.schema.json', 'utf8'));
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
    expect(validate(json) || validate.errors).toBe(true);
  });

  test.each<[string, string, readonly string[], string]>([
    ['a history is no JSON', 'no', ['--history'], 'JSON'],
    ['a history is of something else', '{"Stacks":[]}', ['--history'], 'no AlarmHistoryItems'],
    [
      'an entry has no state',
      '{"MetricAlarms":[{"AlarmName":"a"}]}',
      ['--history'],
      'MetricAlarms.0 has no StateValue',
    ],
    [
      'an incident ends before it begins',
      'incidents: [{id: a, from: 2, until: 1}]',
      ['--incidents'],
      'until is before from',
    ],
    [
      'a time of an incident has no zone',
      'incidents: [{id: a, from: "2026-01-01 10:00", until: 1}]',
      ['--incidents'],
      'no time with its zone',
    ],
    ['incidents are missing', 'acknowledged: []', ['--incidents'], 'incidents is missing'],
  ])('fails when %s', async (_, text, flags, message) => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, text);
    const { code, err } = await nines('alarms', fine, ...flags, file);
    expect(code).toBe(2);
    expect(err).toContain('wrong.json');
    expect(err).toContain(message);
  });
});
