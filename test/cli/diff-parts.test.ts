import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import differenceSchema from '../../schemas/difference-1.schema.json';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-diff-parts-'));
let files = 0;

function template(resources: object): string {
  const file = join(folder, `${files++}.template.json`);
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  return file;
}

async function diff(base: object, head: object, ...flags: readonly string[]) {
  return nines('diff', template(base), template(head), ...flags);
}

async function dataOf(base: object, head: object) {
  const json = JSON.parse((await diff(base, head, '--format', 'json')).out);
  expect([validate(json), validate.errors]).toEqual([true, null]);
  return json.data;
}

const validate = new Ajv2020().compile(differenceSchema);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('nines diff, of members of a cluster', () => {
  const cluster = {
    Cluster: {
      Type: 'AWS::RDS::DBCluster',
      DeletionPolicy: 'Retain',
      Properties: { Engine: 'aurora-postgresql' },
    },
  };
  const member = (properties: object = { DBClusterIdentifier: { Ref: 'Cluster' } }) => ({
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'aurora-postgresql', DBInstanceClass: 'db.r6g.large', ...properties },
  });

  const deleted = { Cluster: { ...cluster.Cluster, DeletionPolicy: 'Delete' } };

  it('loses no data where one leaves a cluster that stays', async () => {
    const three = { ...cluster, I0: member(), I1: member(), I2: member() };
    const two = { ...cluster, I0: member(), I1: member() };
    const { code, out } = await diff(three, two);
    expect(out).toContain('app/I2 (AWS::RDS::DBInstance) is removed: its cluster keeps the data\n');
    expect(code).toBe(0);
    expect(await dataOf(three, two)).toMatchObject([
      { kind: 'removed', resource: 'app/I2', kept: 'elsewhere' },
    ]);
  });

  it('loses none either where one is replaced, or named by a cluster that another app holds', async () => {
    const one = { ...cluster, I0: member(), I1: member() };
    const other = member({ DBClusterIdentifier: { Ref: 'Cluster' }, DBInstanceIdentifier: 'other' });
    const { code, out } = await diff(one, { ...one, I1: other });
    expect(out).toContain(
      'app/I1 (AWS::RDS::DBInstance) is replaced by DBInstanceIdentifier: its cluster keeps the data',
    );
    expect(code).toBe(0);
    const outside = { ...cluster, I1: member({ DBClusterIdentifier: 'shared' }) };
    expect((await diff(outside, cluster)).code).toBe(0);
  });

  it('goes as its cluster goes', async () => {
    const topic = { Other: { Type: 'AWS::SNS::Topic' } };
    const { out } = await diff({ ...cluster, I0: member(), ...topic }, topic);
    expect(out).toContain('app/I0 (AWS::RDS::DBInstance) is removed: its cluster keeps the data\n');
    const snapshot = { Cluster: { ...cluster.Cluster, DeletionPolicy: 'Snapshot' } };
    const data = await dataOf({ ...snapshot, I0: member(), ...topic }, topic);
    expect(data).toMatchObject([
      { resource: 'app/Cluster', kept: 'snapshot' },
      { resource: 'app/I0', kept: 'snapshot' },
    ]);
  });

  it.each([
    ['its cluster is deleted with it', { ...deleted, I0: member() }, {}],
    [
      'its cluster becomes something else',
      { ...cluster, I0: member() },
      { Cluster: { Type: 'AWS::DynamoDB::Table' } },
    ],
    [
      'it stands alone',
      { ...cluster, I0: { ...member({ Engine: 'mysql' }), DeletionPolicy: 'Delete' } },
      cluster,
    ],
    ['it leaves its cluster', { ...cluster, I0: member() }, { ...cluster, I0: member({ Engine: 'mysql' }) }],
  ])('tells that its data is deleted where %s', async (_, base, head) => {
    const kept = { Other: { Type: 'AWS::SNS::Topic' } };
    const data = await dataOf({ ...base, ...kept }, { ...head, ...kept });
    expect(data).toContainEqual(expect.objectContaining({ resource: 'app/I0', kept: 'nothing' }));
  });
});

describe('nines diff, of replicas of a table', () => {
  const table = (...regions: readonly (string | object)[]) => ({
    Table: {
      Type: 'AWS::DynamoDB::GlobalTable',
      DeletionPolicy: 'Retain',
      Properties: { TableName: 'orders', Replicas: regions.map((Region) => ({ Region })) },
    },
  });

  it('tells which one goes, and that others keep the data', async () => {
    const [three, two] = [
      table('eu-west-1', 'eu-central-1', 'eu-west-3'),
      table('eu-west-1', 'eu-central-1'),
    ];
    const { code, out } = await diff(three, two);
    expect(out).toContain(
      'app/Table (AWS::DynamoDB::GlobalTable) loses its replica in eu-west-3: its other replicas keep the data\n',
    );
    expect(out).not.toContain('nothing moves');
    expect(code).toBe(0);
    expect(await dataOf(three, two)).toEqual([
      {
        kind: 'replica removed',
        resource: 'app/Table',
        type: 'AWS::DynamoDB::GlobalTable',
        properties: ['Replicas'],
        kept: 'elsewhere',
        regions: ['eu-west-3'],
      },
    ]);
  });

  it('exits with 1 where none of the replicas stays', async () => {
    const { code, out } = await diff(table('eu-west-1', 'eu-west-3'), table('eu-central-1'));
    expect(out).toContain('loses its replicas in eu-west-1, eu-west-3: its data is deleted\n');
    expect(code).toBe(1);
  });

  it('says nothing of replicas that are added, or stand in another order', async () => {
    expect(await dataOf(table('eu-west-1'), table('eu-west-3', 'eu-west-1'))).toEqual([]);
  });

  it('takes a region that only deploy knows for the same where it is written the same', async () => {
    const other = { Ref: 'Other' };
    expect(await dataOf(table('eu-west-1', other), table('eu-west-1', other))).toEqual([]);
    expect(await dataOf(table('eu-west-1', other), table('eu-west-1'))).toMatchObject([
      { kind: 'replica removed', regions: ['a region that only deploy knows'], kept: 'elsewhere' },
    ]);
    expect(await dataOf(table(other, { Ref: 'Third' }), table(other))).toHaveLength(1);
    const perhaps = await diff(table('eu-west-1', 'eu-west-3'), table('eu-west-1', other));
    expect(perhaps.out).toContain('perhaps loses its replica in eu-west-3: its other replicas keep the data');
    expect(perhaps.code).toBe(0);
    const list = {
      Table: { ...table().Table, Properties: { TableName: 'orders', Replicas: { Ref: 'List' } } },
    };
    expect(await dataOf(list, list)).toEqual([]);
    expect(await dataOf(table('eu-west-1'), list)).toMatchObject([
      { kind: 'replica perhaps removed', regions: ['eu-west-1'], kept: 'elsewhere' },
    ]);
    expect(await dataOf(list, table('eu-west-1'))).toMatchObject([
      { kind: 'replica perhaps removed', kept: 'elsewhere' },
    ]);
  });
});
