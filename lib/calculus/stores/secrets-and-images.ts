import { LOST, type StoreFact, UNHARMED } from './store';

const SECRETS = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide';
const ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';

/** The value before the last change is kept as AWSPREVIOUS; a person puts it back. */
const SECRET = {
  family: 'secret',
  instance: UNHARMED,
  availabilityZone: UNHARMED,
  dataRepair: { rpoSeconds: 0, rtoSeconds: 1800 },
  asOf: '2026-11',
  confidence: 'assumed',
} as const;

/**
 * Images stand in all zones. A tag that cannot be changed cannot be damaged, and a deleted image is built again from its
 * source: no repair is owed.
 */
const REPOSITORY = {
  family: 'image',
  instance: UNHARMED,
  availabilityZone: UNHARMED,
  dataRepair: LOST,
  asOf: '2026-11',
  confidence: 'assumed',
} as const;

/** Stores of this family, each in every way of replicating. @internal */
export const SECRETS_AND_IMAGES = {
  secret: {
    ...SECRET,
    store: 'secret in one region',
    region: LOST,
    source: `${SECRETS}/disaster-recovery-resiliency.html`,
  },
  /** A replica can be read at once; to change it, a person promotes it first. No page says how late it is. */
  secretReplicated: {
    ...SECRET,
    store: 'secret with replicas',
    region: { rpoSeconds: 60, rtoSeconds: 300 },
    source: `${SECRETS}/replicate-secrets.html`,
  },
  ecrRepository: {
    ...REPOSITORY,
    store: 'ECR repository in one region',
    region: LOST,
    source: `${ECR}/replication.html`,
  },
  /** AWS: most images in less than 30 min, in rare cases longer: we reckon with twice that. */
  ecrRepositoryReplicated: {
    ...REPOSITORY,
    store: 'ECR repository with replication',
    region: { rpoSeconds: 3600, rtoSeconds: 0 },
    source: `${ECR}/replication.html`,
  },
} as const satisfies Record<string, StoreFact>;
