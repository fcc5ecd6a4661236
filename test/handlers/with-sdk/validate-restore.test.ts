import {
  BackupClient,
  PutRestoreValidationResultCommand,
  ServiceUnavailableException,
} from '@aws-sdk/client-backup';
import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, DescribeVolumesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeFileSystemsCommand as DescribeEfsCommand,
  EFSClient,
  FileSystemNotFound,
} from '@aws-sdk/client-efs';
import {
  DescribeFileSystemsCommand as DescribeFsxCommand,
  FSxClient,
  FileSystemNotFound as FsxNotFound,
} from '@aws-sdk/client-fsx';
import { InvokeCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import {
  DBClusterNotFoundFault,
  DBInstanceNotFoundFault,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { ListObjectsV2Command, NoSuchBucket, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../lib/handlers/validate-restore';
import { called, fault, throttled } from '../../support/called';

const clients = {
  backup: mockClient(BackupClient),
  dynamo: mockClient(DynamoDBClient),
  ec2: mockClient(EC2Client),
  efs: mockClient(EFSClient),
  fsx: mockClient(FSxClient),
  lambda: mockClient(LambdaClient),
  rds: mockClient(RDSClient),
  s3: mockClient(S3Client),
};
const { backup, dynamo, ec2, efs, fsx, lambda, rds, s3 } = clients;

beforeEach(() => {
  for (const client of Object.values(clients)) client.reset();
  backup.on(PutRestoreValidationResultCommand).resolves({});
});

const at = 'arn:aws:rds:eu-west-1:111122223333';
const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/awsbackup-restore-test-1';
const ACTIVE = { Table: { TableStatus: 'ACTIVE' as const } };
const payload = (value: unknown) => Buffer.from(JSON.stringify(value)) as never;

function restored(resourceType: string, createdResourceArn: string, environment = {}) {
  const detail = { restoreJobId: 'job-1', resourceType, createdResourceArn };
  return called(handler, { detail }, environment);
}

/** The same, with all the time that it may look. */
async function watched(...what: Parameters<typeof restored>) {
  jest.useFakeTimers();
  try {
    const judged = restored(...what);
    await jest.advanceTimersByTimeAsync(20 * 30_000);
    return await judged;
  } finally {
    jest.useRealTimers();
  }
}

/** What AWS Backup was told, each time. */
const said = () =>
  backup.commandCalls(PutRestoreValidationResultCommand).map(({ args: [{ input }] }) => input);

it.each<[type: string, arn: string, answer: () => void]>([
  [
    'Aurora',
    `${at}:cluster:a`,
    () => rds.on(DescribeDBClustersCommand).resolves({ DBClusters: [{ Status: 'available' }] }),
  ],
  [
    'RDS',
    `${at}:db:a`,
    () => rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [{ DBInstanceStatus: 'available' }] }),
  ],
  ['DynamoDB', TABLE, () => dynamo.on(DescribeTableCommand).resolves(ACTIVE)],
  [
    'EBS',
    'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1',
    () => ec2.on(DescribeVolumesCommand).resolves({ Volumes: [{ State: 'available' }] }),
  ],
  [
    'EC2',
    'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
    () =>
      ec2
        .on(DescribeInstancesCommand)
        .resolves({ Reservations: [{ Instances: [{ State: { Name: 'running' } }] }] }),
  ],
  [
    'EFS',
    'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1',
    () => efs.on(DescribeEfsCommand).resolves({ FileSystems: [{ LifeCycleState: 'available' }] as never }),
  ],
  [
    'FSx',
    'arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1',
    () => fsx.on(DescribeFsxCommand).resolves({ FileSystems: [{ Lifecycle: 'AVAILABLE' }] }),
  ],
  ['S3', 'arn:aws:s3:::bucket', () => s3.on(ListObjectsV2Command).resolves({ KeyCount: 1 })],
])('sees a %s that can be used, and tells AWS Backup', async (type, arn, answer) => {
  answer();
  const { lines } = await restored(type, arn);
  expect(said()).toEqual([
    expect.objectContaining({ RestoreJobId: 'job-1', ValidationStatus: 'SUCCESSFUL' }),
  ]);
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'INFO',
      service: 'shop',
      event: 'call-1',
      restoreJobId: 'job-1',
      ok: true,
    }),
  ]);
});

const unavailable: readonly [type: string, arn: string, refuse: (error: Error) => void, gone: () => Error][] =
  [
    [
      'Aurora',
      `${at}:cluster:a`,
      (error) => void rds.on(DescribeDBClustersCommand).rejects(error),
      () => fault(DBClusterNotFoundFault),
    ],
    [
      'RDS',
      `${at}:db:a`,
      (error) => void rds.on(DescribeDBInstancesCommand).rejects(error),
      () => fault(DBInstanceNotFoundFault),
    ],
    [
      'DynamoDB',
      TABLE,
      (error) => void dynamo.on(DescribeTableCommand).rejects(error),
      () => fault(ResourceNotFoundException),
    ],
    [
      'EBS',
      'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1',
      (error) => void ec2.on(DescribeVolumesCommand).rejects(error),
      () => Object.assign(new Error('no'), { name: 'InvalidVolume.NotFound' }),
    ],
    [
      'EC2',
      'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
      (error) => void ec2.on(DescribeInstancesCommand).rejects(error),
      () => Object.assign(new Error('no'), { name: 'InvalidInstanceID.NotFound' }),
    ],
    [
      'EFS',
      'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1',
      (error) => void efs.on(DescribeEfsCommand).rejects(error),
      () => new FileSystemNotFound({ message: 'no', ErrorCode: 'FileSystemNotFound', $metadata: {} }),
    ],
    [
      'FSx',
      'arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1',
      (error) => void fsx.on(DescribeFsxCommand).rejects(error),
      () => fault(FsxNotFound),
    ],
    [
      'S3',
      'arn:aws:s3:::bucket',
      (error) => void s3.on(ListObjectsV2Command).rejects(error),
      () => fault(NoSuchBucket),
    ],
  ];

it.each(unavailable)(
  'says nothing of a %s when it is throttled, and fails, so that Lambda tries again',
  async (...row) => {
    const [type, arn, refuse] = row;
    refuse(throttled());
    const { failure, lines } = await watched(type, arn);
    expect(failure).toMatchObject({ name: 'ThrottlingException' });
    expect(said()).toEqual([]);
    expect(lines).toEqual([]);
  },
);

it.each(unavailable)('sees that a %s is not there, as AWS calls it', async (type, arn, refuse, gone) => {
  refuse(gone());
  // It may only not be there yet.
  const { lines } = await watched(type, arn);
  expect(said()).toEqual([
    expect.objectContaining({
      ValidationStatus: 'FAILED',
      ValidationStatusMessage: expect.stringMatching(new RegExp(`is not there: ${gone().name}$`)),
    }),
  ]);
  expect(lines).toEqual([expect.objectContaining({ level: 'WARN', ok: false })]);
});

it('tells the same when an event comes twice', async () => {
  dynamo.on(DescribeTableCommand).resolves(ACTIVE);
  await restored('DynamoDB', TABLE);
  await restored('DynamoDB', TABLE);
  const [first, second, ...others] = said();
  expect(first).toMatchObject({ RestoreJobId: 'job-1', ValidationStatus: 'SUCCESSFUL' });
  expect(second).toEqual(first);
  expect(others).toEqual([]);
});

it.each<[string, () => Error]>([
  ['throttled', throttled],
  ['away', () => fault(ServiceUnavailableException)],
])('fails when AWS Backup is %s, so that the result is not lost', async (_, error) => {
  dynamo.on(DescribeTableCommand).resolves(ACTIVE);
  backup.on(PutRestoreValidationResultCommand).rejectsOnce(error()).resolves({});
  expect((await restored('DynamoDB', TABLE)).failure).toMatchObject({ name: error().name });
  expect((await restored('DynamoDB', TABLE)).answer).toMatchObject({ ok: true });
});

describe('the function that knows the content', () => {
  beforeEach(() => void dynamo.on(DescribeTableCommand).resolves(ACTIVE));
  const check = () => restored('DynamoDB', TABLE, { CONTENT_CHECK: 'arn:aws:lambda:…:function:content' });

  it('is invoked with what was restored', async () => {
    lambda.on(InvokeCommand).resolves({ Payload: payload({ valid: true, message: '42 orders' }) });
    expect((await check()).answer).toEqual({ ok: true, message: 'content check: 42 orders' });
    const [call] = lambda.commandCalls(InvokeCommand);
    expect(call?.args[0].input).toMatchObject({
      FunctionName: 'arn:aws:lambda:…:function:content',
      Payload: expect.stringContaining(TABLE),
    });
  });

  it('that is throttled leaves the result open', async () => {
    lambda.on(InvokeCommand).rejects(fault(TooManyRequestsException));
    expect((await check()).failure).toMatchObject({ name: 'TooManyRequestsException' });
    expect(said()).toEqual([]);
  });
});
