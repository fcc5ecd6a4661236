import { watchHeartbeat } from '../../../lib/handlers/watch-heartbeat';
import { beatBefore, deadlineAfter } from './heartbeat';

const DUE = 7_200;
const MINUTE = Date.parse('2026-11-23T10:00:00Z');

/** What the watch looks at when it is called a while after the beat was written. */
async function lookedAt(written: number, later: number): Promise<{ StartTime: Date; EndTime: Date }> {
  const called = written + later;
  let asked: unknown;
  await watchHeartbeat(
    {
      heartbeat: 'settled',
      schedule: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/Settled',
      deadline: new Date(deadlineAfter(called, DUE)).toISOString(),
      due: DUE,
      timeZone: 'Etc/UTC',
      queries: [],
    },
    {
      now: () => called,
      write: () => undefined,
      about: {} as never,
      call: async (_, operation, input) => {
        if (operation === 'GetSchedule') return { CreationDate: new Date(written - 1_000) };
        asked = input;
        return { MetricDataResults: [{ Values: [] }] };
      },
    },
  );
  return asked as { StartTime: Date; EndTime: Date };
}

test.each([0, 1, 30])(
  'a beat is within what the watch looks at %i s later, whatever the second of the minute',
  async (later) => {
    for (let half = 0; half < 120; half += 1) {
      const written = MINUTE + half * 500;
      const { StartTime, EndTime } = await lookedAt(written, later * 1_000);
      const beat = beatBefore(written);
      expect(beat - StartTime.getTime()).toBeGreaterThanOrEqual(10_000);
      expect(EndTime.getTime() - beat).toBeGreaterThanOrEqual(10_000);
    }
  },
);
