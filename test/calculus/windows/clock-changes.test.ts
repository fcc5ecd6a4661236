import { Span } from '../../../lib/calculus/time-span';
import { practiceRunBlocks } from '../../../lib/calculus/windows/dialects/practice-runs';
import { Weekday } from '../../../lib/calculus/windows/recurrence';
import { type MaintenanceWindow, Recurrence } from '../../../lib/objectives/maintenance-window';
import { DETECTOR, FOUR_HOURS, IN_UTC, LOCAL, lasting, ON_STOPWATCHES, type Read } from './dialect-readers';
import { blockedTimes, type Time } from './readers';
import { FROM, refusalOf, UNTIL, windowOf } from './windows';

/**
 * Every dialect at both changes of the clocks of every zone, against times that were worked out by hand: nothing of what is expected
 * is reckoned by the code that is tried.
 */

const DAY = 86_400;

const LISTED: Readonly<Record<string, Read>> = { 'ranges of an anomaly detector': DETECTOR };

const at = (text: string): number => Date.parse(`${text}Z`) / 1_000;

/** What is read near a change, and what is expected there: each four hours long. */
function compare(reader: Read, window: MaintenanceWindow, starts: readonly string[]): void {
  const expected = lasting(starts.map(at), FOUR_HOURS);
  const around = { start: (expected[0]?.start ?? 0) - DAY, end: (expected.at(-1)?.end ?? 0) + DAY };
  const said = reader(window, around);
  if ('problem' in said) throw new Error(said.problem);
  const near = said.written.filter(({ start, end }) => end > around.start && start < around.end);
  expect(near.map(textOf)).toEqual(expected.map(textOf));
}

function textOf({ start, end }: Time): string {
  return [start, end].map((moment) => new Date(moment * 1_000).toISOString().slice(0, 16)).join(' to ');
}

function isBlocked(window: MaintenanceWindow, starts: readonly string[]): void {
  const words = practiceRunBlocks(window);
  if ('problem' in words) throw new Error(words.problem);
  const blocked = blockedTimes(words.written, FROM, UNTIL);
  for (const { start, end } of lasting(starts.map(at), FOUR_HOURS))
    expect(blocked.some((each) => each.start <= start && end <= each.end)).toBe(true);
}

const names = (readers: Readonly<Record<string, Read>>) => Object.entries(readers);
const sundays = (timeZone: string, clock: string, day = '2026-12-06') =>
  windowOf({
    timeZone,
    start: `${day}T${clock}`,
    duration: Span.hours(4),
    recurrence: Recurrence.weekly(Weekday.SUNDAY),
  });

/** The Sunday before a change and that of the change: 04:00 on the clocks, in UTC; and what ARC blocks. */
const AFTER: Readonly<
  Record<string, { forward: readonly string[]; back: readonly string[]; blocks: readonly string[] }>
> = {
  // Forward at 01:00 UTC on 28 March, back at 01:00 UTC on 31 October.
  'Europe/Berlin': {
    forward: ['2027-03-21T03:00', '2027-03-28T02:00'],
    back: ['2027-10-24T02:00', '2027-10-31T03:00'],
    blocks: ['Sun:02:00-Sun:06:00', 'Sun:03:00-Sun:07:00'],
  },
  // Forward at 07:00 UTC on 14 March, back at 06:00 UTC on 7 November.
  'America/New_York': {
    forward: ['2027-03-07T09:00', '2027-03-14T08:00'],
    back: ['2027-10-31T08:00', '2027-11-07T09:00'],
    blocks: ['Sun:08:00-Sun:12:00', 'Sun:09:00-Sun:13:00'],
  },
  // By half an hour: back at 15:00 UTC on 3 April, forward at 15:30 UTC on 2 October.
  'Australia/Lord_Howe': {
    forward: ['2027-09-25T17:30', '2027-10-02T17:00'],
    back: ['2027-03-27T17:00', '2027-04-03T17:30'],
    blocks: ['Sat:17:00-Sat:21:00', 'Sat:17:30-Sat:21:30'],
  },
  UTC: {
    forward: ['2027-03-21T04:00', '2027-03-28T04:00'],
    back: ['2027-10-24T04:00', '2027-10-31T04:00'],
    blocks: ['Sun:04:00-Sun:08:00'],
  },
};

describe.each(Object.entries(AFTER))('04:00 on Sundays in %s', (timeZone, { forward, back, blocks }) => {
  const window = sundays(timeZone, '04:00');
  const changes = [
    ['forward', forward],
    ['back', back],
  ] as const;

  describe.each(changes)('when the clocks go %s', (_, starts) => {
    it.each(names({ ...LOCAL, ...LISTED }))('is said by %s', (_name, reader) =>
      compare(reader, window, starts),
    );
    it('is blocked for practice runs of ARC', () => isBlocked(window, starts));
  });

  it('is at no other times of the week for ARC', () =>
    expect(practiceRunBlocks(window)).toEqual({
      written: { blockedWindows: blocks, blockedDates: [] },
    }));

  it.each(names(IN_UTC))('is said by %s in UTC, and refused where the clocks change', (_, reader) => {
    if (timeZone === 'UTC') for (const [, starts] of changes) compare(reader, window, starts);
    else
      expect(refusalOf(reader(window, { start: 0, end: 0 })).problem).toMatch(
        new RegExp(
          `knows UTC only, and 04:00 in ${timeZone} is ${[...forward, ...back].sort()[0]?.slice(11)} UTC at first`,
        ),
      );
  });
});

/** The Sunday of a change and that after it: from 00:30 on, four hours on a stopwatch, in which the clocks change. */
const THROUGH: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'Europe/Berlin': [
    ['2027-03-27T23:30', '2027-04-03T22:30'],
    ['2027-10-30T22:30', '2027-11-06T23:30'],
  ],
  'America/New_York': [
    ['2027-03-14T05:30', '2027-03-21T04:30'],
    ['2027-11-07T04:30', '2027-11-14T05:30'],
  ],
  'Australia/Lord_Howe': [
    ['2027-04-03T13:30', '2027-04-10T14:00'],
    ['2027-10-02T14:00', '2027-10-09T13:30'],
  ],
};

const ON_CLOCKS = names(LOCAL).filter(([name]) => !(name in ON_STOPWATCHES));

describe.each(Object.entries(THROUGH))(
  'four hours from 00:30 in %s, in which the clocks change',
  (timeZone, changes) => {
    const window = sundays(timeZone, '00:30');

    it.each(names({ ...ON_STOPWATCHES, ...LISTED }))('are said by %s', (_, reader) => {
      for (const starts of changes) compare(reader, window, starts);
    });

    it('are blocked for practice runs of ARC', () => {
      for (const starts of changes) isBlocked(window, starts);
    });

    it.each(ON_CLOCKS)('are refused by %s', (_, reader) => {
      const { problem, fix } = refusalOf(reader(window, { start: 0, end: 0 }));
      expect(problem).toContain(`the clocks of ${timeZone} change while it lasts on 2027-`);
      expect(fix).toBe('end it before the clocks change or start it after, or say it in UTC');
    });

    it.each(names(IN_UTC))('are refused by %s', (_, reader) =>
      expect(refusalOf(reader(window, { start: 0, end: 0 })).problem).toContain('knows UTC only'),
    );
  },
);

/** A start that the clocks skip, or show twice: the first Sunday, the day of the change, and the moment that RFC 5545 means. */
const ODD = [
  ['Europe/Berlin', '02:15', 'skip', { first: '2026-12-06', day: '2027-03-28', moment: '2027-03-28T01:15' }],
  [
    'Europe/Berlin',
    '02:15',
    'show twice',
    { first: '2027-06-06', day: '2027-10-31', moment: '2027-10-31T00:15' },
  ],
  [
    'America/New_York',
    '02:15',
    'skip',
    { first: '2026-12-06', day: '2027-03-14', moment: '2027-03-14T07:15' },
  ],
  [
    'America/New_York',
    '01:15',
    'show twice',
    { first: '2026-12-06', day: '2027-11-07', moment: '2027-11-07T05:15' },
  ],
  [
    'Australia/Lord_Howe',
    '02:15',
    'skip',
    { first: '2026-12-06', day: '2027-10-03', moment: '2027-10-02T15:45' },
  ],
  [
    'Australia/Lord_Howe',
    '01:45',
    'show twice',
    { first: '2026-12-06', day: '2027-04-04', moment: '2027-04-03T14:45' },
  ],
] as const;

describe.each(ODD)(
  'clocks of %s, a start at %s that they %s',
  (timeZone, clock, what, { first, day, moment }) => {
    const window = sundays(timeZone, clock, first);

    it.each(names(LOCAL))('is refused by %s, with the day', (_, reader) =>
      expect(refusalOf(reader(window, { start: 0, end: 0 })).problem).toContain(
        `the clocks of ${timeZone} ${what} ${clock} on ${day}`,
      ),
    );

    it.each(names(IN_UTC))('is refused by %s', (_, reader) =>
      expect(refusalOf(reader(window, { start: 0, end: 0 })).problem).toContain('knows UTC only'),
    );

    it('is what RFC 5545 says for detectors and for ARC', () => {
      compare(DETECTOR, window, [moment]);
      isBlocked(window, [moment]);
    });
  },
);
