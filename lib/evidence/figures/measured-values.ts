import type { ServiceAssessment } from '../../assessment/assessment';
import { encloses } from '../../assessment/stages';
import { MeasuredPart } from '../../objectives/measured-figures';
import type { MeasuredData } from '../../records/measured-data';
import type { MeasuredFigure } from './measured-figure';

/** A figure with what CloudWatch measured of it. */
export interface MeasuredValue {
  readonly figure: MeasuredFigure;

  /** The newest. @default - there is none: `reason` says why */
  readonly datum?: { readonly at: Date; readonly value: number };
  readonly reason?: string;
}

/** What was measured of each figure; and the ids in the data that no figure has. */
export function measuredValues(
  figures: readonly MeasuredFigure[],
  data: readonly MeasuredData[],
): { readonly values: readonly MeasuredValue[]; readonly unknown: readonly string[] } {
  const byId = new Map(data.map((each) => [each.id, each]));
  const ids = new Set(figures.map(({ id }) => id));
  return {
    values: figures.map((figure) => ({ figure, ...newestOf(figure, byId.get(figure.id)) })),
    unknown: data.flatMap(({ id }) => (ids.has(id) ? [] : [id])),
  };
}

function newestOf(
  { widget, part }: MeasuredFigure,
  data: MeasuredData | undefined,
): Omit<MeasuredValue, 'figure'> {
  if (!data) return { reason: 'the files do not have it' };
  const { points, incomplete } = data;
  const [datum] = points;
  if (incomplete !== undefined) return { reason: `CloudWatch says ${incomplete}` };
  if (!datum) return { reason: 'CloudWatch has no data' };
  // Percentiles of parts make none of the whole.
  if (widget.isWhole && points.length > 1)
    return { reason: `CloudWatch gives ${points.length} values where one of the whole time was asked for` };
  const wrong = WRONG[part](datum.value);
  return wrong === undefined ? { datum } : { reason: `CloudWatch gives ${datum.value}, which is ${wrong}` };
}

const notBelowZero = (value: number): string | undefined =>
  value < 0 || value > Number.MAX_SAFE_INTEGER ? 'no time and no number' : undefined;

/** What a number cannot be: a metric that counts otherwise than its objective says is not shown as if it were well. */
const WRONG: Readonly<Record<MeasuredPart, (value: number) => string | undefined>> = {
  [MeasuredPart.ATTAINED]: (value) => (value < 0 || value > 100 ? 'no share of 100 %' : undefined),
  [MeasuredPart.BUDGET_LEFT]: (value) =>
    value > 100 || value < -Number.MAX_SAFE_INTEGER ? 'no share of the budget' : undefined,
  [MeasuredPart.RECOVERY_MEDIAN]: notBelowZero,
  [MeasuredPart.RECOVERY_P90]: notBelowZero,
  [MeasuredPart.INCIDENTS]: notBelowZero,
  [MeasuredPart.OVERDUE]: notBelowZero,
};

/** What was measured of one service, in its stage. */
export function measuredOf(
  { service }: Pick<ServiceAssessment, 'service'>,
  values: readonly MeasuredValue[],
): readonly MeasuredValue[] {
  return values.filter(
    ({ figure }) =>
      service.declared &&
      figure.service === service.name &&
      (service.stage === undefined || encloses(service.stage, figure.stage)),
  );
}
