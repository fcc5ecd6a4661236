/** One time that an event of a calendar file comes. */
export interface CalendarTime {
  readonly start: string;
  readonly end: string;
}

/** The part of ical.js that is used here: its types can be imported from modules of the other kind only. */
interface Ical {
  parse(text: string): unknown;
  readonly Component: new (parsed: unknown) => IcalComponent;
  readonly Event: new (component: IcalComponent) => IcalEvent;
  readonly TimezoneService: { register(zone: IcalComponent): void; reset(): void };
}

interface IcalComponent {
  getAllSubcomponents(name: string): readonly IcalComponent[];
}

interface IcalEvent {
  readonly duration: { toSeconds(): number };
  iterator(): { next(): { toUnixTime(): number } | undefined };
}

const ical = require('ical.js') as { readonly default?: Ical } & Ical;
const { parse, Component, Event, TimezoneService } = ical.default ?? ical;

/** Every time that the events of a calendar file come before a moment, as ical.js reads it. */
export function calendarEvents(text: string, until: number): readonly CalendarTime[] {
  const root = new Component(parse(text));
  for (const zone of root.getAllSubcomponents('vtimezone')) TimezoneService.register(zone);
  const found = root.getAllSubcomponents('vevent').flatMap((component) => {
    const event = new Event(component);
    const length = event.duration.toSeconds();
    const times: CalendarTime[] = [];
    const steps = event.iterator();
    for (let at = steps.next(); at && at.toUnixTime() < until; at = steps.next())
      times.push({ start: textOf(at.toUnixTime()), end: textOf(at.toUnixTime() + length) });
    return times;
  });
  TimezoneService.reset();
  return found;
}

function textOf(moment: number): string {
  return new Date(moment * 1_000).toISOString();
}
