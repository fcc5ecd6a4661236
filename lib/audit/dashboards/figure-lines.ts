import type { Graph } from '../../assembly/graph';
import { jsonIn } from '../../assembly/json-text';
import type { Resource } from '../../assembly/resource';
import type { Stack } from '../../assembly/stack';
import { Reference, type Value } from '../../assembly/value';
import { encloses } from '../../assessment/stages';
import {
  isObjectiveTitle,
  MeasuredPart,
  OBJECTIVE_LABELS,
  objectiveTitle,
  RECOVERY_STATISTICS,
  RESTORES_OVERDUE,
  TIME_TO_RESOLVE,
} from '../../objectives/measured-figures';
import { serviceLevelsOf } from '../service-levels';
import type { ServiceIndex } from '../services';
import { type MetricWidget, metricWidgets, type WidgetLine } from './widget-lines';

/** A number of a service that a dashboard of the app shows as CloudWatch measures it. */
export interface FigureLine {
  readonly service: string;
  readonly part: MeasuredPart;

  /** What of the service it is a figure of: the title of an objective, a plan of restore tests. @default - the whole service */
  readonly of?: string;
  /** The region that the template tells. @default - only deploy knows it */
  readonly region?: string;
  readonly dashboard: Resource;
  readonly widget: MetricWidget;
  readonly line: WidgetLine;
}

/** What dashboards show, and whose figure is not known. */
export interface FigureLines {
  readonly lines: readonly FigureLine[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** What is deployed may be known better than templates tell it: the body of a dashboard, by its name. */
export type DeployedBodies = ReadonlyMap<string, Value>;

/** The figures of services on the dashboards of an app, each dashboard by the order of their names. */
export function figureLines(
  graph: Graph,
  services: ServiceIndex,
  deployed: DeployedBodies = new Map(),
): FigureLines {
  const finder = new OwnerFinder(graph, services);
  const dashboards = [...graph.ofType('AWS::CloudWatch::Dashboard')].sort((a, b) => (a.id < b.id ? -1 : 1));
  const shown = dashboards.flatMap((dashboard) =>
    widgetsOf(dashboard, deployed).flatMap(({ known, widget }) =>
      known.lines.map((line, index) => ({
        told: finder.told(known, line, dashboard.stack),
        name: `${dashboard.id}: ${known.title}`,
        where: {
          dashboard,
          widget,
          line: widget.lines[index] ?? line,
          ...(line.region !== undefined && { region: line.region }),
        },
      })),
    ),
  );
  return {
    lines: shown.flatMap(({ told, where }) => (typeof told === 'object' ? [{ ...told, ...where }] : [])),
    leftOut: shown.flatMap(({ told, name }) => (typeof told === 'string' ? [{ name, reason: told }] : [])),
  };
}

/** Whose figures they are is told by the template; what deploy decides, by what is deployed. */
function widgetsOf(
  dashboard: Resource,
  deployed: DeployedBodies,
): readonly { readonly known: MetricWidget; readonly widget: MetricWidget }[] {
  const written = dashboard.get('DashboardBody');
  const known = metricWidgets(written === undefined ? undefined : jsonIn(written), dashboard.region);
  const name = dashboard.get('DashboardName');
  const bodies = typeof name === 'string' ? [deployed.get(name)] : [...deployed.values()];
  const alike = bodies
    .map((body) => metricWidgets(body, dashboard.region))
    .filter(
      (live) => live.length === known.length && live.every((each, index) => isAlike(each, known[index])),
    );
  // A name that CloudFormation makes tells nothing: what looks the same in two files may be either.
  const live = alike.length === 1 ? alike[0] : undefined;
  return known.map((each, index) => ({ known: each, widget: live?.[index] ?? each }));
}

function isAlike(one: MetricWidget, other: MetricWidget | undefined): boolean {
  return one.title === other?.title && one.lines.length === other.lines.length;
}

type Told = Pick<FigureLine, 'service' | 'part' | 'of'>;

/** Finds out which service a line of a dashboard tells of. */
class OwnerFinder {
  readonly #levels: ReturnType<typeof serviceLevelsOf>;

  constructor(
    private readonly graph: Graph,
    private readonly services: ServiceIndex,
  ) {
    this.#levels = serviceLevelsOf(graph);
  }

  /** What a line tells; a sentence where it is not known of whom, `undefined` where it is no such figure. */
  told(widget: MetricWidget, line: WidgetLine, stack: Stack): Told | string | undefined {
    const [namespace, name, dimension, value] = line.metric;
    const isOf = (metric: typeof TIME_TO_RESOLVE | typeof RESTORES_OVERDUE): boolean =>
      namespace === metric.namespace && name === metric.metricName && dimension === metric.dimension;
    if (isOf(TIME_TO_RESOLVE)) return recovery(line, value);
    if (isOf(RESTORES_OVERDUE)) return this.#drill(value);
    return line.expression === undefined ? undefined : this.#objective(widget, line, stack);
  }

  #objective({ title }: MetricWidget, { label }: WidgetLine, stack: Stack): Told | string | undefined {
    const part = partOf(OBJECTIVE_LABELS, label);
    if (!part || !isObjectiveTitle(title)) return undefined;
    const named = this.#levels.filter(
      ({ level: { name, objective, windowSeconds }, stack: other }) =>
        objectiveTitle({ name, objective: Number(objective), windowSeconds }) === title &&
        (encloses(stack.stage, other.stage) || encloses(other.stage, stack.stage)),
    );
    const near = named.filter((level) => level.stack === stack);
    const owners = new Set((near.length > 0 ? near : named).map(({ service }) => service.name));
    const [service] = owners;
    if (service === undefined) return 'no declared service has this objective';
    if (owners.size > 1) return `${[...owners].join(' and ')} have objectives of this name`;
    return { service, part, of: title };
  }

  #drill(plan: Value | undefined): Told | string {
    const resource =
      plan instanceof Reference
        ? plan.resource
        : this.graph
            .ofType('AWS::Backup::RestoreTestingPlan')
            .find((each) => each.get('RestoreTestingPlanName') === plan);
    const service = resource && this.services.of(resource).name;
    if (!resource || service === undefined) return 'no declared service has this plan of restore tests';
    const part = MeasuredPart.OVERDUE;
    return { service, part, of: resource.id };
  }
}

function recovery({ statistic }: WidgetLine, service: Value | undefined): Told | string | undefined {
  const part = partOf(RECOVERY_STATISTICS, statistic);
  if (!part) return undefined;
  if (typeof service !== 'string') return 'its service is known at deployment only';
  return { service, part };
}

function partOf(
  words: Readonly<Partial<Record<MeasuredPart, string>>>,
  found: string,
): MeasuredPart | undefined {
  return Object.values(MeasuredPart).find((part) => words[part] === found);
}
