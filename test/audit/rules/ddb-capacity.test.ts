import { provisionedTableScales } from '../../../lib/audit/rules/ddb-capacity';
import { findingsOf } from '../../support/findings';
import { checks } from '../../support/rule-cases';

const table = (properties: object) => ({ Type: 'AWS::DynamoDB::Table', Properties: properties });
const globalTable = (properties: object) => ({
  Resources: { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: properties } },
});
const target = (resourceId: unknown, dimension: string) => ({
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  Properties: { ResourceId: resourceId, ScalableDimension: dimension },
});
const targets = (name: string, resourceId: unknown, part = 'table') => ({
  [`${name}Reads`]: target(resourceId, `dynamodb:${part}:ReadCapacityUnits`),
  [`${name}Writes`]: target(resourceId, `dynamodb:${part}:WriteCapacityUnits`),
});
const OWN = { 'Fn::Join': ['', ['table/', { Ref: 'Table' }]] };
const indexOf = (index: string) => ({ 'Fn::Join': ['', ['table/', { Ref: 'Table' }, '/index/', index]] });
const INDEX = { GlobalSecondaryIndexes: [{ IndexName: 'by-day' }] };
const PROVISIONED = { BillingMode: 'PROVISIONED' };
const TABLE_TARGETS = targets('Table', OWN);

const SCALED = { MaxCapacity: 100 };
const writes = { WriteProvisionedThroughputSettings: { WriteCapacityAutoScalingSettings: SCALED } };
const reads = { ReadProvisionedThroughputSettings: { ReadCapacityAutoScalingSettings: SCALED } };
const fixedReads = { ReadProvisionedThroughputSettings: { ReadCapacityUnits: 5 } };
const index = (settings: object) => ({ IndexName: 'by-day', ...settings });

checks(provisionedTableScales, {
  passes: {
    'the table is on demand': { BillingMode: 'PAY_PER_REQUEST' },
    'a provisioned table scales reads and writes': { Resources: { Table: table({}), ...TABLE_TARGETS } },
    'so does each of its indexes': {
      Resources: {
        Table: table({ ...PROVISIONED, ...INDEX }),
        ...TABLE_TARGETS,
        ...targets('Index', indexOf('by-day'), 'index'),
      },
    },
    'the targets name the table by its name': {
      Resources: { Table: table({ TableName: 'orders' }), ...targets('Table', 'table/orders') },
    },
    'the targets name the table by the parameter that names it': {
      Parameters: { Name: { Type: 'String' } },
      Resources: {
        Table: table({ TableName: { Ref: 'Name' } }),
        ...targets('Table', { 'Fn::Join': ['/', ['table', { Ref: 'Name' }]] }),
      },
    },
    'a global table and its index scale in every region': globalTable({
      ...writes,
      GlobalSecondaryIndexes: [index(writes)],
      Replicas: [{ ...reads, GlobalSecondaryIndexes: [index(reads)] }],
    }),
  },
  fails: {
    'nothing is said, so the table is provisioned': {},
    'the provisioned table is scaled for reads only': {
      Resources: { Table: table(PROVISIONED), Reads: target(OWN, 'dynamodb:table:ReadCapacityUnits') },
    },
    'an index is not scaled': { Resources: { Table: table({ ...PROVISIONED, ...INDEX }), ...TABLE_TARGETS } },
    'another index is scaled': {
      Resources: {
        Table: table({ ...PROVISIONED, ...INDEX }),
        ...TABLE_TARGETS,
        ...targets('Index', indexOf('by-week'), 'index'),
      },
    },
    'another table is scaled': {
      Resources: { Table: table({ TableName: 'customers' }), ...targets('Table', 'table/orders') },
    },
    'a global table reads at a fixed rate in one region': globalTable({
      ...writes,
      Replicas: [reads, fixedReads],
    }),
    'a global table does not scale writes': globalTable({ Replicas: [reads] }),
    'the index of a global table is not scaled in one region': globalTable({
      ...writes,
      GlobalSecondaryIndexes: [index(writes)],
      Replicas: [reads],
    }),
  },
  unknown: {
    'the billing mode is a parameter without default': {
      Parameters: { Mode: { Type: 'String' } },
      Resources: { Table: table({ BillingMode: { Ref: 'Mode' } }) },
    },
    'what a target scales is a parameter': {
      Parameters: { Id: { Type: 'String' } },
      Resources: { Table: table({}), ...targets('Table', { Ref: 'Id' }) },
    },
    'a condition may leave the targets out': {
      Parameters: { Scaled: { Type: 'String' } },
      Conditions: { IsScaled: { 'Fn::Equals': [{ Ref: 'Scaled' }, 'yes'] } },
      Resources: {
        Table: table({}),
        TableReads: { ...TABLE_TARGETS.TableReads, Condition: 'IsScaled' },
        TableWrites: TABLE_TARGETS.TableWrites,
      },
    },
    'a macro may write the targets': { Transform: 'Scaling', Resources: { Table: table({}) } },
  },
  equivalent: {
    'Table.BillingMode': 'what is scaled may as well be on demand',
    'Table.TableName': 'what a name that deploy decides means elsewhere cannot be told',
  },
  notApplicable: {
    'it is a replica of a table in another account': globalTable({
      GlobalTableSourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
      Replicas: [{ Region: 'eu-central-1' }],
    }),
  },
});

describe('findings on capacity', () => {
  it('name the index that is not scaled', () => {
    const app = { Resources: { Table: table({ ...PROVISIONED, ...INDEX }), ...TABLE_TARGETS } };

    expect(findingsOf(app, [provisionedTableScales])).toEqual([
      {
        property: 'GlobalSecondaryIndexes.0',
        message:
          'GlobalSecondaryIndexes.0: found no scalable target for reads of index by-day, needs PAY_PER_REQUEST, or scalable targets for reads and writes',
      },
    ]);
  });
});
