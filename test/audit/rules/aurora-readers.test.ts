import { firstReaderIsAsLargeAsWriter } from '../../../lib/audit/rules/aurora-readers';
import { checks, outcomeOf } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const member = (DBInstanceClass: unknown, more: object = {}, body: object = {}) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { DBClusterIdentifier: { Ref: 'Orders' }, DBInstanceClass, ...more },
  ...body,
});
const cluster = (members: Record<string, unknown>, Properties: object = {}, more: object = {}) => ({
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [GIVEN, 'yes'] } },
  ...more,
  Resources: {
    Orders: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', ...Properties } },
    ...members,
  },
});
const AFTER = { DependsOn: 'Writer' };
const WRITER = member('db.r6g.2xlarge');
const SCALING = { ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 64 } };

checks(firstReaderIsAsLargeAsWriter, {
  passes: {
    'the reader is as large': cluster({ Writer: WRITER, Reader: member('db.r7g.2xlarge', {}, AFTER) }),
    'a smaller reader is promoted later': cluster({
      Writer: WRITER,
      Reader: member('db.r6g.2xlarge', { PromotionTier: 1 }, AFTER),
      Small: member('db.t4g.medium', { PromotionTier: 15 }, { DependsOn: ['Writer'] }),
    }),
    'a serverless reader follows a serverless writer': cluster(
      {
        Writer: member('db.serverless'),
        Reader: member('db.serverless', { PromotionTier: 1 }, AFTER),
      },
      SCALING,
    ),
    'a serverless reader can grow as large': cluster(
      { Writer: WRITER, Reader: member('db.serverless', { PromotionTier: 0 }, AFTER) },
      SCALING,
    ),
  },
  fails: {
    'the reader is smaller': cluster({ Writer: WRITER, Reader: member('db.r6g.large', {}, AFTER) }),
    'the first reader is smaller': cluster({
      Writer: WRITER,
      Large: member('db.r6g.2xlarge', { PromotionTier: 2 }, AFTER),
      Small: member('db.t4g.medium', { PromotionTier: 1 }, AFTER),
    }),
    'a serverless reader does not follow': cluster(
      { Writer: member('db.serverless'), Reader: member('db.serverless', { PromotionTier: 2 }, AFTER) },
      SCALING,
    ),
    'a serverless reader cannot grow as large': cluster(
      { Writer: WRITER, Reader: member('db.serverless', {}, AFTER) },
      { ServerlessV2ScalingConfiguration: { MaxCapacity: 16 } },
    ),
    'a reader is smaller than the serverless writer may grow': cluster(
      { Writer: member('db.serverless'), Reader: member('db.r6g.large', {}, AFTER) },
      SCALING,
    ),
  },
  unknown: {
    'which instance writes is not known': cluster({ A: member('db.r6g.large'), B: member('db.r6g.4xlarge') }),
    'a class is a parameter': cluster({ Writer: WRITER, Reader: member(GIVEN, {}, AFTER) }),
    'the class of the writer is a parameter': cluster({
      Writer: member(GIVEN),
      Reader: member('db.r6g.large', {}, AFTER),
    }),
    'a tier is a parameter': cluster({
      Writer: WRITER,
      Reader: member('db.r6g.large', { PromotionTier: GIVEN }, AFTER),
    }),
    'how much a class holds is not known': cluster({
      Writer: WRITER,
      Reader: member('db.z9.huge', {}, AFTER),
    }),
    'a reader may not be there': cluster({
      Writer: WRITER,
      Reader: member('db.r6g.large', {}, { Condition: 'IsGiven' }),
    }),
    'the engine is a parameter': cluster({}, { Engine: GIVEN }),
    'how far serverless grows is not said': cluster({
      Writer: member('db.serverless'),
      Reader: member('db.r6g.large', {}, AFTER),
    }),
  },
  notApplicable: {
    'it is not Aurora': cluster({}, { Engine: 'postgres' }),
    'it has no reader': cluster({ Writer: WRITER }),
  },
  equivalent: {
    '*.DBClusterIdentifier': 'an instance of another cluster is no reader',
    'Orders.Engine': 'other engines have no readers to promote',
    '*MinCapacity': 'how far it grows decides',
    'Small.DBInstanceClass': 'it is promoted last',
    '*MaxCapacity': 'a serverless reader of a serverless writer grows as far, however far that is',
    'Writer.DBInstanceClass': 'another class is not known',
  },
});

it('does not ask which instance writes where all are of one class', () => {
  const alike = cluster({ A: member('db.r6g.large'), B: member('db.r6g.large') });
  expect(outcomeOf(firstReaderIsAsLargeAsWriter, alike)).toBe('pass');
});
