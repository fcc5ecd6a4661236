import { type InjectionContext, type IPropertyInjector, PropertyInjectors } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { at, DEFAULT_PROPERTIES } from './default-properties';
import type { DefaultProperty, Props } from './default-property';
import type { Owing } from './owed';
import { RetrofitOutcome, RetrofitReport } from './retrofit-report';
import { leaveOpen, owingOf, type RetrofitProps } from './retrofit-scope';

/**
 * Has plain L2s take what their tier owes as the default of their properties: `new DatabaseInstance(…)` gets a standby in a
 * second zone, unless somebody says `multiAz`, and be it `undefined`. Call it before the constructs are made.
 *
 * An injector of your own on the same class, above or here, comes first and keeps its word. One that you add further down
 * or later stands alone, as the CDK has it.
 *
 * @throws ConfigurationError when an L2 is made and the tier is none
 * @see https://docs.aws.amazon.com/cdk/v2/guide/blueprints.html on property injection
 */
export class TierDefaults {
  /**
   * Adds them to everything that is made below a construct from now on.
   *
   * @throws ConfigurationError when an L2 is made there and the tier is none
   */
  static of(
    scope: IConstruct,
    props: RetrofitProps = {},
    report: RetrofitReport = new RetrofitReport(),
  ): TierDefaults {
    return new TierDefaults(scope, props, report);
  }

  private constructor(
    scope: IConstruct,
    props: RetrofitProps,

    /** What they changed, and what they found weak and left. */
    readonly report: RetrofitReport,
  ) {
    for (const [id, defaults] of Object.entries(DEFAULT_PROPERTIES)) {
      const injector = new TierInjector(id, { defaults, props, report, before: injectorAt(scope, id) });
      PropertyInjectors.of(scope).add(injector);
    }
  }
}

interface TierInjection {
  readonly defaults: readonly DefaultProperty[];
  readonly props: RetrofitProps;
  readonly report: RetrofitReport;

  /** The injector that this one takes the place of. */
  readonly before: IPropertyInjector | undefined;
}

interface Injected {
  /** What a person gave. */
  readonly given: Props;
  readonly owing: Owing;
  readonly context: InjectionContext;
}

class TierInjector implements IPropertyInjector {
  constructor(
    readonly constructUniqueId: string,
    private readonly injection: TierInjection,
  ) {}

  inject<T>(original: T, context: InjectionContext): T {
    const { before, defaults, props } = this.injection;
    const given = ((before ? before.inject(original, context) : original) ?? {}) as Props;
    const owing = owingOf(context.scope, props.tier);
    if (!owing) return given as T;
    return defaults.reduce((so, row) => this.withDefault(so, row, { given, owing, context }), given) as T;
  }

  /** @param so what a person gave, with the defaults so far */
  private withDefault(so: Props, row: DefaultProperty, { given, owing, context }: Injected): Props {
    const owed = row.owed(owing);
    if (!owed) return so;
    const said = [row.property, ...(row.insteadOf ?? [])].find((each) => isSaid(given, each));
    if (!isWeak(given, row, said, owed.value)) return so;
    const { scope, id } = context;
    const path = scope.node.path === '' ? id : `${scope.node.path}/${id}`;
    const open = said !== undefined && at(given, said) === undefined;
    if (open) leaveOpen(scope, path, row.l1 ?? row.property);
    const outcome = this.outcomeOf(row, said);
    const written = row.written(owed.value);
    this.injection.report.add(scope, {
      path,
      property: said ?? row.property,
      from: open
        ? 'undefined, on purpose'
        : row.inWords(said === undefined ? row.defaultsTo : at(given, said)),
      to: row.inWords(written),
      because: owed.because,
      source: owed.source,
      outcome,
    });
    if (outcome !== RetrofitOutcome.CHANGED) return so;
    return withValue(so, row.property.split('.'), written);
  }

  private outcomeOf({ replaces = false }: DefaultProperty, said: string | undefined): RetrofitOutcome {
    if (said !== undefined) return RetrofitOutcome.LEFT;
    return replaces && !this.injection.props.replace
      ? RetrofitOutcome.WOULD_REPLACE
      : RetrofitOutcome.CHANGED;
  }
}

/** Whether what holds is weaker than what is owed; what a person left open on purpose is, too. */
function isWeak(given: Props, row: DefaultProperty, said: string | undefined, owed: unknown): boolean {
  if (said === undefined) {
    if (row.onlyJudged || row.unless?.(given)) return false;
    return row.defaultsTo === undefined || row.isWeaker(row.defaultsTo, owed);
  }
  const value = at(given, said);
  return value === undefined || row.isWeaker(value, owed);
}

/** Whether a person wrote something for a property, and be it `undefined`. */
function isSaid(props: Props, property: string): boolean {
  const steps = property.split('.');
  return steps.some((step, depth) => {
    const part = depth === 0 ? props : at(props, steps.slice(0, depth).join('.'));
    if (typeof part !== 'object' || part === null || !(step in part)) return false;
    // A part in which there is more to be said is nobody's last word.
    return depth === steps.length - 1 || (part as Props)[step] === undefined;
  });
}

function withValue(props: Props, [step = '', ...deeper]: readonly string[], value: unknown): Props {
  if (deeper.length === 0) return { ...props, [step]: value };
  return { ...props, [step]: withValue((props[step] ?? {}) as Props, deeper, value) };
}

/** The injector that the CDK would use for a class at a construct. */
function injectorAt(scope: IConstruct, id: string): IPropertyInjector | undefined {
  for (const each of [...scope.node.scopes].reverse()) {
    if (!PropertyInjectors.hasPropertyInjectors(each)) continue;
    const found = PropertyInjectors.of(each).for(id);
    if (found) return found;
  }
  return undefined;
}
