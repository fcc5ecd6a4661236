import { standbyHoldsTheLoad } from '../../../lib/audit/rules/standby-capacity';
import { CATALOGUE_SCHEMA, catalogueService } from '../../../lib/objectives/catalogue';
import { RegionRole } from '../../../lib/objectives/region-role';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const PARAMETERS = { Given: { Type: 'String' } };
const shop = new Service({ name: 'shop', tier: Tier.BUSINESS_CRITICAL, owner: 'team-shop' });
const stack = (region: string, role: RegionRole | undefined, Resources: object) => ({
  region,
  template: {
    Parameters: PARAMETERS,
    ...(role && {
      Metadata: { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services: [catalogueService(shop, { role })] } },
    }),
    Resources: Resources as Record<string, unknown>,
  },
});
const pair = (primary: object, standby: object) => ({
  stacks: {
    West: stack('eu-west-1', RegionRole.PRIMARY, { Subject: primary }),
    Central: stack('eu-central-1', RegionRole.STANDBY, { Subject: standby }),
  },
});
const group = (MaxSize: unknown) => ({ Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MaxSize } });
const stream = (ShardCount: unknown) => ({ Type: 'AWS::Kinesis::Stream', Properties: { ShardCount } });
const tasks = (DesiredCount: unknown) => ({ Type: 'AWS::ECS::Service', Properties: { DesiredCount } });
const instance = (DBInstanceClass: unknown, more: object = {}) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { DBInstanceClass, ...more },
});
const replicas = (source: unknown, copy: unknown, region = 'eu-central-1') => ({
  stacks: {
    West: stack('eu-west-1', undefined, { Orders: instance(source, { DBInstanceIdentifier: 'orders' }) }),
    Other: stack(region, undefined, {
      Copy: instance(copy, {
        SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:111122223333:db:orders',
      }),
    }),
  },
});
const reads = (MaxCapacity: unknown) => ({
  ReadProvisionedThroughputSettings: { ReadCapacityAutoScalingSettings: { MaxCapacity } },
});
const table = (home: unknown, away: unknown) => ({
  Parameters: PARAMETERS,
  Resources: {
    Subject: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { Replicas: [reads(home), reads(away)] },
    },
  },
});

checks(standbyHoldsTheLoad, {
  passes: {
    'a group may grow as large': pair(group(9), group('9')),
    'a stream has as many shards': pair(stream(4), stream(8)),
    'a service may run as many tasks': pair(tasks(4), tasks(4)),
    'a replica is as large as its source': replicas('db.r6g.2xlarge', 'db.r7g.2xlarge'),
    'an instance is as large as that of the primary': pair(
      instance('db.m6g.xlarge'),
      instance('db.m6g.xlarge'),
    ),
    'a replica of a table reads as much': table(100, 100),
  },
  fails: {
    'a group may not grow as large': pair(group(9), group(3)),
    'a stream has fewer shards': pair(stream(4), stream(1)),
    'a service may run fewer tasks': pair(tasks(4), tasks(2)),
    'a replica is smaller than its source': replicas('db.r6g.2xlarge', 'db.r6g.large'),
    'an instance is smaller than that of the primary': pair(
      instance('db.m6g.xlarge'),
      instance('db.m6g.large'),
    ),
    'a source is twice as large': replicas('db.r6g.4xlarge', 'db.r6g.2xlarge'),
    'an instance of the primary is twice as large': pair(
      instance('db.m6g.2xlarge'),
      instance('db.m6g.xlarge'),
    ),
    'a replica of a table reads less': table(100, 10),
  },
  unknown: {
    'the maximum is given at deploy': pair(group(9), group(GIVEN)),
    'the maximum of the primary is given at deploy': pair(group(GIVEN), group(9)),
    'nothing in the app is stood by for': {
      stacks: { Central: stack('eu-central-1', RegionRole.STANDBY, { Subject: group(3) }) },
    },
    'no instance in the app is stood by for': {
      stacks: { Central: stack('eu-central-1', RegionRole.STANDBY, { Subject: instance('db.m6g.large') }) },
    },
    'a class is given at deploy': replicas('db.r6g.large', GIVEN),
    'a class is of another kind': replicas('db.r6g.large', 'db.t4g.2xlarge'),
    'the source is not in the app': {
      Resources: { Copy: instance('db.r6g.large', { SourceDBInstanceIdentifier: 'orders' }) },
    },
    'reads are given at deploy': table(100, GIVEN),
    'the replicas are given at deploy': {
      Resources: {
        Subject: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { Replicas: { 'Fn::Transform': { Name: 'Company::Regions' } } },
        },
      },
    },
  },
  notApplicable: {
    'a stream grows by itself': pair(stream(4), {
      Type: 'AWS::Kinesis::Stream',
      Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
    }),
    'no region is declared a standby': { Resources: { Subject: group(3) } },
    'the instance follows none': { Resources: { Subject: instance('db.r6g.large') } },
    'the replica is in the region of its source': {
      Resources: {
        Orders: instance('db.r6g.2xlarge'),
        Copy: instance('db.r6g.large', { SourceDBInstanceIdentifier: { Ref: 'Orders' } }),
      },
    },
    'the table is in one region': {
      Resources: {
        Subject: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [reads(1)] } },
      },
    },
  },
  equivalent: {
    '*Identifier': 'what is not in the app may be of any size',
  },
});
