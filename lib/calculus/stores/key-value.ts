import { AWS_FACTS } from '../aws-facts';
import { LOST, type StoreFact, UNHARMED } from './store';

const GUIDE = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';
const HOUR = 3600;

/** The newest point is five minutes old; AWS says that 95 % of restores take less than an hour: we reckon with four. */
const POINT_IN_TIME = {
  rpoSeconds: AWS_FACTS.dynamoDbPointInTimeLagSeconds.value,
  rtoSeconds: 4 * HOUR,
};

/** Every write is in several zones before it is acknowledged, and any zone can serve. */
const IN_ALL_ZONES = {
  family: 'key-value',
  instance: UNHARMED,
  availabilityZone: UNHARMED,
  dataRepair: POINT_IN_TIME,
  asOf: '2026-11',
} as const;

/** Stores of this family, each in every way of replicating. @internal */
export const KEY_VALUE = {
  dynamoDbTable: {
    ...IN_ALL_ZONES,
    store: 'DynamoDB table in one region',
    region: LOST,
    source: `${GUIDE}/disaster-recovery-resiliency.html`,
    confidence: 'assumed',
  },
  /** Usually within a second, which nobody promises. The other replicas already read and write. */
  dynamoDbGlobalTableEventual: {
    ...IN_ALL_ZONES,
    store: 'DynamoDB global table with eventual consistency',
    region: { rpoSeconds: AWS_FACTS.dynamoDbGlobalTableLagSeconds.value.worst, rtoSeconds: 0 },
    source: `${GUIDE}/V2globaltables_HowItWorks.html`,
    confidence: 'assumed',
  },
  /** A write is in two regions before it is acknowledged: recovery point 0, as AWS says itself. */
  dynamoDbGlobalTableStrong: {
    ...IN_ALL_ZONES,
    store: 'DynamoDB global table with strong consistency',
    region: UNHARMED,
    source: `${GUIDE}/V2globaltables_HowItWorks.html`,
    confidence: 'assumed',
  },
} as const satisfies Record<string, StoreFact>;
