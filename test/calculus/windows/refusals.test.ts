import { Span } from '../../../lib/calculus/time-span';
import { alarmMute } from '../../../lib/calculus/windows/dialects/alarm-mute';
import { CalendarType, changeCalendar } from '../../../lib/calculus/windows/dialects/change-calendar';
import {
  deploymentsOutside,
  deploymentsWithin,
} from '../../../lib/calculus/windows/dialects/deployment-window';
import { instanceEvents } from '../../../lib/calculus/windows/dialects/instance-events';
import { patchWindow } from '../../../lib/calculus/windows/dialects/patch-window';
import { practiceRunBlocks } from '../../../lib/calculus/windows/dialects/practice-runs';
import { openAndClose } from '../../../lib/calculus/windows/dialects/schedules';
import { sloExclusion } from '../../../lib/calculus/windows/dialects/slo-exclusion';
import {
  MaintainedService,
  weeklyMaintenance,
} from '../../../lib/calculus/windows/dialects/weekly-maintenance';
import type { Expressed } from '../../../lib/calculus/windows/expressed';
import { Weekday } from '../../../lib/calculus/windows/recurrence';
import type { MaintenanceWindowProps } from '../../../lib/objectives/maintenance-window';
import { MaintenanceWindow, Recurrence } from '../../../lib/objectives/maintenance-window';
import { refusalOf, windowOf, wordsOf } from './windows';

const { SATURDAY, SUNDAY, TUESDAY, MONDAY, FRIDAY } = Weekday;
const { hours, minutes, days } = Span;
const BERLIN = { timeZone: 'Europe/Berlin' };
const DAILY = Recurrence.weekly(...Object.values(Weekday));
const rds = (window: MaintenanceWindow) => weeklyMaintenance(window, MaintainedService.RDS);
const cache = (window: MaintenanceWindow) => weeklyMaintenance(window, MaintainedService.ELASTICACHE);

type Dialect = (window: MaintenanceWindow) => Expressed<unknown>;
type Case = readonly [Dialect, Partial<MaintenanceWindowProps>, string];

const cases: Readonly<Record<string, Case>> = {
  'a mute rule lasts over 15 days': [
    alarmMute,
    { duration: days(16), recurrence: Recurrence.once() },
    'it lasts 16 d, and a mute rule takes 15 d at the most',
  ],
  'a mute rule is for the last day of a month': [
    alarmMute,
    { recurrence: Recurrence.monthlyOnLastDay(), start: '2026-12-31T04:00' },
    'cannot say the last day of a month',
  ],
  'a mute rule begins when the clocks go forward': [
    alarmMute,
    { ...BERLIN, start: '2026-12-06T02:30' },
    'the clocks of Europe/Berlin skip 02:30 on 2027-03-28: CloudWatch does not say what a mute rule does then',
  ],
  'a mute rule begins when the clocks go back by half an hour': [
    alarmMute,
    { timeZone: 'Australia/Lord_Howe', start: '2026-12-06T01:45' },
    'the clocks of Australia/Lord_Howe show twice 01:45 on 2027-04-04',
  ],
  'an exclusion is at two times in UTC': [
    sloExclusion,
    BERLIN,
    'Application Signals knows UTC only, and 04:00 in Europe/Berlin is 03:00 UTC at first and 02:00 from 2027-03-28 on',
  ],
  'an exclusion begins when the clocks go forward, where it is at the same time in UTC once more': [
    sloExclusion,
    { ...BERLIN, start: '2026-12-06T02:00' },
    '02:00 in Europe/Berlin is 01:00 UTC at first and 00:00 from 2027-04-04 on',
  ],
  'an exclusion has a last day': [sloExclusion, { lastDay: '2027-06-01' }, 'and an exclusion has no end'],
  'an exclusion is on a certain weekday of another zone': [
    sloExclusion,
    { timeZone: 'Asia/Tokyo', recurrence: Recurrence.monthlyOn(2, TUESDAY), start: '2026-12-08T04:00' },
    'it passes midnight, and the day before a certain weekday of a month has no rule of its own',
  ],
  'an exclusion is on the first of a month of another zone': [
    sloExclusion,
    { timeZone: 'Asia/Tokyo', recurrence: Recurrence.monthlyOnDay(1), start: '2026-12-01T04:00' },
    'the day before day 1 of each month has no rule of its own',
  ],
  'the window of a database moves with the clocks': [rds, BERLIN, 'RDS knows UTC only'],
  'the window of a database is on a weekday of each month': [
    rds,
    { recurrence: Recurrence.monthlyOn(1, SUNDAY) },
    'RDS is maintained once a week, and the window comes on a weekday of each month',
  ],
  'the window of a database comes twice a week': [
    rds,
    { recurrence: Recurrence.weekly(SUNDAY, MONDAY) },
    'and the window comes 2 times a week',
  ],
  'the window of a database comes once a month': [
    rds,
    { recurrence: Recurrence.monthlyOnDay(6) },
    'and the window comes once a month',
  ],
  'the window of a database comes once': [
    rds,
    { recurrence: Recurrence.once() },
    'and the window comes once only',
  ],
  'the window of a database is short': [
    rds,
    { duration: minutes(20) },
    'it lasts 20 min, and RDS takes 30 min at the least',
  ],
  'the window of a cache is short': [
    cache,
    { duration: minutes(45) },
    'it lasts 45 min, and ElastiCache takes 1 h at the least',
  ],
  'practice runs are blocked for weeks': [
    practiceRunBlocks,
    { duration: days(20), recurrence: Recurrence.once() },
    'it takes 21 days within 400 days in UTC, and ARC blocks 15',
  ],
  'practice runs are blocked too often': [
    practiceRunBlocks,
    { recurrence: Recurrence.monthlyOnDay(6), duration: days(2) },
    'and ARC blocks 15',
  ],
  'an event window is monthly': [
    instanceEvents,
    { recurrence: Recurrence.monthlyOnDay(6), duration: hours(4) },
    'an event window of EC2 comes every week',
  ],
  'an event window is short': [
    instanceEvents,
    { duration: hours(1) },
    'it lasts 1 h, and an event window takes 2 h at the least',
  ],
  'event windows are short in a week': [
    instanceEvents,
    { duration: hours(3) },
    'it lasts 3 h a week, and EC2 asks for 4 h',
  ],
  'an event window begins within an hour': [
    instanceEvents,
    { duration: hours(4), timeZone: 'Asia/Kolkata' },
    'EC2 takes whole hours of UTC',
  ],
  'an event window moves with the clocks': [
    instanceEvents,
    { ...BERLIN, duration: hours(4) },
    'EC2 knows UTC only',
  ],
  'Scheduler would not open it': [
    openAndClose,
    { ...BERLIN, start: '2026-12-06T02:30' },
    'skip 02:30 on 2027-03-28: Scheduler does not open it then',
  ],
  'Scheduler would close it at another time': [
    openAndClose,
    { ...BERLIN, start: '2026-12-06T01:00', duration: hours(4) },
    'the clocks of Europe/Berlin change while it lasts on 2027-03-28: it would be closed too early or too late',
  ],
  'Scheduler would close it on a day that has no rule': [
    openAndClose,
    { recurrence: Recurrence.monthlyOnLastDay(), start: '2026-12-31T23:00' },
    'the day after the last of a month has no rule of its own',
  ],
  'Scheduler would close it at the end of February': [
    openAndClose,
    { recurrence: Recurrence.yearly(), start: '2027-02-28T23:00' },
    'the day after the end of February has no rule of its own',
  ],
  'Systems Manager patches for half an hour': [
    patchWindow,
    { duration: minutes(90) },
    'Systems Manager takes whole hours',
  ],
  'Systems Manager patches for two days': [
    patchWindow,
    { duration: hours(48) },
    'it lasts 2 d, and Systems Manager takes 1 d at the most',
  ],
  'Systems Manager begins when the clocks go back': [
    patchWindow,
    { ...BERLIN, start: '2026-12-06T02:00', duration: hours(1), recurrence: DAILY },
    'skip 02:00 on 2027-03-28',
  ],
  'deployments are allowed over midnight': [
    deploymentsWithin,
    { start: '2026-12-06T23:00' },
    'it passes midnight, and one expression of CodePipeline cannot',
  ],
  'deployments are allowed for parts of hours': [
    deploymentsWithin,
    { start: '2026-12-06T04:30' },
    'it begins or ends within an hour, and lasts for several',
  ],
  'deployments are allowed while the clocks change': [
    deploymentsWithin,
    { ...BERLIN, start: '2026-12-06T01:00', duration: hours(4) },
    'CodePipeline reads the clock, and would end it an hour too early or too late',
  ],
  'deployments are allowed up to a day': [
    deploymentsWithin,
    { lastDay: '2027-06-01' },
    'it comes for the last time on 2027-06-01, and the rule of CodePipeline has no end',
  ],
  'a freeze ends one day': [
    deploymentsOutside,
    { start: '2026-12-06T00:00', duration: days(1), lastDay: '2027-06-06' },
    'and the rule of CodePipeline has no end',
  ],
  'a calendar has a window that begins when the clocks go forward': [
    (window) => changeCalendar([window], CalendarType.DEFAULT_OPEN, 'x'),
    { ...BERLIN, start: '2026-12-06T02:30' },
    'skip 02:30 on 2027-03-28: readers of calendars do not agree when that is',
  ],
  'a freeze comes once': [
    deploymentsOutside,
    { recurrence: Recurrence.once(), duration: days(14) },
    'all times but a freeze that comes once are no single expression',
  ],
  'a freeze is a part of a week': [
    deploymentsOutside,
    { start: '2026-12-04T18:00', recurrence: Recurrence.weekly(FRIDAY), duration: hours(60) },
    'all times but this freeze are no single expression',
  ],
  'a freeze is the whole week': [
    deploymentsOutside,
    { start: '2026-12-06T00:00', recurrence: DAILY, duration: hours(24) },
    'all times but this freeze are no single expression',
  ],
  'a freeze holds February': [
    deploymentsOutside,
    { start: '2027-02-01T00:00', recurrence: Recurrence.yearly(), duration: days(28) },
    'all times but this freeze are no single expression',
  ],
};

describe('a dialect refuses a window and says why where', () => {
  it.each(Object.entries(cases))('%s', (_, [dialect, props, reason]) => {
    const { problem, fix } = refusalOf(dialect(windowOf(props)));
    expect(problem).toContain(reason);
    expect(fix).not.toBe('');
  });

  it('a change calendar is too long', () => {
    const many = Array.from({ length: 400 }, (_, index) =>
      windowOf({ id: `w${index}`, recurrence: Recurrence.once() }),
    );
    expect(refusalOf(changeCalendar(many, CalendarType.DEFAULT_OPEN, 'x')).problem).toMatch(
      /the calendar has \d+ octets, and a document of Systems Manager 65536/,
    );
  });
});

describe('CodePipeline deploys at all times but', () => {
  it('whole days of each week', () => {
    const weekend = windowOf({
      start: '2026-12-05T00:00',
      duration: hours(48),
      recurrence: Recurrence.weekly(SATURDAY),
    });
    expect(wordsOf(deploymentsOutside(weekend)).cron).toBe('* * * ? * MON,TUE,WED,THU,FRI *');
  });

  it('whole months of each year', () => {
    const december = windowOf({
      start: '2026-11-01T00:00',
      duration: days(61),
      recurrence: Recurrence.yearly(),
    });
    expect(wordsOf(deploymentsOutside(december)).cron).toBe('* * * ? 1,2,3,4,5,6,7,8,9,10 * *');
  });

  it('the same hours of every day', () => {
    const day = windowOf({ start: '2026-12-06T18:00', duration: hours(15), recurrence: DAILY });
    expect(wordsOf(deploymentsOutside(day)).cron).toBe('* * 9,10,11,12,13,14,15,16,17 ? * * *');
  });
});

describe('a window fails when', () => {
  const wrong: Readonly<Record<string, readonly [Partial<MaintenanceWindowProps>, string]>> = {
    'nothing is said': [{ reason: '', start: undefined as never }, 'start is missing'],
    'its id is no id': [{ id: 'Weekly Patching' }, 'id is "Weekly Patching"'],
    'its kind is none': [{ kind: 'holiday' as never }, 'kind is "holiday"'],
    'its reason has several lines': [{ reason: 'a\nb' }, 'reason is "a\\nb"'],
    'its start has a zone': [
      { start: '2026-12-06T02:00Z' },
      'start is "2026-12-06T02:00Z", which is no local time',
    ],
    'its start is no day': [{ start: '2026-02-30T02:00' }, 'which is no local time'],
    'its zone is none': [
      { timeZone: 'Europe/Bonn' },
      'timeZone is "Europe/Bonn", which is none that is known',
    ],
    'its last day comes first': [{ lastDay: '2026-12-01' }, 'which is no day from 2026-12-06 on'],
    'it lasts half a minute': [{ duration: Span.seconds(30) }, 'duration is 30 s'],
    'it comes back before it has ended': [
      { duration: days(8) },
      'duration is 8 d, and it comes back before it has ended',
    ],
    'its start is no day of its own': [
      { recurrence: Recurrence.weekly(MONDAY) },
      'which is no day on which it comes back',
    ],
    'no day of the week is named': [
      { recurrence: Recurrence.weekly() },
      'recurrence names no day of the week',
    ],
    'it comes on the 31st': [
      { recurrence: Recurrence.monthlyOnDay(31) },
      'recurrence is on day 31 of each month',
    ],
    'it comes on the fifth Sunday': [
      { recurrence: Recurrence.monthlyOn(5, SUNDAY) },
      'recurrence is on weekday 5 of each month',
    ],
    'it comes on 29 February': [
      { recurrence: Recurrence.yearly(), start: '2028-02-29T02:00' },
      'start is on 29 February, which most years do not have',
    ],
    'the clocks skip its start': [
      { ...BERLIN, start: '2027-03-28T02:30', recurrence: Recurrence.once() },
      'the clocks of Europe/Berlin skip 2027-03-28 02:30',
    ],
  };
  it.each(Object.entries(wrong))('%s', (_, [props, message]) =>
    expect(() => windowOf(props)).toThrow(message),
  );

  it('it has no properties', () =>
    expect(() => new MaintenanceWindow(undefined as never)).toThrow('id is missing'));
});
