import type { SecondsRange } from './aws-facts';
import type { Fact } from './fact';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

const DOCS = 'https://docs.aws.amazon.com';
const ASSUMPTION = 'assumed: no page says so; to be replaced by what a drill has measured';

/** Nobody publishes it: what we reckon with. */
function assumed(typical: number, worst: number): Fact<SecondsRange> {
  return { value: { typical, worst }, source: ASSUMPTION, asOf: '2026-11', confidence: 'assumed' };
}

/** A page gives the order of magnitude; the numbers are ours. */
function about(typical: number, worst: number, page: string): Fact<SecondsRange> {
  return { ...assumed(typical, worst), source: `assumed; ${DOCS}/${page} gives the order` };
}

/** How long the parts of a recovery take that no setting of an app decides, in seconds. */
export const RECOVERY_FACTS = {
  // Noticing without an alarm
  /** Users complain, and somebody understands. */
  noticeSeconds: assumed(10 * MINUTE, 30 * MINUTE),
  /** That a whole region is gone is news at once. */
  noticeRegionSeconds: assumed(5 * MINUTE, 15 * MINUTE),
  /** Damaged data is seen, and its moment found. */
  noticeDamageSeconds: assumed(15 * MINUTE, 30 * MINUTE),

  // Deploys
  /** A stack is updated with what it was before, apart from what its resources take. */
  stackUpdateSeconds: assumed(5 * MINUTE, 15 * MINUTE),
  /** All stacks are created where they have never been; their artefacts can be had there. */
  newRegionSeconds: assumed(HOUR, 2 * HOUR),
  aliasShiftSeconds: assumed(10, MINUTE),
  /** A deployment that never becomes steady is given up after three failed tasks at the least. */
  circuitBreakerSeconds: about(
    5 * MINUTE,
    15 * MINUTE,
    'AmazonECS/latest/developerguide/deployment-circuit-breaker.html',
  ),
  /** Callers are told of the new resource, and started again. */
  endpointSwitchSeconds: assumed(5 * MINUTE, 30 * MINUTE),

  // Instances
  /** Two checks of a minute each, and the decision. */
  statusCheckSeconds: about(
    2 * MINUTE,
    5 * MINUTE,
    'AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html',
  ),
  /** ECS sees at once that a task has stopped. */
  taskStoppedSeconds: assumed(10, MINUTE),
  instanceRecoverySeconds: about(
    5 * MINUTE,
    10 * MINUTE,
    'AWSEC2/latest/UserGuide/ec2-instance-recover.html',
  ),
  singleDatabaseRecoverySeconds: about(
    10 * MINUTE,
    30 * MINUTE,
    'AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html',
  ),
  nodeReplacementSeconds: about(5 * MINUTE, 15 * MINUTE, 'AmazonElastiCache/latest/dg/AutoFailover.html'),
  /** A broker that waits takes over; "several seconds", and as long as clients take to connect again. */
  brokerFailoverSeconds: about(
    MINUTE,
    2 * MINUTE,
    'amazon-mq/latest/developer-guide/amazon-mq-broker-architecture.html',
  ),
  /** The compute of the other zone goes on; open queries are run again. */
  warehouseFailoverSeconds: about(MINUTE, 5 * MINUTE, 'redshift/latest/mgmt/managing-cluster-multi-az.html'),
  /** A cluster whose data stands in several zones is moved to another one as a whole. */
  warehouseRelocationSeconds: about(15 * MINUTE, HOUR, 'redshift/latest/mgmt/managing-cluster-recovery.html'),
  gatewayReplacementSeconds: assumed(5 * MINUTE, 10 * MINUTE),
  /** It is made, and its name reaches all resolvers of the network after 90 s. */
  mountTargetSeconds: about(3 * MINUTE, 10 * MINUTE, 'efs/latest/ug/mounting-fs-mount-cmd-dns-name.html'),
  /** The name of a load balancer no longer gives the addresses of the lost zone; then its time to live runs. */
  loadBalancerNodeOutSeconds: assumed(30, 30),
  /** An alarm of a scaling policy before it adds units. */
  scalingAlarmSeconds: about(
    3 * MINUTE,
    3 * MINUTE,
    'AmazonECS/latest/developerguide/service-autoscaling-targettracking.html',
  ),

  // Other regions
  regionSwitchStepSeconds: assumed(2 * MINUTE, HOUR),
  readReplicaPromotionSeconds: about(
    5 * MINUTE,
    15 * MINUTE,
    'AmazonRDS/latest/UserGuide/USER_ReadRepl.Promote.html',
  ),
  globalDatastorePromotionSeconds: about(
    30,
    MINUTE,
    'AmazonElastiCache/latest/dg/Redis-Global-Datastore.html',
  ),
  /** Nothing bounds how far the copy of a broker is behind. */
  brokerReplicaLagSeconds: assumed(5, MINUTE),
  /** The primary broker is demoted and its replica promoted, once the queues between them are empty. */
  brokerPromotionSeconds: about(
    5 * MINUTE,
    15 * MINUTE,
    'amazon-mq/latest/developer-guide/crdr-for-active-mq.html',
  ),
  filesPromotionSeconds: about(5 * MINUTE, 10 * MINUTE, 'efs/latest/ug/efs-replication.html'),
  /** An accelerator asks a load balancer for the health that this one has found. */
  acceleratorMoveSeconds: about(
    30,
    30,
    'global-accelerator/latest/dg/about-endpoints-endpoint-weights.unhealthy-endpoints.html',
  ),
  /** "It can take up to 2 minutes for your changes to take effect." */
  accessPointRouteSeconds: about(
    MINUTE,
    2 * MINUTE,
    'AmazonS3/latest/API/API_control_SubmitMultiRegionAccessPointRoutes.html',
  ),
  switchByHandSeconds: assumed(5 * MINUTE, 10 * MINUTE),
  /** A change of a record reaches all servers of Route 53. */
  recordChangeSeconds: about(MINUTE, MINUTE, 'Route53/latest/DeveloperGuide/best-practices-dns.html'),

  // Restores. How long they take depends on the size.
  /** AWS: 95 % of restores of tables take less than an hour. */
  restoreTableSeconds: about(
    30 * MINUTE,
    2 * HOUR,
    'amazondynamodb/latest/developerguide/pointintimerecovery_restores.html',
  ),
  restoreSeconds: assumed(HOUR, 2.5 * HOUR),
  /** Earlier versions are found and copied back, in place. */
  restoreVersionsSeconds: assumed(HOUR, 2.5 * HOUR),
  replayArchiveSeconds: assumed(10 * MINUTE, 30 * MINUTE),
} as const;

/** The name of one of them. */
export type RecoveryFactName = keyof typeof RECOVERY_FACTS;
