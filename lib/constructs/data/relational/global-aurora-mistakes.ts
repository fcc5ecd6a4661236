import type { IClusterEngine } from 'aws-cdk-lib/aws-rds';
import { MANAGED_RPO_FLOOR_SECONDS } from '../../../calculus/stores/relational';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import type { DatabasePlace } from '../database-place';
import { copyKeyMistakes } from '../password-copies';
import { intervalMistakes } from '../password-rotation';
import { formerHomeMistakes } from '../takeover';
import type { GlobalAuroraProps } from './global-aurora';
import { isPostgres } from './global-aurora-rpo';

interface Declared {
  readonly place: DatabasePlace;
  readonly engine: IClusterEngine;
  readonly props: GlobalAuroraProps;
}

/** Regions that one global database can have beside its writer's. */
const MOST_SECONDARIES = 10;

/** What AWS does not offer. @internal */
export function globalMistakes({ place, engine, props }: Declared): Mistake[] {
  return [
    ...placeMistakes(place),
    ...formerHomeMistakes(props ?? {}, place.writer.region),
    ...rpoMistakes(engine, props ?? {}),
    ...nameMistakes(props?.globalClusterIdentifier),
    ...forwardingMistakes(props ?? {}),
    ...intervalMistakes(props ?? {}),
    ...copyKeyMistakes(props ?? {}, place.others),
  ];
}

function placeMistakes({ others, foreign }: DatabasePlace): Mistake[] {
  const mistakes: Mistake[] = foreign.map((region) => ({
    problem: `${region} stands in another account, but a global database stands in one account`,
    fix: 'build all regions in one account',
  }));
  if (others.length > MOST_SECONDARIES)
    mistakes.push({
      problem: `its service has ${others.length} other regions, but a global database has at most ${MOST_SECONDARIES}`,
      fix: `build it in at most ${MOST_SECONDARIES + 1} regions`,
    });
  return mistakes;
}

function rpoMistakes(engine: IClusterEngine, { globalDbRpo }: Partial<GlobalAuroraProps>): Mistake[] {
  if (!globalDbRpo) return [];
  const seconds = globalDbRpo.toSeconds();
  const mistakes: Mistake[] = [];
  if (!isPostgres(engine))
    mistakes.push({
      problem: `globalDbRpo is set, but ${engine.engineType} cannot make commits wait`,
      fix: 'use Aurora PostgreSQL, or leave globalDbRpo out',
    });
  if (seconds < MANAGED_RPO_FLOOR_SECONDS)
    mistakes.push({
      problem: `globalDbRpo is ${seconds} s, but rds.global_db_rpo takes no less than ${MANAGED_RPO_FLOOR_SECONDS} s`,
      fix: `set globalDbRpo to Duration.seconds(${MANAGED_RPO_FLOOR_SECONDS}) or more; for less use DsqlCluster`,
    });
  return mistakes;
}

function nameMistakes(name: string | undefined): Mistake[] {
  if (name === undefined || (/^[a-z](-?[a-z0-9])*$/.test(name) && name.length <= 63)) return [];
  return [
    {
      problem: `globalClusterIdentifier is ${quoted(name)}, which RDS does not take`,
      fix: 'use at most 63 lower-case letters, digits and single hyphens, with a letter first',
    },
  ];
}

function forwardingMistakes({ headless, writeForwarding }: Partial<GlobalAuroraProps>): Mistake[] {
  if (!headless || !writeForwarding) return [];
  return [
    {
      problem:
        'writeForwarding is true, but headless leaves the other regions no instance that could forward',
      fix: 'leave out one of the two',
    },
  ];
}

/** The template of what wrote first does not say that it follows: without instances it looks like a cluster that serves nobody. @internal */
export function headlessMistakes(
  { first, others, region }: DatabasePlace,
  { promoted = false }: GlobalAuroraProps,
  isHeadless: boolean,
): Mistake[] {
  const stays = [region, ...others.map((each) => each.region)].includes(first.region);
  if (!promoted || !isHeadless || !stays) return [];
  return [
    {
      problem: `promoted is true and headless too, which would leave ${first.region}, where the database was made, without an instance`,
      fix: `set headless to false while ${first.region} is a region of the service`,
    },
  ];
}
