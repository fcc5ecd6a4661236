import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { TimeSpan } from '../../calculus/time-span';
import { formatSeconds } from '../../calculus/time-span';
import { ConfigurationError, LEFT_OPEN, withoutMarks } from '../../errors';
import { type Decision, decide } from '../../objectives/decision';
import { refuse } from '../../objectives/mistakes';
import type { Decided } from '../../objectives/policy/decided';
import { type Tier, tierMistakes } from '../../objectives/tier';
import { type TierPolicy, tierPolicy } from '../../objectives/tier-policy';
import type { RecordedWeakening, Weakening } from '../../objectives/weakening';
import { type LeftOpen, notATime, refuseLeftOpen } from './left-open';
import { ServiceScope } from './service-scope';

/** What every construct takes whose defaults come from a tier. */
export interface TieredProps {
  /**
   * How critical it is.
   *
   * @default - the tier of the enclosing service
   */
  readonly tier?: Tier;

  /**
   * Why values may be weaker than the tier owes, until when, and who says so. Without it a weaker value is refused.
   *
   * @default - nothing may be weaker
   */
  readonly weakening?: Weakening;
}

/** One value that a tier decides and a person may decide otherwise. @internal */
export interface TierChoice<Owed, Chosen = Owed> {
  /** The property that sets it: `natGateways`. */
  readonly what: string;

  /** What the tier decides. */
  readonly owed: Decided<Owed>;

  /**
   * What the tier can still live with.
   *
   * @default - only what it decides, or better
   */
  readonly limit?: Decided<Owed> | undefined;

  /** What a person decided; `undefined` leaves it to the tier. */
  readonly chosen: Chosen | undefined;

  /**
   * What to do about one that is weaker, where no property is called so.
   *
   * @default - use what the tier decides
   */
  readonly fix?: string | undefined;
}

/**
 * The values of one construct: each decided by its tier or by a person, and kept with its reason. A value weaker than
 * the tier owes is refused unless somebody answers for it.
 *
 * @internal
 */
export class TierChoices {
  readonly tier: Tier;
  readonly policy: TierPolicy;

  /** Whether locks and retention stay off, so that the stage can be torn down. */
  readonly nonProduction: boolean;

  private readonly path: string;
  private readonly scope: ServiceScope | undefined;
  private readonly weakening: Weakening | undefined;

  /**
   * @param open what of the properties may be known at deployment only, and what not, beside the rule for all
   * @throws ConfigurationError when neither the properties nor an enclosing service say the tier, and for a time, or
   * another value that synth has to know, that is known at deployment only
   */
  constructor(
    private readonly construct: IConstruct,
    props: TieredProps,
    open: LeftOpen = {},
  ) {
    this.path = construct.node.path;
    checkGiven(this.path, props);
    refuseLeftOpen(this.path, props, open);
    this.scope = ServiceScope.of(construct);
    this.nonProduction = this.scope?.nonProduction ?? false;
    this.weakening = props.weakening;
    this.tier = this.chooseTier(props.tier);
    this.policy = tierPolicy(this.tier);
  }

  /** What happens to logs and data when their stack is deleted. */
  get removalPolicy(): RemovalPolicy {
    return this.nonProduction ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
  }

  /** A number of which more is better. */
  atLeast(choice: TierChoice<number>): number {
    return this.choose(choice, (mine, owed) => mine < owed, String);
  }

  /** A number of which less is better. */
  atMost(choice: TierChoice<number>): number {
    return this.choose(choice, (mine, owed) => mine > owed, String);
  }

  /** A time that is the better the shorter it is. */
  shortest(choice: TierChoice<TimeSpan, Duration>): Duration {
    return this.chooseTime(choice, (mine, least) => mine > least);
  }

  /** A time that is the better the longer it is. */
  longest(choice: TierChoice<TimeSpan, Duration>): Duration {
    return this.chooseTime(choice, (mine, least) => mine < least);
  }

  /** Something that is better on than off. */
  on(choice: TierChoice<boolean>): boolean {
    return this.choose(choice, (mine, owed) => owed && !mine, String);
  }

  /** Something that is better there than not: a certificate, an alarm. */
  given({ what, owed, chosen }: TierChoice<boolean>): void {
    if (!owed.value && !chosen) return;
    this.choose(
      { what, owed, chosen: chosen ?? false },
      (mine) => !mine,
      (is) => (is ? 'one' : 'missing'),
    );
  }

  /** A lock against deletion: on in production, off where the stage may be torn down. */
  locked({ what, chosen }: Pick<TierChoice<boolean>, 'what' | 'chosen'>): boolean {
    const owed = this.nonProduction ? TORN_DOWN : LOCKED;
    return this.on({ what, owed, chosen });
  }

  /** Keeps a decision that is neither weaker nor stronger. */
  record(decision: Decision, weakening?: RecordedWeakening): void {
    const { value, because } = decision;
    const known = { ...decision, value: inWords(value), because: withoutMarks(because) };
    this.scope?.record(this.construct, known, weakening);
  }

  private chooseTime(
    { what, owed, limit, chosen, fix }: TierChoice<TimeSpan, Duration>,
    isWeaker: (mine: number, owed: number) => boolean,
  ): Duration {
    const inSeconds = ({ value, ...rest }: Decided<TimeSpan>): Decided<number> => ({
      ...rest,
      value: value.toSeconds(),
    });
    refuse(this.path, notATime(what, chosen));
    const seconds = this.choose<number>(
      { what, owed: inSeconds(owed), limit: limit && inSeconds(limit), chosen: chosen?.toSeconds(), fix },
      isWeaker,
      formatSeconds,
    );
    return Duration.seconds(seconds);
  }

  private choose<T>(
    { what, owed, limit, chosen, fix }: TierChoice<T>,
    isWeaker: (mine: T, owed: T) => boolean,
    inWords: (value: T) => string,
  ): T {
    const { value, decision, weakening } = decide({
      path: this.path,
      what,
      owed: chosen === undefined ? owed : (limit ?? owed),
      override: chosen,
      // A value that is known at deployment only cannot be compared.
      isWeaker: (mine, least) => !Token.isUnresolved(mine) && isWeaker(mine, least),
      fix,
      weakening: this.weakening,
      inWords: (each) => (Token.isUnresolved(each) ? LEFT_OPEN : inWords(each)),
    });
    this.record(decision, weakening);
    return value;
  }

  /** A tier below that of the service would get around every other check, so it needs a reason as well. */
  private chooseTier(chosen: Tier | undefined): Tier {
    const { scope } = this;
    if (chosen !== undefined) refuse(this.path, tierMistakes(chosen));
    if (scope && chosen !== undefined) {
      const { tier, name } = scope.service;
      const owed = { value: tier, because: `it is a part of ${name}`, source: 'the declared service' };
      return this.atMost({ what: 'tier', owed, chosen });
    }
    if (chosen !== undefined) return chosen;
    if (scope) return scope.service.tier;
    throw new ConfigurationError({
      path: this.path,
      problem: 'no tier: it is not inside a declared service',
      fix: 'declare the service with declareService or a RegionSet, or set tier',
    });
  }
}

const LOCKED: Decided<boolean> = {
  value: true,
  because: 'what users depend on is not deleted by accident',
  source:
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
};

const TORN_DOWN: Decided<boolean> = {
  value: false,
  because: 'this stage is not production: it may be torn down',
  source: 'own decision of cdk-nines: a default to start from, not a standard',
};

function inWords(value: Decision['value']): Decision['value'] {
  if (typeof value === 'string') return withoutMarks(value);
  return Token.isUnresolved(value) ? LEFT_OPEN : value;
}

/** The compiler says so first to those who use one. */
function checkGiven(path: string, props: TieredProps | null | undefined): void {
  if (props) return;
  throw new ConfigurationError({
    path,
    problem: 'it has no properties',
    fix: 'give them as the third argument',
  });
}
