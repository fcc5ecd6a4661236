import type { Answer, Call } from '../../lib/handlers/aws-call';
import { validateRestore } from '../../lib/handlers/validate-restore';

interface Called {
  readonly client: string;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An account that answers as it is told, one answer after the other; the last one again and again. */
function account(answers: Readonly<Record<string, readonly (Answer | Error)[]>>): {
  call: Call;
  calls: Called[];
} {
  const calls: Called[] = [];
  const asked = new Map<string, number>();
  const call: Call = async (client, command, input) => {
    calls.push({ client, command, input: input as Called['input'] });
    const list = answers[command] ?? [{}];
    const index = asked.get(command) ?? 0;
    asked.set(command, index + 1);
    const answer = list[Math.min(index, list.length - 1)] ?? {};
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { call, calls };
}

const named = (name: string) => Object.assign(new Error(name), { name });

async function validate(
  resourceType: string,
  createdResourceArn: string,
  answers: Readonly<Record<string, readonly (Answer | Error)[]>>,
  contentCheck = '',
) {
  const { call, calls } = account(answers);
  let pauses = 0;
  const pause = async () => void pauses++;
  const event = { detail: { restoreJobId: 'job-1', resourceType, createdResourceArn } };
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const about = { service: 'shop', event: 'call-1' };
  const seen = await validateRestore(event, { call, pause, contentCheck, write, about });
  const said = calls.find(({ command }) => command === 'PutRestoreValidationResult')?.input;
  return { seen, calls, pauses, said, lines: lines.map((line) => JSON.parse(line)) };
}

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/awsbackup-restore-test-1';

describe('a restored resource that can be used', () => {
  const at = 'arn:aws:rds:eu-west-1:111122223333';
  it.each<[string, string, string, Answer, object]>([
    [
      'Aurora',
      `${at}:cluster:a`,
      'DescribeDBClusters',
      { DBClusters: [{ Status: 'available' }] },
      { DBClusterIdentifier: `${at}:cluster:a` },
    ],
    [
      'RDS',
      `${at}:db:a`,
      'DescribeDBInstances',
      { DBInstances: [{ DBInstanceStatus: 'available' }] },
      { DBInstanceIdentifier: `${at}:db:a` },
    ],
    [
      'RDS',
      `${at}:cluster:a`,
      'DescribeDBClusters',
      { DBClusters: [{ Status: 'available' }] },
      { DBClusterIdentifier: `${at}:cluster:a` },
    ],
    [
      'DocumentDB',
      `${at}:cluster:a`,
      'DescribeDBClusters',
      { DBClusters: [{ Status: 'available' }] },
      { DBClusterIdentifier: `${at}:cluster:a` },
    ],
    [
      'Neptune',
      `${at}:cluster:a`,
      'DescribeDBClusters',
      { DBClusters: [{ Status: 'available' }] },
      { DBClusterIdentifier: `${at}:cluster:a` },
    ],
    [
      'DynamoDB',
      TABLE,
      'DescribeTable',
      { Table: { TableStatus: 'ACTIVE' } },
      { TableName: 'awsbackup-restore-test-1' },
    ],
    [
      'EBS',
      'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1',
      'DescribeVolumes',
      { Volumes: [{ State: 'available' }] },
      { VolumeIds: ['vol-1'] },
    ],
    [
      'EC2',
      'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
      'DescribeInstances',
      { Reservations: [{ Instances: [{ State: { Name: 'running' } }] }] },
      { InstanceIds: ['i-1'] },
    ],
    [
      'EFS',
      'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1',
      'DescribeFileSystems',
      { FileSystems: [{ LifeCycleState: 'available' }] },
      { FileSystemId: 'fs-1' },
    ],
    [
      'FSx',
      'arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1',
      'DescribeFileSystems',
      { FileSystems: [{ Lifecycle: 'AVAILABLE' }] },
      { FileSystemIds: ['fs-1'] },
    ],
    [
      'S3',
      'arn:aws:s3:::awsbackup-restore-test-1',
      'ListObjectsV2',
      { KeyCount: 1 },
      { Bucket: 'awsbackup-restore-test-1', MaxKeys: 1 },
    ],
  ])('%s %s is successful by %s', async (...row) => {
    const [type, arn, command, answer, input] = row;
    const { said, calls, lines } = await validate(type, arn, { [command]: [answer] });
    expect(calls[0]).toMatchObject({ command, input });
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'INFO',
        service: 'shop',
        event: 'call-1',
        restoreJobId: 'job-1',
        resourceType: type,
        createdResourceArn: arn,
      }),
    ]);
    expect(said).toMatchObject({ RestoreJobId: 'job-1', ValidationStatus: 'SUCCESSFUL' });
  });

  it('may need some time', async () => {
    const answers = [{ Table: { TableStatus: 'CREATING' } }, { Table: { TableStatus: 'ACTIVE' } }];
    const { said, pauses } = await validate('DynamoDB', TABLE, { DescribeTable: answers });
    expect(pauses).toBe(1);
    expect(said).toMatchObject({
      ValidationStatus: 'SUCCESSFUL',
      ValidationStatusMessage: 'DynamoDB awsbackup-restore-test-1: Table.TableStatus is ACTIVE',
    });
  });
});

describe('a restored resource has failed when', () => {
  it('it never gets ready', async () => {
    const { said, pauses, lines } = await validate('DynamoDB', TABLE, {
      DescribeTable: [{ Table: { TableStatus: 'CREATING' } }],
    });
    expect(pauses).toBe(19);
    expect(lines).toEqual([expect.objectContaining({ level: 'WARN', ok: false })]);
    expect(said).toMatchObject({ ValidationStatus: 'FAILED' });
  });

  it('it is not there', async () => {
    const { said } = await validate('DynamoDB', TABLE, {
      DescribeTable: [named('ResourceNotFoundException')],
    });
    expect(said).toMatchObject({
      ValidationStatus: 'FAILED',
      ValidationStatusMessage: 'DynamoDB awsbackup-restore-test-1 is not there: ResourceNotFoundException',
    });
  });

  it('it is an empty bucket', async () => {
    const { said } = await validate('S3', 'arn:aws:s3:::b', { ListObjectsV2: [{ KeyCount: 0 }] });
    expect(said).toMatchObject({ ValidationStatus: 'FAILED' });
  });

  it('nobody knows how to look at its type', async () => {
    const { said } = await validate('DSQL', 'arn:aws:dsql:eu-west-1:111122223333:cluster/x', {});
    expect(said).toMatchObject({
      ValidationStatus: 'FAILED',
      ValidationStatusMessage: 'no check is known for DSQL',
    });
  });
});

it('says nothing of what it could not see, so that the call is tried again', async () => {
  const denied = validate('DynamoDB', TABLE, { DescribeTable: [named('AccessDeniedException')] });
  await expect(denied).rejects.toThrow('AccessDeniedException');
});

describe('the content', () => {
  const active = { DescribeTable: [{ Table: { TableStatus: 'ACTIVE' } }] };
  const content = (answer: Answer) =>
    validate('DynamoDB', TABLE, { ...active, Invoke: [answer] }, 'arn:aws:lambda:…:function:content');
  const payload = (value: unknown) => Buffer.from(JSON.stringify(value));

  it('is looked into by the function that knows it', async () => {
    const { said, calls } = await content({ Payload: payload({ valid: true, message: '42 orders' }) });
    expect(calls.find(({ command }) => command === 'Invoke')?.input).toMatchObject({
      FunctionName: 'arn:aws:lambda:…:function:content',
      Payload: expect.stringContaining('"createdResourceArn"'),
    });
    expect(said).toMatchObject({
      ValidationStatus: 'SUCCESSFUL',
      ValidationStatusMessage: 'content check: 42 orders',
    });
  });

  it.each<[string, Answer]>([
    ['the function says so', { Payload: payload({ valid: false, message: 'no orders' }) }],
    ['the function fails', { FunctionError: 'Unhandled', Payload: payload({ errorMessage: 'boom' }) }],
    ['the function says nothing', { Payload: payload(null) }],
    ['the answer is empty', {}],
  ])('has failed when %s', async (_, answer) => {
    expect((await content(answer)).said).toMatchObject({ ValidationStatus: 'FAILED' });
  });
});
