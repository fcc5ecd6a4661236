import type { Truth } from '../conditions';
import type { Graph } from '../graph';
import { placeInArn } from '../iam/arn-fields';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { inSameAccount, inSameRegion, isAccountOf, isRegionOf } from '../same-place';
import { everyTruth, negated, someTruth } from '../truth';
import { Unknown, type Value, wordOf } from '../value';
import type { CopyAction, PlanRule } from './backup-plan';

/** The type of a vault that nobody can empty. */
export const AIR_GAPPED_VAULT = 'AWS::Backup::LogicallyAirGappedBackupVault';

/** The types of vaults. */
export const VAULT_TYPES: readonly string[] = ['AWS::Backup::BackupVault', AIR_GAPPED_VAULT];

/** The vault that every account has in every region, with a key of AWS and without a lock. */
export const DEFAULT_VAULT = 'Default';

/** The vault of the app that a plan names by reference, name or ARN. */
export function vaultOf(value: Value | undefined, plan: Resource): Resource | Unknown {
  if (value === undefined) return new Unknown('no vault is named');
  const byName = typeof value === 'string' ? airGappedNamed(value, plan.stack.graph) : undefined;
  const found = byName ?? plan.stack.graph.resolve(value, plan);
  if (found instanceof Unknown || VAULT_TYPES.includes(found.type)) return found;
  return new Unknown('the vault is known only at deploy');
}

/** The name of an air-gapped vault stands in another property than the name of its type says. */
function airGappedNamed(text: string, graph: Graph): Resource | undefined {
  return airGappedVaults(graph).get(text.slice(text.lastIndexOf(':') + 1));
}

const airGappedVaults = oncePerGraph(
  (graph) =>
    new Map(graph.ofType(AIR_GAPPED_VAULT).map((vault) => [wordOf(vault.get('BackupVaultName')), vault])),
);

/** Where a copy goes, seen from its plan. */
export interface CopyPlace {
  /** Whether it stays in the region of the plan. */
  readonly sameRegion: Truth;

  /** Whether it guards against something else than the loss of a region: it changes the account or is air-gapped. */
  readonly otherPurpose: Truth;
}

/** Where a copy action sends its copies. */
export function placeOfCopy({ destination }: CopyAction, plan: Resource): CopyPlace {
  const vault = vaultOf(destination, plan);
  if (vault instanceof Resource)
    return {
      sameRegion: inSameRegion(vault, plan),
      otherPurpose: someTruth([vault.type === AIR_GAPPED_VAULT, negated(inSameAccount(vault, plan))]),
    };
  const place = placeInArn(destination);
  if (place instanceof Unknown) return { sameRegion: place, otherPurpose: place };
  return {
    sameRegion: isRegionOf(place.region, plan),
    otherPurpose: negated(isAccountOf(place.account, plan)),
  };
}

/** Whether a rule also fills a logically air-gapped vault. */
export function fillsAirGappedVault({ plan, airGappedVault, copyActions }: PlanRule): Truth {
  if (copyActions instanceof Unknown) return copyActions;
  const destinations = copyActions.map(({ destination }) => destination);
  const direct =
    airGappedVault instanceof Unknown && airGappedVault.maybeAbsent
      ? airGappedVault
      : isNamed(airGappedVault);
  return someTruth([direct, ...destinations.map((destination) => isAirGapped(vaultOf(destination, plan)))]);
}

function isNamed(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isAirGapped(vault: Resource | Unknown): Truth {
  if (vault instanceof Unknown) return vault;
  return everyTruth([vault.type === AIR_GAPPED_VAULT, vault.presence]);
}
