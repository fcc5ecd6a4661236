import { Span, type TimeSpan } from '../../calculus/time-span';
import { type Decided, type Rows, row } from './decided';
import { OWN_DECISION, REGION_SWITCH, SRE_WORKBOOK } from './sources';

/** Who is told when the error budget burns. */
export enum AlertSeverity {
  /** Wakes somebody. */
  PAGE = 'page',

  /** Wakes somebody in working hours only. */
  PAGE_IN_HOURS = 'page-in-hours',

  /** Waits in a queue for the next working day. */
  TICKET = 'ticket',
}

/** An alert that fires when a share of the error budget is gone within a long window, and still burns in a short one. */
export interface BurnRateAlert {
  readonly severity: AlertSeverity;

  /** The share of the error budget of the SLO window, as a fraction: 0.02 is two per cent. */
  readonly budgetShare: number;

  readonly longWindow: TimeSpan;
  readonly shortWindow: TimeSpan;
}

/** How a new version reaches users. */
export enum DeployStrategy {
  /** Part of the traffic first, with rollback on alarm. */
  CANARY = 'canary',

  /** Unit by unit, with rollback by circuit breaker. */
  ROLLING = 'rolling',
}

/** The files that people keep about a service. */
export type RequiredRecord =
  | 'owner'
  | 'backup'
  | 'runbook'
  | 'interview'
  | 'escalation'
  | 'vendor'
  | 'change-plan'
  | 'workaround'
  | 'drill-result';

/** What people and machines do about a service in operation. `undefined` means: not owed at this tier. */
export interface OperationsPolicy {
  /** Alerts on the error budget; none means a dashboard. */
  readonly sloAlerts: Decided<readonly BurnRateAlert[]>;

  /** Time between two synthetic transactions. */
  readonly canaryInterval: Decided<TimeSpan | undefined>;

  /** Regions that they run from. */
  readonly canaryRegions: Decided<number>;

  /** People who must approve a switch of a stateful service to another region. */
  readonly regionSwitchApprovers: Decided<number>;

  /** Alarms that must agree before an active-active service leaves a region by itself. */
  readonly automaticSwitchAlarms: Decided<number | undefined>;

  readonly deployStrategy: Decided<DeployStrategy>;

  /** The first share of traffic that a new version gets, in per cent. */
  readonly deployCanaryPercent: Decided<number | undefined>;

  /** How long it is watched before it gets more; also between zones and regions. */
  readonly deployBakeTime: Decided<TimeSpan | undefined>;

  /** Whether a person approves a deploy in the pipeline. */
  readonly deployApproval: Decided<boolean>;

  /** Whether deploys stop in freeze windows. */
  readonly freezeWindows: Decided<boolean>;

  /** Time between two fault injections outside production. */
  readonly chaosInterval: Decided<TimeSpan | undefined>;

  /** Time between two losses of a zone, exercised in production. */
  readonly zoneExerciseInterval: Decided<TimeSpan | undefined>;

  /** Time between two region switches, exercised in production. */
  readonly regionExerciseInterval: Decided<TimeSpan | undefined>;

  /** The records that a service of this tier must have. */
  readonly requiredRecords: Decided<readonly RequiredRecord[]>;

  /** How old the last validation of its runbook may be. */
  readonly runbookMaximumAge: Decided<TimeSpan | undefined>;

  /** How long a risk acceptance may run. */
  readonly riskAcceptanceMaximumAge: Decided<TimeSpan>;
}

const { days, hours, minutes } = Span;
const { PAGE, PAGE_IN_HOURS, TICKET } = AlertSeverity;

const FAST_BURN = { budgetShare: 0.02, longWindow: hours(1), shortWindow: minutes(5) };
const HIGH_BURN = { budgetShare: 0.05, longWindow: hours(6), shortWindow: minutes(30) };
const RAISED_BURN = { budgetShare: 0.1, longWindow: hours(24), shortWindow: hours(2) };
const SLOW_BURN = { budgetShare: 0.1, longWindow: days(3), shortWindow: hours(6) };

const ALL_ALERTS: readonly BurnRateAlert[] = [
  { severity: PAGE, ...FAST_BURN },
  { severity: PAGE, ...HIGH_BURN },
  { severity: TICKET, ...RAISED_BURN },
  { severity: TICKET, ...SLOW_BURN },
];

const WATCHING: Rows<Pick<OperationsPolicy, 'sloAlerts' | 'canaryInterval' | 'canaryRegions'>> = {
  sloAlerts: row<readonly BurnRateAlert[]>({
    values: [
      ALL_ALERTS,
      ALL_ALERTS,
      [
        { severity: PAGE_IN_HOURS, ...FAST_BURN },
        { severity: TICKET, ...SLOW_BURN },
      ],
      [],
    ],
    because: [
      'fast burns wake somebody, slow ones do not',
      'fast burns wake somebody, slow ones do not',
      'nobody is woken for a service that may be down for eight hours a year',
      'a dashboard is enough',
    ],
    source: SRE_WORKBOOK,
  }),
  canaryInterval: row<TimeSpan | undefined>({
    values: [minutes(1), minutes(5), minutes(15), undefined],
    because: [
      'the shortest schedule of a canary; detection must fit a recovery time of two minutes',
      'users are not the first to notice',
      'an outage at night is known in the morning',
      'not owed',
    ],
    source: OWN_DECISION,
  }),
  canaryRegions: row({
    values: [2, 1, 1, 0],
    because: ['one sees the other fail', 'one outside view', 'one outside view', 'not owed'],
    source: OWN_DECISION,
  }),
};

const GATES: Rows<
  Pick<
    OperationsPolicy,
    | 'regionSwitchApprovers'
    | 'automaticSwitchAlarms'
    | 'deployStrategy'
    | 'deployCanaryPercent'
    | 'deployBakeTime'
    | 'deployApproval'
    | 'freezeWindows'
  >
> = {
  regionSwitchApprovers: row({
    values: [2, 1, 0, 0],
    because: [
      'a switch of stateful service may lose data: two people decide; active-active needs none',
      'a switch may lose data: one person decides',
      'there is no second region to switch to',
      'there is no second region to switch to',
    ],
    source: REGION_SWITCH,
  }),
  automaticSwitchAlarms: row<number | undefined>({
    values: [2, undefined, undefined, undefined],
    because: [
      'two alarms and a pause between two switches, so that one false alarm moves nothing',
      'a person decides',
      'there is no second region to switch to',
      'there is no second region to switch to',
    ],
    source: REGION_SWITCH,
  }),
  deployStrategy: row({
    values: [DeployStrategy.CANARY, DeployStrategy.CANARY, DeployStrategy.ROLLING, DeployStrategy.ROLLING],
    because: [
      'zone by zone and region by region: a bad version meets few users',
      'a bad version meets few users',
      'with a circuit breaker that rolls back',
      'the default of the platform',
    ],
    source: OWN_DECISION,
  }),
  deployCanaryPercent: row<number | undefined>({
    values: [10, 10, undefined, undefined],
    because: [
      'enough to measure, few enough to harm',
      'enough to measure, few enough to harm',
      'not owed',
      'not owed',
    ],
    source: OWN_DECISION,
  }),
  deployBakeTime: row<TimeSpan | undefined>({
    values: [minutes(10), minutes(5), undefined, undefined],
    because: [
      'the alarms need two windows of five minutes',
      'the alarms need one window of five minutes',
      'not owed',
      'not owed',
    ],
    source: OWN_DECISION,
  }),
  deployApproval: row({
    values: [true, true, true, false],
    because: ['someone else agrees', 'someone else agrees', 'someone else agrees', 'not owed'],
    source: OWN_DECISION,
  }),
  freezeWindows: row({
    values: [true, false, false, false],
    because: ['no change when the business can least bear one', 'not owed', 'not owed', 'not owed'],
    source: OWN_DECISION,
  }),
};

const EXERCISES: Rows<Omit<OperationsPolicy, keyof typeof WATCHING | keyof typeof GATES>> = {
  chaosInterval: row<TimeSpan | undefined>({
    values: [days(31), days(92), days(183), undefined],
    because: ['monthly', 'quarterly; monthly is better', 'half-yearly', 'not owed'],
    source: OWN_DECISION,
  }),
  zoneExerciseInterval: row<TimeSpan | undefined>({
    values: [days(92), undefined, undefined, undefined],
    because: ['quarterly, in production', 'not owed', 'not owed', 'not owed'],
    source: OWN_DECISION,
  }),
  regionExerciseInterval: row<TimeSpan | undefined>({
    values: [days(183), days(366), undefined, undefined],
    because: ['twice a year', 'yearly', 'there is no second region', 'there is no second region'],
    source: OWN_DECISION,
  }),
  requiredRecords: row<readonly RequiredRecord[]>({
    values: [
      [
        'owner',
        'backup',
        'runbook',
        'interview',
        'escalation',
        'vendor',
        'change-plan',
        'workaround',
        'drill-result',
      ],
      ['owner', 'backup', 'runbook', 'interview', 'escalation', 'drill-result'],
      ['owner', 'backup', 'runbook'],
      ['owner', 'backup'],
    ],
    because: [
      'all of them',
      'what an hour of outage needs',
      'what a restore needs',
      'what a restore needs at least',
    ],
    source: OWN_DECISION,
  }),
  runbookMaximumAge: row<TimeSpan | undefined>({
    values: [days(90), days(180), days(365), undefined],
    because: ['validated quarterly', 'validated half-yearly', 'validated yearly', 'not owed'],
    source: OWN_DECISION,
  }),
  riskAcceptanceMaximumAge: row({
    values: [days(90), days(180), days(365), days(365)],
    because: [
      'decided anew each quarter',
      'decided anew each half-year',
      'decided anew each year',
      'decided anew each year',
    ],
    source: OWN_DECISION,
  }),
};

/**
 * Alerts, gates, exercises and records by tier.
 *
 * @internal
 */
export const OPERATIONS: Rows<OperationsPolicy> = { ...WATCHING, ...GATES, ...EXERCISES };
