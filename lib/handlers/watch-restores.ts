import { type About, aboutCall, type Calling } from './about';
import { type Call, callAws, valueAt } from './aws-call';

/** What is watched. */
export interface Watched {
  readonly planName: string;
  readonly planArn: string;

  /** The types that are tested, as AWS Backup calls them. */
  readonly types: readonly string[];

  /** How old the newest success of each may be. */
  readonly days: number;
}

/** What the watch needs from outside. */
export interface Surroundings {
  readonly call: Call;
  readonly now: () => number;
  readonly write: (line: string) => void;
  readonly about: About;
}

const DAY_MILLISECONDS = 86_400_000;

/**
 * Counts the types whose last successful restore test is too old, as a metric. A plan that is younger than that is not
 * late yet. CloudWatch alone looks back for a week at most, so it cannot miss something that happens once a quarter.
 */
export async function watchRestores(watched: Watched, around: Surroundings): Promise<number> {
  const { call, now, write, about } = around;
  const { planName, types, days } = watched;
  const since = now() - days * DAY_MILLISECONDS;
  const plan = await call('Backup', 'GetRestoreTestingPlan', { RestoreTestingPlanName: planName });
  const made = new Date(valueAt(plan, 'RestoreTestingPlan.CreationTime') as string | number | Date).getTime();
  const tested = made > since ? types : await testedSince(watched, since, call);
  const overdue = types.filter((type) => !tested.includes(type));
  write(
    `${JSON.stringify({
      ...about,
      _aws: {
        Timestamp: now(),
        CloudWatchMetrics: [
          { Namespace: 'Nines/RestoreTesting', Dimensions: [['Plan']], Metrics: [{ Name: 'Overdue' }] },
        ],
      },
      Plan: planName,
      Overdue: overdue.length,
      types: overdue,
    })}\n`,
  );
  return overdue.length;
}

async function testedSince({ planArn }: Watched, since: number, call: Call): Promise<string[]> {
  const types: string[] = [];
  let NextToken: unknown;
  do {
    const page = await call('Backup', 'ListRestoreJobs', {
      ByRestoreTestingPlanArn: planArn,
      ByCreatedAfter: new Date(since),
      NextToken,
    });
    for (const job of (page.RestoreJobs ?? []) as { ResourceType: string; ValidationStatus?: string }[]) {
      if (job.ValidationStatus === 'SUCCESSFUL') types.push(job.ResourceType);
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== null);
  return types;
}

export const handler = (_event?: unknown, calling?: Calling): Promise<number> => {
  const { PLAN_NAME = '', PLAN_ARN = '', TYPES = '', DAYS = '0' } = process.env;
  const watched = { planName: PLAN_NAME, planArn: PLAN_ARN, types: TYPES.split(','), days: Number(DAYS) };
  // Lambda puts a prefix before what the console writes, with which it is no metric.
  const write = (line: string) => void process.stdout.write(line);
  return watchRestores(watched, { call: callAws, now: Date.now, write, about: aboutCall(calling) });
};
