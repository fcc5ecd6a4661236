import { AWS_FACTS } from './aws-facts';

/** One part of a failover. */
export interface FailoverTerm {
  /** What takes the time: `detection`, `TTL`, `promotion of the database`. */
  readonly what: string;

  readonly seconds: number;

  /** The page or the setting that the number comes from. */
  readonly source: string;
}

/** The parts of a failover and what they add up to. */
export interface FailoverSum {
  readonly terms: readonly FailoverTerm[];
  readonly seconds: number;
}

/** A Route 53 health check of an endpoint. */
export interface HealthCheckDetection {
  readonly kind: 'health-check';
  readonly intervalSeconds: number;

  /** Failed checks in a row until it counts as down. */
  readonly failureThreshold: number;
}

/** An alarm, or a Route 53 health check that follows one. */
export interface AlarmDetection {
  readonly kind: 'alarm';
  readonly periodSeconds: number;

  /** How many periods in a row must be bad. */
  readonly evaluationPeriods: number;
}

/** What notices that something is broken. */
export type Detection = HealthCheckDetection | AlarmDetection;

/** A part whose length varies; `Infinity` when it never ends by itself. */
export interface FailoverStep {
  readonly what: string;
  readonly typicalSeconds: number;
  readonly worstSeconds: number;
  readonly source: string;
}

/** The way from a broken endpoint to users who are served again. */
export interface FailoverPath {
  readonly detection: Detection;

  /** Time to live of the records; `alias` counts the fixed 60 s of an alias; left out where no DNS moves traffic. */
  readonly ttlSeconds?: number | 'alias';

  /**
   * What makes the other side able to serve, in sequence: promotion of a database, scaling.
   *
   * @default - none
   */
  readonly promotion?: readonly FailoverStep[];

  /**
   * People or pauses that the failover waits for, in sequence.
   *
   * @default - none
   */
  readonly gates?: readonly FailoverStep[];
}

/** How long a failover takes. */
export interface FailoverTime {
  /** Detection and time to live alone, typical: what a DNS failover budget is held against. */
  readonly dns: FailoverSum;

  /** Everything, as it usually goes. */
  readonly typical: FailoverSum;

  /** Everything, at its worst: what a recovery time objective is held against. */
  readonly worst: FailoverSum;
}

/**
 * The one failover sum.
 *
 * A health check takes interval × threshold to see a failure, and up to one interval more, because its
 * checkers are not in step. An alarm takes period × evaluation periods, and up to a minute more until it is evaluated.
 */
export function failoverTime({
  detection,
  ttlSeconds,
  promotion = [],
  gates = [],
}: FailoverPath): FailoverTime {
  const seen = detectionStep(detection);
  const ttl = ttlSeconds === undefined ? [] : [ttlStep(ttlSeconds)];
  const all = [seen, ...ttl, ...promotion, ...gates];
  return {
    dns: sum([seen, ...ttl], (step) => step.typicalSeconds),
    typical: sum(all, (step) => step.typicalSeconds),
    worst: sum(all, (step) => step.worstSeconds),
  };
}

/** Detection alone, typical and worst. */
export function detectionStep(detection: Detection): FailoverStep {
  if (detection.kind === 'alarm') {
    const { periodSeconds, evaluationPeriods } = detection;
    const typicalSeconds = periodSeconds * evaluationPeriods;
    const { value, source } = AWS_FACTS.cloudWatchEvaluationDelaySeconds;
    return { what: 'detection', typicalSeconds, worstSeconds: typicalSeconds + value, source };
  }
  const { intervalSeconds, failureThreshold } = detection;
  return {
    what: 'detection',
    typicalSeconds: intervalSeconds * failureThreshold,
    worstSeconds: intervalSeconds * (failureThreshold + 1),
    source: AWS_FACTS.route53HealthCheckIntervalsSeconds.source,
  };
}

/** A sum as people read it: `390 s (90 s detection + 300 s TTL)`. */
export function failoverText({ terms, seconds }: FailoverSum): string {
  return `${amount(seconds)} (${terms.map((term) => `${amount(term.seconds)} ${term.what}`).join(' + ')})`;
}

function ttlStep(ttlSeconds: number | 'alias'): FailoverStep {
  const { value, source } = AWS_FACTS.route53AliasTtlSeconds;
  const seconds = ttlSeconds === 'alias' ? value : ttlSeconds;
  const what = ttlSeconds === 'alias' ? 'alias TTL' : 'TTL';
  return { what, typicalSeconds: seconds, worstSeconds: seconds, source };
}

function sum(steps: readonly FailoverStep[], length: (step: FailoverStep) => number): FailoverSum {
  const terms = steps.map((step) => ({ what: step.what, seconds: length(step), source: step.source }));
  return { terms, seconds: terms.reduce((total, term) => total + term.seconds, 0) };
}

/** Always in seconds: the parts of a sum are read together. */
function amount(seconds: number): string {
  return Number.isFinite(seconds) ? `${seconds} s` : 'unbounded';
}
