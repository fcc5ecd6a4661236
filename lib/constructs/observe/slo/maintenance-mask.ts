import type { IConstruct } from 'constructs';
import { mathMask } from '../../../calculus/windows/dialects/math-mask';
import type { NamedWindow } from '../../../calculus/windows/overlaps';
import { written } from '../windows/written';

/**
 * The time of windows in metric math.
 *
 * @internal
 */
export interface MaintenanceMask {
  /** 1 where a period begins within one of the windows, else 0. */
  readonly open: string;

  /** The expressions that `open` names, by their ids: what the clocks of the zones show. */
  readonly clocks: Readonly<Record<string, string>>;
}

/** How windows are masked. @internal */
export interface MaskOptions {
  /** The id of the series whose periods are asked. */
  readonly series: string;

  /** The day from which the changes of the clocks are written out. */
  readonly from: string | undefined;

  /** So many seconds of each time, where not all of it. */
  readonly seconds?: number;
}

/**
 * The windows as one condition of metric math.
 *
 * @throws ConfigurationError where metric math cannot say one of them
 * @internal
 */
export function maintenanceMask(
  scope: IConstruct,
  windows: readonly NamedWindow[],
  { series, from, seconds }: MaskOptions,
): MaintenanceMask {
  const clocks = new Map<string, string>();
  const parts = windows.map((window) => {
    written(scope, window, mathMask(window, { series, clock: 'clock' }, from));
    const local = seconds === undefined ? window : { ...window, durationSeconds: seconds };
    const { clock } = written(scope, window, mathMask(local, { series, clock: 'clock' }, from));
    const id = clocks.get(clock) ?? `nines_clock${clocks.size + 1}`;
    const { open } = written(scope, window, mathMask(local, { series, clock: id }, from));
    if (open.includes(id)) clocks.set(clock, id);
    return open;
  });
  return {
    open: parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => `(${part})`).join(' OR '),
    clocks: Object.fromEntries([...clocks].map(([clock, id]) => [id, clock])),
  };
}
