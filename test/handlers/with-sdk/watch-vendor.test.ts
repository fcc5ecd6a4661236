import {
  DynamoDBClient,
  ProvisionedThroughputExceededException,
  ResourceNotFoundException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../lib/handlers/watch-vendor';
import { called, fault, throttled } from '../../support/called';

const dynamo = mockClient(DynamoDBClient);
beforeEach(() => void dynamo.reset());

const began = {
  vendor: 'AWS RDS',
  table: 'memory',
  status: 'open',
  event: 'arn:aws:health:eu-west-1::event/RDS/AWS_RDS_API_ISSUE/1',
  what: 'AWS_RDS_API_ISSUE',
};

/** A table that adds to a set of texts: what is in it stays once. */
function remember(): void {
  const open = new Set<string>();
  dynamo.on(UpdateItemCommand).callsFake(({ UpdateExpression, ExpressionAttributeValues: values }) => {
    expect(UpdateExpression).toBe('SET heardAt=:t ADD openEvents :e');
    for (const each of values[':e'].SS) open.add(each);
    return { Attributes: { heardAt: values[':t'], openEvents: { SS: [...open] } } };
  });
}

it('keeps what is open, and says of which service, call and vendor it wrote', async () => {
  remember();
  const { lines } = await called(handler, began);
  expect(dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input).toMatchObject({
    TableName: 'memory',
    Key: { id: { S: 'AWS RDS' } },
    ReturnValues: 'ALL_NEW',
  });
  expect(lines).toEqual([
    expect.objectContaining({
      service: 'shop',
      event: 'call-1',
      Vendor: 'AWS RDS',
      VendorStatus: 3,
      openEvents: [began.event],
    }),
  ]);
});

it('hears an event that comes twice as one: when it is closed, nothing stays open', async () => {
  remember();
  const said = async () => (await called(handler, began)).lines.map(({ openEvents }) => openEvents);
  expect([await said(), await said()]).toEqual([[[began.event]], [[began.event]]]);
});

it.each<[string, () => Error]>([
  ['is throttled', throttled],
  ['has no capacity left', () => fault(ProvisionedThroughputExceededException)],
  ['is gone', () => fault(ResourceNotFoundException)],
])('says nothing when the memory %s, and fails, so that Lambda tries again', async (_, error) => {
  dynamo.on(UpdateItemCommand).rejects(error());
  const { failure, lines } = await called(handler, began);
  expect(failure).toMatchObject({ name: error().name });
  expect(lines).toEqual([]);
});

it('calls no API of AWS for the page of a third party', async () => {
  const page = { vendor: 'payments', url: 'http://127.0.0.1:1/summary.json', components: [] };
  const { lines } = await called(handler, page);
  expect(lines).toEqual([expect.objectContaining({ service: 'shop', event: 'call-1', Readable: 0 })]);
  expect(dynamo.calls()).toEqual([]);
});
