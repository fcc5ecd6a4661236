import { CreateScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';
import type { Json } from '../../support/event-run';
import { type DesignFinding, Expectations } from '../checks/designs/design';
import type { Metrics, Watched } from './metrics';
import type { Standing } from './standing';

/** So much after the schedule was made is the job due, as the clocks are read to the second. */
const SOON = 5_000;

/** So long ago was the beat: neither at the end of what the watch looks at, nor at its beginning, a minute or two ago. */
const BEAT_AGO = 10_000;

/** The time of a deadline whose job was due soon after a moment. */
export const deadlineAfter = (moment: number, due: number): number => moment + due * 1_000 + SOON;

/** When a beat is written that must be found by a watch whose job was due soon after a moment. */
export const beatBefore = (moment: number): number => moment - BEAT_AGO;

/** What is around a watch of heartbeats. */
interface Around {
  readonly metrics: Metrics;
  readonly scheduler: SchedulerClient;
}

/** The watch of a job tells nothing on its first day, then that nothing was heard, then that the job has run. */
export async function heartbeatFindings(standing: Standing, around: Around): Promise<DesignFinding[]> {
  const { metrics } = around;
  const expectations = new Expectations(standing.stack.name);
  const alarm = (await standing.propertiesOf(standing.idOf('SettledMissed'))) as unknown as Watched;
  const input = await deadlineOf(standing, around.scheduler);
  const inTime = (): number => deadlineAfter(Date.now(), input.due);
  const deadlineAt = async (time: number, queries = input.queries): Promise<void> => {
    const event = { ...input, queries, deadline: new Date(time).toISOString() };
    await metrics.takeFrom(await standing.call(standing.idOf('HeartbeatWatchHandler'), event));
  };

  await deadlineAt(Date.now());
  expectations.expect('misses of a watch that is new', null, await metrics.seenBy(alarm));

  await deadlineAt(inTime());
  expectations.expect('misses without a beat', 1, await metrics.seenBy(alarm));

  const { Namespace, MetricName, Dimensions } = input.queries[1].MetricStat.Metric;
  await metrics.put(Namespace, [
    { MetricName, Dimensions, Value: 1, Timestamp: new Date(beatBefore(Date.now())) },
  ]);
  // The emulator does no arithmetic: it is asked for the calls alone.
  const [count, ...rest] = input.queries;
  await deadlineAt(inTime(), [{ ...count, Expression: 'calls' }, ...rest]);
  const least = await metrics.seenBy({ ...alarm, Statistic: 'Minimum' });
  expectations.expect('misses after a beat', 0, least);
  return expectations.findings;
}

/** The schedule as the template has it, which the emulator does not make of itself, and what it calls the watch with. */
async function deadlineOf(standing: Standing, scheduler: SchedulerClient): Promise<Json> {
  const Name = standing.idOf('SettledDeadline');
  const { FlexibleTimeWindow, ScheduleExpression, ScheduleExpressionTimezone, Target } =
    (await standing.propertiesOf(Name)) as Json;
  const { ScheduleArn = '' } = await scheduler.send(
    new CreateScheduleCommand({
      Name,
      FlexibleTimeWindow,
      ScheduleExpression,
      ScheduleExpressionTimezone,
      Target: {
        Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:watch',
        RoleArn: 'arn:aws:iam::123456789012:role/watch',
      },
    }),
  );
  return { ...JSON.parse(Target.Input), schedule: ScheduleArn };
}
