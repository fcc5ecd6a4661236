import { audienceOf } from '../assembly/observe/alarm-audience';
import { printable } from '../assembly/source/printable';
import { nameOf } from '../assessment/modelling';
import type { AlarmReport, CoverageRow } from '../audit/alarm-report';

/** How an alarm stands to a mandatory metric: it tells somebody of what is bad, there is none, none does, or nobody knows. */
export type CoverageState = 'told' | 'untold' | 'missing' | 'unknown';

/** One cell of the matrix: a metric of a resource, its alarms, and who hears of them. */
export interface CoverageCell {
  readonly resource: string;
  readonly type: string;
  readonly tier: number;
  readonly service?: string;
  readonly metric: string;

  /** Whether it shows that users are not served now. */
  readonly outage: boolean;

  /** Whether the tier owes an alarm on it. */
  readonly owed: boolean;
  readonly state: CoverageState;
  readonly alarms: readonly { readonly alarm: string; readonly tells: readonly string[] }[];

  /** Why it is not known, or how an alarm on it looks the wrong way. @default - it is known, and none does */
  readonly reason?: string;
}

/** The matrix of resources, mandatory metrics, alarms and who is told, worst first within a tier. */
export function coverageMatrix(reports: readonly AlarmReport[]): readonly CoverageCell[] {
  return reports
    .flatMap(({ coverage }) => coverage.map(cellOf))
    .sort(
      (one, other) =>
        one.tier - other.tier ||
        ORDER.indexOf(one.state) - ORDER.indexOf(other.state) ||
        compared(one.resource, other.resource) ||
        compared(one.metric, other.metric),
    );
}

const ORDER: readonly CoverageState[] = ['missing', 'untold', 'unknown', 'told'];

function compared(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function cellOf({ resource, service, owed, metric, judgement, alarms, weak }: CoverageRow): CoverageCell {
  const { outcome } = judgement;
  const wrong = weak?.backwards ? `${weak.found}, needs ${weak.needed}` : undefined;
  const reason = outcome === 'unknown' ? (judgement.reason ?? '') : wrong;
  return {
    resource: printable(nameOf(resource)),
    type: printable(resource.type),
    tier: service.tier,
    ...(service.name !== undefined && { service: printable(service.name) }),
    metric: metric.anyOf.join(' or '),
    outage: metric.outage,
    owed,
    state:
      outcome === 'pass'
        ? 'told'
        : outcome === 'unknown'
          ? 'unknown'
          : alarms.length > 0
            ? 'untold'
            : 'missing',
    alarms: alarms.map((alarm) => ({
      alarm: printable(nameOf(alarm)),
      tells: audienceOf(alarm).map(printable),
    })),
    ...(reason !== undefined && { reason: printable(reason) }),
  };
}

/** How many of the alarms that tiers owe are there and tell somebody. */
export function coverageCount(cells: readonly CoverageCell[]): {
  readonly told: number;
  readonly owed: number;
} {
  const owed = cells.filter((cell) => cell.owed);
  return { told: owed.filter(({ state }) => state === 'told').length, owed: owed.length };
}
