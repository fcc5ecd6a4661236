import type { AlarmHistory, KeptChange } from '../calculus/alarms/alarm-history';
import type { AlarmState } from '../calculus/alarms/alarm-state';
import type { Stretch } from '../calculus/alarms/metric-samples';
import { ConfigurationError } from '../errors';
import { isJsonRecord, type JsonRecord, parseJsonFile, secondsOf } from './json-file';
import { regionInName } from './region-in-name';

const SHAPES =
  'save what aws cloudwatch describe-alarm-history or describe-alarms prints with --alarm-types MetricAlarm CompositeAlarm --output json, one file for each';
const STATES: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/** What a file tells of one alarm. */
interface Told extends Place {
  readonly name: string;
  readonly arn?: string;
  readonly change?: KeptChange;
  readonly current?: KeptChange;
  readonly failed?: { readonly at: number; readonly words: string };

  /** That something of the alarm was written down. */
  readonly at?: number;
}

interface Place {
  readonly region?: string;
  readonly account?: string;
}

/** What some files tell of one alarm in one place. */
interface Share extends Place {
  readonly told: readonly Told[];

  /** From when until when each of the files tells of any alarm. */
  readonly spans: readonly Stretch[];
}

/**
 * Reads what CloudWatch kept of alarms: the output of `describe-alarm-history` and of `describe-alarms`, any number of files,
 * each of one region and account.
 *
 * Where a file is from, is told by the ARNs in it, else by a region in its name. Files that tell neither are of one place as
 * long as they do not contradict each other. CloudWatch keeps 30 days: whoever wants to look further back saves the history
 * every month.
 *
 * @throws ConfigurationError with the file and the entry, where something is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 */
export function parseAlarmHistories(
  files: readonly { readonly file: string; readonly text: string }[],
): readonly AlarmHistory[] {
  const byName = new Map<string, Share[]>();
  for (const { file, text } of files) {
    const told = placed(toldIn(text, file), text, file);
    const moments = told.map(({ at }) => at).filter((at) => at !== undefined);
    const spans = moments.length === 0 ? [] : [{ from: Math.min(...moments), until: Math.max(...moments) }];
    for (const own of grouped(told)) {
      const [first] = own;
      if (first === undefined) continue;
      const { name } = first;
      byName.set(name, [...(byName.get(name) ?? []), { told: own, spans, ...whereOf(first) }]);
    }
  }
  const byPlace = [...byName]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, shares]) => ({ name, places: apart(shares) }));
  const ends = endsOf(byPlace.map(({ places }) => places));
  return byPlace.flatMap(({ name, places }) =>
    places.map((share) => joined(name, share, ends.get(placeOf(share)))),
  );
}

/**
 * Up to when the files of each place tell: what is saved of one alarm is saved of all. Not of files that name no place and contradict
 * each other, which are of several.
 */
function endsOf(alarms: readonly (readonly Share[])[]): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const share of alarms.flat()) {
    const place = placeOf(share);
    ends.set(place, Math.max(ends.get(place) ?? 0, endOf(share)));
  }
  const unclear = alarms.some((shares) => shares.filter(({ region }) => region === undefined).length > 1);
  if (unclear) ends.delete(placeOf({}));
  return ends;
}

function endOf({ spans }: Share): number {
  return Math.max(0, ...spans.map(({ until }) => until));
}

/** By name and place. */
function grouped(told: readonly Told[]): readonly (readonly Told[])[] {
  const groups = new Map<string, Told[]>();
  for (const each of told) {
    const key = `${each.name} ${placeOf(each)}`;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

/** Those of one place become one: first those that name it, then those that contradict no other. */
function apart(shares: readonly Share[]): readonly Share[] {
  const groups: Share[] = [];
  const join = (index: number, share: Share) => {
    const known = groups[index];
    if (known)
      groups[index] = {
        ...known,
        told: [...known.told, ...share.told],
        spans: [...known.spans, ...share.spans],
      };
    else groups.push(share);
  };
  const isNamed = (share: Share) => share.region !== undefined;
  for (const share of shares.filter(isNamed))
    join(
      groups.findIndex((group) => placeOf(group) === placeOf(share)),
      share,
    );
  const places = groups.length;
  for (const share of shares.filter((each) => !isNamed(each)))
    join(
      groups.findIndex((group, index) => (places <= 1 || index >= places) && agree(group, share)),
      share,
    );
  return groups;
}

/** Whether two shares tell the same of the time that both cover. */
function agree(one: Share, other: Share): boolean {
  return one.spans.every((own) =>
    other.spans.every((there) => {
      const [from, until] = [Math.max(own.from, there.from), Math.min(own.until, there.until)];
      const within = ({ told }: Share) =>
        told
          .flatMap(({ change }) =>
            change && change.at >= from && change.at <= until ? [`${change.at} ${change.state}`] : [],
          )
          .sort()
          .join();
      return from > until || within(one) === within(other);
    }),
  );
}

function placeOf({ region, account }: Place): string {
  return `${region ?? ''}/${account ?? ''}`;
}

function whereOf({ region, account }: Place): Place {
  return { ...(region !== undefined && { region }), ...(account !== undefined && { account }) };
}

const ARN = /arn:[a-z-]+:(?:cloudwatch|sns):([a-z0-9-]+):(\d{12}):/g;

/** An alarm that does not tell its place is where the file is from. */
function placed(told: readonly Told[], text: string, file: string): readonly Told[] {
  const arns = [...text.matchAll(ARN)];
  const only = (values: readonly (string | undefined)[]) => {
    const [first, ...others] = new Set(values);
    return others.length === 0 ? first : undefined;
  };
  const region = only(arns.map(([, each]) => each)) ?? regionInName(file);
  const account = only(arns.map(([, , each]) => each));
  const where = whereOf({
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
  });
  return told.map((each) => (each.region === undefined ? { ...each, ...where } : each));
}

/** @param end up to when the files of its place tell; by default its own */
function joined(name: string, share: Share, end: number = endOf(share)): AlarmHistory {
  const { told, ...place } = share;
  const moments = told.map(({ at }) => at).filter((at) => at !== undefined);
  const current = told
    .map((each) => each.current)
    .filter((each) => each !== undefined)
    .reduce<KeptChange | undefined>(
      (latest, each) => (latest && latest.at > each.at ? latest : each),
      undefined,
    );
  const arn = told.find((each) => each.arn !== undefined)?.arn;
  return {
    name,
    ...whereOf(place),
    changes: once(told.map(({ change }) => change).filter((change) => change !== undefined)),
    failedActions: told.map(({ failed }) => failed).filter((failed) => failed !== undefined),
    ...(arn !== undefined && { arn }),
    ...(moments.length > 0 && { from: Math.min(...moments), until: end }),
    ...(current && { current }),
  };
}

/** Files that overlap tell a change twice. */
function once(changes: readonly KeptChange[]): readonly KeptChange[] {
  const byMoment = new Map(changes.map((change) => [`${change.at} ${change.state}`, change]));
  return [...byMoment.values()].sort((one, other) => one.at - other.at);
}

function toldIn(text: string, file: string): readonly Told[] {
  const document = parseJsonFile(text, file, SHAPES);
  const wrong = (problem: string) => new ConfigurationError({ path: file, problem, fix: SHAPES });
  const lists = isJsonRecord(document) ? document : {};
  const known = ['AlarmHistoryItems', 'MetricAlarms', 'CompositeAlarms'].filter((key) =>
    Array.isArray(lists[key]),
  );
  if (known.length === 0) throw wrong('it holds no AlarmHistoryItems, MetricAlarms or CompositeAlarms');
  return known.flatMap((key) =>
    (lists[key] as readonly unknown[]).map((entry, index) => {
      const place = `${key}.${index}`;
      if (!isJsonRecord(entry) || typeof entry.AlarmName !== 'string')
        throw wrong(`${place} has no AlarmName`);
      const read = key === 'AlarmHistoryItems' ? historyItem : presentAlarm;
      return read(entry, entry.AlarmName, (problem) => wrong(`${place} ${problem}`));
    }),
  );
}

type Refuse = (problem: string) => ConfigurationError;

function historyItem(item: JsonRecord, name: string, wrong: Refuse): Told {
  const at = timeOf(item, 'Timestamp', wrong);
  const summary = typeof item.HistorySummary === 'string' ? item.HistorySummary : '';
  if (item.HistoryItemType === 'Action')
    return { name, at, ...(/^failed/i.test(summary) && { failed: { at, words: summary } }) };
  if (item.HistoryItemType !== 'StateUpdate') return { name, at };
  const state = stateIn(item.HistoryData) ?? / to (\w+)\s*$/.exec(summary)?.[1];
  if (!isState(state)) throw wrong('is a StateUpdate that names no new state');
  return { name, at, change: { at, state } };
}

function stateIn(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(data);
    const after = isJsonRecord(parsed) ? parsed.newState : undefined;
    return isJsonRecord(after) ? after.stateValue : undefined;
  } catch {
    return undefined;
  }
}

function presentAlarm(alarm: JsonRecord, name: string, wrong: Refuse): Told {
  const { StateValue: state, AlarmArn: arn } = alarm;
  if (!isState(state)) throw wrong('has no StateValue');
  const time = 'StateTransitionedTimestamp' in alarm ? 'StateTransitionedTimestamp' : 'StateUpdatedTimestamp';
  const at = timeOf(alarm, time, wrong);
  if (typeof arn !== 'string') return { name, current: { at, state } };
  const [, , , region, account] = arn.split(':');
  return { name, current: { at, state }, arn, ...(region && { region }), ...(account && { account }) };
}

function timeOf(entry: JsonRecord, key: string, wrong: Refuse): number {
  const at = secondsOf(entry[key]);
  if (at === undefined) throw wrong(`has a ${key} that is no time with its zone`);
  return at;
}

function isState(value: unknown): value is AlarmState {
  return typeof value === 'string' && STATES.includes(value);
}
