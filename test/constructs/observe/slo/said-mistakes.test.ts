import { Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../../../lib/constructs/observe/slo/service-level-objective-props';
import type { AlertSeverity } from '../../../../lib/objectives/policy/operations';
import { refusal } from '../../fixtures';
import { orders } from './orders';

const build = (props: object, stack = new Stack()) =>
  new ServiceLevelObjective(stack, 'Orders', {
    tier: 1,
    indicator: orders,
    ...(props as Partial<ServiceLevelObjectiveProps>),
  });

const pair = {
  severity: 'urgent' as AlertSeverity,
  budgetShare: 0.02,
  longWindow: Duration.hours(1),
  shortWindow: Duration.minutes(5),
};

test.each<[string, object, string]>([
  [
    'a severity',
    { severities: ['page', 'foo', 'ticket', 'ticket'] },
    'Orders: severities[1] is "foo"\n  fix: use one of page, page-in-hours, ticket',
  ],
  ['a severity of an alert', { alerts: [pair] }, 'Orders: alerts[0].severity is "urgent"\n  fix: use one of'],
  [
    'a severity of a further window',
    { furtherWindows: [{ window: Duration.days(7), alerts: [pair] }] },
    'Orders: furtherWindows[0].alerts[0].severity is "urgent"\n  fix: use one of',
  ],
  [
    'an engine',
    { engine: 'prometheus' },
    'Orders: engine is "prometheus"\n  fix: use one of metric-math, application-signals',
  ],
  ['an empty name', { name: ' ' }, 'Orders: name is empty\n  fix: write one, or leave it out'],
  ['an empty runbook', { runbook: '' }, 'Orders: runbook is empty\n  fix: write one, or leave it out'],
  [
    'metric math that does not end',
    { indicator: { ...orders, bad: 'FILL(failures, 0' } },
    'Orders: in bad, the ( at letter 5 is not closed: FILL(failures, 0\n  fix: write the )',
  ],
  [
    'metric math of a metric that is not there',
    { indicator: { ...orders, total: 'FILL(order, 0) + orders' } },
    'Orders: in total, no metric has the id order at letter 6: FILL(order, 0) + orders\n  fix: name one of orders, failures, or add order to metrics',
  ],
])('%s that means nothing is refused', (_, props, message) => {
  expect(refusal(() => build(props)).message).toContain(message);
});

test('what only a deploy knows is taken', () => {
  const later = Lazy.string({ produce: () => 'docs/orders.md' });
  expect(() => build({ runbook: later })).not.toThrow();
});
