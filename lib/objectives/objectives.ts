import { downtimePerYearSeconds, errorBudgetSeconds } from '../calculus/error-budget';
import type { TimeSpan } from '../calculus/time-span';
import { type Decision, decide } from './decision';
import { type DataDisruption, DISRUPTIONS } from './disruption';
import { type Mistake, mistakesOf, quoted, refuse } from './mistakes';
import {
  inWords,
  isLonger,
  noTimeMistakes,
  type ObjectivesProps,
  objectivesMistakes,
  type RecoveryObjective,
} from './objectives-props';
import type { Decided } from './policy/decided';
import type { Tier } from './tier';
import { tierPolicy } from './tier-policy';
import type { RecordedWeakening, Weakening } from './weakening';

/** What differs from the tier. A value that is weaker than the tier's needs a `weakening`. */
export interface ObjectivesOverrides {
  /**
   * The availability owed, as a fraction: 0.9999.
   *
   * @default - the tier's
   */
  readonly slo?: number;

  /**
   * The window of the availability, which its error budget is for.
   *
   * @default - the tier's
   */
  readonly sloWindow?: TimeSpan;

  /**
   * How soon a release that fails is taken back.
   *
   * @default - the tier's
   */
  readonly rollback?: Partial<ObjectivesProps['rollback']>;

  /**
   * How soon data that was damaged is back, and how much of it may be lost.
   *
   * @default - the tier's
   */
  readonly dataRepair?: Partial<RecoveryObjective>;

  /**
   * The same for the loss of an instance.
   *
   * @default - the tier's
   */
  readonly instance?: Partial<RecoveryObjective>;

  /**
   * The same for the loss of an Availability Zone.
   *
   * @default - the tier's
   */
  readonly availabilityZone?: Partial<RecoveryObjective>;

  /**
   * The same for the loss of a region.
   *
   * @default - the tier's
   */
  readonly region?: Partial<RecoveryObjective>;

  /**
   * Leave to promise less than the tier.
   *
   * @default - none
   */
  readonly weakening?: Weakening;
}

/** How the objectives came about. */
interface Origin {
  readonly path: string;
  readonly decisions: readonly Decision[];
  readonly weakenings: readonly RecordedWeakening[];

  /** What was found wrong on the way, to be told with what contradicts itself. */
  readonly mistakes: readonly Mistake[];
}

/**
 * What a service is owed: an availability, and recovery times and points for each kind of disruption.
 *
 * @see https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html
 */
export class Objectives implements ObjectivesProps {
  /**
   * The objectives of a tier, with overrides.
   *
   * @param path where they are declared, for errors
   * @throws ConfigurationError when they contradict each other, or are weaker than the tier without a reason
   */
  static forTier(tier: Tier, overrides: ObjectivesOverrides = {}, path = 'objectives'): Objectives {
    const policy = tierPolicy(tier);
    const chooser = new Chooser(path, overrides.weakening);
    chooser.mistakes.push(...strangeMistakes(overrides));
    const pair = (disruption: DataDisruption): RecoveryObjective => ({
      rto: chooser.span(`${disruption}.rto`, policy.recovery[disruption].rto, overrides[disruption]?.rto),
      rpo: chooser.span(`${disruption}.rpo`, policy.recovery[disruption].rpo, overrides[disruption]?.rpo),
    });
    const props: ObjectivesProps = {
      slo: chooser.slo(policy.availabilitySlo, overrides.slo),
      sloWindow: chooser.window(policy.sloWindow, overrides.sloWindow),
      rollback: { rto: chooser.span('rollback.rto', policy.recovery.rollback.rto, overrides.rollback?.rto) },
      dataRepair: pair('dataRepair'),
      instance: pair('instance'),
      availabilityZone: pair('availabilityZone'),
      region: pair('region'),
    };
    return new Objectives(props, chooser);
  }

  readonly slo: number;
  readonly sloWindow: TimeSpan;
  readonly rollback: Pick<RecoveryObjective, 'rto'>;
  readonly dataRepair: RecoveryObjective;
  readonly instance: RecoveryObjective;
  readonly availabilityZone: RecoveryObjective;
  readonly region: RecoveryObjective;

  /** What was decided, and why. Empty for objectives that follow no tier. */
  readonly decisions: readonly Decision[];

  /** Where less is promised than the tier asks for. */
  readonly weakenings: readonly RecordedWeakening[];

  /** @throws ConfigurationError with all contradictions at once */
  constructor(
    props: ObjectivesProps,
    origin: Origin = { path: 'objectives', decisions: [], weakenings: [], mistakes: [] },
  ) {
    refuse(origin.path, [...origin.mistakes, ...objectivesMistakes(props)]);
    this.slo = props.slo;
    this.sloWindow = props.sloWindow;
    this.rollback = props.rollback;
    this.dataRepair = props.dataRepair;
    this.instance = props.instance;
    this.availabilityZone = props.availabilityZone;
    this.region = props.region;
    this.decisions = origin.decisions;
    this.weakenings = origin.weakenings;
  }

  /** The seconds that may fail within the SLO window. */
  get errorBudgetSeconds(): number {
    return errorBudgetSeconds(this.slo, this.sloWindow);
  }

  /** The seconds that may fail in a year. */
  get downtimePerYearSeconds(): number {
    return downtimePerYearSeconds(this.slo);
  }
}

const NAMES: readonly string[] = ['slo', 'sloWindow', ...DISRUPTIONS, 'weakening'];

/** A slip of the pen would leave the tier's value in its place. */
function strangeMistakes(overrides: ObjectivesOverrides): Mistake[] {
  return Object.keys(overrides)
    .filter((name) => !NAMES.includes(name))
    .map((name) => ({ problem: `${quoted(name)} is no objective`, fix: `write one of ${NAMES.join(', ')}` }));
}

/** Takes the tier's values or the overrides, and keeps what it decided. */
class Chooser implements Origin {
  readonly decisions: Decision[] = [];
  readonly weakenings: RecordedWeakening[] = [];
  readonly mistakes: Mistake[] = [];

  constructor(
    readonly path: string,
    private readonly weakening: Weakening | undefined,
  ) {}

  slo(owed: Decided<number>, override: number | undefined): number {
    return this.choose({ what: 'slo', owed, override, isWeaker: (mine, tiers) => mine < tiers });
  }

  span(what: string, owed: Decided<TimeSpan>, override: TimeSpan | undefined): TimeSpan {
    return this.choose({ what, owed, override: this.timeOr(what, override), isWeaker: isLonger, inWords });
  }

  /** No window is weaker than another: a longer one forgives slowly what it forgives. */
  window(owed: Decided<TimeSpan>, override: TimeSpan | undefined): TimeSpan {
    const written = this.timeOr('sloWindow', override);
    return this.choose({ what: 'sloWindow', owed, override: written, isWeaker: () => false, inWords });
  }

  /** What is no time is told, and the tier's stands in for it. */
  private timeOr(what: string, override: TimeSpan | undefined): TimeSpan | undefined {
    const mistakes = override === undefined ? [] : noTimeMistakes(what, override);
    this.mistakes.push(...mistakes);
    return mistakes.length === 0 ? override : undefined;
  }

  private choose<T>(choice: Omit<Parameters<typeof decide<T>>[0], 'path' | 'weakening'>): T {
    let value = choice.override ?? choice.owed.value;
    const refused = mistakesOf(() => {
      const chosen = decide({ ...choice, path: this.path, weakening: this.weakening });
      value = chosen.value;
      this.decisions.push(chosen.decision);
      if (chosen.weakening) this.weakenings.push(chosen.weakening);
    });
    this.mistakes.push(
      ...refused.filter(({ problem }) => !this.mistakes.some((one) => one.problem === problem)),
    );
    return value;
  }
}
