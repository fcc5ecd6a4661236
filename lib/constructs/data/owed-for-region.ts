import type { Construct } from 'constructs';
import { copiesKeep, keptByCopies, type OwedForRegion } from '../../calculus/stores/snapshots';
import type { StoreFamily } from '../../calculus/stores/store';
import { ReplicationMode } from '../../objectives/policy/regions';
import type { TierPolicy } from '../../objectives/tier-policy';
import { ServiceScope } from '../governance/service-scope';
import type { TierChoices } from '../governance/tier-choices';
import type { DataProps } from './data-choice';

/** What the data of a construct is owed when its region is lost: by its class, its service, else its tier. @internal */
export function owedForRegion(
  construct: Construct,
  choices: TierChoices,
  { dataClass }: DataProps,
): OwedForRegion {
  const service = ServiceScope.of(construct)?.service;
  const { rto, rpo } = choices.policy.recovery.region;
  if (!service) return { rpoSeconds: rpo.value.toSeconds(), rtoSeconds: rto.value.toSeconds() };
  const known = service.dataClasses?.find(({ name }) => name === dataClass);
  return {
    rpoSeconds: service.rpo('region', known)?.toSeconds(),
    rtoSeconds: service.objectives.region.rto.toSeconds(),
  };
}

/** Why data is replicated at a tier that would leave it to copies of backups. @internal */
export const SOONER_THAN_COPIES = 'copies of backups come back later than what is owed when a region is lost';

/** Whether a tier leaves the loss of a region to copies of backups. @internal */
export function tierLeavesToCopies({ regionReplication }: TierPolicy): boolean {
  return regionReplication.value === ReplicationMode.BACKUP_COPIES;
}

/**
 * Whether the loss of a region may be left to copies of backups: the tier owes no more, and what the data is owed is no
 * sooner than the best plan of backups brings it back. What AWS Backup does not copy is owed nothing by such a tier, but what
 * its class or its service says.
 *
 * @internal
 */
export function copiesWillDo(
  construct: Construct,
  choices: TierChoices,
  props: DataProps,
  family: StoreFamily,
): boolean {
  if (!tierLeavesToCopies(choices.policy)) return false;
  const owed = owedForRegion(construct, choices, props);
  if (keptByCopies(family)) return copiesKeep(owed);
  // Nothing is copied: the tier lets it go with its region, unless somebody asks for more than the tier does.
  const { rpo } = choices.policy.recovery.region;
  return owed.rpoSeconds === undefined || owed.rpoSeconds >= rpo.value.toSeconds();
}
