import { printable } from '../../assembly/source/printable';
import { FIGURE_OF_PART, MeasuredPart } from '../../objectives/measured-figures';
import { INCIDENT_DAYS, ServiceFigure, spreadInWords } from '../../objectives/service-figures';
import { type MeasuredValue, measuredOf } from '../figures/measured-values';
import { groupBy } from '../group-by';
import { el, type Html } from '../html/element';
import { counted } from './figures';
import type { ServicePart } from './report-evidence';
import { traced } from './trace';

/** What CloudWatch measured of each figure; one that is left out is an error of types. */
const MEASURED: Readonly<Record<ServiceFigure, (values: readonly MeasuredValue[]) => Html>> = {
  [ServiceFigure.AVAILABILITY]: (values) => ofObjectives(values, 'attained'),
  [ServiceFigure.BUDGET]: (values) => ofObjectives(values, 'left'),
  [ServiceFigure.RECOVERY_TIME]: recovered,
  [ServiceFigure.DRILLS]: overdue,
  [ServiceFigure.RISKS]: () => 'counted, not measured',
  [ServiceFigure.DEBT]: () => 'foreseen, not measured',
  [ServiceFigure.COST]: () => 'foreseen, not measured',
};

const NOT_MEASURED = 'not measured';

/** A figure of a service as its dashboards show it, from what CloudWatch gave. */
export function measured(
  { assessed }: ServicePart,
  figure: ServiceFigure,
  values: readonly MeasuredValue[],
): Html {
  return MEASURED[figure](
    measuredOf(assessed, values).filter((each) => FIGURE_OF_PART[each.figure.part] === figure),
  );
}

function ofObjectives(values: readonly MeasuredValue[], what: string): Html {
  return eachOr(values, 'no dashboard of the templates shows an objective of it', (value) => [
    `${placed(value.figure.of, value)}: `,
    value.datum ? traced(`${cutOff(value.datum.value)} % ${what}`, source(value)) : absent(value),
  ]);
}

function recovered(values: readonly MeasuredValue[]): Html {
  const places = [...groupBy(values, ({ figure }) => JSON.stringify([figure.region, figure.account]))];
  return eachOr(places, 'no incident bridge is on a dashboard of the templates', ([, its]) => {
    const part = (wanted: MeasuredPart) => its.find(({ figure }) => figure.part === wanted);
    const [median, p90, count] = [
      part(MeasuredPart.RECOVERY_MEDIAN),
      part(MeasuredPart.RECOVERY_P90),
      part(MeasuredPart.INCIDENTS),
    ];
    const first = median ?? its[0];
    if (!median?.datum || !p90?.datum || !count?.datum) return first ? absent(first) : NOT_MEASURED;
    const words = spreadInWords({
      median: median.datum.value,
      p90: p90.datum.value,
      count: count.datum.value,
    });
    return [
      `${placed(undefined, median)}: `,
      traced(
        words,
        el('p', {}, `From the first alarm of an incident to the end of its last, ${INCIDENT_DAYS} d. `),
        source(median),
      ),
    ];
  });
}

function overdue(values: readonly MeasuredValue[]): Html {
  return eachOr(values, 'no restore test is on a dashboard of the templates', (value) => [
    `${placed(value.figure.of, value)}: `,
    value.datum
      ? traced(`${counted(value.datum.value, 'type')} without a restore test in time`, source(value))
      : absent(value),
  ]);
}

function eachOr<T>(values: readonly T[], none: string, show: (value: T) => Html): Html {
  if (values.length === 0) return [NOT_MEASURED, el('div', { class: 'quiet' }, none)];
  return values.map((value) => el('div', {}, show(value)));
}

function absent({ reason }: MeasuredValue): Html {
  return [NOT_MEASURED, el('div', { class: 'quiet' }, printable(reason ?? ''))];
}

function placed(of: string | undefined, { figure: { region } }: MeasuredValue): string {
  return printable([of, region].filter((part) => part !== undefined).join(', ') || 'CloudWatch');
}

function source({ datum, figure }: MeasuredValue): Html {
  const at = datum?.at.toISOString() ?? '';
  return el('p', {}, [
    'source: CloudWatch, datum of ',
    el('time', { datetime: at }, at),
    `, ${printable(figure.id)}`,
  ]);
}

/** As dashboards cut it: what is missed by little must not look kept. What floating point adds is no part of it. */
function cutOff(value: number): number {
  return Math.floor(Number((value * 10_000).toPrecision(15))) / 10_000;
}
