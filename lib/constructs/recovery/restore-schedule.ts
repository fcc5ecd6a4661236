/** Schedules with the most days between two firings, the rarest first. */
const SCHEDULES: readonly (readonly [days: number, schedule: string])[] = [
  [366, 'cron(0 5 1 1 ? *)'],
  [92, 'cron(0 5 1 1/3 ? *)'],
  [31, 'cron(0 5 1 * ? *)'],
  [7, 'cron(0 5 ? * SUN *)'],
  [1, 'cron(0 5 * * ? *)'],
];

/** The rarest schedule that leaves no more days between two tests. @internal */
export function testSchedule(days: number): string {
  return SCHEDULES.find(([most]) => most <= days)?.[1] ?? 'cron(0 5 * * ? *)';
}
