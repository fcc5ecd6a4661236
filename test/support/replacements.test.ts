import { knows, lostOf, STATEFUL_TYPES } from './replacements';

describe('a change', () => {
  const table = (Properties: object, rest: object = {}) => ({
    Orders: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { TableName: 'orders', ...Properties },
      ...rest,
    },
  });
  const cluster = (name: string) => ({
    Orders: { Type: 'AWS::RDS::DBCluster', Properties: { DBSubnetGroupName: { Ref: 'Subnets' } } },
    Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupName: name } },
    Reader: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Orders' } } },
  });
  const why = (...apps: Parameters<typeof lostOf> extends [string, ...infer Rest] ? Rest : never) =>
    lostOf('Shop', ...apps).map((each) => each.why);

  test.each<[string, Parameters<typeof why>, readonly string[]]>([
    ['nothing', [table({}), table({})], []],
    ['what can change', [table({}), table({ BillingMode: 'PAY_PER_REQUEST' })], []],
    ['the name of a table', [table({}), table({ TableName: 'items' })], ['TableName: "orders" -> "items"']],
    [
      'what can change in some states only',
      [table({ KeySchema: [{ AttributeName: 'a' }] }), table({ KeySchema: [{ AttributeName: 'b' }] })],
      ['KeySchema: [{"AttributeName":"a"}] -> [{"AttributeName":"b"}], perhaps'],
    ],
    ['the logical id of a table', [table({}), {}], ['is gone']],
    ['the logical id of a retained one', [table({}, { DeletionPolicy: 'Retain' }), {}], ['is left behind']],
    [
      'the type at a logical id',
      [table({}), { Orders: { Type: 'AWS::DynamoDB::Table' } }],
      ['is of type AWS::DynamoDB::Table now'],
    ],
    [
      'the name of something that it refers to',
      [cluster('one'), cluster('other')],
      ['DBSubnetGroupName: Subnets is made anew'],
    ],
    [
      'a reader of a cluster',
      [cluster('one'), { ...cluster('one'), Reader: { Type: 'Custom::Nothing' } }],
      [],
    ],
    ['a role', [{ Role: { Type: 'AWS::IAM::Role' } }, {}], []],
  ])('of %s is seen as it is', (_, apps, expected) => {
    expect(why(...apps)).toEqual(expected);
  });

  test('of a stateful type that is not in the table is said', () => {
    const pool = { Pool: { Type: 'AWS::DSQL::Cluster' } };
    expect(why(pool, pool)).toEqual([]);
    expect(STATEFUL_TYPES.filter((type) => !knows(type))).toEqual([]);
  });
});
