import { tellsSomebody } from '../../../lib/assembly/observe/alarm-telling';
import { metricCoverage } from '../../../lib/assembly/observe/metric-coverage';
import { alarmFindings, alarmsOf } from '../../../lib/assessment/alarm-quality/alarm-findings';
import { graphOf } from '../../support/graph';

const ARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:';
const CALLS = 'arn:aws:sns:eu-west-1:111122223333:calls';
const many = <Made>(count: number, one: (index: number) => Made) =>
  Array.from({ length: count }, (_, index) => one(index));

const alarm = (more: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmDescription: 'Errors. Runbook: a.md',
    AlarmActions: [CALLS],
    Namespace: 'Shop',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    ...more,
  },
});

const composite = (AlarmRule: unknown, more: object = {}) => ({
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: { AlarmDescription: 'Down. Runbook: a.md', AlarmActions: [CALLS], AlarmRule, ...more },
});

/** Alarms that tell nobody themselves, each on a metric of its own. */
const quiet = (name: string) => alarm({ AlarmName: name, MetricName: name, AlarmActions: undefined });
const leaves = (count: number) =>
  Object.fromEntries(many(count, (index) => [`L${index}`, quiet(`l${index}`)]));

function judged(Resources: Record<string, unknown>, rest: object = {}) {
  const template = { ...rest, Resources } as never;
  const place = { region: 'eu-west-1', account: '111122223333' };
  const graph = graphOf({ stacks: { app: { template, ...place } } });
  const findings = alarmFindings(graph, () => ({ name: 'team' })).filter(({ fault }) => fault === 'invalid');
  return {
    findings: findings.map(({ alarm: { logicalId }, weight, sure, found, fix }) => ({
      logicalId,
      weight,
      sure,
      found,
      fix,
    })),
    tells: Object.fromEntries(alarmsOf(graph).map((each) => [each.logicalId, tellsSomebody(each)])),
    faults: alarmFindings(graph, () => ({ name: 'team' })).map(
      ({ alarm: { logicalId }, fault }) => `${logicalId}: ${fault}`,
    ),
  };
}

const REST = { weight: 'high', sure: true, fix: expect.any(String) };

describe('what cannot be deployed is high, and tells nobody:', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    [
      'more than 100 alarms in a rule',
      { ...leaves(101), C: composite(many(101, (index) => `ALARM(l${index})`).join(' OR ')) },
      'C',
      'its rule names 101 alarms, and CloudWatch takes 100: it cannot be deployed',
    ],
    [
      'a rule that is none',
      { ...leaves(1), C: composite('ALARM(l0) ANDD') },
      'C',
      'its rule is none: the end of the rule is expected where the rule of a composite alarm has "ANDD": ALARM(l0) ANDD: it cannot be deployed',
    ],
    [
      'a rule that is too long',
      { ...leaves(1), C: composite(`ALARM(l0) OR ALARM("${ARN}${'x'.repeat(255)}")${' '.repeat(10_000)}`) },
      'C',
      'its rule has 10325 characters or more, and CloudWatch takes 10240: it cannot be deployed',
    ],
    [
      'a rule that is too long by what it refers to',
      {
        L: quiet('l'.repeat(255)),
        C: composite({
          'Fn::Join': [
            '',
            many(50, () => ['ALARM("', { 'Fn::GetAtt': ['L', 'Arn'] }, '") OR '])
              .flat()
              .concat('TRUE' as never),
          ],
        }),
      },
      'C',
      expect.stringMatching(/^its rule has \d{5} characters or more, and CloudWatch takes 10240/) as never,
    ],
    [
      'more than 500 elements',
      { ...leaves(1), C: composite(many(501, () => 'ALARM(l0)').join(' OR ')) },
      'C',
      'its rule has 501 elements (alarms, constants, brackets), and CloudWatch takes 500: it cannot be deployed',
    ],
    [
      'more actions than CloudWatch takes',
      { A: alarm({ AlarmActions: many(6, (index) => `${CALLS}${index}`) }) },
      'A',
      '6 AlarmActions, and CloudWatch takes 5: it cannot be deployed',
    ],
    [
      'more actions for OK than CloudWatch takes',
      { ...leaves(1), C: composite('ALARM(l0)', { OKActions: many(6, (index) => `${CALLS}${index}`) }) },
      'C',
      '6 OKActions, and CloudWatch takes 5: it cannot be deployed',
    ],
    [
      'more data points than periods',
      { A: alarm({ DatapointsToAlarm: 3 }) },
      'A',
      'DatapointsToAlarm is 3, of 2 EvaluationPeriods: it cannot be deployed',
    ],
    [
      'an alarm of another region',
      { C: composite(`ALARM("${ARN.replace('eu-west-1', 'us-east-1')}far")`) },
      'C',
      'its rule names an alarm of us-east-1, and CloudWatch sees those of its own region and account only: it cannot be deployed',
    ],
  ])('%s', (_, resources, logicalId, found) => {
    const { findings, tells, faults } = judged(resources);
    expect(findings).toEqual([{ logicalId, found, ...REST }]);
    expect(tells[logicalId]).toBe(false);
    expect(faults).not.toContain(`${logicalId}: no-action`);
  });

  test('a rule that leads back to itself', () => {
    const { findings, tells } = judged({
      A: composite('ALARM(cyc2)', { AlarmName: 'cyc1' }),
      B: composite('ALARM(cyc1)', { AlarmName: 'cyc2' }),
      Above: composite('ALARM(cyc1)', { AlarmName: 'above' }),
    });
    expect(findings).toEqual([
      {
        logicalId: 'A',
        found:
          'its rule leads back to itself (A -> B -> A): it cannot be deployed, and CloudWatch evaluates no such alarms',
        ...REST,
      },
      {
        logicalId: 'B',
        found:
          'its rule leads back to itself (B -> A -> B): it cannot be deployed, and CloudWatch evaluates no such alarms',
        ...REST,
      },
      expect.objectContaining({ logicalId: 'Above', weight: 'medium' }),
    ]);
    expect(tells).toEqual({ A: false, B: false, Above: false });
  });

  test('an alarm in more than 150 rules, of which nobody knows which are deployed', () => {
    const over = (count: number) =>
      judged({
        ...leaves(1),
        ...Object.fromEntries(many(count, (index) => [`C${index}`, composite('ALARM(l0)')])),
      });
    expect(over(150).findings).toEqual([]);
    expect(over(150).tells.C0).toBe(true);
    const { findings, tells } = over(151);
    expect(findings).toEqual([
      {
        logicalId: 'L0',
        found:
          '151 composite alarms name it in their rules, and CloudWatch takes 150: not all of them can be deployed',
        ...REST,
      },
    ]);
    expect(tells.C0).toMatchObject({ reason: expect.stringContaining('L0 stands in 151 rules') });
  });
});

describe('what can never fire is medium, and tells nobody:', () => {
  test.each<[string, string, string]>([
    [
      'a rule that says so',
      'FALSE',
      'its rule holds in no state of the alarms that it names: it never fires',
    ],
    [
      'an alarm in two states at once',
      'ALARM(l0) AND OK(l0)',
      'its rule holds in no state of the alarms that it names: it never fires',
    ],
  ])('%s', (_, rule, found) => {
    const { findings, tells, faults } = judged({ ...leaves(1), C: composite(rule) });
    expect(findings).toEqual([{ logicalId: 'C', found, ...REST, weight: 'medium' }]);
    expect(tells).toEqual({ C: false, L0: false });
    expect(faults).not.toContain('C: no-action');
  });

  test('one that waits for one that never fires', () => {
    const { findings, tells } = judged({
      ...leaves(1),
      Never: composite('FALSE', { AlarmName: 'never' }),
      C: composite('ALARM(l0) AND ALARM(never)'),
      Either: composite('ALARM(l0) OR ALARM(never)'),
    });
    expect(findings.map(({ logicalId, found }) => [logicalId, found])).toEqual([
      ['Never', 'its rule holds in no state of the alarms that it names: it never fires'],
      ['C', 'its rule waits for Never, which never fires: nor does it'],
    ]);
    expect(tells).toMatchObject({ C: false, Either: true, L0: true });
  });
});

describe('what may be wrong is said not to be known:', () => {
  test('a name that no alarm of the app has', () => {
    const { findings, tells } = judged({ C: composite('ALARM(nothere)') });
    expect(findings).toEqual([
      {
        logicalId: 'C',
        weight: 'high',
        sure: false,
        found:
          'no alarm of the app is called nothere: unless another app has made it before, this one cannot be deployed',
        fix: expect.any(String),
      },
    ]);
    expect(tells).toEqual({ C: true });
  });

  test('a rule in small letters', () =>
    expect(judged({ ...leaves(1), C: composite('alarm(l0)') }).findings).toMatchObject([
      { logicalId: 'C', sure: false, found: expect.stringContaining('in small letters') },
    ]));

  test('actions that a condition decides', () => {
    const Conditions = { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };
    const AlarmActions = [
      ...many(5, (index) => `${CALLS}${index}`),
      { 'Fn::If': ['Prod', CALLS, { Ref: 'AWS::NoValue' }] },
    ];
    const { findings } = judged(
      { A: alarm({ AlarmActions }) },
      { Parameters: { Stage: { Type: 'String' } }, Conditions },
    );
    expect(findings).toMatchObject([
      { logicalId: 'A', sure: false, found: expect.stringMatching(/^6 AlarmActions/) },
    ]);
  });
});

describe('nothing is found on', () => {
  test.each<[string, Record<string, unknown>]>([
    [
      '100 alarms in a rule',
      { ...leaves(100), C: composite(many(100, (index) => `ALARM(l${index})`).join(' OR ')) },
    ],
    ['five actions', { A: alarm({ AlarmActions: many(5, (index) => `${CALLS}${index}`) }) }],
    ['as many data points as periods', { A: alarm({ DatapointsToAlarm: 2 }) }],
    ['the ARN of an alarm that is made elsewhere', { C: composite(`ALARM("${ARN}theirs")`) }],
    ['a rule that always holds', { C: composite('TRUE') }],
    [
      'the name of an alarm that a custom resource tells',
      {
        Made: { Type: 'Custom::Alarm' },
        C: composite({ 'Fn::Sub': 'ALARM("${Made.Name}") OR ALARM("shop-${Made.Name}")' }),
      },
    ],
    ['a rule that only deploy tells', { C: composite({ 'Fn::ImportValue': 'rule' }) }],
  ])('%s', (_, resources) => expect(judged(resources).findings).toEqual([]));
});

test('an alarm that cannot be deployed covers no metric, and why is said', () => {
  const Dimensions = [{ Name: 'FunctionName', Value: { Ref: 'Api' } }];
  const watching = (more: object) => {
    const graph = graphOf({
      Resources: {
        Api: { Type: 'AWS::Lambda::Function' },
        A: alarm({ Namespace: 'AWS/Lambda', Dimensions, ...more }),
      },
    });
    const [api] = graph.ofType('AWS::Lambda::Function');
    const rows = api && metricCoverage(api);
    if (!Array.isArray(rows)) throw new Error('no rows');
    const row = rows.find(({ metric }) => metric.anyOf.includes('Errors'));
    return [row?.judgement.outcome, row?.weak?.found];
  };
  expect(watching({})).toEqual(['pass', undefined]);
  expect(watching({ DatapointsToAlarm: 3 })).toEqual([
    'fail',
    'A on Errors, which does not count: DatapointsToAlarm is 3, of 2 EvaluationPeriods: it cannot be deployed',
  ]);
});

test('a window that CloudWatch refuses tells nobody', () => {
  const { findings, tells } = judged({ A: alarm({ Period: 300, EvaluationPeriods: 500 }) });
  expect(findings).toEqual([]);
  expect(tells).toEqual({ A: false });
});
