import type { ServiceAssessment } from '../../assessment/assessment';
import { encloses } from '../../assessment/stages';
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

function newestOf({ widget }: MeasuredFigure, data: MeasuredData | undefined): Omit<MeasuredValue, 'figure'> {
  if (!data) return { reason: 'the files do not have it' };
  const { points, incomplete } = data;
  const [datum] = points;
  if (incomplete !== undefined) return { reason: `CloudWatch says ${incomplete}` };
  if (!datum) return { reason: 'CloudWatch has no data' };
  // Percentiles of parts make none of the whole.
  if (widget.isWhole && points.length > 1)
    return { reason: `CloudWatch gives ${points.length} values where one of the whole time was asked for` };
  return { datum };
}

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
