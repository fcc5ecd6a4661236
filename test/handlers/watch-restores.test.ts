import type { Answer, Call } from '../../lib/handlers/aws-call';
import { watchRestores } from '../../lib/handlers/watch-restores';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const watched = { planName: 'shop_tests', planArn: 'arn:plan', types: ['EFS', 'RDS'], days: 34 };

async function watch(made: unknown, pages: readonly Answer[]) {
  const inputs: object[] = [];
  const lines: string[] = [];
  let page = 0;
  const call: Call = async (_, command, input) => {
    if (command === 'GetRestoreTestingPlan') return { RestoreTestingPlan: { CreationTime: made } };
    inputs.push(input);
    return pages[page++] ?? {};
  };
  const about = { service: 'shop', event: 'call-1' };
  const write = (line: string) => void lines.push(line);
  const overdue = await watchRestores(watched, { call, now: () => NOW, write, about });
  return { overdue, inputs, metric: JSON.parse(lines.join('')) };
}

const OLD = new Date(NOW - 100 * DAY);
const job = (ResourceType: string, ValidationStatus?: string) => ({ ResourceType, ValidationStatus });

it('counts the types without a success in time', async () => {
  const { overdue, inputs, metric } = await watch(OLD, [
    { RestoreJobs: [job('EFS', 'SUCCESSFUL'), job('RDS', 'FAILED'), job('RDS')] },
  ]);
  expect(overdue).toBe(1);
  expect(inputs[0]).toMatchObject({
    ByRestoreTestingPlanArn: 'arn:plan',
    ByCreatedAfter: new Date(NOW - 34 * DAY),
  });
  expect(metric).toMatchObject({ Plan: 'shop_tests', Overdue: 1, types: ['RDS'] });
});

it('reads every page', async () => {
  const pages = [
    { RestoreJobs: [job('EFS', 'SUCCESSFUL')], NextToken: 'more' },
    { RestoreJobs: [job('RDS', 'SUCCESSFUL')] },
  ];
  const { overdue, inputs } = await watch(OLD, pages);
  expect(overdue).toBe(0);
  expect(inputs[1]).toMatchObject({ NextToken: 'more' });
});

it('calls everything overdue when nothing ran', async () => {
  expect((await watch(OLD, [{}])).overdue).toBe(2);
});

it('does not call a plan late that is younger than its period', async () => {
  expect((await watch(new Date(NOW - 5 * DAY), [{}])).overdue).toBe(0);
});

it('writes a line that CloudWatch takes as a metric', async () => {
  const { metric } = await watch(OLD, [{}]);
  expect(metric._aws).toEqual({
    Timestamp: NOW,
    CloudWatchMetrics: [
      { Namespace: 'Nines/RestoreTesting', Dimensions: [['Plan']], Metrics: [{ Name: 'Overdue' }] },
    ],
  });
});
