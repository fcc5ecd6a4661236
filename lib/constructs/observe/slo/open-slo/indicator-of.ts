import { OPEN_SLO_ANNOTATIONS, openSloSeconds } from '../../../../objectives/open-slo';
import { type Indicator, IndicatorKind } from '../indicator';
import type { DocumentPart } from './document-part';
import { type MetricQueries, metricQueriesOf, together } from './metric-queries';

/**
 * What an objective says about how it is counted.
 *
 * @internal
 */
export interface Counting {
  readonly sli: DocumentPart;
  readonly slo: DocumentPart;

  /** The only objective of the SLO. */
  readonly objective: DocumentPart;

  /** The data sources of the documents, by name. */
  readonly dataSources: ReadonlyMap<string, DocumentPart>;
}

/**
 * What an SLI of OpenSLO counts.
 *
 * @internal
 */
export function indicatorOf(counting: Counting): Indicator | undefined {
  const { sli, slo } = counting;
  const spec = sli.at('spec');
  const method = slo.at('spec').at('budgetingMethod');
  if (method.value !== 'Occurrences' && method.value !== 'Timeslices')
    return method.note(
      `is ${JSON.stringify(method.value)}, which is not taken over`,
      'write Occurrences or Timeslices',
    );
  const slices = method.value === 'Timeslices';
  if (slices && !hasMinutes(counting.objective)) return undefined;
  if (spec.at('thresholdMetric').isSet) return thresholdIndicator(counting, slices);
  const counted = ratioOf(spec.at('ratioMetric'), counting);
  if (counted === undefined) return undefined;
  const minuteTarget = counting.objective.at('timeSliceTarget');
  const target = slices ? minuteTarget.number() : undefined;
  const common = { kind: kindOf(sli), good: goodOf(counting), metrics: counted.metrics };
  if (!slices) return { ...common, total: counted.total, bad: counted.bad };
  if (target === undefined) return undefined;
  const share = Number((1 - target).toPrecision(12));
  return {
    ...common,
    total: `IF((${counted.total}) > 0, 1, 0)`,
    bad: `IF((${counted.bad}) > ${share} * (${counted.total}), 1, 0)`,
    minutes: true,
  };
}

function hasMinutes(objective: DocumentPart): boolean {
  const window = objective.at('timeSliceWindow');
  if (window.value === 1 || openSloSeconds(window.value) === 60) return true;
  window.note(`is ${JSON.stringify(window.value)}: only minutes are counted`, 'write 1m');
  return false;
}

interface Counted {
  readonly metrics: Indicator['metrics'];
  readonly total: string;
  readonly bad: string;
}

function ratioOf(ratio: DocumentPart, counting: Counting): Counted | undefined {
  if (!ratio.isSet) return ratio.note('is missing', 'write a ratioMetric or a thresholdMetric');
  if (ratio.at('raw').isSet)
    return ratio
      .at('raw')
      .note('is a ratio that is worked out already, which has no counts', 'write bad and total');
  if (ratio.at('counter').value === true)
    return ratio
      .at('counter')
      .note('is true: CloudWatch keeps the number of each period, and no growing sum', 'write false');
  const named = ['bad', 'good'].filter((each) => ratio.at(each).isSet);
  const [numerator] = named;
  if (numerator === undefined || named.length > 1)
    return ratio.note(
      numerator ? 'has both bad and good' : 'has neither bad nor good',
      'write one of them, and total',
    );
  const part = sourceOf(ratio.at(numerator).at('metricSource'), counting);
  const whole = sourceOf(ratio.at('total').at('metricSource'), counting);
  if (!part || !whole) return undefined;
  const [total, other] = together(whole, part);
  return {
    metrics: { ...total.metrics, ...other.metrics },
    total: total.expression,
    bad: numerator === 'bad' ? other.expression : `(${total.expression}) - (${other.expression})`,
  };
}

/** A value that must be on one side of a limit: each minute is good or bad. */
function thresholdIndicator(counting: Counting, slices: boolean): Indicator | undefined {
  const threshold = counting.sli.at('spec').at('thresholdMetric');
  if (!slices)
    return threshold.note(
      'is compared event by event (Occurrences), and CloudWatch keeps no single values',
      'use budgetingMethod Timeslices, or a ratioMetric with a percentile rank',
    );
  const queries = sourceOf(threshold.at('metricSource'), counting);
  const limit = counting.objective.at('value').number();
  const op = counting.objective.at('op');
  const isBad = BAD[String(op.value)];
  if (isBad === undefined)
    return op.note(`is ${JSON.stringify(op.value)}`, `write one of ${Object.keys(BAD).join(', ')}`);
  if (!queries || limit === undefined) return undefined;
  const { metrics, expression } = queries;
  const [first] = Object.keys(metrics);
  return {
    kind: kindOf(counting.sli),
    good: goodOf(counting),
    metrics,
    total: `FILL(${first} * 0 + 1, 0)`,
    bad: `IF((${expression}) ${isBad} ${limit}, 1, 0)`,
    minutes: true,
  };
}

/** When a minute is bad, by the operator that says when it is good. */
const BAD: Readonly<Record<string, string>> = { lte: '>', lt: '>=', gte: '<', gt: '<=' };

function sourceOf(source: DocumentPart, { dataSources }: Counting): MetricQueries | undefined {
  const reference = source.at('metricSourceRef');
  const type = source.at('type');
  const named = dataSources.get(String(reference.value))?.at('spec').at('type');
  const known = type.isSet ? type : (named ?? type);
  if (known.value !== 'CloudWatch')
    return source.note(
      known.isSet ? `is of type ${JSON.stringify(known.value)}` : 'has no type',
      'only metrics of CloudWatch can be watched: write type: CloudWatch, and its queries',
    );
  return metricQueriesOf(source);
}

function kindOf(sli: DocumentPart): IndicatorKind {
  const note = sli.at('metadata').at('annotations').at(OPEN_SLO_ANNOTATIONS.kind).value;
  return Object.values(IndicatorKind).find((kind) => kind === note) ?? IndicatorKind.AVAILABILITY;
}

function goodOf({ sli, slo }: Counting): string {
  const candidates = [sli.at('spec').at('description'), sli.at('metadata').at('displayName')];
  const [words] = candidates.map(({ value }) => value).filter((value) => typeof value === 'string');
  return words?.trim() || `good events of ${String(slo.at('metadata').at('name').value)}`;
}
