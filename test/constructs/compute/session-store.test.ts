import { Match } from 'aws-cdk-lib/assertions';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { SessionStore, type SessionStoreProps } from '../../../lib/constructs/compute/session-store';
import { StatelessFunction } from '../../../lib/constructs/compute/stateless-function';
import { TIERS } from '../../../lib/objectives/tier';
import { type Around, onlyIn, shopIn, templateOf } from '../data/replicated';
import { ACCOUNT, catalogued, refusal, shopStack, WEAKENING } from '../fixtures';

const TABLE = 'AWS::DynamoDB::GlobalTable';
const SESSIONS = { dataClasses: [{ name: 'sessions', rebuildable: true }] };

function sessionsIn(around: Around = {}, props: SessionStoreProps = {}) {
  return shopIn({ service: SESSIONS, ...around }, (stack) => {
    const sessions = new SessionStore(stack, 'Sessions', props);
    const web = new StatelessFunction(stack, 'Web', {
      code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      peakConcurrency: 40,
    });
    sessions.grantSessions(web);
  });
}

describe('a SessionStore', () => {
  test.each(TIERS)('at tier %i is a table in all regions, whose sessions expire', (tier) => {
    const stacks = sessionsIn({ tier }, { dataClass: 'sessions' });
    const { Properties, DeletionPolicy } = onlyIn(stacks['eu-west-1'], TABLE);
    expect(Properties).toMatchObject({
      TableName: 'shop-sessions-table',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
    expect(Properties.MultiRegionConsistency ?? 'EVENTUAL').toBe('EVENTUAL');
    expect(Properties.Replicas.map(({ Region }: { Region: string }) => Region).sort()).toEqual([
      'eu-central-1',
      'eu-west-1',
    ]);
    for (const replica of Properties.Replicas) {
      expect(replica).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      });
    }
    expect(DeletionPolicy).toBe('Retain');
    templateOf(stacks['eu-central-1']).resourceCountIs(TABLE, 0);
  });

  test('fails in a stack that belongs to no set of regions', () => {
    expect(refusal(() => new SessionStore(shopStack(2), 'Sessions')).problem).toMatch(
      /its stack belongs to no set of regions$/,
    );
  });

  test('is used one session at a time, in each region by its own name', () => {
    const stacks = sessionsIn({}, { dataClass: 'sessions' });
    for (const region of ['eu-west-1', 'eu-central-1']) {
      templateOf(stacks[region]).hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
            }),
            Match.objectLike({
              Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
            }),
          ]),
        },
      });
    }
    const other = JSON.stringify(templateOf(stacks['eu-central-1']).toJSON());
    expect(other).toContain('table/shop-sessions-table');
    expect(other).not.toContain(`eu-west-1:${ACCOUNT}:table`);
  });

  test('can be torn down where the stage is not production', () => {
    const stacks = sessionsIn({ nonProduction: true }, { dataClass: 'sessions' });
    const { Properties, DeletionPolicy } = onlyIn(stacks['eu-west-1'], TABLE);
    expect(DeletionPolicy).toBe('Delete');
    expect(Properties.Replicas[0].DeletionProtectionEnabled).toBe(false);
  });

  test('declares what may be lost', () => {
    const stacks = sessionsIn({}, { dataClass: 'sessions' });
    const stack = stacks['eu-west-1'];
    expect(stack && catalogued(stack).decisions).toContainEqual(
      expect.objectContaining({ what: 'Sessions/Table.replication', value: 'asynchronous' }),
    );
  });

  test('fails when no session may be lost, unless they are rebuildable or somebody answers for it', () => {
    const around = { service: { dataClasses: [{ name: 'carts', rpo: { region: Duration.seconds(0) } }] } };
    expect(refusal(() => sessionsIn(around, { dataClass: 'carts' }))).toMatchObject({
      path: 'Shop-eu-west-1/Sessions',
      problem: 'sessions of the last 5 s are lost with a region, but carts is owed an RPO of 0 s',
      fix: 'declare a data class for sessions that is rebuildable (users sign in again), and set dataClass to its name; or keep them in a GlobalTable with Replication.synchronous() and without timeToLiveAttribute, and delete them yourself when they end',
    });
    expect(() => sessionsIn(around, { dataClass: 'carts', weakening: WEAKENING })).not.toThrow();
  });

  test.each([
    ['id', 'expiresAttribute is id, which is the key of a session'],
    ['', 'expiresAttribute is empty'],
  ])("fails when sessions end at '%s'", (expiresAttribute, problem) => {
    expect(refusal(() => sessionsIn({}, { dataClass: 'sessions', expiresAttribute })).problem).toBe(problem);
  });

  test('fails when nobody says which of several active regions makes the table', () => {
    const made = () => sessionsIn({ active: true, tier: 0 }, { dataClass: 'sessions' });
    expect(refusal(made).path).toBe('Shop-eu-west-1/Sessions/Table');
  });

  test('fails when it takes its protection off in production', () => {
    const made = () => sessionsIn({}, { dataClass: 'sessions', deletionProtection: false });
    expect(refusal(made).problem).toMatch(/^deletionProtection is false, but the tier owes true/);
  });
});
