import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { DatabaseInstance, DatabaseInstanceEngine, PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { Retrofit } from '../../../lib/constructs/retrofit/retrofit';
import { TIERS } from '../../../lib/objectives/tier';
import { ACCOUNT, shopOf } from '../fixtures';

/** Nothing at all, `undefined`, or a value. */
const maybe = <T>(name: string, values: fc.Arbitrary<T>) =>
  fc.oneof(
    fc.constant({}),
    fc.constant({ [name]: undefined }),
    values.map((value) => ({ [name]: value })),
  );

const database = fc
  .tuple(
    maybe('multiAz', fc.boolean()),
    maybe('deletionProtection', fc.boolean()),
    maybe(
      'backupRetention',
      fc.integer({ min: 0, max: 35 }).map((days) => Duration.days(days)),
    ),
  )
  .map((parts) => Object.assign({}, ...parts));

const table = maybe('deletionProtection', fc.boolean());
const bucket = maybe('versioned', fc.boolean());

type Chosen = Readonly<Record<'database' | 'table' | 'bucket', object>>;

/** The properties of everything, and what was reported. */
function built(chosen: Chosen, tier?: (typeof TIERS)[number], nonProduction = false) {
  const app = new App();
  const stack = new Stack(app, 'Plain', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  if (tier !== undefined) declareService(stack, shopOf(tier), { nonProduction });
  const retrofit = tier === undefined ? undefined : Retrofit.of(app);
  new DatabaseInstance(stack, 'Orders', {
    engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_16_6 }),
    vpc: new Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] }),
    ...chosen.database,
  });
  new Table(stack, 'Carts', { partitionKey: { name: 'id', type: AttributeType.STRING }, ...chosen.table });
  new Bucket(stack, 'Images', chosen.bucket);
  app.synth();
  const { Resources } = Template.fromStack(stack).toJSON();
  return { resources: Resources as Record<string, { Properties?: Record<string, unknown> }>, retrofit };
}

describe('whatever a person wrote', () => {
  const chosen = fc.record({ database, table, bucket });

  it('is what is deployed, at every tier, and the rest is reported', () => {
    fc.assert(
      fc.property(chosen, fc.constantFrom(...TIERS), fc.boolean(), (props, tier, nonProduction) => {
        const before = built(props).resources;
        const { resources: after, retrofit } = built(props, tier, nonProduction);
        for (const [id, { Properties = {} }] of Object.entries(before)) {
          const { Tags: _, ...set } = Properties;
          expect(after[id]?.Properties).toMatchObject(set);
        }
        const { changes = [], left = [] } = retrofit?.report ?? {};
        const names = (findings: typeof changes) =>
          findings.map(({ path, property }) => `${path}.${property}`);
        expect(names(changes).filter((each) => names(left).includes(each))).toEqual([]);
        for (const [path, given] of [
          ['Plain/Orders', props.database],
          ['Plain/Carts', props.table],
          ['Plain/Images', props.bucket],
        ] as const) {
          const said = Object.keys(given).map((name) => `${path}.${name}`);
          expect(names(changes).filter((each) => said.includes(each))).toEqual([]);
        }
      }),
      { numRuns: Number(process.env.PATTERN_RUNS ?? 15) },
    );
  });
});
