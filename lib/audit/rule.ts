import type { Graph } from '../assembly/graph';
import type { Judgement } from '../assembly/judgement';
import type { Resource } from '../assembly/resource';
import type { ServiceAssessment } from '../assessment/assessment';
import type { Control } from './controls';
import type { RegisterEntry } from './register';
import type { ServicePlace } from './service-places';
import type { ResolvedService } from './services';
import type { SeverityByTier } from './severity';

/** The question that a rule answers. */
export type RuleKind = 'redundancy' | 'backup' | 'capacity' | 'protection' | 'monitoring' | 'compliance';

/** A number, a word or words that decide what a rule asks for, and that users may set in `nines.config.yaml`. */
export type ParameterValue = number | string | boolean | readonly string[];

/** One parameter of a rule. */
export interface RuleParameter {
  /** What it decides, with its unit, as a sentence. */
  readonly meaning: string;

  /** What holds where nobody sets it. */
  readonly default: ParameterValue;
}

/** What a check may ask for besides the resource. */
export interface RuleContext {
  /** The whole app. */
  readonly graph: Graph;

  /** The service that the resource belongs to; where none is declared, the assumed one. */
  readonly service: ResolvedService;

  /** The service that another resource of the app belongs to. */
  serviceOf(resource: Resource): ResolvedService;

  /** The places of a service that are each other's recovery: stacks in regions of which the role is declared. */
  placesOf(name: string | undefined): readonly ServicePlace[];

  /** What the declared services of the app can keep of what they owe, but for capacity; worked out once for all rules. */
  assessed(): readonly ServiceAssessment[];

  /** The services that the constructs of the resource's stack declare. */
  readonly services: readonly ResolvedService[];

  /** The day on which exceptions are judged. @default - none is given */
  readonly today?: Date;

  /** The exceptions that the resource's stack is told of; empty but for rules that judge exceptions. */
  readonly exceptions: readonly RegisterEntry[];

  /** The rule's parameters: what the user set, else their defaults. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** A rule that says of one property what another rule says. */
export interface TwinByProperty {
  /** The rule that is not shown. */
  readonly rule: string;

  /** The property of its verdict, without indices. */
  readonly property: string;

  /** Whether both speak of one resource, or it sums up what this rule says of the resources of its stack. */
  readonly within: 'resource' | 'stack';
}

/** One rule: data and one function. */
export interface Rule {
  /** Stable for ever: `RDS-01`. */
  readonly id: string;

  /** What holds when the rule passes, as a sentence. */
  readonly title: string;

  readonly kind: RuleKind;

  /** What happens in an outage when it does not hold. */
  readonly why: string;

  /** One thing to do about it, in the imperative. */
  readonly fix: string;

  /**
   * What to do where one property is found wanting: a rule on several asks for one thing. By its path without indices,
   * where need be after a type: `AWS::EC2::Volume Encrypted`.
   *
   * @default - `fix`
   */
  readonly fixes?: Readonly<Record<string, string>>;

  readonly severity: SeverityByTier;

  /**
   * The CloudFormation types that the rule looks at. `CDKNines::Stack` is a stack itself: alone, each stack is judged;
   * beside others, the first stack stands for an app that has none of them.
   */
  readonly appliesTo: readonly string[];

  /**
   * Whether each resource is judged, or the app once, at its first resource of these types.
   *
   * @default - 'resource'
   */
  readonly scope?: 'resource' | 'app';

  /**
   * Whether it judges the exceptions: it then runs after all others, when it is known what they answer for.
   *
   * @default false
   */
  readonly judgesExceptions?: boolean;

  /** The requirements that the rule supports. */
  readonly controls?: readonly Control[];

  /**
   * Ids of rules with the same condition, seen from one side: where this rule fails or does not know, theirs are not shown for the resource.
   *
   * @default - none
   */
  readonly subsumes?: readonly string[];

  /**
   * Rules that say of one property what this one says: where this rule fails, and is as loud, theirs are not shown.
   *
   * @default - none
   */
  readonly subsumesProperty?: readonly TwinByProperty[];

  /**
   * Properties whose change it may ask for, and which CloudFormation changes only by replacing the resource: such a fix
   * is no edit but a move, and says so. Paths without indices, where need be after a type: `AWS::EC2::Volume Encrypted`.
   *
   * @default - what it asks for is changed in place
   */
  readonly replaces?: readonly string[];

  /** What users may set, by name. A value of another kind than the default is refused. @default - nothing */
  readonly parameters?: Readonly<Record<string, RuleParameter>>;

  /** Where the condition comes from. */
  readonly sources?: readonly string[];

  /**
   * Judges one resource. Never throws, never reads the clock, and answers `unknown` rather than guess.
   * Several judgements on one resource are shown one by one.
   */
  check(resource: Resource, context: RuleContext): Judgement | readonly Judgement[];
}
