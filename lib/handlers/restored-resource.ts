import { type Answer, type Call, valueAt } from './aws-call';

/** How one sees whether a restored resource is there and can be used. */
interface Check {
  readonly client: string;
  readonly command: string;
  readonly input: (name: string, arn: string) => object;

  /** Where its state stands in the answer. */
  readonly state: string;
  readonly good: readonly string[];
}

const cluster: Check = {
  client: 'RDS',
  command: 'DescribeDBClusters',
  input: (_, arn) => ({ DBClusterIdentifier: arn }),
  state: 'DBClusters.0.Status',
  good: ['available'],
};

/** By what AWS Backup calls the type. The API of RDS knows clusters of DocumentDB and Neptune too. */
const CHECKS: Readonly<Record<string, Check>> = {
  Aurora: cluster,
  DocumentDB: cluster,
  DynamoDB: {
    client: 'DynamoDB',
    command: 'DescribeTable',
    input: (name) => ({ TableName: name }),
    state: 'Table.TableStatus',
    good: ['ACTIVE'],
  },
  EBS: {
    client: 'EC2',
    command: 'DescribeVolumes',
    input: (name) => ({ VolumeIds: [name] }),
    state: 'Volumes.0.State',
    good: ['available', 'in-use'],
  },
  EC2: {
    client: 'EC2',
    command: 'DescribeInstances',
    input: (name) => ({ InstanceIds: [name] }),
    state: 'Reservations.0.Instances.0.State.Name',
    good: ['running', 'stopped'],
  },
  EFS: {
    client: 'EFS',
    command: 'DescribeFileSystems',
    input: (name) => ({ FileSystemId: name }),
    state: 'FileSystems.0.LifeCycleState',
    good: ['available'],
  },
  FSx: {
    client: 'FSx',
    command: 'DescribeFileSystems',
    input: (name) => ({ FileSystemIds: [name] }),
    state: 'FileSystems.0.Lifecycle',
    good: ['AVAILABLE'],
  },
  Neptune: cluster,
  RDS: {
    client: 'RDS',
    command: 'DescribeDBInstances',
    input: (_, arn) => ({ DBInstanceIdentifier: arn }),
    state: 'DBInstances.0.DBInstanceStatus',
    good: ['available'],
  },
  S3: {
    client: 'S3',
    command: 'ListObjectsV2',
    input: (name) => ({ Bucket: name, MaxKeys: 1 }),
    // An empty bucket proves nothing.
    state: 'KeyCount',
    good: ['1'],
  },
};

/** What was seen of a restored resource. */
export interface Seen {
  readonly ok: boolean;

  /** In words: `DynamoDB awsbackup-restore-test-1 is ACTIVE`. */
  readonly message: string;
}

/**
 * Looks at a restored resource once.
 *
 * @throws whatever the API throws, unless that says that there is no such thing
 */
export async function lookAt(type: string, arn: string, call: Call): Promise<Seen> {
  // A cluster of RDS that is not Aurora is one of RDS by name.
  const check = type === 'RDS' && arn.includes(':cluster:') ? cluster : CHECKS[type];
  if (!check) return { ok: false, message: `no check is known for ${type}` };
  const name = arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
  let answer: Answer;
  try {
    answer = await call(check.client, check.command, check.input(name, arn));
  } catch (error) {
    if (!(error instanceof Error && MISSING.test(error.name))) throw error;
    return { ok: false, message: `${type} ${name} is not there: ${error.name}` };
  }
  const state = String(valueAt(answer, check.state));
  return { ok: check.good.includes(state), message: `${type} ${name}: ${check.state} is ${state}` };
}

const MISSING = /NotFound|NoSuch|InvalidInstanceID|InvalidVolume/;
