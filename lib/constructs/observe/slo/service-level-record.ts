import { type CfnElement, type CfnResource, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { CatalogueServiceLevel, ServiceLevelEngine } from '../../../objectives/catalogue';
import type { BurnRateAlarms } from './burn-rate-alarms';
import type { Indicator } from './indicator';
import type { WatchedWindow } from './slo-choices';

/**
 * What the catalogue is told of an objective over one window.
 *
 * @internal
 */
export interface ServiceLevelRecord {
  readonly watched: WatchedWindow;

  /** The name of the objective. */
  readonly name: string;
  readonly indicator: Indicator;
  readonly leastBad: number;
  readonly engine: ServiceLevelEngine;
  readonly alarms: readonly BurnRateAlarms[];
  readonly silence: Construct | undefined;
  readonly signals: CfnResource | undefined;
}

/**
 * An objective over one window as the catalogue has it.
 *
 * @internal
 */
export function serviceLevelOf(record: ServiceLevelRecord): CatalogueServiceLevel {
  const { watched, indicator, leastBad, engine, silence, signals } = record;
  return {
    name: watched.name,
    kind: indicator.kind,
    objective: String(watched.objective),
    windowSeconds: watched.window.toSeconds(),
    ...(watched.further && { furtherOf: record.name }),
    good: indicator.good,
    total: indicator.total,
    bad: indicator.bad,
    ...(indicator.minutes && { minutes: true }),
    leastBad,
    engine,
    alarms: record.alarms.map(({ check: { window }, long, short, both }) => ({
      severity: window.severity,
      budgetShare: String(window.budgetShare),
      longWindowSeconds: window.longWindow.toSeconds(),
      shortWindowSeconds: window.shortWindow.toSeconds(),
      long: logicalIdOf(long),
      short: logicalIdOf(short),
      both: logicalIdOf(both),
    })),
    ...(silence && { silence: logicalIdOf(silence) }),
    ...(signals && { signals: Stack.of(signals).getLogicalId(signals) }),
  };
}

function logicalIdOf(construct: Construct): string {
  return Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnElement);
}
