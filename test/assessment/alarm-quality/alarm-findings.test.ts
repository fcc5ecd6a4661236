import { alarmFindings } from '../../../lib/assessment/alarm-quality/alarm-findings';
import { graphOf } from '../../support/graph';

const TOPICS = {
  Calls: { Type: 'AWS::SNS::Topic' },
  OnCall: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'Calls' }, Protocol: 'https', Endpoint: 'https://pager.example.com' },
  },
  Tickets: { Type: 'AWS::SNS::Topic' },
  Desk: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'Tickets' }, Protocol: 'https', Endpoint: 'https://desk.example.com' },
  },
};

const told = { AlarmActions: [{ Ref: 'Calls' }] };

const alarm = (more: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmDescription: 'See https://wiki.example.com/runbook',
    Namespace: 'Shop',
    MetricName: 'Errors',
    Dimensions: [
      { Name: 'Stage', Value: 'prod' },
      { Name: 'Api', Value: 'orders' },
    ],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 3,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    ...more,
  },
});

/** Told by a rule of EventBridge, without a word of what to do. */
const plain = { AlarmDescription: 'Errors.' };

const rule = (input: object, pattern: object = {}, more: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      ...pattern,
    },
    Targets: [{ Id: 'Tell', Arn: 'arn:aws:lambda:eu-west-1:111122223333:function:tell', ...input }],
    ...more,
  },
});

/** What a rule makes of an event, with where the runbook is. */
const context = (runbook: string) => ({
  InputTransformer: {
    InputPathsMap: { detail: '$.detail' },
    InputTemplate: `{"detail":<detail>,"context":{"service":"shop","runbook":"${runbook}"}}`,
  },
});

const composite = (rule: string, parts: readonly string[], more: object = {}) => ({
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: {
    AlarmDescription: 'See https://wiki.example.com/runbook',
    AlarmRule: {
      'Fn::Sub': [rule, Object.fromEntries(parts.map((part) => [part, { 'Fn::GetAtt': [part, 'Arn'] }]))],
    },
    ...more,
  },
});

/** The faults of the alarms of a template: `Alarm: fault`. */
function faults(Resources: Record<string, unknown>, owner: string | undefined = 'team'): readonly string[] {
  const graph = graphOf({ Resources: { ...TOPICS, ...Resources } });
  return alarmFindings(graph, () => ({ name: owner })).map(({ alarm: at, fault, other }) =>
    [`${at.logicalId}: ${fault}`, ...(other ? [other.logicalId] : [])].join(' '),
  );
}

const OTHER = { MetricName: 'Slow' };

/** Fewer than one call a minute. */
/** Counts of which a service that has nothing to do reports nothing. */
const WORK = [
  ['AWS/AppSync', 'Requests'],
  ['AWS/CloudFront', 'Requests'],
  ['AWS/DynamoDB', 'ConsumedReadCapacityUnits'],
  ['AWS/Events', 'InvocationAttempts'],
  ['AWS/Firehose', 'IncomingRecords'],
  ['AWS/Firehose', 'DeliveryToS3.Records'],
  ['AWS/Kinesis', 'IncomingRecords'],
  ['AWS/Kinesis', 'GetRecords.Records'],
  ['AWS/SQS', 'NumberOfMessagesSent'],
  ['AWS/SNS', 'NumberOfMessagesPublished'],
  ['AWS/States', 'ExecutionsSucceeded'],
] as const;

/** Bad news of which there is no data while there is nothing to do. */
const BAD_NEWS = [
  ['AWS/AppSync', '5XXError'],
  ['AWS/CloudFront', '5xxErrorRate'],
  ['AWS/CloudFront', '502ErrorRate'],
  ['AWS/DynamoDB', 'TransactionConflict'],
  ['AWS/Events', 'ThrottledRules'],
  ['AWS/Firehose', 'DeliveryToS3.DataFreshness'],
  ['AWS/Firehose', 'ThrottledRecords'],
  ['AWS/Kinesis', 'WriteProvisionedThroughputExceeded'],
  ['AWS/SNS', 'NumberOfNotificationsFailedToRedriveToDlq'],
  ['AWS/Scheduler', 'TargetErrorCount'],
  ['AWS/States', 'ExecutionsTimedOut'],
] as const;

/** Two queues, one for what the other could not do. */
const QUEUES = {
  Dead: { Type: 'AWS::SQS::Queue' },
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } },
    },
  },
};

const ofQueue = (id: string) => ({
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [id, 'QueueName'] } }],
});

const CALLS = {
  Namespace: 'AWS/Lambda',
  MetricName: 'Invocations',
  Threshold: 1,
  ComparisonOperator: 'LessThanThreshold',
};

describe('finds', () => {
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    ['nothing on a sound alarm', { A: alarm(told) }, []],
    ['no action', { A: alarm() }, ['A: no-action']],
    ['actions that are off', { A: alarm({ ...told, ActionsEnabled: false }) }, ['A: no-action']],
    [
      'a part of what tells nobody',
      { A: alarm(), C: composite('ALARM("${A}")', ['A']) },
      ['A: no-action', 'C: no-action'],
    ],
    ['nothing on a part of what tells', { A: alarm(), C: composite('ALARM("${A}")', ['A'], told) }, []],
    [
      'nothing on what silences another',
      {
        A: alarm(OTHER),
        B: alarm(),
        C: composite('ALARM("${B}")', ['B'], { ...told, ActionsSuppressor: { 'Fn::GetAtt': ['A', 'Arn'] } }),
      },
      [],
    ],
    [
      'a topic that nobody hears',
      { Empty: { Type: 'AWS::SNS::Topic' }, A: alarm({ AlarmActions: [{ Ref: 'Empty' }] }) },
      ['A: dead-end'],
    ],
    ['the same alarm twice', { A: alarm(told), B: alarm(told) }, ['B: duplicate A']],
    [
      'the same alarm with dimensions in another order',
      {
        A: alarm(told),
        B: alarm({
          ...told,
          Dimensions: [
            { Name: 'Api', Value: 'orders' },
            { Name: 'Stage', Value: 'prod' },
          ],
        }),
      },
      ['B: duplicate A'],
    ],
    [
      'no twin on another dimension',
      { A: alarm(told), B: alarm({ ...told, Dimensions: [{ Name: 'Api', Value: 'cart' }] }) },
      [],
    ],
    ['no twin with another statistic', { A: alarm(told), B: alarm({ ...told, Statistic: 'Average' }) }, []],
    [
      'no twin where only one of two exists',
      { A: { ...alarm(told), Condition: 'Prod' }, B: { ...alarm(told), Condition: 'Test' } },
      [],
    ],
    [
      'a step that says what was said',
      { A: alarm(told), B: alarm({ ...told, Threshold: 50 }) },
      ['B: nested A'],
    ],
    [
      'no step that tells others',
      { A: alarm({ AlarmActions: [{ Ref: 'Tickets' }] }), B: alarm({ ...told, Threshold: 50 }) },
      [],
    ],
    [
      'an alarm that a composite repeats',
      { A: alarm(told), B: alarm(OTHER), C: composite('ALARM("${A}") OR ALARM("${B}")', ['A', 'B'], told) },
      ['A: shadowed C'],
    ],
    [
      'a composite that an alarm has told',
      { A: alarm(told), B: alarm(OTHER), C: composite('ALARM("${A}") AND ALARM("${B}")', ['A', 'B'], told) },
      ['C: shadowed A'],
    ],
    [
      'no shadow where the alarm silences the composite',
      {
        A: alarm(told),
        B: alarm(OTHER),
        C: composite('ALARM("${A}") OR ALARM("${B}")', ['A', 'B'], {
          ...told,
          ActionsSuppressor: { 'Fn::GetAtt': ['A', 'Arn'] },
        }),
      },
      [],
    ],
    [
      'no shadow where what fires with the alarm silences the composite',
      {
        A: alarm(told),
        B: alarm(OTHER),
        Causes: composite('ALARM("${A}")', ['A']),
        C: composite('ALARM("${A}") OR ALARM("${B}")', ['A', 'B'], {
          ...told,
          ActionsSuppressor: { 'Fn::GetAtt': ['Causes', 'Arn'] },
        }),
      },
      [],
    ],
    [
      'no shadow where others are told',
      { A: alarm(told), C: composite('ALARM("${A}")', ['A'], { AlarmActions: [{ Ref: 'Tickets' }] }) },
      [],
    ],
    ['no word of what to do', { A: alarm({ ...told, AlarmDescription: 'Errors.' }) }, ['A: no-runbook']],
    [
      'a runbook in a tag',
      {
        A: alarm({
          ...told,
          AlarmDescription: 'Errors.',
          Tags: [{ Key: 'runbook', Value: 'a.md' }],
        }),
      },
      [],
    ],
    [
      'a runbook in the tag that every alarm of its service has, which no mail shows',
      {
        A: alarm({
          ...told,
          AlarmDescription: 'Errors.',
          Tags: [{ Key: 'resilience:runbook', Value: 'a.md' }],
        }),
      },
      ['A: no-runbook'],
    ],
    [
      'a runbook at the end of a long description',
      { A: alarm({ ...told, AlarmDescription: `${'Errors. '.repeat(60)} Runbook: a.md` }) },
      [],
    ],
    [
      'a runbook that deploy puts into the description',
      { A: alarm({ ...told, AlarmDescription: { 'Fn::Sub': 'Errors. Runbook: s3://${Calls}/a.md' } }) },
      [],
    ],
    ['a runbook in the events that tell of it', { A: alarm(plain), R: rule({ ...context('a.md') }) }, []],
    ['no runbook in those events', { A: alarm(plain), R: rule({ ...context('') }) }, ['A: no-runbook']],
    [
      'a runbook in what the events are',
      { A: alarm(plain), R: rule({ Input: '{"runbookUrl": "a.md"}' }) },
      [],
    ],
    [
      'a field for a runbook that is as empty as the event',
      { A: alarm(plain), R: rule({ ...context('<runbook>') }) },
      ['A: no-runbook'],
    ],
    [
      'a runbook in the events of another alarm',
      {
        A: alarm({ ...plain, ...told }),
        R: rule({ ...context('a.md') }, { detail: { alarmName: ['other'] } }),
      },
      ['A: no-runbook'],
    ],
    [
      'a runbook in the events of a rule that is off',
      { A: alarm({ ...plain, ...told }), R: rule({ ...context('a.md') }, {}, { State: 'DISABLED' }) },
      ['A: no-runbook'],
    ],
    [
      'nothing to do where AWS acts',
      { A: alarm({ AlarmDescription: 'Errors.', AlarmActions: ['arn:aws:automate:eu-west-1:ec2:recover'] }) },
      [],
    ],
    [
      'silence taken for health',
      {
        A: alarm({
          ...told,
          Namespace: 'AWS/ApplicationELB',
          MetricName: 'HealthyHostCount',
          ComparisonOperator: 'LessThanThreshold',
        }),
      },
      ['A: missing-data'],
    ],
    [
      'silence taken for errors',
      {
        A: alarm({
          ...told,
          Namespace: 'AWS/ApplicationELB',
          MetricName: 'HTTPCode_ELB_5XX_Count',
          TreatMissingData: 'breaching',
        }),
      },
      ['A: missing-data'],
    ],
    ...['notBreaching', 'ignore', 'missing', undefined].map(
      (TreatMissingData): [string, Record<string, unknown>, string[]] => [
        `too few calls, of which none are no data (${TreatMissingData})`,
        { A: alarm({ ...told, ...CALLS, TreatMissingData }) },
        ['A: missing-data'],
      ],
    ),
    [
      'too few calls, silence included',
      { A: alarm({ ...told, ...CALLS, TreatMissingData: 'breaching' }) },
      [],
    ],
    [
      'too few calls, of which INSUFFICIENT_DATA tells',
      {
        A: alarm({
          ...told,
          ...CALLS,
          TreatMissingData: 'missing',
          InsufficientDataActions: told.AlarmActions,
        }),
      },
      [],
    ],
    [
      'too few calls of a count of its own',
      { A: alarm({ ...told, ...CALLS, Namespace: 'Shop', TreatMissingData: 'notBreaching' }) },
      [],
    ],
    [
      'too few requests at one that fills gaps itself',
      {
        A: alarm({
          ...told,
          Namespace: undefined,
          MetricName: undefined,
          Statistic: undefined,
          Period: undefined,
          ComparisonOperator: 'LessThanThreshold',
          TreatMissingData: 'notBreaching',
          Metrics: [
            {
              Id: 'calls',
              ReturnData: false,
              MetricStat: {
                Metric: { Namespace: 'AWS/Lambda', MetricName: 'Invocations' },
                Period: 60,
                Stat: 'Sum',
              },
            },
            { Id: 'all', Expression: 'FILL(calls, 0)' },
          ],
        }),
      },
      [],
    ],
    ...WORK.flatMap(([Namespace, MetricName]): [string, Record<string, unknown>, string[]][] => {
      const few = { ...told, ...CALLS, Namespace, MetricName };
      return [
        [
          `too little of ${Namespace} ${MetricName}, of which none is no data`,
          { A: alarm({ ...few, TreatMissingData: 'notBreaching' }) },
          ['A: missing-data'],
        ],
        [
          `too little of ${Namespace} ${MetricName}, silence included`,
          { A: alarm({ ...few, TreatMissingData: 'breaching' }) },
          [],
        ],
      ];
    }),
    ...BAD_NEWS.flatMap(([Namespace, MetricName]): [string, Record<string, unknown>, string[]][] => {
      const much = { ...told, Namespace, MetricName };
      return [
        [
          `${Namespace} ${MetricName} while there is none`,
          { A: alarm({ ...much, TreatMissingData: 'breaching' }) },
          ['A: missing-data'],
        ],
        [
          `${Namespace} ${MetricName}, silence taken for health`,
          { A: alarm({ ...much, TreatMissingData: 'notBreaching' }) },
          [],
        ],
      ];
    }),
    ...(['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'] as const).map(
      (MetricName): [string, Record<string, unknown>, string[]] => [
        `${MetricName} of dead letters that nobody takes`,
        { ...QUEUES, A: alarm({ ...told, ...ofQueue('Dead'), MetricName, TreatMissingData: 'breaching' }) },
        ['A: missing-data'],
      ],
    ),
    [
      'dead letters, silence left as it is',
      { ...QUEUES, A: alarm({ ...told, ...ofQueue('Dead'), TreatMissingData: 'missing' }) },
      [],
    ],
    [
      'a queue that its consumer asks all the time, silence taken for its death',
      { ...QUEUES, A: alarm({ ...told, ...ofQueue('Queue'), TreatMissingData: 'breaching' }) },
      [],
    ],
    ...['Errors', 'Throttles'].map((MetricName): [string, Record<string, unknown>, string[]] => [
      `${MetricName} of a function that nobody calls`,
      { A: alarm({ ...told, Namespace: 'AWS/Lambda', MetricName, TreatMissingData: 'breaching' }) },
      ['A: missing-data'],
    ]),
    [
      'errors of a function',
      {
        A: alarm({
          ...told,
          Namespace: 'AWS/Lambda',
          MetricName: 'Errors',
          TreatMissingData: 'notBreaching',
        }),
      },
      [],
    ],
    [
      'a window that CloudWatch refuses',
      { A: alarm({ ...told, Period: 300, EvaluationPeriods: 500 }) },
      ['A: window'],
    ],
    ['a window over a day', { A: alarm({ ...told, Period: 86_400, EvaluationPeriods: 3 }) }, ['A: window']],
    [
      'a daily job found days late',
      {
        A: alarm({
          ...told,
          Period: 86_400,
          EvaluationPeriods: 2,
          TreatMissingData: 'breaching',
          ComparisonOperator: 'LessThanThreshold',
        }),
      },
      ['A: window'],
    ],
    ['no window of a day', { A: alarm({ ...told, Period: 3_600, EvaluationPeriods: 24 }) }, []],
    [
      'no window of a part',
      { A: alarm({ Period: 86_400, EvaluationPeriods: 3 }), C: composite('ALARM("${A}")', ['A'], told) },
      [],
    ],
  ])('%s', (_, resources, expected) => expect(faults(resources)).toEqual(expected));

  test('no owner, unless a tag names one', () => {
    const Tags = [{ Key: 'team', Value: 'shop' }];
    expect(alarmFaultsWithoutOwner({ A: alarm(told), B: alarm({ ...told, ...OTHER, Tags }) })).toEqual([
      'A: no-owner',
    ]);
  });
});

function alarmFaultsWithoutOwner(Resources: Record<string, unknown>): readonly string[] {
  const graph = graphOf({ Resources: { ...TOPICS, ...Resources } });
  return alarmFindings(graph, () => ({})).map(({ alarm: at, fault }) => `${at.logicalId}: ${fault}`);
}

test('what it advises of dead letters is not what it finds fault with', () => {
  const aged = (TreatMissingData: string) =>
    alarmFindings(
      graphOf({
        Resources: {
          ...TOPICS,
          ...QUEUES,
          A: alarm({
            ...told,
            ...ofQueue('Dead'),
            MetricName: 'ApproximateAgeOfOldestMessage',
            TreatMissingData,
          }),
        },
      }),
      () => ({ name: 'team' }),
    ).map(({ fault, fix }) => [fault, fix]);
  const missing = [['missing-data', 'set TreatMissingData to missing']];
  expect(aged('notBreaching')).toEqual(missing);
  expect(aged('breaching')).toEqual(missing);
  expect(aged('missing')).toEqual([]);
});

test('says of what deploy decides that it is not known', () => {
  const maybe = { 'Fn::If': ['Prod', [{ Ref: 'Calls' }], { Ref: 'AWS::NoValue' }] };
  const graph = graphOf({
    Parameters: { Stage: { Type: 'String' } },
    Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: { ...TOPICS, A: alarm({ AlarmActions: maybe }) },
  });
  const [finding] = alarmFindings(graph, () => ({ name: 'team' }));
  expect(finding).toMatchObject({ fault: 'no-action', sure: false });
});

test('names the runbook of the service to who has to write it down, and what deploy hides', () => {
  const wordless = (AlarmDescription: unknown) =>
    alarmFindings(graphOf({ Resources: { ...TOPICS, A: alarm({ ...told, AlarmDescription }) } }), () => ({
      name: 'shop',
      runbook: 'runbooks/shop.md',
    })).map(({ sure, found, fix }) => ({ sure, found, fix }));
  const nowhere =
    'neither its description, nor a tag, nor an event that tells of it says where its runbook is';
  const fix = 'write Runbook: runbooks/shop.md into AlarmDescription, or into a tag named runbook';
  expect(wordless('Errors.')).toEqual([
    { sure: true, found: `${nowhere}, though shop has one: runbooks/shop.md`, fix },
  ]);
  expect(wordless({ 'Fn::ImportValue': 'words' })).toEqual([
    { sure: false, found: expect.stringContaining(`${nowhere}, as far as is known: `), fix },
  ]);
});
