import { countedEngine, majorOf, RETIRED_VERSIONS } from './engine-versions';
import type { Fact } from './fact';
import { CLOSED, ENDED } from './lifecycles/closed-services';
import { VERSION_ENDS } from './lifecycles/versions';

/** A service that AWS has closed or is closing. */
export interface ClosedService {
  readonly name: string;

  /** Its CloudFormation types. */
  readonly types: readonly string[];

  /** `closed`: new customers are refused. `ending`: support ends for everybody. */
  readonly state: 'closed' | 'ending';

  /** The day, `YYYY-MM-DD`; undefined where the source gives no day. */
  readonly on: Fact<string | undefined>;

  /** What takes its place. */
  readonly instead: string;
}

/** What has versions or runtimes whose support ends. */
export type VersionedProduct =
  | 'activemq'
  | 'aurora-mysql'
  | 'aurora-postgresql'
  | 'canary'
  | 'docdb'
  | 'elasticsearch'
  | 'kafka'
  | 'kubernetes'
  | 'lambda'
  | 'mariadb'
  | 'mysql'
  | 'neptune'
  | 'opensearch'
  | 'oracle'
  | 'postgres'
  | 'rabbitmq'
  | 'redis'
  | 'sqlserver'
  | 'valkey';

/** The end of the standard support of one release. */
export interface VersionEnd {
  /** The release as the product counts it: `5.7`, `1.33`, `nodejs20.x`. */
  readonly release: string;

  /** The last day of standard support, `YYYY-MM-DD`; undefined where no end is announced. */
  readonly until: Fact<string | undefined>;
}

/** Where a version stands on a day. */
export type VersionSupport =
  | {
      /** Its standard support is over. `until` is undefined where the source gives no day. */
      readonly state: 'ended';
      readonly release: string;
      readonly until?: string;
    }
  | {
      /** It is in standard support. `until` is undefined where no end is announced. */
      readonly state: 'supported';
      readonly release: string;
      readonly until?: string;
    }
  | {
      /** No day is given to judge by, and its support ended or ends after the table was read. */
      readonly state: 'open';
      readonly release: string;
      readonly until: string;
    }
  | {
      /** Nothing is known of the product or the version. */
      readonly state: 'unlisted';
    };

/** A feature of a type that AWS has ended. */
export interface EndedFeature {
  readonly name: string;
  readonly type: string;
  readonly property: string;
  readonly on: Fact<string | undefined>;
  readonly instead: string;
}

/** Features that AWS has ended, while the rest of their type goes on. */
export const ENDED_FEATURES: readonly EndedFeature[] = ENDED;

/** Services that AWS has closed or is closing, for new customers or for all. */
export const CLOSED_SERVICES: readonly ClosedService[] = CLOSED;

/** How many numbers of a version make its release. Runtimes are names, not numbers. */
const RELEASE_NUMBERS: Readonly<Partial<Record<VersionedProduct, number>>> = {
  activemq: 2,
  docdb: 2,
  elasticsearch: 2,
  kafka: 2,
  kubernetes: 2,
  neptune: 4,
  opensearch: 2,
  rabbitmq: 2,
  redis: 1,
  valkey: 1,
};

/** Releases whose end does not follow their order: what is not listed is not known. */
const UNORDERED: ReadonlySet<VersionedProduct> = new Set(['canary', 'elasticsearch', 'lambda', 'opensearch']);

const closedByType = new Map(
  CLOSED_SERVICES.flatMap((closed) => closed.types.map((type) => [type, closed] as const)),
);

/** The closed or closing service that a CloudFormation type belongs to. */
export function closedService(type: string): ClosedService | undefined {
  return closedByType.get(type);
}

/** The product that an engine's name stands for, such as `mysql`, `sqlserver-se` or `ActiveMQ`. */
export function productOf(engine: string): VersionedProduct | undefined {
  const name = engine.toLowerCase();
  return countedEngine(name) ?? (Object.hasOwn(VERSION_ENDS, name) ? (name as VersionedProduct) : undefined);
}

/**
 * Where a version stands on a day. Where no day is given, only what was over when the table was read is known to be
 * over: time does not run back.
 */
export function versionSupport(product: VersionedProduct, version: string, today?: Date): VersionSupport {
  const release = releaseOf(product, version);
  if (release === undefined) return { state: 'unlisted' };
  const rows = rowsOf(product);
  const listed = rows.find((row) => row.release === release);
  if (listed) return judge(listed, today);
  if (UNORDERED.has(product) || rows.length === 0) return { state: 'unlisted' };
  return besideTheList(rows, release, today);
}

/** Whether a day that is known lies at most so many days after another. */
export function endsWithin(until: string, today: Date, days: number): boolean {
  return Date.parse(until) - Date.parse(isoDay(today)) <= days * 86_400_000;
}

interface Row extends VersionEnd {
  /** True where it is over although the source gives no day. */
  readonly over?: boolean;
}

const rowsByProduct = new Map<VersionedProduct, readonly Row[]>();

function rowsOf(product: VersionedProduct): readonly Row[] {
  const known = rowsByProduct.get(product);
  if (known) return known;
  const engine = countedEngine(product);
  const retired = engine ? RETIRED_VERSIONS[engine] : [];
  const rows = [
    ...retired.map(({ major, until }) => ({ release: major, until, over: until.value === undefined })),
    ...VERSION_ENDS[product],
  ];
  rowsByProduct.set(product, rows);
  return rows;
}

function judge({ release, until, over = false }: Row, today: Date | undefined): VersionSupport {
  const { value: last, asOf } = until;
  if (last === undefined) return { state: over ? 'ended' : 'supported', release };
  const day = today ? isoDay(today) : asOf.padEnd(10, '-01');
  if (last < day) return { state: 'ended', release, until: last };
  return { state: today ? 'supported' : 'open', release, until: last };
}

/** What is older than a version that is over is over too; what is younger than all has no announced end. */
function besideTheList(rows: readonly Row[], release: string, today: Date | undefined): VersionSupport {
  const younger = rows.filter((row) => compare(release, row.release) < 0);
  if (younger.length === 0) return { state: 'supported', release };
  const over = younger.some((row) => judge(row, today).state === 'ended');
  return over ? { state: 'ended', release } : { state: 'unlisted' };
}

function releaseOf(product: VersionedProduct, version: string): string | undefined {
  const engine = countedEngine(product);
  if (engine) return majorOf(engine, version)?.join('.');
  const count = RELEASE_NUMBERS[product];
  if (count === undefined) return version;
  const numbers = /^\d+(\.\d+)*/.exec(version)?.[0].split('.') ?? [];
  return numbers.length >= count ? numbers.slice(0, count).join('.') : undefined;
}

function compare(one: string, other: string): number {
  const [a, b] = [one.split('.').map(Number), other.split('.').map(Number)];
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}
