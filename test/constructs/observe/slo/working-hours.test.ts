import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../../../lib/constructs/observe/slo/service-level-objective-props';
import { AlertSeverity } from '../../../../lib/objectives/policy/operations';
import { refusal, WEAKENING } from '../../fixtures';
import { orders } from './orders';

const { PAGE, PAGE_IN_HOURS, TICKET } = AlertSeverity;

function build(props: Partial<ServiceLevelObjectiveProps> = {}) {
  const stack = new Stack(undefined, 'Shop');
  new ServiceLevelObjective(stack, 'Orders', { tier: 2, indicator: orders, ...props });
  return Annotations.fromStack(stack);
}

const ABOUT = Match.stringLikeRegexp('nobody is woken');

test('an objective that a weekend may break is told, with its numbers', () => {
  build().hasInfo(
    '/Shop/Orders',
    Match.stringLikeRegexp(
      '^99\\.9 % in 30 d is a budget of 43 min 12 s, and nobody is woken: of a failure on Friday evening people learn on Monday, 64 h later \\(assumed: they work 9 to 17 on Monday to Friday\\)\\.',
    ),
  );
});

test.each<[string, Partial<ServiceLevelObjectiveProps>]>([
  ['somebody is woken', { severities: [PAGE, TICKET] }],
  ['the service recovers alone', { recoversAlone: true }],
  ['people make tickets of it', { severities: [TICKET, TICKET], weakening: WEAKENING }],
  ['the budget is longer than a weekend', { window: Duration.days(3_000) }],
])('nothing is told where %s', (_, props) => {
  build(props).hasNoInfo('/Shop/Orders', ABOUT);
});

test('at night only those alerts count that wake somebody', () => {
  const pair = (severity: AlertSeverity, hours: number) => ({
    severity,
    budgetShare: hours === 1 ? 0.02 : 0.9,
    longWindow: Duration.hours(hours),
    shortWindow: Duration.minutes(30),
  });
  const alerts = [pair(PAGE_IN_HOURS, 1), pair(PAGE, 24)];
  expect(refusal(() => build({ alerts })).message).toContain(
    'people cannot keep 99.9 %: the budget is 43 min 12 s, of which 2 min 19 s are left when the page arrives, and they need 5 min',
  );
  expect(() => build({ alerts: [pair(PAGE, 1), pair(PAGE_IN_HOURS, 24)] })).not.toThrow();
});
