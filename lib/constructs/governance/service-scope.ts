import { AspectPriority, Aspects, CfnResource, type IAspect, Stack, Stage, Tags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ConfigurationError } from '../../errors';
import {
  type CatalogueService,
  type CatalogueServiceLevel,
  catalogueService,
} from '../../objectives/catalogue';
import { catalogueThirdParty } from '../../objectives/catalogue-third-party';
import type { Decision } from '../../objectives/decision';
import { refuse } from '../../objectives/mistakes';
import type { RegionRole } from '../../objectives/region-role';
import { noServiceMistakes, type Service } from '../../objectives/service';
import type { AcceptedRisk } from '../../objectives/service-figures';
import type { ThirdParty } from '../../objectives/third-party';
import type { RecordedWeakening } from '../../objectives/weakening';
import { acceptedOn } from './accepted-risks';
import { PlainAlarms } from './plain-alarms';
import { StackCatalogue } from './stack-catalogue';
import { UNTAGGED_TYPES } from './untagged-types';

/** What is said about a service where it is declared. */
export interface ServiceScopeOptions {
  /**
   * What this region does for the service.
   *
   * @default - nothing is said
   */
  readonly role?: RegionRole;

  /**
   * Whether no other region serves, waits or votes for the service.
   *
   * @default - nothing is said
   */
  readonly onlyRegion?: boolean;

  /**
   * Whether this stage keeps the shape of production but may be torn down: no locks, and nothing is kept.
   *
   * @default false
   */
  readonly nonProduction?: boolean;

  /**
   * Whether AWS Fault Injection Service may break its resources (tag `resilience:fis-enabled`).
   *
   * @default false
   */
  readonly faultInjection?: boolean;
}

/**
 * Says that everything in `scope` is built for `service`. Constructs below take their tier from it; resources are tagged
 * `resilience:service`, `resilience:tier`, `resilience:owner`, `resilience:system` and `resilience:fis-enabled`, but for
 * those that another tag would replace; every alarm says its layer and the runbook in tags as well, and sends them with its events; and the template of every stack carries the service in its `Metadata` under
 * `cdk-nines`. A declaration further down wins.
 *
 * @throws ConfigurationError when `scope` has a service already, and for what is no `Service`
 */
export function declareService(
  scope: IConstruct,
  service: Service,
  options: ServiceScopeOptions = {},
): ServiceScope {
  refuse(scope.node.path, noServiceMistakes(service));
  const other = SCOPES.get(scope);
  if (other) {
    throw new ConfigurationError({
      path: scope.node.path,
      problem: `the service ${service.name} is declared where ${other.service.name} is declared already`,
      fix: `declare ${service.name} on a construct of its own`,
    });
  }
  const declared = new ServiceScope(scope, service, options);
  SCOPES.set(scope, declared);
  const { root } = scope.node;
  DECLARED.set(root, [...(DECLARED.get(root) ?? []), declared]);
  tag(scope, service, options.faultInjection ?? false);
  const owns = (node: IConstruct) => ServiceScope.of(node) === declared;
  Aspects.of(scope).add(new PlainAlarms(owns, service.runbook), { priority: AspectPriority.MUTATING });
  // Last of all, so that it sees the resources that other aspects add.
  Aspects.of(scope).add(new CatalogueWriter(declared), { priority: AspectPriority.READONLY });
  return declared;
}

/**
 * A part of the construct tree that is built for one service.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/metadata-section-structure.html where its catalogue stands
 */
export class ServiceScope {
  /** The nearest declaration above a construct. */
  static of(construct: IConstruct): ServiceScope | undefined {
    for (const scope of [...construct.node.scopes].reverse()) {
      const declared = SCOPES.get(scope);
      if (declared) return declared;
    }
    return undefined;
  }

  /** The declarations of a service in the stage of a construct, as far as they are made by now. */
  static named(construct: IConstruct, name: string): readonly ServiceScope[] {
    const stage = Stage.of(construct);
    return (DECLARED.get(construct.node.root) ?? []).filter(
      ({ service, scope }) => service.name === name && Stage.of(scope) === stage,
    );
  }

  readonly role: RegionRole | undefined;
  readonly nonProduction: boolean;

  private readonly onlyRegion: boolean;
  private readonly parts = new Map<Stack, RecordedPart>();

  /** Use {@link declareService}. */
  constructor(
    private readonly scope: IConstruct,
    readonly service: Service,
    options: ServiceScopeOptions,
  ) {
    this.role = options.role;
    this.onlyRegion = options.onlyRegion ?? false;
    this.nonProduction = options.nonProduction ?? false;
  }

  /** Keeps what was decided for a construct, for the catalogue of its stack. */
  record(construct: IConstruct, decision: Decision, weakening?: RecordedWeakening): void {
    const { decisions, weakenings } = this.partIn(Stack.of(construct));
    const named = (what: string): string => nameInStack(construct, what);
    decisions.push({ ...decision, what: named(decision.what) });
    if (weakening) weakenings.push({ ...weakening, what: named(weakening.what) });
  }

  /** Keeps what alarms of a construct watch, for the catalogue of its stack; asked once all ids are known. */
  watch(construct: IConstruct, level: () => CatalogueServiceLevel): void {
    this.partIn(Stack.of(construct)).serviceLevels.push(level);
  }

  /** All that is weaker than the tier owes, in every stack. */
  get weakenings(): readonly RecordedWeakening[] {
    const recorded = [...this.parts.values()].flatMap(({ weakenings }) => weakenings);
    return [...this.service.objectives.weakenings, ...recorded];
  }

  /** All risks that are accepted on anything of the service, as far as the app is made by now. */
  get risks(): readonly AcceptedRisk[] {
    const own = this.scope.node.findAll().filter((construct) => ServiceScope.of(construct) === this);
    // What is accepted above the service is accepted for it, too.
    const around = this.scope.node.scopes.slice(0, -1);
    return [...this.weakenings, ...[...around, ...own].flatMap(acceptedOn)];
  }

  /** Keeps that a construct watches a third party, for the catalogue of its stack. */
  need(construct: IConstruct, party: ThirdParty): void {
    this.partIn(Stack.of(construct)).thirdParties.set(party.name, party);
  }

  /** What the catalogue of a stack says about the service. */
  catalogueIn(stack: Stack): CatalogueService {
    const { decisions, weakenings, resources, serviceLevels, thirdParties } = this.partIn(stack);
    const isPartOfStack = this.scope !== stack && this.scope.node.scopes.includes(stack);
    return catalogueService(this.service, {
      decisions,
      weakenings,
      ...(isPartOfStack && { resources: [...resources].map((each) => stack.getLogicalId(each)) }),
      ...(this.role !== undefined && { role: this.role }),
      ...(this.onlyRegion && { onlyRegion: true }),
      ...(this.nonProduction && { nonProduction: true }),
      serviceLevels: serviceLevels.map((level) => level()),
      thirdParties: [...thirdParties.values()].map(catalogueThirdParty),
    });
  }

  /** Notes that a resource is the service's, and has its stack say so. */
  claim(resource: CfnResource): void {
    const stack = Stack.of(resource);
    this.partIn(stack).resources.add(resource);
    StackCatalogue.of(stack).addService(this);
  }

  private partIn(stack: Stack): RecordedPart {
    const known = this.parts.get(stack);
    if (known) return known;
    const part: RecordedPart = {
      decisions: [],
      weakenings: [],
      resources: new Set(),
      serviceLevels: [],
      thirdParties: new Map(),
    };
    this.parts.set(stack, part);
    return part;
  }
}

interface RecordedPart {
  readonly decisions: Decision[];
  readonly weakenings: RecordedWeakening[];
  readonly resources: Set<CfnResource>;
  readonly serviceLevels: (() => CatalogueServiceLevel)[];
  readonly thirdParties: Map<string, ThirdParty>;
}

const SCOPES = new WeakMap<IConstruct, ServiceScope>();

/** All of an app. */
const DECLARED = new WeakMap<IConstruct, readonly ServiceScope[]>();

class CatalogueWriter implements IAspect {
  constructor(private readonly scope: ServiceScope) {}

  visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && ServiceScope.of(node) === this.scope) this.scope.claim(node);
  }
}

function tag(scope: IConstruct, service: Service, faultInjection: boolean): void {
  const tags: Record<string, string | undefined> = {
    service: service.name,
    tier: String(service.tier),
    owner: service.owner,
    system: service.system,
    'fis-enabled': String(faultInjection),
  };
  for (const [name, value] of Object.entries(tags)) {
    if (value === undefined) continue;
    Tags.of(scope).add(`resilience:${name}`, value, { excludeResourceTypes: UNTAGGED_TYPES });
  }
}

/** `Network.natGateways`: where it was decided, below the stack, and what. */
function nameInStack(construct: IConstruct, what: string): string {
  const below = construct.node.scopes.slice(Stack.of(construct).node.scopes.length);
  const path = below.map((each) => each.node.id).join('/');
  return path === '' ? what : `${path}.${what}`;
}
