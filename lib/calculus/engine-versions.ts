import type { Confidence, Fact } from './fact';

/** A major version of a database engine whose standard support is over. */
export interface RetiredVersion {
  /** The major version as the engine counts it: `5.7`, `13`. */
  readonly major: string;

  /** The last day of standard support, `YYYY-MM-DD`; undefined where the source gives no day. */
  readonly until: Fact<string | undefined>;
}

/** Where a version of an engine stands. */
export type EngineSupport =
  | {
      /** Its standard support is over, or that of a younger version is. */
      readonly state: 'ended';
      readonly major: string;

      /** The last day of standard support, `YYYY-MM-DD`. @default - it is not known */
      readonly until?: string;
    }
  | {
      /** It is younger than every version of its engine whose standard support is known to be over. */
      readonly state: 'current';
      readonly major: string;
    }
  | {
      /** Nothing is known of the engine, or the version cannot be read. */
      readonly state: 'unlisted';
    };

const RELEASE_CALENDARS = 'https://endoflife.date';
const AURORA_POSTGRES =
  'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html';
const ORACLE = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Oracle.html';
const SQL_SERVER = 'https://learn.microsoft.com/en-us/lifecycle/products/?terms=SQL%20Server';

/** The page, the month in which it was read, and how far it may be trusted. */
type Reading = readonly [source: string, asOf: string, confidence: Confidence];

const retired = (
  [source, asOf, confidence]: Reading,
  versions: Readonly<Record<string, string | undefined>>,
): readonly RetiredVersion[] =>
  Object.entries(versions).map(([major, value]) => ({ major, until: { value, source, asOf, confidence } }));

/** Engines as their versions are counted; the editions of Oracle and SQL Server share theirs. */
type CountedEngine =
  | 'aurora-mysql'
  | 'aurora-postgresql'
  | 'mariadb'
  | 'mysql'
  | 'oracle'
  | 'postgres'
  | 'sqlserver';

/**
 * Versions past standard support on RDS and Aurora. Extended Support, which is paid for, is not counted.
 *
 * For SQL Server it is the end of Microsoft's extended support, after which there are no more corrections.
 */
export const RETIRED_VERSIONS: Readonly<Record<CountedEngine, readonly RetiredVersion[]>> = {
  'aurora-mysql': retired([`${RELEASE_CALENDARS}/amazon-aurora-mysql`, '2026-05', 'secondary'], {
    '5.6': '2023-02-28',
    '5.7': '2024-10-31',
  }),
  'aurora-postgresql': retired([AURORA_POSTGRES, '2026-04', 'documented'], {
    '10': '2023-01-31',
    '11': '2024-02-29',
    '12': '2025-02-28',
    '13': '2026-02-28',
  }),
  mariadb: retired([`${RELEASE_CALENDARS}/amazon-rds-mariadb`, '2026-04', 'secondary'], {
    '10.3': '2023-10-23',
    '10.4': '2025-02-28',
    '10.5': '2026-02-28',
    '10.6': '2026-08-31',
  }),
  mysql: retired([`${RELEASE_CALENDARS}/amazon-rds-mysql`, '2026-05', 'secondary'], {
    '5.6': '2022-03-01',
    '5.7': '2024-02-29',
    '8.0': '2026-07-31',
  }),
  oracle: retired([ORACLE, '2026-04', 'documented'], { '11': undefined, '12': undefined, '18': undefined }),
  postgres: retired([`${RELEASE_CALENDARS}/amazon-rds-postgresql`, '2025-02', 'secondary'], {
    '9.6': '2022-04-30',
    '10': '2023-04-30',
    '11': '2024-02-29',
    '12': '2025-02-28',
    '13': '2026-02-28',
  }),
  sqlserver: retired([SQL_SERVER, '2026-06', 'documented'], {
    '11': '2022-07-12',
    '12': '2024-07-09',
    '13': '2026-07-14',
  }),
};

/** How many numbers of a version make the major one. */
const MAJOR_NUMBERS: Readonly<Record<CountedEngine, (first: number) => number>> = {
  'aurora-mysql': () => 2,
  'aurora-postgresql': postgresNumbers,
  mariadb: () => 2,
  mysql: () => 2,
  oracle: () => 1,
  postgres: postgresNumbers,
  sqlserver: () => 1,
};

/** Until version 9.6, two numbers made a major version of PostgreSQL. */
function postgresNumbers(first: number): number {
  return first < 10 ? 2 : 1;
}

/** Whether the standard support of an engine's version is over, as far as the table knows. */
export function engineSupport(engine: string, version: string): EngineSupport {
  const counted = countedEngine(engine);
  const numbers = counted && majorOf(counted, version);
  if (!numbers) return { state: 'unlisted' };
  const versions = RETIRED_VERSIONS[counted];
  const major = numbers.join('.');
  const listed = versions.find((retiredVersion) => retiredVersion.major === major);
  if (listed?.until.value !== undefined) return { state: 'ended', major, until: listed.until.value };
  const over = versions.some((younger) => compare(numbers, younger.major.split('.').map(Number)) <= 0);
  return { state: over ? 'ended' : 'current', major };
}

/** The engine of RDS or Aurora as its versions are counted. @internal */
export function countedEngine(engine: string): CountedEngine | undefined {
  if (engine === 'aurora') return 'aurora-mysql';
  const family = engine.replace(/^(oracle|sqlserver)-.*$/, '$1');
  return Object.hasOwn(RETIRED_VERSIONS, family) ? (family as CountedEngine) : undefined;
}

/** The numbers that make the major version. @internal */
export function majorOf(engine: CountedEngine, version: string): readonly number[] | undefined {
  const numbers = /^\d+(\.\d+)*/.exec(version)?.[0].split('.').map(Number);
  const count = numbers && MAJOR_NUMBERS[engine](numbers[0] ?? 0);
  return numbers && numbers.length >= (count ?? 1) ? numbers.slice(0, count) : undefined;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
