import {
  BackupClient,
  GetRestoreTestingPlanCommand,
  ListRestoreJobsCommand,
  ResourceNotFoundException,
  ServiceUnavailableException,
} from '@aws-sdk/client-backup';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../lib/handlers/watch-restores';
import { called, fault, throttled } from '../../support/called';

const backup = mockClient(BackupClient);
const OLD = new Date(0);
const plan = {
  RestoreTestingPlan: {
    CreationTime: OLD,
    RecoveryPointSelection: {},
    RestoreTestingPlanArn: 'arn:plan',
    RestoreTestingPlanName: 'shop_tests',
    ScheduleExpression: 'rate(1 day)',
  },
};

beforeEach(() => {
  backup.reset();
  backup.on(GetRestoreTestingPlanCommand).resolves(plan);
});

const watch = () =>
  called(handler, undefined, { PLAN_NAME: 'shop_tests', PLAN_ARN: 'arn:plan', TYPES: 'EFS,RDS', DAYS: '34' });

it('asks for the plan, then for all pages of its jobs', async () => {
  backup
    .on(ListRestoreJobsCommand)
    .resolvesOnce({
      RestoreJobs: [{ ResourceType: 'EFS', ValidationStatus: 'SUCCESSFUL' }],
      NextToken: 'more',
    })
    .resolves({ RestoreJobs: [{ ResourceType: 'RDS', ValidationStatus: 'FAILED' }] });
  const { answer, lines } = await watch();
  expect(answer).toBe(1);
  expect(backup.commandCalls(GetRestoreTestingPlanCommand)[0]?.args[0].input).toEqual({
    RestoreTestingPlanName: 'shop_tests',
  });
  const asked = backup.commandCalls(ListRestoreJobsCommand).map(({ args: [{ input }] }) => input);
  expect(asked.map(({ ByRestoreTestingPlanArn, NextToken }) => [ByRestoreTestingPlanArn, NextToken])).toEqual(
    [
      ['arn:plan', undefined],
      ['arn:plan', 'more'],
    ],
  );
  expect(lines).toEqual([
    expect.objectContaining({
      service: 'shop',
      event: 'call-1',
      Plan: 'shop_tests',
      Overdue: 1,
      types: ['RDS'],
    }),
  ]);
});

it('says the same when it is called twice', async () => {
  backup.on(ListRestoreJobsCommand).resolves({ RestoreJobs: [] });
  const [one, other] = [await watch(), await watch()];
  expect(one.lines).toHaveLength(1);
  expect(other.lines.map(({ Overdue, types }) => [Overdue, types])).toEqual([[2, ['EFS', 'RDS']]]);
  expect(one.lines.map(({ Overdue, types }) => [Overdue, types])).toEqual([[2, ['EFS', 'RDS']]]);
});

it.each<[string, () => Error]>([
  ['is throttled', throttled],
  ['is away', () => fault(ServiceUnavailableException)],
  ['does not know the plan', () => fault(ResourceNotFoundException)],
])('says nothing when AWS Backup %s, and fails, so that Lambda tries again', async (_, error) => {
  const asked = [GetRestoreTestingPlanCommand, ListRestoreJobsCommand] as const;
  for (const Command of asked) {
    backup.reset();
    backup.on(GetRestoreTestingPlanCommand).resolves(plan);
    backup.on(Command as typeof ListRestoreJobsCommand).rejects(error());
    const { failure, lines } = await watch();
    expect(failure).toMatchObject({ name: error().name });
    expect(lines).toEqual([]);
  }
});
