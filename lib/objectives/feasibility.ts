import { AWS_FACTS } from '../calculus/aws-facts';
import { failoverDowntimeSeconds } from '../calculus/error-budget';
import { formatSeconds, Span, type TimeSpan } from '../calculus/time-span';
import { type Disruption, disruptionName } from './disruption';
import { type Mistake, refuse } from './mistakes';
import type { Objectives } from './objectives';
import { inWords, isLonger } from './objectives-props';
import { FASTEST_RECOVERY, type RecoveryApproach, ReplicationMode } from './policy/regions';

/** How data reaches its second place. A {@link Replication} is one. */
export interface DesignedReplication {
  readonly mode: ReplicationMode;

  /**
   * The most that the second place is behind; for copies of backups the worst case, not the interval.
   *
   * @default - not known
   */
  readonly lag?: TimeSpan;
}

/** What is planned, as far as it decides whether objectives can be kept. What is left out is not judged. */
export interface Design {
  /** How the service comes back when a region is lost. */
  readonly approach?: RecoveryApproach;

  /** How data reaches a second zone. */
  readonly zoneReplication?: DesignedReplication;

  /** How data reaches a second region. */
  readonly regionReplication?: DesignedReplication;

  /** How many disruptions of each kind are expected in a year. */
  readonly disruptionsPerYear?: Readonly<Partial<Record<Disruption, number>>>;
}

/** Below this the vendor's own guidance calls a recovery time for a region hard to keep. */
const HARD_REGION_RTO = Span.minutes(10);

/** How far the latest restorable moment of point-in-time recovery lies behind now. */
const POINT_IN_TIME_LAG = Span.seconds(AWS_FACTS.rdsPointInTimeLagSeconds.value);

/**
 * Holds objectives against a design.
 *
 * @returns remarks: what is possible, but should be known
 * @throws ConfigurationError with everything that the design cannot keep
 */
export function checkDesign(objectives: Objectives, design: Design, path = 'objectives'): readonly string[] {
  refuse(path, [
    ...approachMistakes(objectives, design),
    ...replicationMistakes('availabilityZone', objectives, design.zoneReplication),
    ...replicationMistakes('region', objectives, design.regionReplication),
  ]);
  return [...budgetRemarks(objectives, design), ...ambitionRemarks(objectives)];
}

function approachMistakes(objectives: Objectives, { approach }: Design): Mistake[] {
  if (approach === undefined) return [];
  const { value, because } = FASTEST_RECOVERY[approach];
  const mistakes: Mistake[] = [];
  if (value.toSeconds() > objectives.downtimePerYearSeconds) {
    mistakes.push({
      problem:
        `an SLO of ${percent(objectives.slo)} allows ${formatSeconds(objectives.downtimePerYearSeconds)} a year, ` +
        `but one recovery by ${approach} takes ${inWords(value)} at least (${because})`,
      fix: 'choose an approach that is faster, or lower the SLO',
    });
  }
  if (isLonger(value, objectives.region.rto)) {
    mistakes.push({
      problem:
        `the RTO for ${disruptionName('region')} is ${inWords(objectives.region.rto)}, ` +
        `but ${approach} takes ${inWords(value)} at least (${because})`,
      fix: `choose an approach that is faster, or give region an RTO of at least ${inWords(value)}`,
    });
  }
  return mistakes;
}

function replicationMistakes(
  disruption: 'availabilityZone' | 'region',
  objectives: Objectives,
  replication: DesignedReplication | undefined,
): Mistake[] {
  if (!replication || replication.mode === ReplicationMode.SYNCHRONOUS) return [];
  const { rpo } = objectives[disruption];
  const owed = `the RPO for ${disruptionName(disruption)} is ${inWords(rpo)}`;
  const { mode, lag } = replication;
  if (mode === ReplicationMode.NONE) {
    return [
      {
        problem: `${owed}, but there is no second place: all data is lost`,
        fix: 'replicate or copy the data',
      },
    ];
  }
  if (rpo.toSeconds() === 0) {
    return [
      {
        problem: `${owed}, but ${mode} replication loses what it has not sent yet`,
        fix: `use a store that writes synchronously, or give ${disruption} an RPO above the lag`,
      },
    ];
  }
  if (!lag || !isLonger(lag, rpo)) return [];
  return [
    {
      problem: `${owed}, but ${mode} replication can be ${inWords(lag)} behind`,
      fix: `bring the lag down to ${inWords(rpo)}, or give ${disruption} an RPO of at least ${inWords(lag)}`,
    },
  ];
}

function budgetRemarks(objectives: Objectives, { disruptionsPerYear = {} }: Design): string[] {
  const expected = Object.entries(disruptionsPerYear) as [Disruption, number][];
  const parts = expected.map(([disruption, count]) => {
    const { rto } = objectives[disruption];
    return { text: `${count} × ${inWords(rto)}`, seconds: failoverDowntimeSeconds(count, rto) };
  });
  const seconds = parts.reduce((total, part) => total + part.seconds, 0);
  const budget = objectives.downtimePerYearSeconds;
  if (seconds <= budget) return [];
  const sum = parts.map((part) => part.text).join(' + ');
  return [
    `expected disruptions take ${formatSeconds(seconds)} a year at their RTO (${sum}), ` +
      `but an SLO of ${percent(objectives.slo)} allows ${formatSeconds(budget)}: recover faster than the RTO, or less often`,
  ];
}

function ambitionRemarks({ region, dataRepair }: Objectives): string[] {
  const remarks: string[] = [];
  if (isLonger(HARD_REGION_RTO, region.rto)) {
    remarks.push(
      `an RTO of ${inWords(region.rto)} for ${disruptionName('region')} is seldom kept: ` +
        'detection, TTL, draining and warming up take about 10 min together',
    );
  }
  if (isLonger(POINT_IN_TIME_LAG, dataRepair.rpo)) {
    remarks.push(
      `an RPO of ${inWords(dataRepair.rpo)} for ${disruptionName('dataRepair')} needs versioned or append-only data: ` +
        `point-in-time recovery ends about ${inWords(POINT_IN_TIME_LAG)} before now`,
    );
  }
  return remarks;
}

/** 0.9999 as `99.99 %`, without the noise of floating point. */
function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(12))} %`;
}
