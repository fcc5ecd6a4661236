import {
  type ConcreteWidget,
  type IMetric,
  type IWidget,
  type Metric,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import type { IncidentRecord } from '../../../objectives/incident';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import {
  type AcceptedRisk,
  COUNTED_AS_RISK,
  FIGURE_TITLES,
  INCIDENT_DAYS,
  openRisks,
  recentIncidents,
  risksInWords,
  ServiceFigure,
  spreadInWords,
  spreadOf,
} from '../../../objectives/service-figures';
import { isDate } from '../../../objectives/weakening';
import { RestoreTesting } from '../../recovery/restore-testing';
import type { ServiceLevelObjective } from '../slo/service-level-objective';
import { builtFor, risksOf } from './built-for';
import { foreseenRows } from './foreseen-figures';
import { LateWidget } from './late-widget';
import { bridged, recovered } from './measured-recovery';
import { inRows } from './objective-widgets';
import { said, THIRD } from './said-figure';
import { groupedBy, serviceOf } from './shown-objectives';

/** A figure of a business, from where it is kept. One of the two is needed. */
export interface ExecutiveFigure {
  /**
   * The metric that has it; its last value is shown.
   *
   * @default - it is said in words
   */
  readonly metric?: IMetric;

  /**
   * What is to be said of it, in Markdown: a number with its date and source, a link to the report. It ends up in the template.
   *
   * @default - it is a metric
   */
  readonly text?: string;
}

/** Incidents as they are written down, and on which day. */
export interface RecordedIncidents {
  readonly record: IncidentRecord;

  /** The last day that is in the record, `YYYY-MM-DD`: the 90 days up to its end are looked at. No clock is read. */
  readonly until: string;
}

/** A risk that is accepted in a file. */
export interface FiledRisk extends AcceptedRisk {
  /**
   * The name of the service on which it is accepted.
   *
   * @default - all that are shown
   */
  readonly service?: string;
}

/** The figures beside availability and budget, from where they are kept. */
export interface ExecutiveFigures {
  /**
   * How long incidents took until users were served again: a metric with one sample for each, in seconds.
   *
   * @default - what the incident bridges of the services measure: from the first alarm to its end
   */
  readonly recoveryTime?: Metric;

  /**
   * The incidents that people wrote down, as `nines report` is given them: their median, p90 and n are shown as it shows them, beside
   * what is measured.
   *
   * @default - what `nines export figures --incidents` last told CloudWatch of them
   */
  readonly incidents?: RecordedIncidents;

  /**
   * How many drills are overdue.
   *
   * @default - the types of data whose restore test is overdue, of the `RestoreTesting` of the services; without one, that none is
   * recorded
   */
  readonly drills?: ExecutiveFigure;

  /**
   * How many accepted risks are open.
   *
   * @default - the weakenings of the services and the acceptances in this app, and `acceptances`, and the day on which the next one ends
   */
  readonly risks?: ExecutiveFigure;

  /**
   * The acceptances that stand in files, counted as risks with those of the app, each once.
   *
   * @default - only those of the app are counted
   */
  readonly acceptances?: readonly FiledRisk[];

  /**
   * The minutes a year of the single points of failure that are known: `nines report` has them.
   *
   * @default - what `nines export figures` last told CloudWatch
   */
  readonly debt?: ExecutiveFigure;

  /**
   * What outages cost.
   *
   * @default - what `nines export figures` last told CloudWatch, by what an hour costs in `nines.config.yaml`: that stays out of templates
   */
  readonly costOfDowntime?: ExecutiveFigure;
}

type FigureName = 'drills' | 'risks' | 'debt' | 'costOfDowntime';

const NAMES: readonly FigureName[] = [
  ServiceFigure.DRILLS,
  ServiceFigure.RISKS,
  ServiceFigure.DEBT,
  ServiceFigure.COST,
];

const FULL = 24;

/**
 * The widgets of the figures, in rows: what is measured or said, and what `nines export figures` tells.
 *
 * @internal
 */
export function executiveFigures(
  objectives: readonly ServiceLevelObjective[],
  given: ExecutiveFigures,
): { readonly rows: readonly (readonly IWidget[])[]; readonly foreseen: readonly (readonly IWidget[])[] } {
  const names = namesOf(objectives);
  const { recoveryTime } = given;
  const isWide = groupedBy(objectives, (slo) => serviceOf(slo)?.name).size > 1 && !recoveryTime;
  const recovery = recoveryTime
    ? recovered([{ label: '', metric: recoveryTime }])
    : new LateWidget(isWide ? { width: FULL, height: 4 + names.length } : THIRD, () =>
        recovered(bridged(objectives)),
      );
  const own: Partial<Record<FigureName, () => ConcreteWidget>> = {
    [ServiceFigure.DRILLS]: () => drilled(objectives),
    [ServiceFigure.RISKS]: () => accepted(names, objectives, given.acceptances),
  };
  const shown = NAMES.flatMap((name): IWidget[] => {
    const figure = given[name];
    if (figure) return [figureWidget(FIGURE_TITLES[name], figure)];
    const late = own[name];
    return late ? [new LateWidget(THIRD, late)] : [];
  });
  const written = given.incidents ? [recorded(names, given.incidents)] : [];
  const narrow = [...(isWide ? [] : [recovery]), ...written, ...shown];
  const others = [
    ...NAMES.filter((name) => given[name]),
    ...(given.incidents ? [ServiceFigure.RECOVERY_TIME] : []),
  ];
  return {
    rows: [...(isWide ? [[recovery]] : []), ...inRows(narrow, 3)],
    foreseen: foreseenRows(names, others),
  };
}

function namesOf(objectives: readonly ServiceLevelObjective[]): readonly string[] {
  return [...groupedBy(objectives, (slo) => serviceOf(slo)?.name).keys()].flatMap((name) => name ?? []);
}

/** Figures that say nothing, or two things. @internal */
export function figureMistakes(given: ExecutiveFigures): Mistake[] {
  const days = [given.incidents?.until, ...(given.acceptances ?? []).map(({ expires }) => expires)];
  return [...days.filter((day) => day !== undefined && !isDate(day)).map(noDay), ...sourceMistakes(given)];
}

function noDay(day: string | undefined): Mistake {
  return { problem: `${quoted(day)} is no day`, fix: 'write it as YYYY-MM-DD' };
}

function sourceMistakes(given: ExecutiveFigures): Mistake[] {
  return NAMES.flatMap((name) => {
    const { metric, text } = given[name] ?? { text: '-' };
    const told = text?.trim() ? 1 : 0;
    if (told + (metric ? 1 : 0) === 1) return [];
    return [
      {
        problem: metric ? `${name} has a metric and a text` : `${name} has neither a metric nor a text`,
        fix: 'give one of the two, or leave it out',
      },
    ];
  });
}

/** Of each service as the report counts it; no clock says here what has ended. */
function accepted(
  names: readonly string[],
  objectives: readonly ServiceLevelObjective[],
  files: readonly FiledRisk[] = [],
): ConcreteWidget {
  const lines = names.map((name) => {
    const filed = files.filter(({ service = name }) => service === name);
    const words = risksInWords(
      openRisks([...risksOf(name, objectives), ...filed]).map(({ expires }) => expires),
    );
    return names.length > 1 ? `${name}: ${words}` : words;
  });
  const none = lines.length === 0 ? ['Nobody declared a service.'] : [];
  return said(ServiceFigure.RISKS, ...none, ...lines, `${COUNTED_AS_RISK} ${AS_OF_SYNTHESIS}`);
}

const AS_OF_SYNTHESIS =
  'As of synthesis, of files those that `acceptances` names: `nines report` reads the files, and leaves out what has ended or is refused.';

/** What people wrote down, as the report says it. */
function recorded(names: readonly string[], { record, until }: RecordedIncidents): ConcreteWidget {
  const end = Date.parse(until) / 1_000 + DAY - 1;
  const lines = names.map((name) => {
    const spread = spreadOf(recentIncidents(record, name, end).map((each) => each.until - each.from));
    return `${name}: ${spread ? spreadInWords(spread) : 'None recorded, n = 0'}`;
  });
  const from = `Incidents that people wrote down, of the ${INCIDENT_DAYS} d until ${until}.`;
  return said(ServiceFigure.RECOVERY_TIME, ...lines, from);
}

const DAY = 86_400;

/** The restore tests that are overdue, of each plan. */
function drilled(objectives: readonly ServiceLevelObjective[]): ConcreteWidget {
  const isPlan = (each: IConstruct): each is RestoreTesting => each instanceof RestoreTesting;
  const metrics = builtFor(objectives, isPlan).flatMap((plan) =>
    plan.overdue ? [(plan.overdue.metric as Metric).with({ label: plan.node.path }).attachTo(plan)] : [],
  );
  if (metrics.length === 0)
    return said(ServiceFigure.DRILLS, 'None is recorded: no `RestoreTesting` is built for it.');
  const title = `${FIGURE_TITLES[ServiceFigure.DRILLS]}: types without a restore test in time`;
  return new SingleValueWidget({ title, metrics, ...THIRD });
}

function figureWidget(title: string, { metric, text = '' }: ExecutiveFigure): IWidget {
  return metric
    ? new SingleValueWidget({ title, metrics: [metric], ...THIRD })
    : new TextWidget({ markdown: `**${title}**\n\n${text}`, ...THIRD });
}
