import type { Truth } from '../conditions';
import { type Judgement, unknown } from '../judgement';
import { isSet } from '../property-truth';
import type { Resource } from '../resource';
import { Unknown } from '../value';

/** What a database starts from: a source that it follows, a snapshot, or a source as it was at some time. */
export type OriginKind = 'replica' | 'snapshot' | 'pointInTime';

/** Where the data of a database comes from, and with it the settings that AWS takes over. */
export interface DatabaseOrigin {
  readonly kind: OriginKind;

  /** The property that says so. */
  readonly property: string;

  /** Whether there is one: a condition may leave the property out. */
  readonly exists: Truth;

  /** The database that it comes from, or why that cannot be seen. */
  readonly source: Resource | Unknown;
}

type OriginProperties = readonly (readonly [property: string, kind: OriginKind])[];

const CLUSTER_COPIES: OriginProperties = [
  ['SnapshotIdentifier', 'snapshot'],
  ['SourceDBClusterIdentifier', 'pointInTime'],
];

const ORIGINS: Readonly<Record<string, OriginProperties>> = {
  'AWS::DocDB::DBCluster': CLUSTER_COPIES,
  'AWS::Neptune::DBCluster': CLUSTER_COPIES,
  'AWS::RDS::DBInstance': [
    ['DBSnapshotIdentifier', 'snapshot'],
    ['DBClusterSnapshotIdentifier', 'snapshot'],
    ['SourceDBInstanceAutomatedBackupsArn', 'pointInTime'],
    ['SourceDbiResourceId', 'pointInTime'],
    ['SourceDBInstanceIdentifier', 'replica'],
    ['SourceDBClusterIdentifier', 'replica'],
  ],
  'AWS::RDS::DBCluster': [
    ['SnapshotIdentifier', 'snapshot'],
    ['SourceDBClusterIdentifier', 'pointInTime'],
    ['SourceDbClusterResourceId', 'pointInTime'],
    ['ReplicationSourceIdentifier', 'replica'],
  ],
};

/** With one of these, a source instance is restored as it was, not followed. */
const RESTORE_PROPERTIES = ['RestoreTime', 'UseLatestRestorableTime'];

/** Where a database comes from; undefined for one that starts empty. */
export function originOf(database: Resource): DatabaseOrigin | undefined {
  for (const [property, kind] of ORIGINS[database.type] ?? []) {
    const exists = isSet(database, property);
    if (exists === false) continue;
    const restored =
      kind === 'replica' && RESTORE_PROPERTIES.some((path) => database.get(path) !== undefined);
    const source = database.target(property) ?? new Unknown(`${property} is not set`);
    return { kind: restored ? 'pointInTime' : kind, property, exists, source };
  }
  return undefined;
}

/** Whether a database follows another one. */
export function isReadReplica(database: Resource): Truth {
  const origin = originOf(database);
  return origin?.kind === 'replica' ? origin.exists : false;
}

/** How a property is judged that AWS takes from the origin where the template leaves it out. */
export interface InheritedProperty {
  readonly path: string;

  /** The kinds of origin that it is taken from. */
  readonly from: readonly OriginKind[];

  /** Judges the property of the database that it is set on, or that starts empty. */
  readonly judge: (database: Resource) => Judgement;
}

/** Judges a property where it is set, on the database itself or on the one that it comes from. */
export function judgeInherited(
  database: Resource,
  property: InheritedProperty,
  visited: ReadonlySet<Resource> = new Set(),
): Judgement {
  const { path, from, judge } = property;
  const origin = originOf(database);
  if (!origin || !from.includes(origin.kind) || isSet(database, path) === true) return judge(database);
  const { source, exists } = origin;
  if (exists instanceof Unknown) return unknown(path, exists);
  if (source instanceof Unknown || visited.has(source))
    return unknown(path, `${path} is taken from ${origin.property}, which is not in the app`);
  return judgeInherited(source, property, new Set([...visited, database]));
}
