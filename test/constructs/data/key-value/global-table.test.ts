import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Span } from '../../../../lib/calculus/time-span';
import { GlobalTable, type GlobalTableProps } from '../../../../lib/constructs/data/key-value/global-table';
import { joinRegions } from '../../../../lib/constructs/region/membership';
import { RegionRole } from '../../../../lib/objectives/region-role';
import { Replication } from '../../../../lib/objectives/replication';
import { Residency } from '../../../../lib/objectives/residency';
import { TIERS } from '../../../../lib/objectives/tier';
import { ACCOUNT, catalogued, refusal, WEAKENING } from '../../fixtures';
import { type Around, OTHER_ACCOUNT, onlyIn, shopIn, templateOf } from '../replicated';

const TABLE = 'AWS::DynamoDB::GlobalTable';
const ID = { name: 'id', type: AttributeType.STRING };
const TWO_ACCOUNTS = [ACCOUNT, OTHER_ACCOUNT];
const NO_LOSS = { dataClasses: [{ name: 'orders', rpo: { region: Duration.seconds(0) } }] };

function tables(around: Around = {}, props: Partial<GlobalTableProps> = {}) {
  const parts: Record<string, GlobalTable> = {};
  const stacks = shopIn(around, (stack) => {
    parts[stack.region] = new GlobalTable(stack, 'Orders', { partitionKey: ID, ...props });
  });
  return { stacks, parts };
}

const refused = (around: Around, props: Partial<GlobalTableProps> = {}) => {
  const { path, problem, fix } = refusal(() => tables(around, props));
  expect(path).toMatch(/^Shop-[a-z0-9-]+\/Orders$/);
  expect(fix).not.toBe('');
  return problem;
};

describe('a GlobalTable', () => {
  test('is made with all its replicas in the stack of the primary, and known by name elsewhere', () => {
    const { stacks, parts } = tables();
    const { Properties } = onlyIn(stacks['eu-west-1'], TABLE);
    expect(Properties).toMatchObject({
      TableName: 'shop-orders',
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
    expect(Properties.Replicas.map(({ Region }: { Region: string }) => Region).sort()).toEqual([
      'eu-central-1',
      'eu-west-1',
    ]);
    templateOf(stacks['eu-central-1']).resourceCountIs(TABLE, 0);
    expect(parts['eu-central-1']?.table.tableName).toBe('shop-orders');
  });

  test('has a key in every region, which the table names by its alias', () => {
    const { stacks } = tables();
    const { Properties } = onlyIn(stacks['eu-west-1'], TABLE);
    const keys = Properties.Replicas.map(
      ({ SSESpecification }: { SSESpecification: { KMSMasterKeyId: unknown } }) =>
        SSESpecification.KMSMasterKeyId,
    );
    expect(keys).toContain(`arn:aws:kms:eu-central-1:${ACCOUNT}:alias/shop-orders`);
    for (const region of ['eu-west-1', 'eu-central-1']) {
      expect(onlyIn(stacks[region], 'AWS::KMS::Alias')).toMatchObject({
        Properties: { AliasName: 'alias/shop-orders' },
        DeletionPolicy: 'Retain',
      });
      expect(onlyIn(stacks[region], 'AWS::KMS::Key')).toMatchObject({
        Properties: { EnableKeyRotation: true },
        DeletionPolicy: 'Retain',
      });
    }
  });

  test.each(TIERS)(
    'has point-in-time recovery and deletion protection in every replica at tier %i',
    (tier) => {
      const { stacks } = tables({ tier });
      const { Properties, DeletionPolicy, UpdateReplacePolicy } = onlyIn(stacks['eu-west-1'], TABLE);
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
      for (const replica of Properties.Replicas) {
        expect(replica).toMatchObject({
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
          ContributorInsightsSpecification: { Enabled: tier <= 1 },
        });
      }
    },
  );

  test('tags every replica with its service', () => {
    for (const { Tags } of onlyIn(tables().stacks['eu-west-1'], TABLE).Properties.Replicas) {
      expect(Tags).toContainEqual({ Key: 'resilience:service', Value: 'shop' });
    }
  });

  test('may be torn down where it is not production', () => {
    const { stacks } = tables({ nonProduction: true });
    const { Properties, DeletionPolicy } = onlyIn(stacks['eu-west-1'], TABLE);
    expect(DeletionPolicy).toBe('Delete');
    for (const replica of Properties.Replicas) expect(replica.DeletionProtectionEnabled).toBe(false);
  });

  test('is strongly consistent with a witness where no data may be lost', () => {
    const { stacks, parts } = tables(
      { tier: 0, active: true, service: NO_LOSS },
      { dataClass: 'orders', homeRegion: 'eu-central-1' },
    );
    expect(onlyIn(stacks['eu-central-1'], TABLE).Properties).toMatchObject({
      MultiRegionConsistency: 'STRONG',
      GlobalTableWitnesses: [{ Region: 'eu-west-2' }],
    });
    expect(parts['eu-west-1']?.witnessRegion).toBe('eu-west-2');
  });

  test('takes the witness of the region set', () => {
    const { stacks } = tables(
      { active: true, witness: 'eu-west-3' },
      { replication: Replication.synchronous(), homeRegion: 'eu-central-1' },
    );
    expect(onlyIn(stacks['eu-central-1'], TABLE).Properties.GlobalTableWitnesses).toEqual([
      { Region: 'eu-west-3' },
    ]);
  });

  test('needs no witness in three regions', () => {
    const { stacks, parts } = tables(
      { regions: ['eu-west-1', 'eu-west-2', 'eu-central-1'] },
      { replication: Replication.synchronous() },
    );
    const { Properties } = onlyIn(stacks['eu-west-1'], TABLE);
    expect(Properties.Replicas).toHaveLength(3);
    expect(Properties.GlobalTableWitnesses).toBeUndefined();
    expect(parts['eu-west-1']?.witnessRegion).toBeUndefined();
  });

  test('is made in the active region that is said', () => {
    const { stacks } = tables({ active: true }, { homeRegion: 'eu-west-1' });
    templateOf(stacks['eu-west-1']).resourceCountIs(TABLE, 1);
    templateOf(stacks['eu-central-1']).resourceCountIs(TABLE, 0);
  });

  test('stands in one region where the service does', () => {
    const { stacks } = tables({ tier: 2, regions: ['eu-west-1'] });
    expect(onlyIn(stacks['eu-west-1'], TABLE).Properties.Replicas).toHaveLength(1);
  });

  test('between two accounts is joined by a replica that follows the home region', () => {
    const { stacks } = tables({ accounts: TWO_ACCOUNTS });
    const home = onlyIn(stacks['eu-west-1'], TABLE).Properties;
    const away = onlyIn(stacks['eu-central-1'], TABLE).Properties;
    expect(home.Replicas).toHaveLength(1);
    expect(home.Replicas[0].GlobalTableSettingsReplicationMode).toBe('ENABLED');
    expect(away).toMatchObject({
      TableName: 'shop-orders',
      GlobalTableSourceArn: `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/shop-orders`,
    });
    const statements = [home, away].map(
      ({ Replicas }) => Replicas[0].ResourcePolicy.PolicyDocument.Statement as { Sid: string }[],
    );
    const sids = statements.map((each) => each.map(({ Sid }) => Sid));
    expect(sids[0]).toEqual(['ReplicateAmongAccounts', 'LetReplicasJoin']);
    expect(sids[1]).toContain('ReplicateAmongAccounts');
    expect(statements[0]?.[0]).toMatchObject({
      Condition: { StringEquals: { 'aws:SourceAccount': TWO_ACCOUNTS } },
    });
    expect(away.Replicas[0]).toMatchObject({ DeletionProtectionEnabled: true });
    // By these backups find it.
    expect(away.Replicas[0].Tags).toContainEqual({ Key: 'resilience:service', Value: 'shop' });
  });

  test('takes what is said of keys, indexes, streams, limits and policies', () => {
    const peerKeyArns = { 'eu-central-1': `arn:aws:kms:eu-central-1:${ACCOUNT}:key/2` };
    const stacks = shopIn({}, (stack) => {
      const arn = `arn:aws:kms:${stack.region}:${ACCOUNT}:key/1`;
      const { table } = new GlobalTable(stack, 'Orders', {
        partitionKey: ID,
        sortKey: { name: 'at', type: AttributeType.NUMBER },
        encryptionKey: Key.fromKeyArn(stack, 'Own', arn),
        peerKeyArns,
        globalSecondaryIndexes: [
          { indexName: 'byBuyer', partitionKey: { name: 'buyer', type: AttributeType.STRING } },
        ],
        localSecondaryIndexes: [{ indexName: 'byDay', sortKey: { name: 'day', type: AttributeType.STRING } }],
        timeToLiveAttribute: 'expires',
        stream: StreamViewType.NEW_IMAGE,
        maxReadRequestUnits: 1000,
        maxWriteRequestUnits: 500,
        warmThroughput: { readUnitsPerSecond: 13000, writeUnitsPerSecond: 5000 },
        resourcePolicy: new PolicyDocument({
          statements: [
            new PolicyStatement({
              principals: [new AccountPrincipal(OTHER_ACCOUNT)],
              actions: ['dynamodb:GetItem'],
              resources: ['*'],
            }),
          ],
        }),
      });
      table.grants.readWriteData(Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/app`));
    });
    const { Properties } = onlyIn(stacks['eu-west-1'], TABLE);
    expect(Properties).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      WarmThroughput: { ReadUnitsPerSecond: 13000, WriteUnitsPerSecond: 5000 },
      WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 500 },
    });
    expect(JSON.stringify(Properties.Replicas)).toContain('key/2');
    for (const stack of Object.values(stacks)) templateOf(stack).resourceCountIs('AWS::KMS::Key', 0);
    // The grant in the other region is for the table of that name, there.
    const { Statement } = onlyIn(stacks['eu-central-1'], 'AWS::IAM::Policy').Properties.PolicyDocument;
    expect(JSON.stringify(Statement)).toContain('table/shop-orders/index/*');
  });

  test('records how it replicates, where it is made and what is kept', () => {
    const { stacks } = tables({ tier: 0, active: true }, { homeRegion: 'eu-central-1' });
    const { decisions } = catalogued(stacks['eu-west-1'] as Stack);
    const said = Object.fromEntries(decisions.map(({ what, value }) => [what, value]));
    expect(said).toMatchObject({
      'Orders.replication': 'asynchronous',
      'Orders.homeRegion': 'eu-central-1',
      'Orders.region': 'RPO 5 s, RTO 0 s',
      'Orders.pointInTimeRecoveryDays': '35',
      'Orders.deletionProtection': 'true',
      'Orders.contributorInsights': 'true',
    });
  });

  test('keeps a shorter point-in-time recovery for a reason', () => {
    const { stacks } = tables({}, { pointInTimeRecoveryDays: 7, weakening: WEAKENING });
    const { Replicas } = onlyIn(stacks['eu-west-1'], TABLE).Properties;
    expect(Replicas[0].PointInTimeRecoverySpecification.RecoveryPeriodInDays).toBe(7);
  });
});

describe('a GlobalTable fails when', () => {
  const strong = { replication: Replication.synchronous() };

  test('it has no key', () => {
    const none = {} as GlobalTableProps;
    expect(refused({}, { ...none, partitionKey: undefined as never })).toBe('partitionKey is missing');
  });

  test('its stack belongs to no regions', () => {
    const stack = new Stack(new App(), 'Shop');
    expect(refusal(() => new GlobalTable(stack, 'Orders', { partitionKey: ID, tier: 1 })).problem).toMatch(
      /belongs to no set of regions/,
    );
  });

  test('its stack has no region, or stands in that of a witness', () => {
    const stack = new Stack(new App(), 'Shop');
    const places = (role: RegionRole) => ({ region: 'eu-west-1', role, availabilityZones: ['eu-west-1a'] });
    joinRegions(stack, { place: places(RegionRole.WITNESS), peers: [], approach: undefined });
    const { problem } = refusal(() => new GlobalTable(stack, 'Orders', { partitionKey: ID, tier: 1 }));
    expect(problem).toMatch(/eu-west-1 is a witness, which keeps no data/);
    expect(problem).toMatch(/its stack has no region/);
  });

  test('the account of one region is said and that of another is not', () => {
    const stack = new Stack(new App(), 'Shop', { env: { region: 'eu-west-1', account: ACCOUNT } });
    const place = (region: string, role: RegionRole) => ({ region, role, availabilityZones: [] });
    joinRegions(stack, {
      place: place('eu-west-1', RegionRole.PRIMARY),
      peers: [{ ...place('eu-central-1', RegionRole.STANDBY), account: OTHER_ACCOUNT }],
      approach: undefined,
    });
    expect(refusal(() => new GlobalTable(stack, 'Orders', { partitionKey: ID, tier: 1 })).problem).toBe(
      'the account of eu-west-1 is not said, but that of another region is',
    );
  });

  test('its stack has no account where another region has one', () => {
    const stack = new Stack(new App(), 'Shop', { env: { region: 'eu-west-1' } });
    const place = (region: string, role: RegionRole) => ({
      region,
      role,
      availabilityZones: [],
      account: ACCOUNT,
    });
    joinRegions(stack, {
      place: place('eu-west-1', RegionRole.PRIMARY),
      peers: [place('eu-central-1', RegionRole.STANDBY)],
      approach: undefined,
    });
    expect(refusal(() => new GlobalTable(stack, 'Orders', { partitionKey: ID, tier: 1 })).problem).toBe(
      'its stack has no account, so whether another region is in the same one is not known',
    );
  });

  test('strong consistency is asked for in regions of no set', () => {
    expect(refused({ regions: ['us-east-1', 'eu-west-1'] }, strong)).toMatch(
      /strong consistency needs three regions.*a table in us-east-1, eu-west-1 cannot be strongly consistent/,
    );
  });

  test('strong consistency is asked for in four regions, or in one', () => {
    const regions = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'];
    expect(refused({ regions }, strong)).toMatch(/needs three regions/);
    expect(refused({ regions: ['eu-west-1'], tier: 2 }, strong)).toMatch(/needs three regions/);
  });

  test('three replicas have a witness as well', () => {
    const regions = ['eu-west-1', 'eu-west-2', 'eu-central-1'];
    expect(refused({ regions }, { ...strong, witnessRegion: 'eu-west-3' })).toMatch(/needs three regions/);
  });

  test('the witness holds a replica', () => {
    expect(refused({}, { ...strong, witnessRegion: 'eu-west-1' })).toMatch(/cannot be strongly consistent/);
  });

  test('data may lie in no region that could vote', () => {
    const residency = new Residency({ regions: ['eu-west-1', 'eu-central-1'] });
    expect(refused({ service: { residency } }, strong)).toMatch(/needs three regions/);
  });

  test('the witness is where data may not lie', () => {
    const residency = new Residency({ regions: ['eu-west-1', 'eu-central-1'] });
    expect(refused({ service: { residency } }, { ...strong, witnessRegion: 'eu-west-2' })).toBe(
      'the witness is eu-west-2, where the data of the service may not lie',
    );
  });

  test('strong consistency is asked for between accounts', () => {
    expect(refused({ accounts: TWO_ACCOUNTS }, strong)).toBe(
      `a table in the accounts ${ACCOUNT}, ${OTHER_ACCOUNT} cannot be strongly consistent`,
    );
  });

  test('a strongly consistent table is to delete items by itself, or has local indexes', () => {
    expect(refused({}, { ...strong, timeToLiveAttribute: 'expires' })).toBe(
      'timeToLiveAttribute is expires, but a strongly consistent table deletes nothing by itself',
    );
    const local = { indexName: 'byDay', sortKey: { name: 'day', type: AttributeType.STRING } };
    expect(refused({}, { ...strong, sortKey: ID, localSecondaryIndexes: [local] })).toBe(
      '1 local secondary indexes: a strongly consistent table can have none',
    );
  });

  test('an eventually consistent table has a witness', () => {
    const replication = Replication.asynchronous({ maxLag: Span.seconds(30) });
    expect(refused({}, { replication, witnessRegion: 'eu-west-2' })).toBe(
      'the witness eu-west-2 votes on nothing: the table is eventually consistent',
    );
  });

  test('a replica may be further behind than it is allowed to', () => {
    expect(refused({}, { replication: Replication.asynchronous({ maxLag: Span.seconds(1) }) })).toBe(
      'a replica may be 5 s behind, but maxLag is 1 s',
    );
  });

  test('it is eventually consistent where nothing may be lost', () => {
    const replication = Replication.asynchronous({ maxLag: Span.seconds(5) });
    const { problem, fix } = refusal(() =>
      tables({ service: NO_LOSS }, { dataClass: 'orders', replication }),
    );
    expect(problem).toMatch(/eventual consistency loses up to 5 s of orders .* an RPO of 0 s is owed/);
    expect(fix).toMatch(/use DynamoDB global table with strong consistency/);
  });

  test('it stands in one region where the tier owes more', () => {
    expect(refused({ regions: ['eu-west-1'] })).toMatch(/DynamoDB table in one region loses all of data/);
  });

  test('several regions serve and none is its home', () => {
    expect(refused({ active: true })).toBe(
      'no region is the primary, so none of eu-central-1, eu-west-1 makes the table',
    );
  });

  test('its home is no region of its own', () => {
    expect(refused({}, { homeRegion: 'sa-east-1' })).toBe(
      'homeRegion is sa-east-1, which is no region of the service',
    );
  });

  test('some replicas share an account and others do not', () => {
    const regions = ['eu-west-1', 'eu-west-2', 'eu-central-1'];
    expect(refused({ regions, accounts: [ACCOUNT, ACCOUNT, OTHER_ACCOUNT] })).toBe(
      '3 replicas stand in 2 accounts',
    );
  });

  test('a key is given but not those of the other regions', () => {
    const act = () =>
      shopIn({}, (stack) => {
        const encryptionKey = Key.fromKeyArn(stack, 'Own', `arn:aws:kms:${stack.region}:${ACCOUNT}:key/1`);
        new GlobalTable(stack, 'Orders', { partitionKey: ID, encryptionKey });
      });
    expect(refusal(act).problem).toBe('encryptionKey is given, but peerKeyArns says no key for eu-central-1');
  });

  test('there are more indexes than a table can have', () => {
    const key = (name: string) => ({ name, type: AttributeType.STRING });
    const many = <T>(count: number, make: (name: string) => T) =>
      Array.from({ length: count }, (_, index) => make(`i${index}`));
    const problem = refused(
      {},
      {
        globalSecondaryIndexes: many(21, (indexName) => ({ indexName, partitionKey: key(indexName) })),
        localSecondaryIndexes: many(6, (indexName) => ({ indexName, sortKey: key(indexName) })),
      },
    );
    expect(problem).toMatch(/21 global secondary indexes, but a table can have 20/);
    expect(problem).toMatch(/6 local secondary indexes, but a table can have 5/);
  });

  test('it has local indexes without a sort key, or limits that are none', () => {
    const local = { indexName: 'byDay', sortKey: { name: 'day', type: AttributeType.STRING } };
    expect(refused({}, { localSecondaryIndexes: [local] })).toBe(
      'localSecondaryIndexes are given, but the table has no sort key that they could replace',
    );
    expect(refused({}, { maxReadRequestUnits: 0 })).toBe('maxReadRequestUnits is 0');
    expect(refused({}, { maxWriteRequestUnits: 1.5 })).toBe('maxWriteRequestUnits is 1.5');
  });

  test.each([0, 36, 1.5])('point-in-time recovery is to reach back %p days', (days) => {
    expect(refused({}, { pointInTimeRecoveryDays: days })).toBe(`pointInTimeRecoveryDays is ${days}`);
  });

  test.each([
    [{ pointInTimeRecoveryDays: 7 }, /pointInTimeRecoveryDays is 7, but the tier owes 35/],
    [{ deletionProtection: false }, /deletionProtection is false, but the tier owes true/],
    [{ contributorInsights: false }, /contributorInsights is false, but the tier owes true/],
  ])('something is weaker than the tier owes without a reason: %p', (props, message) => {
    expect(refused({}, props)).toMatch(message);
  });

  test('the data class is not one of the service', () => {
    expect(refused({}, { dataClass: 'carts' })).toMatch(/data class "carts" is not one/);
  });
});
