import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import type { YamlReader } from './yaml-reader';

const MINUTES_A_YEAR = 365 * 24 * 60;

/** Nothing that anybody relies on is away for longer: whoever writes more means how much of the time it is there. */
const MOST_UNAVAILABLE = 0.1;

/** A failover that fails more often than every second time is none. */
const MOST_FAILED_SWITCHES = 0.5;

/** What an availability may be. */
export interface AvailabilityKind {
  /** The key that it stands under. */
  readonly what: string;

  /** Whether it may be all of the time, as contracts promise. */
  readonly mayBeWhole: boolean;

  /** What to do where it is nothing. */
  readonly insteadOfNothing: string;
}

/** Reads how much of the time something is to be available, as a fraction. */
export function availabilityIn(node: Node, kind: AvailabilityKind, reader: YamlReader): number {
  const { what, mayBeWhole, insteadOfNothing } = kind;
  const { text, value } = numberIn(node, what, reader);
  const refuse = (problem: string, fix: string) => reader.refuse(node, `${what} is ${text}${problem}`, fix);
  if (value >= 0.5 && (value < 1 || (value === 1 && mayBeWhole))) return value;
  if (value === 1) return refuse(', and nothing is available all of the time', WITH_NINES);
  if (value === 0) return refuse(', which is never available', insteadOfNothing);
  if (value < 0) return refuse(', less than nothing', 'write a fraction, such as 0.999');
  if (value < 0.5)
    return refuse(
      ', which looks like how much of the time it is unavailable',
      `write ${plain(1 - value)}, how much of the time it is available`,
    );
  if (value === 100) return refuse(', a percentage, and nothing is available all of the time', WITH_NINES);
  if (value >= 50 && value < 100) return refuse(', a percentage', `write a fraction: ${plain(value / 100)}`);
  return refuse(', more than all of the time', 'write a fraction, such as 0.999');
}

const WITH_NINES = 'write what is owed, such as 0.9999';

/** Reads one of the assumptions: how much of the time something is unavailable, as a fraction. */
export function unavailabilityIn(node: Node, what: string, reader: YamlReader): number {
  const { text, value } = numberIn(node, what, reader);
  const refuse = (problem: string, fix: string) => reader.refuse(node, `${what} is ${text}${problem}`, fix);
  const onDemand = what === 'switchOnDemand';
  const most = onDemand ? MOST_FAILED_SWITCHES : MOST_UNAVAILABLE;
  const example = onDemand ? '0.01: it fails one time in a hundred' : meant(0.0001);
  if (value >= 0 && value <= most) return value;
  if (value < 0) return refuse(', less than nothing', `write ${example}`);
  if (value >= 50 && value < 100)
    return refuse(', a percentage', `write ${meantBy(1 - value / 100, onDemand)}`);
  if (value > 1) return refuse(', more than all of the time', `write ${example}`);
  const problem = onDemand
    ? `: the failover fails ${plain(value * 100)} of 100 times`
    : ` of the time UNavailable: ${Math.round(value * 365)} days a year`;
  return refuse(
    problem,
    value > 0.5 && value < 1
      ? `write ${meantBy(1 - value, onDemand)}`
      : `write at most ${most}, such as ${example}`,
  );
}

/** A minute and a week: who writes less or more means another unit. */
const [FEWEST_HOURS, MOST_HOURS] = [1 / 60, 168];

/** Reads how long something takes, in hours. */
export function hoursIn(node: Node, what: string, reader: YamlReader): number {
  const text = printable(reader.text(node, what));
  const value = Number(text);
  if (value >= FEWEST_HOURS && value <= MOST_HOURS) return value;
  const fix = 'write hours, from 0.017 (a minute) to 168 (a week), such as 1.5';
  return reader.refuse(node, `${what} is ${text}`, fix);
}

/** What somebody means who writes the other side. */
function meantBy(value: number, onDemand: boolean): string {
  return onDemand
    ? `${plain(value)} for a failover that works ${plain(100 - value * 100)} of 100 times`
    : meant(value);
}

function meant(value: number): string {
  const down = Number((value * MINUTES_A_YEAR).toPrecision(3));
  return `${plain(value)} for what is available ${plain(100 - value * 100)} % of the time (unavailable ${plain(down)} min a year)`;
}

/** Without the digits that only floating point adds, and without an exponent. */
function plain(value: number): string {
  const short = Number(value.toPrecision(9));
  return short.toFixed(12).replace(/\.?0+$/, '');
}

/** A number as somebody wrote it; a percent sign says what it is. */
function numberIn(
  node: Node,
  what: string,
  reader: YamlReader,
): { readonly text: string; readonly value: number } {
  const text = printable(reader.text(node, what));
  const value = Number(text.replace(/ ?%$/, ''));
  if (text.endsWith('%') && value < 50)
    reader.refuse(node, `${what} is ${text}, a percentage`, `write a fraction: ${plain(value / 100)}`);
  if (!Number.isFinite(value))
    reader.refuse(node, `${what} is ${text}, no number`, 'write a fraction, such as 0.999');
  return { text, value };
}
