/** A day as a calendar on the wall has it. */
export interface Day {
  /** `Sun` */
  readonly weekday: string;

  /** `2026-12-06` */
  readonly date: string;
}

/** What clock and calendar of a zone show in one minute. */
export interface Minute {
  readonly day: Day;

  /** `04:00` */
  readonly clock: string;
}

/** When something opens or closes: whenever the clock shows this on such a day. */
export interface Edge {
  readonly clock: string;
  readonly on: (day: Day) => boolean;
}

const known = new Map<string, readonly Minute[]>();

/** What the clocks of a zone show in each minute between two moments, as Intl knows it. */
export function clocksOf(timeZone: string, from: number, until: number): readonly Minute[] {
  const key = `${timeZone} ${from} ${until}`;
  const minutes = known.get(key) ?? read(timeZone, from, until);
  known.set(key, minutes);
  return minutes;
}

function read(timeZone: string, from: number, until: number): readonly Minute[] {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  // The same text each day is kept once.
  const days = new Map<string, Day>();
  const clocks = new Map<string, string>();
  return Array.from({ length: (until - from) / 60 }, (_, index) => {
    const text = format.format((from + index * 60) * 1_000);
    const [shown, written] = [text.slice(0, -7), text.slice(-5)];
    const day = days.get(shown) ?? dayIn(shown);
    days.set(shown, day);
    const clock = clocks.get(written) ?? written;
    clocks.set(written, clock);
    return { day, clock };
  });
}

/** `Sun, 06/12/2026` */
function dayIn(text: string): Day {
  const [, weekday = '', day, month, year] = /^(\w{3}), (\d\d)\/(\d\d)\/(\d{4})$/.exec(text) ?? [];
  expect(weekday).toMatch(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/);
  return { weekday, date: `${year}-${month}-${day}` };
}

/** In which minutes something is open that opens and closes at what the clocks show; what meets stays open. */
export function openAmong(minutes: readonly Minute[], opens: Edge, closes: Edge): readonly boolean[] {
  let open = false;
  const shows = ({ day, clock }: Minute, edge: Edge) => clock === edge.clock && edge.on(day);
  return minutes.map((minute) => {
    if (shows(minute, closes)) open = false;
    if (shows(minute, opens)) open = true;
    return open;
  });
}
