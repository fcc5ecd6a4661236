import {
  AuroraMysqlEngineVersion,
  AuroraPostgresEngineVersion,
  DatabaseClusterEngine,
  DatabaseInstanceEngine,
  type IClusterEngine,
  type IInstanceEngine,
  MariaDbEngineVersion,
  MysqlEngineVersion,
  PostgresEngineVersion,
} from 'aws-cdk-lib/aws-rds';

/** The dialect that an application speaks; each store of AWS offers some. */
export enum DatabaseEngine {
  POSTGRESQL = 'postgresql',
  MYSQL = 'mysql',
  MARIADB = 'mariadb',
}

/** What must be known of an engine to run it well. @internal */
export interface EngineFacts {
  readonly port: number;

  /** The logs that it can send to CloudWatch Logs. */
  readonly logs: readonly string[];

  /** What a parameter group sets, whatever the tier. */
  readonly parameters: Readonly<Record<string, string>>;
}

const MYSQL: EngineFacts = {
  port: 3306,
  logs: ['audit', 'error', 'general', 'slowquery'],
  parameters: { log_output: 'FILE', require_secure_transport: '1', slow_query_log: '1' },
};

const POSTGRESQL: EngineFacts = {
  port: 5432,
  logs: ['postgresql', 'upgrade'],
  parameters: { 'rds.force_ssl': '1' },
};

const ENGINES: Readonly<Record<string, EngineFacts>> = {
  mysql: MYSQL,
  mariadb: MYSQL,
  postgres: POSTGRESQL,
  'aurora-mysql': MYSQL,
  'aurora-postgresql': { ...POSTGRESQL, logs: ['postgresql'] },
};

/** The engines that the databases here can run. @internal */
export const KNOWN_ENGINES: readonly string[] = Object.keys(ENGINES);

/** The facts of an engine by the name that AWS gives it; undefined for one that is not known here. @internal */
export function engineFacts(engineType: string): EngineFacts | undefined {
  return ENGINES[engineType];
}

/** The engine of an RDS instance or Multi-AZ cluster. @internal */
export function instanceEngine(engine: DatabaseEngine, version?: string): IInstanceEngine {
  const { mysql, mariaDb, postgres } = DatabaseInstanceEngine;
  if (engine === DatabaseEngine.MARIADB)
    return mariaDb({
      version: version
        ? MariaDbEngineVersion.of(version, twoParts(version))
        : MariaDbEngineVersion.VER_11_8_6,
    });
  if (engine === DatabaseEngine.MYSQL)
    return mysql({
      version: version ? MysqlEngineVersion.of(version, twoParts(version)) : MysqlEngineVersion.VER_8_4_8,
    });
  return postgres({
    version: version ? PostgresEngineVersion.of(version, onePart(version)) : PostgresEngineVersion.VER_17_9,
  });
}

/** The engine of an Aurora cluster. @internal */
export function auroraEngine(engine: DatabaseEngine, version?: string): IClusterEngine {
  const { auroraMysql, auroraPostgres } = DatabaseClusterEngine;
  if (engine === DatabaseEngine.MYSQL)
    return auroraMysql({
      version: version
        ? AuroraMysqlEngineVersion.of(version, twoParts(version))
        : AuroraMysqlEngineVersion.VER_3_10_4,
    });
  return auroraPostgres({
    version: version
      ? AuroraPostgresEngineVersion.of(version, onePart(version))
      : AuroraPostgresEngineVersion.VER_17_9,
  });
}

function onePart(version: string): string {
  return version.split('.')[0] ?? version;
}

function twoParts(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
