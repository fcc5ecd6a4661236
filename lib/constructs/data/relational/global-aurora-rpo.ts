import type { IClusterEngine } from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { MANAGED_RPO_FLOOR_SECONDS } from '../../../calculus/stores/relational';
import type { StoreFact } from '../../../calculus/stores/store';
import { formatSeconds } from '../../../calculus/time-span';
import type { TierChoices } from '../../governance/tier-choices';
import { owedForRegion } from '../owed-for-region';
import type { GlobalAuroraProps } from './global-aurora';

/** How far the other regions may be behind. @internal */
export interface GlobalRpo {
  /** What may be lost, in seconds. */
  readonly seconds: number;

  /** Whether commits wait for it. */
  readonly managed: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Asked {
  readonly construct: Construct;
  readonly choices: TierChoices;
  readonly props: GlobalAuroraProps;
  readonly engine: IClusterEngine;
}

const SOURCE =
  'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html#aurora-global-database-manage-recovery';

/** Below what one reckons with for a global database by itself, commits must wait: only PostgreSQL can. @internal */
export function chooseGlobalRpo({ construct, choices, props, engine }: Asked): GlobalRpo {
  const { rpoSeconds: unmanaged } = STORE_FACTS.auroraGlobal.region;
  const owed = owedForRegion(construct, choices, props).rpoSeconds ?? unmanaged;
  const asked = props.globalDbRpo?.toSeconds();
  const needed = isPostgres(engine) && owed < unmanaged;
  if (asked === undefined && !needed)
    return { seconds: Math.min(owed, unmanaged), managed: false, parameters: {} };
  const seconds = Math.max(MANAGED_RPO_FLOOR_SECONDS, asked ?? owed);
  choices.record({
    what: 'globalDbRpo',
    value: formatSeconds(seconds),
    because:
      asked === undefined
        ? `an RPO of ${formatSeconds(owed)} is owed: commits wait while every other region is further behind`
        : 'set by hand',
    source: asked === undefined ? SOURCE : 'override',
  });
  return { seconds, managed: true, parameters: { 'rds.global_db_rpo': String(seconds) } };
}

/** @internal */
export function isPostgres({ engineType }: IClusterEngine): boolean {
  return engineType === 'aurora-postgresql';
}

/** What such a database keeps. @internal */
export function globalStore({ managed, seconds }: GlobalRpo, headless: boolean): StoreFact {
  const plain = headless ? STORE_FACTS.auroraGlobalHeadless : STORE_FACTS.auroraGlobal;
  if (!managed) return plain;
  const store = headless ? STORE_FACTS.auroraGlobalHeadlessManagedRpo : STORE_FACTS.auroraGlobalManagedRpo;
  return { ...store, region: { ...store.region, rpoSeconds: seconds } };
}
