import { badWhen } from '../../../lib/calculus/mandatory/bad-direction';
import { MANDATORY_ALARMS } from '../../../lib/calculus/mandatory/mandatory-alarms';
import { MANDATORY_METRICS } from '../../../lib/calculus/mandatory-metrics';

test('each metric is bad in the direction in which its own alarm looks', () => {
  for (const { metrics, bad } of Object.values(MANDATORY_ALARMS).flat())
    for (const metric of metrics) expect([metric, badWhen(metric)]).toEqual([metric, bad]);
});

test('what is there, free or healthy is bad when there is little of it; what fails, waits or is used when there is much', () => {
  const all = Object.values(MANDATORY_METRICS).flatMap((entries) => entries.flatMap(({ anyOf }) => anyOf));
  expect([...new Set(all)].filter((metric) => badWhen(metric) === 'less than').sort()).toEqual([
    'ActiveControllerCount',
    'BurstCreditBalance',
    'FreeStorageSpace',
    'FreeableMemory',
    'GroupInServiceCapacity',
    'GroupInServiceInstances',
    'HealthStatus',
    'HealthyHostCount',
    'HealthyStateRouting',
    'PutRecord.Success',
    'TunnelState',
  ]);
});
