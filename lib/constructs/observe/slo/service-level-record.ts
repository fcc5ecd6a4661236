import { type CfnElement, type CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { CatalogueServiceLevel, ServiceLevelEngine } from '../../../objectives/catalogue';
import { AlertSeverity } from '../../../objectives/policy/operations';
import type { BurnRateAlarms } from './burn-rate-alarms';
import type { Indicator } from './indicator';
import type { ServiceLevelObjectiveProps } from './service-level-objective-props';
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

  /** What was said of the objective, of which its alarms show little. */
  readonly said: ServiceLevelObjectiveProps;

  /** The runbook of the service. */
  readonly runbook: string | undefined;
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
    ...(indicator.eventsPerHour !== undefined && { eventsPerHour: String(indicator.eventsPerHour) }),
    engine,
    ...(indicator.onlyIn !== undefined && { onlyIn: indicator.onlyIn }),
    ...saidOf(record),
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

/** A further window is part of its objective, of which it was said. */
function saidOf({ watched, said, runbook: ofService }: ServiceLevelRecord): Partial<CatalogueServiceLevel> {
  if (watched.further) return {};
  const { responseTime, recoversAlone, runbook } = said;
  const isOwn = runbook !== undefined && runbook !== ofService;
  const ownTopics = ownTopicsOf(said);
  return {
    ...(responseTime && { responseSeconds: responseTime.toSeconds() }),
    ...(recoversAlone !== undefined && { recoversAlone }),
    // What only a deploy knows could not be read in the template.
    ...(isOwn && !Token.isUnresolved(runbook) && runbook.trim() !== '' && { runbook }),
    ...(ownTopics.length > 0 && { ownTopics }),
  };
}

/** Tickets go to those who are woken, where nobody else gets them. */
function ownTopicsOf({ notifications, tickets }: ServiceLevelObjectiveProps): readonly AlertSeverity[] {
  if (notifications) return Object.values(AlertSeverity);
  return tickets ? [AlertSeverity.TICKET] : [];
}

function logicalIdOf(construct: Construct): string {
  return Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnElement);
}
