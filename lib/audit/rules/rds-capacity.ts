import { judgeStandalone } from '../../assembly/data/database-members';
import { parameterFamily } from '../../assembly/data/database-parameters';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import type { Scalar } from '../../assembly/value';
import { CAPACITY } from '../control-families';
import type { Rule } from '../rule';
import { LOW, MEDIUM } from '../severity';

const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';

/**
 * The most connections of one account that count as a mistake.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Recommendations.html
 */
const FEW_CONNECTIONS = 5;

export const storageGrows: Rule = {
  id: 'RDS-19',
  title: 'The storage of database instances grows before it is full.',
  kind: 'capacity',
  why: 'An instance whose storage is full stops taking writes, and growing it by hand takes the time of an incident.',
  fix: 'set MaxAllocatedStorage to more than AllocatedStorage',
  severity: MEDIUM,
  appliesTo: ['AWS::RDS::DBInstance'],
  controls: CAPACITY,
  sources: [`${RDS}/USER_PIOPS.Autoscaling.html`],
  check: (instance) => judgeStandalone(instance, growsByItself),
};

export const parametersLeaveRoom: Rule = {
  id: 'RDS-26',
  title: 'Parameter groups leave storage and connections to the application.',
  kind: 'capacity',
  why: 'Logs in tables fill the storage, accounts run out of connections, and wide rows can no longer be read.',
  fix: 'set log_output to FILE, max_user_connections to more than 5 and innodb_default_row_format to dynamic',
  severity: LOW,
  appliesTo: ['AWS::RDS::DBParameterGroup'],
  controls: CAPACITY,
  sources: [`${RDS}/USER_Recommendations.html`],
  check: leavesRoom,
};

function growsByItself(instance: Resource): Judgement {
  const path = 'MaxAllocatedStorage';
  const [limit, allocated] = [instance.number(path), instance.number('AllocatedStorage')];
  const size = typeof allocated === 'number' ? `${allocated} GiB` : 'AllocatedStorage';
  const needed = `more than ${size}`;
  if (isSet(instance, path) === false) return fail({ property: path, found: 'not set', needed });
  if (typeof limit !== 'number') return unknown(path, limit ?? 'not known');
  if (typeof allocated !== 'number')
    return unknown('AllocatedStorage', allocated ?? 'AllocatedStorage is not set');
  const found = `${limit} GiB`;
  return limit > allocated ? pass({ property: path, found }) : fail({ property: path, found, needed });
}

function leavesRoom(group: Resource): Judgement | readonly Judgement[] {
  const family = parameterFamily(group);
  if (family === 'postgres' || family === 'other')
    return notApplicable('only MySQL and MariaDB have these parameters');
  return [
    logsToFiles(group),
    group.judge(
      'Parameters.max_user_connections',
      allowsConnections,
      `0 for no limit, or more than ${FEW_CONNECTIONS}`,
      {
        default: 0,
      },
    ),
    group.judge('Parameters.innodb_default_row_format', isSafeRowFormat, 'dynamic', { default: 'dynamic' }),
  ];
}

function logsToFiles(group: Resource): Judgement {
  const path = 'Parameters.log_output';
  if (isSet(group, path) !== false) return group.judge(path, isNotTable, 'FILE');
  const logs = ['general_log', 'slow_query_log'].map((name) =>
    group.is(`Parameters.${name}`, [1, 'ON'], { default: 0 }),
  );
  // Where the group leaves it open, the default counts once there is something to log.
  if (logs.every(({ outcome }) => outcome === 'fail'))
    return pass({ found: 'no logs that are written to tables' });
  const output = defaultOutput(group);
  return output === undefined
    ? unknown(path, 'whether logs go to tables by default is not known for the family')
    : group.judge(path, isNotTable, 'FILE', { default: output });
}

/**
 * Aurora writes to files by default, MySQL 5.7 and 8.0 and MariaDB on RDS to tables; of others it is not known.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQL.LogFileSize.html
 */
function defaultOutput(group: Resource): string | undefined {
  const family = group.get('Family');
  if (typeof family !== 'string') return undefined;
  if (/^aurora/.test(family)) return 'FILE';
  return /^(mysql5|mysql8\.0|mariadb)/.test(family) ? 'TABLE' : undefined;
}

function isNotTable(value: Scalar): boolean {
  return !/\bTABLE\b/i.test(String(value));
}

/** A formula such as `{DBInstanceClassMemory/12582880}` is worked out at deploy. */
function allowsConnections(value: Scalar): boolean | undefined {
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number === 0 || number > FEW_CONNECTIONS;
}

/** The numbers are the enumeration's, as MySQL takes them too. */
function isSafeRowFormat(value: Scalar): boolean {
  return !/^(redundant|compact|0|1)$/i.test(String(value));
}
