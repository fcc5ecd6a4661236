import type { AlarmHistory, KeptChange } from '../calculus/alarms/alarm-history';
import type { AlarmState } from '../calculus/alarms/alarm-state';
import { ConfigurationError } from '../errors';
import { isJsonRecord, type JsonRecord, parseJsonFile, secondsOf } from './json-file';

const SHAPES =
  'save what aws cloudwatch describe-alarm-history or describe-alarms prints with --output json, one file for each';
const STATES: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/** What a file tells of one alarm. */
interface Told {
  readonly name: string;
  readonly arn?: string;
  readonly change?: KeptChange;
  readonly current?: KeptChange;
  readonly failed?: { readonly at: number; readonly words: string };

  /** That something of the alarm was written down. */
  readonly at?: number;
}

/**
 * Reads what CloudWatch kept of alarms: the output of `describe-alarm-history` and of `describe-alarms`, any number of files.
 *
 * CloudWatch keeps 30 days: whoever wants to look further back saves the history every month.
 *
 * @throws ConfigurationError with the file and the entry, where something is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 */
export function parseAlarmHistories(
  files: readonly { readonly file: string; readonly text: string }[],
): readonly AlarmHistory[] {
  const byName = new Map<string, Told[]>();
  for (const told of files.flatMap(({ file, text }) => toldIn(text, file))) {
    const known = byName.get(told.name);
    if (known) known.push(told);
    else byName.set(told.name, [told]);
  }
  return [...byName]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, told]) => joined(name, told));
}

function joined(name: string, told: readonly Told[]): AlarmHistory {
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
    changes: once(told.map(({ change }) => change).filter((change) => change !== undefined)),
    failedActions: told.map(({ failed }) => failed).filter((failed) => failed !== undefined),
    ...(arn !== undefined && { arn }),
    ...(moments.length > 0 && { from: Math.min(...moments) }),
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
  return { name, current: { at, state }, ...(typeof arn === 'string' && { arn }) };
}

function timeOf(entry: JsonRecord, key: string, wrong: Refuse): number {
  const at = secondsOf(entry[key]);
  if (at === undefined) throw wrong(`has a ${key} that is no time with its zone`);
  return at;
}

function isState(value: unknown): value is AlarmState {
  return typeof value === 'string' && STATES.includes(value);
}
