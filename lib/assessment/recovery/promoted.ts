import { AWS_FACTS, type SecondsRange } from '../../calculus/aws-facts';
import type { Fact } from '../../calculus/fact';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';

/** Copies that follow, and are promoted by somebody: how long that takes, by their type. */
export const PROMOTED: ReadonlyMap<string, Fact<SecondsRange>> = new Map<string, Fact<SecondsRange>>([
  ['AWS::AmazonMQ::Broker', RECOVERY_FACTS.brokerPromotionSeconds],
  ['AWS::DocDB::DBCluster', AWS_FACTS.auroraGlobalFailoverSeconds],
  ['AWS::EFS::FileSystem', RECOVERY_FACTS.filesPromotionSeconds],
  ['AWS::ElastiCache::ReplicationGroup', RECOVERY_FACTS.globalDatastorePromotionSeconds],
  ['AWS::Neptune::DBCluster', AWS_FACTS.auroraGlobalFailoverSeconds],
  ['AWS::RDS::DBCluster', AWS_FACTS.auroraGlobalFailoverSeconds],
  ['AWS::RDS::DBInstance', RECOVERY_FACTS.readReplicaPromotionSeconds],
]);
