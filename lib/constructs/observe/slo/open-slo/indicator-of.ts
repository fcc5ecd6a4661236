import { OPEN_SLO_ANNOTATIONS, openSloSeconds } from '../../../../objectives/open-slo';
import { type Indicator, IndicatorKind } from '../indicator';
import { Budgeting, type Counting, type Counts } from './counting';
import type { DocumentPart } from './document-part';
import { FIELDS } from './fields';
import { filled, type MetricQueries, together } from './metric-queries';
import { sourceOf } from './metric-source';
import { OpenSloApproximation } from './open-slo-options';
import { onlyIn, perHour } from './own-notes';
import { precomputed, thresholdIndicator } from './value-indicators';

/**
 * What an SLI of OpenSLO counts.
 *
 * @internal
 */
export function indicatorOf(counting: Counting): Indicator | undefined {
  const spec = counting.sli.at('spec');
  spec.hasOnly(FIELDS.sli);
  spec.hasOneOf('ratioMetric', 'thresholdMetric');
  const method = budgetingOf(counting.slo.at('spec').at('budgetingMethod'));
  if (method === undefined) return undefined;
  if (method === Budgeting.TIMESLICES && !hasMinutes(counting)) return undefined;
  const read = spec.at('thresholdMetric').isSet
    ? thresholdIndicator(counting)
    : ratioIndicator(counting, method);
  const place = onlyIn(counting.sli) ?? read?.onlyIn;
  const words = { kind: kindOf(counting.sli), good: goodOf(counting) };
  const events = perHour(counting.sli);
  return (
    read && {
      ...words,
      ...read,
      ...(events !== undefined && { eventsPerHour: events }),
      ...(place !== undefined && { onlyIn: place }),
    }
  );
}

function budgetingOf(method: DocumentPart): Budgeting | undefined {
  // Examples leave it out, though it is required: counts are what every ratio has.
  if (!method.isSet) return Budgeting.OCCURRENCES;
  const all = Object.values(Budgeting);
  return (
    all.find((each) => each === method.value) ??
    method.note(
      `is ${JSON.stringify(method.value)}, which is not taken over`,
      'write Occurrences or Timeslices',
    )
  );
}

function hasMinutes({ objective, accept }: Counting): boolean {
  const window = objective.at('timeSliceWindow');
  if (window.value === 1 || openSloSeconds(window.value) === 60) return true;
  if (window.isSet && accept.includes(OpenSloApproximation.SLICES_AS_MINUTES)) return true;
  window.note(
    `is ${JSON.stringify(window.value)}: only minutes are counted`,
    `write 1m, or accept ${OpenSloApproximation.SLICES_AS_MINUTES}`,
  );
  return false;
}

function ratioIndicator(counting: Counting, method: Budgeting): Counts | undefined {
  const ratio = counting.sli.at('spec').at('ratioMetric');
  if (!ratio.isSet) return ratio.note('is missing', 'write a ratioMetric or a thresholdMetric');
  ratio.hasOnly(FIELDS.ratio);
  for (const part of ['good', 'bad', 'total']) ratio.hasOneOf('raw', part);
  if (ratio.at('raw').isSet) return precomputed(counting, ratio, method);
  if (
    method === Budgeting.RATIO_TIMESLICES &&
    !counting.accept.includes(OpenSloApproximation.RATIO_TIMESLICES_AS_OCCURRENCES)
  )
    return counting.slo
      .at('spec')
      .at('budgetingMethod')
      .note(
        'is "RatioTimeslices", the mean of the ratios of slices: alarms divide counts of their whole window',
        `write Occurrences or Timeslices, keep the ratio as a metric and name it in raw, or accept ${OpenSloApproximation.RATIO_TIMESLICES_AS_OCCURRENCES}`,
      );
  const counted = countsOf(ratio, counting);
  if (counted === undefined || method !== Budgeting.TIMESLICES || isMinutes(counting.sli)) return counted;
  const target = counting.objective.at('timeSliceTarget').number();
  if (target === undefined) return undefined;
  const share = Number((1 - target).toPrecision(12));
  return {
    ...counted,
    total: `IF((${counted.total}) > 0, 1, 0)`,
    bad: `IF((${counted.bad}) > ${share} * (${counted.total}), 1, 0)`,
    minutes: true,
  };
}

/** What was written from an indicator that says of each minute whether it was bad has no share to compare. */
function isMinutes(sli: DocumentPart): boolean {
  return sli.at('metadata').at('annotations').at(OPEN_SLO_ANNOTATIONS.minutes).value === 'true';
}

function countsOf(ratio: DocumentPart, { sli, sources }: Counting): Counts | undefined {
  const [numerator, ...others] = (['bad', 'good'] as const).filter((each) => ratio.at(each).isSet);
  if (numerator === undefined || others.length > 0)
    return ratio.note(
      numerator ? 'has both bad and good' : 'has neither bad nor good',
      'write one of them, and total',
    );
  const part = sourceOf(ratio.at(numerator), numerator, sources);
  const whole = sourceOf(ratio.at('total'), 'total', sources);
  if (!part || !whole || grows(ratio.at('counter'), part, whole)) return undefined;
  const [total, other] = together(whole, part);
  const all = filled(total);
  const place = whole.onlyIn ?? part.onlyIn;
  return {
    metrics: { ...total.metrics, ...other.metrics },
    total: all,
    bad: numerator === 'bad' ? filled(other) : `(${all}) - (${filled(other)})`,
    ...(place !== undefined && { onlyIn: place }),
    ...(isMinutes(sli) && { minutes: true }),
  };
}

/** Sums that grow for ever are read by the tools that keep them; what the user names instead is of CloudWatch. */
function grows(counter: DocumentPart, ...queries: readonly MetricQueries[]): boolean {
  if (counter.value !== true || queries.every(({ isGiven }) => isGiven)) return false;
  counter.note(
    'is true: CloudWatch keeps the number of each period, and no growing sum',
    'write false where the metric is such a number, or name another one in the option metrics',
  );
  return true;
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
