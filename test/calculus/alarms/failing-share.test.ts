import { secondsUntilShareFires } from '../../../lib/calculus/alarms/failing-share';
import type { MetricAlarm } from '../../../lib/calculus/alarms/metric-alarm';

const metric = (id: string, period = 3_600) => ({
  id,
  metric: { namespace: 'Shop', name: id, dimensions: {} },
  statistic: 'Sum',
  period,
});

const alarm = (expression: string, more: Partial<MetricAlarm> = {}): MetricAlarm => ({
  name: 'share',
  queries: [metric('bad'), metric('all'), { id: 'share', expression }],
  returns: 'share',
  comparison: 'GreaterThanThreshold',
  threshold: 0.01,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  missingData: 'notBreaching',
  ...more,
});

test.each<[string, MetricAlarm, number | undefined]>([
  ['a hundredth of an hour, and the evaluation', alarm('bad / all'), 36 + 60],
  ['within a condition, too', alarm('IF(bad >= 10, 100 * (bad / FILL(all, 1)) / 100, 0)'), 96],
  [
    'full periods before the last of several',
    alarm('bad / all', { evaluationPeriods: 3, datapointsToAlarm: 3 }),
    7_200 + 96,
  ],
  [
    'an hour more where it looks back over a day',
    alarm('bad / all', {
      queries: [metric('bad', 172_800), metric('all', 172_800), { id: 'share', expression: 'bad / all' }],
    }),
    1_728 + 3_600,
  ],
  ['nothing of a number by a number', alarm('bad / 100'), undefined],
  ['nothing of a sum', alarm('bad + all'), undefined],
  ['nothing of one metric', alarm('bad', { returns: 'bad' }), undefined],
  ['nothing of a share that falls', alarm('bad / all', { comparison: 'LessThanThreshold' }), undefined],
  ['nothing of a threshold that is no share', alarm('bad / all', { threshold: 5 }), undefined],
  ['nothing of what is not understood', alarm('bad / / all'), undefined],
])('%s', (_, given, seconds) => {
  expect(secondsUntilShareFires(given)).toBe(seconds);
});
