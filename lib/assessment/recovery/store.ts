import type { Resource } from '../../assembly/resource';
import type { RecoveryTerm } from '../assessment';
import type { Path, Step } from './path';

/** Something that data is brought back from as it was: continuous backups, snapshots, kept versions. */
export interface Point {
  readonly what: string;

  /** What is lost at most, term by term. */
  readonly loss: readonly RecoveryTerm[];

  /** How long it takes until the data can be read and written again. */
  readonly restore: readonly Step[];

  /** Whether it lies in another region than the store, too. */
  readonly elsewhere: boolean;

  /** That other region. @default - it is not known, or there is none */
  readonly region?: string;
}

/** A living copy in another region. It copies damage too. */
export interface Copy {
  /** Undefined where it is not known which. */
  readonly region: string | undefined;

  /** How far it may be behind; nothing where writes wait for it. */
  readonly lag: readonly RecoveryTerm[];
}

/** A resource that keeps data: what it does by itself when something is lost, and what its data comes back from. */
export interface Store {
  readonly resource: Resource;

  /** What people call it: `the table`. */
  readonly noun: string;

  /** The way back from the loss of one instance or node. */
  readonly instance: Path;

  /** The way back from the loss of the zone it works in; undefined where it must be restored or made anew. */
  readonly zone: Path | undefined;

  /**
   * The way back where the zones of all its instances are lost, but not its data, which stands in others too.
   *
   * @default - its data stands where its instances do
   */
  readonly anew?: Path;

  /** What is lost with an instance or a zone; undefined where everything is. */
  readonly lost: Readonly<Record<'instance' | 'availabilityZone', readonly RecoveryTerm[] | undefined>>;
  readonly points: readonly Point[];
  readonly copies: readonly Copy[];

  /** Whether damage to it can be repaired at all, so that a recovery point is owed. */
  readonly repairable: boolean;

  /** The most that it can hold, where nothing brings it back: messages that nobody has taken yet. @default - it has no bound */
  readonly holds?: RecoveryTerm;

  /** What to do so that damage can be repaired. */
  readonly protect: string;

  /** What to do so that the loss of a region does not take all of it. */
  readonly spread: string;

  /** The same by copies of its backups, which bring it back late and lose hours. @default - that is no way */
  readonly copied?: string;

  /** Why nothing is known of how it comes back, nor of what is lost. @default - it is known */
  readonly unknown?: string;

  /** What deploy decides, so that it counts as not there. @default - nothing */
  readonly open?: string;
}

/** What a store is said to be, before what is the same for all. */
export type StoreParts = Partial<Store> & Pick<Store, 'resource' | 'noun' | 'instance' | 'zone'>;

/** Nothing is lost. */
export const NOTHING_LOST = { instance: [], availabilityZone: [] } as const;

/** With what most stores have in common. */
export function storeOf(parts: StoreParts): Store {
  return {
    lost: NOTHING_LOST,
    points: [],
    copies: [],
    repairable: true,
    protect: 'back it up: select it in a backup plan',
    ...(parts.spread === undefined && { copied: 'copy its backups there' }),
    spread: 'keep its data in a store that replicates to another region',
    ...parts,
  };
}

/** What is lost at most, in seconds. */
export function lossOf(terms: readonly RecoveryTerm[]): number {
  return terms.reduce((sum, { seconds }) => sum + seconds, 0);
}
