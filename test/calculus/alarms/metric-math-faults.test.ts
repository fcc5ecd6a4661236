import { metricMathFaults } from '../../../lib/calculus/alarms/metric-math-faults';
import { parseMetricMath } from '../../../lib/calculus/alarms/metric-math-syntax';
import { NotKnown } from '../../../lib/calculus/alarms/metric-samples';

const IDS = ['bad', 'total'];
const problems = (text: string) => metricMathFaults(text, IDS).map(({ problem }) => problem);

test.each<[string, string, string]>([
  ['a bracket that is not closed', 'FILL(bad, 0', 'the ( at letter 5 is not closed'],
  ['a bracket that closes nothing', 'FILL(bad, 0))', 'the ) at letter 13 closes nothing'],
  ['brackets that do not pair', 'SUM([bad, total)]', 'the ) at letter 16 closes nothing'],
  ['a list that is not closed', 'SUM([bad, total', 'the [ at letter 5 is not closed'],
  ['a value that is missing at the end', 'bad /', 'nothing stands after the / at letter 5'],
  ['a value that is missing at the beginning', '* bad', 'nothing stands before the * at letter 1'],
  ['a value that is missing in brackets', 'FILL(bad, )', 'nothing stands after the , at letter 9'],
  ['a sign of nothing', '(bad -)', 'nothing stands after the - at letter 6'],
  ['two values', 'bad total', 'bad and total at letter 5 stand side by side'],
  ['an id that nothing has', 'FILL(bda, 0)', 'no metric has the id bda at letter 6'],
  ['an id in capitals where it has none', 'FILL(bAd, 0)', 'no metric has the id bAd at letter 6'],
])('%s is a fault: %s', (_, text, problem) => {
  expect(problems(text)).toContain(problem);
});

test('a fix names the ids that there are', () => {
  expect(metricMathFaults('bda', IDS)[0]?.fix).toBe('name one of bad, total, or add bda to metrics');
});

/** What CloudWatch takes, some of which the evaluator does not know. */
const TAKEN = [
  'bad / total',
  '-bad + total',
  '(bad - -total) * +1',
  '100 * (bad/total)',
  '.5 * bad',
  '1e3 * bad',
  'IF(bad > 10 AND total >= 1, bad, 0)',
  'IF(bad > 10 && total || !bad, bad)',
  'if(bad, 1, 0)',
  'FILL(bad, REPEAT)',
  'fill(bad, linear)',
  'FILL(METRICS("bad"), 0)',
  'SUM(METRICS())',
  'MAX([bad, total])',
  'ANOMALY_DETECTION_BAND(bad, 2)',
  'SORT(METRICS(), AVG, DESC, 10)',
  `SEARCH('{AWS/EC2,InstanceId} MetricName="CPUUtilization" some words', 'Average', 300)`,
  `SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId) GROUP BY instance`,
  'TIME_SERIES(bad) + PERIOD(total)',
  'DATAPOINT_COUNT(bad)',
  'bad == 1 OR NOT total',
  'RUNNING_SUM(bad) % 5',
  '${Token[TOKEN.12]} + bad',
];

test.each(TAKEN)('%s has no fault', (text) => {
  expect(problems(text)).toEqual([]);
});

test('what the reader takes has no fault but ids', () => {
  const parts = ['bad', '1', '(', ')', '[', ']', ',', '+', '*', 'FILL', '-'];
  let read = 0;
  const each = (text: string, left: number): void => {
    if (!(parseMetricMath(text) instanceof NotKnown)) {
      read += 1;
      expect(problems(text)).toEqual([]);
    }
    if (left > 0) for (const part of parts) each(`${text} ${part}`, left - 1);
  };
  each('', 4);
  expect(read).toBeGreaterThan(100);
});
