import { clusterOf, engineOf, judgeStandalone } from '../../assembly/data/database-members';
import { isReadReplica } from '../../assembly/data/database-origin';
import { any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { alarmsOn, alarmWatches } from '../../assembly/observe/alarms';
import { existsWith } from '../../assembly/presence';
import { Resource } from '../../assembly/resource';
import { isScalar, Unknown } from '../../assembly/value';
import { isSubscribedTo } from '../../assembly/wiring/event-subscriptions';
import { LOG_RETENTION, MONITORING } from '../control-families';
import type { Rule } from '../rule';
import { LOW, MEDIUM } from '../severity';

const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide';
const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html';
const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';

const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';

export const enhancedMonitoring: Rule = {
  id: 'RDS-12',
  title: 'Database instances report the metrics of their operating system.',
  kind: 'monitoring',
  why: 'Whether memory, disk or processes hold the database up cannot be seen while it is down.',
  fix: 'set MonitoringInterval to 60 or less, and MonitoringRoleArn',
  severity: LOW,
  appliesTo: [INSTANCE],
  controls: MONITORING,
  sources: [`${CONFIG}/rds-enhanced-monitoring-enabled.html`, `${SECURITY_HUB}#rds-6`],
  check: (instance) => judgeWithCluster(instance, reportsSystemMetrics),
};

export const performanceInsights: Rule = {
  id: 'RDS-13',
  title: 'Database instances show which queries load them.',
  kind: 'monitoring',
  why: 'When the database is slow, finding the query that slows it down takes the length of the outage.',
  fix: 'set EnablePerformanceInsights to true',
  severity: LOW,
  appliesTo: [INSTANCE],
  controls: MONITORING,
  sources: [`${RDS}/USER_PerfInsights.html`],
  check: (instance) => judgeWithCluster(instance, showsLoad),
};

export const logsExported: Rule = {
  id: 'RDS-18',
  title: 'Databases send all their logs to CloudWatch Logs.',
  kind: 'monitoring',
  why: 'Logs on the instance are rotated within days, and gone with the instance.',
  fix: 'list all log types of the engine in EnableCloudwatchLogsExports',
  severity: LOW,
  appliesTo: [INSTANCE, CLUSTER],
  controls: LOG_RETENTION,
  sources: [`${CONFIG}/rds-logging-enabled.html`, `${SECURITY_HUB}#rds-9`],
  check: (database) => judgeStandalone(database, exportsLogs),
};

export const criticalEventsSubscribed: Rule = {
  id: 'RDS-23',
  title: 'Somebody is told of the critical events of databases and their groups.',
  kind: 'monitoring',
  why: 'Failures, maintenance and changes of the configuration happen and nobody is told.',
  fix: 'add an AWS::RDS::EventSubscription that is enabled and has no filter',
  severity: LOW,
  appliesTo: [
    INSTANCE,
    CLUSTER,
    'AWS::RDS::DBParameterGroup',
    'AWS::RDS::DBClusterParameterGroup',
    'AWS::RDS::DBSecurityGroup',
  ],
  controls: MONITORING,
  sources: [19, 20, 21, 22].map((control) => `${SECURITY_HUB}#rds-${control}`),
  check: tellsOfCriticalEvents,
};

export const databaseAlarms: Rule = {
  id: 'RDS-27',
  title: 'Alarms watch the free storage, the disk queue and the replication of database instances.',
  kind: 'monitoring',
  why: 'Storage that runs full, a disk that cannot follow and a replica that lags are noticed by the users first.',
  fix: 'add a CloudWatch alarm on the metric of the instance',
  severity: MEDIUM,
  appliesTo: [INSTANCE],
  controls: MONITORING,
  sources: [`${RDS}/rds-metrics.html`],
  check: watchedByAlarms,
};

/** Asks a question of an instance and of the cluster that may answer for it. */
function judgeWithCluster(instance: Resource, judge: (database: Resource) => Judgement): Judgement {
  if (isCustom(instance)) return notApplicable('RDS Custom has no such setting');
  const own = judge(instance);
  const cluster = clusterOf(instance);
  if (cluster === undefined || own.outcome !== 'fail') return own;
  if (cluster instanceof Resource) return any(own, judge(cluster));
  return namesClusterElsewhere(instance) ? own : unknown('DBClusterIdentifier', cluster);
}

/** Whether an instance surely names a cluster that is not in the app: by a text, or by what its template declares nowhere. */
function namesClusterElsewhere(instance: Resource): boolean {
  const { stack, body } = instance;
  if (stack.graph.unreadable.length > 0) return false;
  if (isScalar(instance.get('DBClusterIdentifier'))) return true;
  const written = body.Properties?.DBClusterIdentifier;
  const named = typeof written === 'object' && written !== null && 'Ref' in written ? written.Ref : undefined;
  return (
    typeof named === 'string' &&
    !named.startsWith('AWS::') &&
    stack.parameter(named) === undefined &&
    !stack.resources.has(named) &&
    !stack.leftOut.has(named)
  );
}

function isCustom(database: Resource): boolean {
  const engine = engineOf(database);
  return typeof engine === 'string' && engine.startsWith('custom-');
}

function reportsSystemMetrics(database: Resource): Judgement {
  return database.atLeast('MonitoringInterval', 1, { default: 0, unit: 'seconds' });
}

function showsLoad(database: Resource): Judgement {
  const path = database.type === CLUSTER ? 'PerformanceInsightsEnabled' : 'EnablePerformanceInsights';
  return database.is(path, true, { default: false });
}

/** Which logs an engine writes; the first pattern that fits counts. */
const LOG_TYPES: readonly (readonly [engine: RegExp, types: readonly string[]])[] = [
  [/^(aurora|aurora-mysql|mariadb|mysql)$/, ['audit', 'error', 'general', 'slowquery']],
  [/^aurora-postgresql$/, ['postgresql']],
  [/^postgres$/, ['postgresql', 'upgrade']],
  [/^oracle-/, ['alert', 'audit', 'listener', 'trace', 'oemagent']],
  [/^sqlserver-ex$/, ['error']],
  [/^sqlserver-/, ['agent', 'error']],
  [/^db2-/, ['diag.log', 'notify.log']],
  [/^docdb$/, ['audit', 'profiler']],
  [/^neptune$/, ['audit', 'slowquery']],
];

/** A Multi-AZ DB cluster of MySQL has no audit log. */
const MULTI_AZ_MYSQL_LOGS = ['error', 'general', 'slowquery'];

function logTypesOf(database: Resource, engine: string): readonly string[] | undefined {
  if (database.type === CLUSTER && engine === 'mysql') return MULTI_AZ_MYSQL_LOGS;
  return LOG_TYPES.find(([pattern]) => pattern.test(engine))?.[1];
}

function exportsLogs(database: Resource): Judgement {
  const path = 'EnableCloudwatchLogsExports';
  if (isCustom(database)) return notApplicable('RDS Custom exports no logs');
  const exported = database.list(path);
  if (exported instanceof Unknown) return unknown(path, exported);
  const engine = engineOf(database);
  const types = typeof engine === 'string' ? logTypesOf(database, engine) : undefined;
  // Every engine has logs, also one that only deploy knows.
  if (exported.length === 0 && !types)
    return fail({ property: path, found: 'no logs', needed: 'the log types of the engine' });
  if (!types)
    return unknown('Engine', engine instanceof Unknown ? engine : 'the logs of the engine are not known');
  const missing = types.filter((type) => !exported.includes(type));
  if (missing.length === 0) return pass({ property: path, found: types.join(', ') });
  if (!exported.every(isScalar)) return unknown(path, 'some of the log types are known only at deploy');
  const found = types.filter((type) => exported.includes(type)).join(', ');
  return fail({
    property: path,
    found: found || 'no logs',
    needed: `${missing.join(', ')}${found && ' too'}`,
  });
}

/** The source type of each type's events, and the categories that are critical. */
const CRITICAL_EVENTS: Readonly<
  Record<string, readonly [sourceType: string, categories: readonly string[]]>
> = {
  [INSTANCE]: ['db-instance', ['maintenance', 'configuration change', 'failure']],
  [CLUSTER]: ['db-cluster', ['maintenance', 'failure']],
  'AWS::RDS::DBParameterGroup': ['db-parameter-group', ['configuration change']],
  'AWS::RDS::DBClusterParameterGroup': ['db-parameter-group', ['configuration change']],
  'AWS::RDS::DBSecurityGroup': ['db-security-group', ['configuration change', 'failure']],
};

function tellsOfCriticalEvents(resource: Resource): Judgement {
  const [sourceType, categories] = CRITICAL_EVENTS[resource.type] ?? ['', []];
  const told = categories.map((category) => isSubscribedTo(resource, sourceType, category));
  const missing = categories.filter((_, index) => told[index] === false);
  if (missing.length > 0)
    return fail({
      found: `no subscription to ${missing.join(', ')} of ${sourceType}`,
      needed: `a subscription to ${categories.join(', ')}`,
    });
  const open = told.find((truth) => truth instanceof Unknown);
  return open instanceof Unknown ? unknown(undefined, open) : pass({ found: 'an event subscription' });
}

function watchedByAlarms(instance: Resource): Judgement | readonly Judgement[] {
  const storage = judgeStandalone(instance, (own) => actingAlarmWatches(own, 'FreeStorageSpace'));
  if (storage.outcome === 'notApplicable') return storage;
  const replica = isReadReplica(instance);
  const watched = [storage, actingAlarmWatches(instance, 'DiskQueueDepth')];
  if (replica === false) return watched;
  const lag = actingAlarmWatches(instance, 'ReplicaLag');
  return [
    ...watched,
    replica instanceof Unknown && lag.outcome === 'fail' ? unknown(undefined, replica) : lag,
  ];
}

/** Whether an alarm watches a metric and acts: with its actions off it turns red and nobody is told. */
function actingAlarmWatches(instance: Resource, metric: string): Judgement {
  const judged = alarmWatches(instance, metric);
  if (judged.outcome !== 'pass') return judged;
  const { metrics, maybe, unknown: others } = alarmsOn(instance);
  const alarms = metrics.filter(({ name, alarm }) => name === metric && existsWith(alarm, instance) === true);
  const acting = alarms.map(({ alarm }) => ({
    alarm,
    acts: alarm.is('ActionsEnabled', true, { default: true }),
  }));
  const sure = acting.find(({ acts }) => acts.outcome === 'pass');
  if (sure) return pass({ found: `${sure.alarm.logicalId} watches ${metric}` });
  const open = acting.find(({ acts }) => acts.outcome === 'unknown');
  if (open)
    return unknown(
      undefined,
      `whether ${open.alarm.logicalId} acts: ${open.acts.reason ?? 'deploy decides'}`,
    );
  const another = [...metrics, ...maybe].find(
    (watched) => !alarms.includes(watched) && (watched.name === metric || watched.name instanceof Unknown),
  );
  if (another)
    return unknown(undefined, `whether ${another.alarm.logicalId} watches ${metric}: deploy decides`);
  if (others) return unknown(undefined, others);
  const names = acting.map(({ alarm }) => alarm.logicalId).join(', ');
  return fail({
    found: `${names} on ${metric} with its actions off`,
    needed: `an alarm on ${metric} that acts`,
  });
}
