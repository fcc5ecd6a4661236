import type { Construct } from 'constructs';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import type { TierChoices } from '../../governance/tier-choices';
import type { DataProps } from '../data-choice';
import type { DatabasePlace } from '../database-place';
import { copiesWillDo, SOONER_THAN_COPIES, tierLeavesToCopies } from '../owed-for-region';

/** What another region gets of an RDS instance. */
export enum RegionCopy {
  /** A read replica, which is promoted: minutes of lag, tens of minutes to promote. */
  READ_REPLICA = 'read-replica',

  /** Its automated backups, which are restored: up to half an hour is lost, hours to restore. */
  AUTOMATED_BACKUPS = 'automated-backups',

  /** Nothing by RDS: copies by AWS Backup are all there is. */
  NONE = 'none',
}

const REPLICATE_BACKUPS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html';

/**
 * What another region gets: what the tier owes, where there is one in the same account.
 *
 * @throws ConfigurationError when the other region stands in another account, or there is none
 * @internal
 */
export function chooseRegionCopy(
  construct: Construct,
  choices: TierChoices,
  place: DatabasePlace,
  props: DataProps & { readonly regionCopy?: RegionCopy },
): RegionCopy {
  const { path } = construct.node;
  const { regionCopy: chosen } = props;
  const mayRestore = copiesWillDo(construct, choices, props, 'relational');
  const [other] = place.others;
  const [foreign] = place.foreign;
  const owed = mayRestore ? RegionCopy.AUTOMATED_BACKUPS : RegionCopy.READ_REPLICA;
  const byDefault = !other || (foreign && mayRestore) ? RegionCopy.NONE : owed;
  const copy = chosen ?? byDefault;
  if (copy !== RegionCopy.NONE)
    refuse(path, [...foreignMistakes(foreign, copy), ...aloneMistakes(other?.region, copy)]);
  choices.record({
    what: 'regionCopy',
    value: copy,
    because: chosen ? 'set by hand' : reasonFor(copy, foreign, choices),
    source: chosen ? 'override' : REPLICATE_BACKUPS,
  });
  return copy;
}

function foreignMistakes(foreign: string | undefined, copy: RegionCopy): Mistake[] {
  if (foreign === undefined) return [];
  return [
    {
      problem: `${foreign} stands in another account, but RDS replicates within one account only (regionCopy ${copy})`,
      fix: 'build all regions in one account, or set regionCopy to RegionCopy.NONE and copy backups with AWS Backup',
    },
  ];
}

function aloneMistakes(other: string | undefined, copy: RegionCopy): Mistake[] {
  if (other !== undefined) return [];
  return [
    {
      problem: `regionCopy is ${copy}, but its service has no other region`,
      fix: 'build it in a stack of an ActivePassive or a RegionSet, or leave regionCopy out',
    },
  ];
}

function reasonFor(copy: RegionCopy, foreign: string | undefined, { tier, policy }: TierChoices): string {
  if (copy === RegionCopy.READ_REPLICA && tierLeavesToCopies(policy)) return SOONER_THAN_COPIES;
  if (copy !== RegionCopy.NONE) return `tier ${tier}: ${policy.regionReplication.because}`;
  return foreign
    ? `${foreign} stands in another account, where RDS replicates nothing to`
    : 'there is no other region';
}
