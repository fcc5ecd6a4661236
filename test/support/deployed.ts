import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Duration } from 'aws-cdk-lib/core';
import { SessionStore } from '../../lib/constructs/compute/session-store';
import { DurableCache } from '../../lib/constructs/data/caches/durable-cache';
import { DocumentDatabase } from '../../lib/constructs/data/documents-and-graphs/document-database';
import { GraphDatabase } from '../../lib/constructs/data/documents-and-graphs/graph-database';
import { GlobalTable } from '../../lib/constructs/data/key-value/global-table';
import { KafkaCluster } from '../../lib/constructs/data/messages/kafka-cluster';
import { ReplicatedBucket } from '../../lib/constructs/data/objects-and-files/replicated-bucket';
import { ReplicatedFileSystem } from '../../lib/constructs/data/objects-and-files/replicated-file-system';
import { AuroraCluster } from '../../lib/constructs/data/relational/aurora-cluster';
import { GlobalAurora } from '../../lib/constructs/data/relational/global-aurora';
import { RdsMultiAzCluster } from '../../lib/constructs/data/relational/rds-multi-az-cluster';
import { RdsMultiAzInstance } from '../../lib/constructs/data/relational/rds-multi-az-instance';
import { RegionCopy } from '../../lib/constructs/data/relational/rds-region-copy';
import { ReplicatedDatabase } from '../../lib/constructs/data/relational/replicated-database';
import { DatabaseBackEnd } from '../../lib/constructs/data/relational/replicated-database-back-end';
import { ReplicatedSecret } from '../../lib/constructs/data/secrets-and-images/replicated-secret';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { BackupStrategy } from '../../lib/constructs/recovery/backup-strategy';
import { RestoreTesting } from '../../lib/constructs/recovery/restore-testing';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { RegionRole } from '../../lib/objectives/region-role';
import { Replication } from '../../lib/objectives/replication';
import { WEAKENING } from '../constructs/fixtures';
import { kafkaReplication } from '../patterns/kafka-replication';
import { FIRST, type Life, type Moment } from './lifetimes';
import { allPatterns, type Surroundings } from './pattern';
import { functionIn } from './pattern-parts';

type Use = (stack: RegionStack, moment: Moment, around: Surroundings) => void;

const vpcIn = (stack: RegionStack) => new ResilientNetwork(stack, 'Network').vpc;

/** Where it was made, and whether another region has taken over since. */
const whereMade = ({ takenOver = false }: Moment) => ({ homeRegion: FIRST, promoted: takenOver });

/** Where it is made: what spans the regions moves to another when its own has left. */
const homeOf = ({ regions: [first = FIRST, ...others] }: Moment) => (others.includes(FIRST) ? FIRST : first);

const isAlone = ({ regions }: Moment): boolean => regions.length === 1;

/** Somebody answers for it that the data of a region that is left alone is in no other. */
const answeredFor = (moment: Moment) => (isAlone(moment) ? { weakening: WEAKENING } : {});

function relational(what: 'a replica' | 'what its tier owes'): Use {
  return (stack, moment) => {
    const copied = what === 'a replica' && !isAlone(moment);
    const copy = copied ? { regionCopy: RegionCopy.READ_REPLICA } : {};
    new RdsMultiAzInstance(stack, 'Orders', { vpc: vpcIn(stack), ...whereMade(moment), ...copy });
  };
}

function chosen(backEnd: DatabaseBackEnd): Use {
  return (stack, moment) => {
    const lag = Replication.asynchronous({ maxLag: Duration.minutes(5) });
    const replication =
      backEnd === DatabaseBackEnd.RDS_MULTI_AZ_INSTANCE && !isAlone(moment) ? { replication: lag } : {};
    const vpc = vpcIn(stack);
    new ReplicatedDatabase(stack, 'Orders', { vpc, backEnd, ...whereMade(moment), ...replication });
  };
}

/** Orders, and their backups where they are served. */
const backedUp: Use = (stack, moment) => {
  const homeRegion = homeOf(moment);
  const backsUp = stack.place.role !== RegionRole.STANDBY;
  new GlobalTable(stack, 'Orders', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    homeRegion,
  });
  const far = ['arn:aws:backup:eu-west-3:111122223333:backup-vault:far'];
  new BackupStrategy(stack, 'Backup', { backsUp, ...(isAlone(moment) && { copyVaultArns: far }) });
  new RestoreTesting(stack, 'RestoreTests', { restores: backsUp });
};

/**
 * How those are used, once deployed, that say more than in their minimal use so that no other tier or region decides it:
 * by what is special about the use.
 */
const DEPLOYED: Readonly<Record<string, Readonly<Record<string, Use>>>> = {
  AuroraCluster: {
    '': (stack) => {
      new AuroraCluster(stack, 'Orders', { vpc: vpcIn(stack), weakening: WEAKENING });
    },
  },
  BackupStrategy: { '': backedUp },
  DocumentDatabase: {
    '': (stack, moment) => {
      new DocumentDatabase(stack, 'Orders', { vpc: vpcIn(stack), ...whereMade(moment) });
    },
  },
  DurableCache: {
    '': (stack) => {
      const carts = { dataClass: 'carts', multiRegion: true, homeRegion: FIRST };
      new DurableCache(stack, 'Carts', { vpc: vpcIn(stack), ...carts });
    },
  },
  GlobalAurora: {
    '': (stack, moment) => {
      new GlobalAurora(stack, 'Orders', { vpc: vpcIn(stack), ...whereMade(moment) });
    },
  },
  GlobalTable: {
    '': (stack, moment) => {
      const partitionKey = { name: 'id', type: AttributeType.STRING };
      new GlobalTable(stack, 'Orders', { partitionKey, homeRegion: homeOf(moment) });
    },
  },
  GraphDatabase: {
    '': (stack, moment) => {
      new GraphDatabase(stack, 'People', { vpc: vpcIn(stack), ...whereMade(moment) });
    },
  },
  KafkaReplication: {
    '': (stack, moment, around) => {
      if (!isAlone(moment)) return kafkaReplication.build(stack, around);
      // Nothing is left to replicate from.
      const { availabilityZones } = stack;
      const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones });
      new KafkaCluster(stack, 'Ledger', { vpc, replicated: true, dataClass: 'in-flight' });
    },
  },
  RdsMultiAzCluster: {
    '': (stack) => {
      new RdsMultiAzCluster(stack, 'Orders', { vpc: vpcIn(stack), weakening: WEAKENING });
    },
  },
  RdsMultiAzInstance: { '': relational('what its tier owes'), 'with a replica': relational('a replica') },
  ReplicatedBucket: {
    '': (stack, moment) => {
      new ReplicatedBucket(stack, 'Images', { dataClass: 'images', ...answeredFor(moment) });
    },
  },
  ReplicatedDatabase: {
    'on Aurora': chosen(DatabaseBackEnd.GLOBAL_AURORA),
    'on RDS': chosen(DatabaseBackEnd.RDS_MULTI_AZ_INSTANCE),
  },
  ReplicatedFileSystem: {
    '': (stack, moment) => {
      const files = { vpc: vpcIn(stack), dataClass: 'files' };
      new ReplicatedFileSystem(stack, 'Files', { ...files, ...answeredFor(moment) });
    },
  },
  ReplicatedSecret: {
    '': (stack, moment) => {
      const byHand = { rotatedBy: 'the provider, each quarter', weakening: WEAKENING };
      new ReplicatedSecret(stack, 'PaymentKey', { ...byHand, homeRegion: homeOf(moment) });
    },
  },
  RestoreTesting: { '': backedUp },
  SessionStore: {
    '': (stack, moment) => {
      const sessions = { dataClass: 'sessions', homeRegion: homeOf(moment) };
      new SessionStore(stack, 'Sessions', sessions).grantSessions(functionIn(stack));
    },
  },
};

/** The uses of every pattern there is. */
export function allLives(): readonly Life[] {
  return allPatterns().flatMap((pattern) => {
    const minimal: Use = (stack, _, around) => pattern.build(stack, around);
    return Object.entries(DEPLOYED[pattern.construct] ?? { '': minimal }).map(([what, use]) => ({
      name: `${pattern.construct} ${what}`.trim(),
      pattern,
      build: (stack: RegionStack, around: Surroundings, moment: Moment) => use(stack, moment, around),
    }));
  });
}
