import { describe, type Value } from '../../assembly/value';
import type { WidgetLine } from '../../audit/dashboards/widget-lines';
import { formatSeconds } from '../../calculus/time-span';
import { digest } from '../digest';
import { groupBy } from '../group-by';
import { type LeftOut, type MeasuredFigure, nameOf } from './measured-figure';

/** Queries that one call takes. */
const MOST_QUERIES = 500;

/** Where a dashboard leaves the time to whoever looks at it, so many seconds are looked back, for the last value. */
const LOOKED_BACK = 3 * 86_400;

const HOUR = 3_600_000;

/** The input of one call of `aws cloudwatch get-metric-data`: for one account, region and stretch of time. */
export interface MetricQueries {
  readonly account: string | undefined;
  readonly region: string | undefined;

  /** Where and how long back, for the name of a file: `eu-west-1-30d`. */
  readonly name: string;
  readonly text: string;
}

/**
 * The numbers that dashboards show as measured, as input of `aws cloudwatch get-metric-data`. One call reads one region, and a sum
 * over a window begins where the call does: there is one for each region and window, and a further one past 500 queries.
 *
 * @param until when the time ends that is asked for; the end of its hour
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function metricQueries(
  figures: readonly MeasuredFigure[],
  until: Date,
): { readonly calls: readonly MetricQueries[]; readonly leftOut: readonly LeftOut[] } {
  const asked = figures.map((figure) => ({ figure, queries: queriesOf(figure) }));
  const end = Math.ceil(until.getTime() / HOUR) * HOUR;
  const fit = asked.flatMap(({ figure, queries }) =>
    typeof queries === 'string' ? [] : [{ figure, queries }],
  );
  const secondsOf = secondsIn(figures);
  const calls = [...groupBy(fit, ({ figure }) => callOf(figure, secondsOf(figure)))].flatMap(
    ([name, group]) => {
      const [first] = group;
      const parts = inCalls(group.map(({ queries }) => queries));
      return parts.map((queries, index) => ({
        account: first?.figure.account,
        region: first?.figure.region,
        name: parts.length > 1 ? `${name}-${index + 1}` : name,
        text: textOf(queries, end, first ? secondsOf(first.figure) : LOOKED_BACK),
      }));
    },
  );
  return {
    calls: calls.sort((one, other) => (one.name < other.name ? -1 : 1)),
    leftOut: asked.flatMap(({ figure, queries }) =>
      typeof queries === 'string' ? [{ name: nameOf(figure), reason: queries }] : [],
    ),
  };
}

function callOf(figure: MeasuredFigure, seconds: number): string {
  const window = formatSeconds(seconds).replace(/\s/g, '');
  return [placeOf(figure), window].filter((part) => part !== '').join('-');
}

function placeOf({ account, region }: MeasuredFigure): string {
  return [account, region].filter((part) => part !== undefined).join('-');
}

/** How long back a figure is asked for; one that leaves it open goes with the shortest of its account and region. */
function secondsIn(figures: readonly MeasuredFigure[]): (figure: MeasuredFigure) => number {
  const byPlace = groupBy(figures, placeOf);
  return (figure) => {
    const said = (byPlace.get(placeOf(figure)) ?? []).flatMap(({ widget }) => widget.seconds ?? []);
    const long = said.filter((seconds) => seconds >= LOOKED_BACK);
    return figure.widget.seconds ?? (long.length > 0 ? Math.min(...long) : LOOKED_BACK);
  };
}

function textOf(queries: readonly Query[], end: number, seconds: number): string {
  const input = {
    MetricDataQueries: queries,
    StartTime: new Date(end - seconds * 1_000).toISOString(),
    EndTime: new Date(end).toISOString(),
    ScanBy: 'TimestampDescending',
  };
  return `${JSON.stringify(input, undefined, 2)}\n`;
}

/** A `MetricDataQuery`. */
interface Query {
  readonly Id: string;
  readonly Label: string;
  readonly ReturnData: boolean;
  readonly AccountId?: string;
  readonly Expression?: string;
  readonly MetricStat?: object;
}

/** A number with what it is worked out from stays in one call; what two numbers are made of is asked for once. */
function inCalls(figures: readonly (readonly Query[])[]): readonly (readonly Query[])[] {
  const calls: Map<string, Query>[] = [];
  for (const queries of figures) {
    const last = calls.at(-1);
    const joined = new Map([...(last ?? []), ...queries.map((query) => [query.Id, query] as const)]);
    if (last && joined.size <= MOST_QUERIES) calls[calls.length - 1] = joined;
    else calls.push(new Map(queries.map((query) => [query.Id, query])));
  }
  return calls.map((call) => [...call.values()]);
}

/** The query of a figure after those that it is made of; a sentence where only deploy knows what to ask for. */
function queriesOf(figure: MeasuredFigure): readonly Query[] | string {
  const { widget, line } = figure;
  // Names of metrics are of one widget only.
  const { service, stage, account } = figure;
  const own = `i${digest(JSON.stringify([stage, account, line.region, service, widget.title])).slice(0, 8)}_`;
  const inputs = inputsOf(line, widget.lines);
  const ids = new Map(inputs.map(({ id = '' }) => [id, own + id]));
  const whole = widget.isWhole ? widget.seconds : undefined;
  const asked = [
    ...inputs.map((input) => query(input, ids.get(input.id ?? '') ?? '', { ids, whole })),
    query(line, figure.id, { ids, whole }),
  ];
  const open = asked.find((each) => typeof each === 'string');
  if (typeof open === 'string') return open;
  return asked.flatMap((each) =>
    typeof each === 'string' ? [] : [{ ...each, ReturnData: each.Id === figure.id }],
  );
}

/** What the math of a line reads, and what that reads in turn. */
function inputsOf(line: WidgetLine, all: readonly WidgetLine[]): readonly WidgetLine[] {
  const found = new Set<WidgetLine>();
  const open = [line];
  for (let next = open.pop(); next; next = open.pop()) {
    const words = new Set(next.expression?.match(/\b[a-z]\w*/g));
    for (const other of all)
      if (other !== line && other.id !== undefined && words.has(other.id) && !found.has(other)) {
        found.add(other);
        open.push(other);
      }
  }
  return all.filter((each) => found.has(each));
}

interface Naming {
  readonly ids: ReadonlyMap<string, string>;

  /** The period that stands for the metric's own. */
  readonly whole: number | undefined;
}

function query(line: WidgetLine, id: string, { ids, whole }: Naming): Omit<Query, 'ReturnData'> | string {
  const { label, expression, account, metric, period, statistic } = line;
  if (expression !== undefined)
    return {
      Id: id,
      Label: label,
      Expression: expression.replace(/\b[a-z]\w*/g, (word) => ids.get(word) ?? word),
    };
  const known = metric.filter((value) => typeof value === 'string');
  const open = metric.find((value) => typeof value !== 'string');
  if (open !== undefined) return knownAtDeploy(open);
  const [namespace, name, ...pairs] = known;
  return {
    Id: id,
    Label: label,
    ...(account !== undefined && { AccountId: account }),
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions: dimensionsOf(pairs) },
      Period: whole ?? period,
      Stat: statistic,
    },
  };
}

function knownAtDeploy(value: Value): string {
  return `${describe(value)} is known once it is deployed: save the dashboard with aws cloudwatch get-dashboard, and name the file with --deployed`;
}

function dimensionsOf(pairs: readonly string[]): readonly object[] {
  return pairs.flatMap((name, index) =>
    index % 2 === 0 ? [{ Name: name, Value: pairs[index + 1] ?? '' }] : [],
  );
}
