import type { Confidence, Fact } from './fact';

/**
 * A service level agreement: the monthly availability below which AWS pays credits.
 *
 * It is no measurement and no promise of availability, and each agreement defines downtime in its own way.
 */
export interface Sla {
  /** As a fraction: 0.9999. */
  readonly availability: Fact<number>;

  /** Whether the agreement is about one zone, a region, or the whole of AWS. */
  readonly scope: 'zone' | 'region' | 'global';
}

const LEGAL = 'https://aws.amazon.com';

/** The agreements that were read, by service and configuration. */
export const AWS_SLAS = {
  // Edge and network
  cloudFront: sla(0.999, 'global', `${LEGAL}/cloudfront/sla/`, '2022-05-05'),
  globalAccelerator: sla(0.9999, 'global', `${LEGAL}/global-accelerator/sla/`, '2022-05-19'),
  loadBalancerMultiAz: sla(0.9999, 'region', `${LEGAL}/elasticloadbalancing/sla/`, '2022-07-25'),
  loadBalancerSingleAz: sla(0.999, 'zone', `${LEGAL}/elasticloadbalancing/sla/`, '2022-07-25'),
  transitGateway: sla(0.9995, 'region', `${LEGAL}/transit-gateway/sla/`, '2019-03-19'),
  siteToSiteVpn: sla(0.9995, 'region', `${LEGAL}/vpn/site-to-site-vpn-sla/`, '2022-05-05'),
  resolverEndpointMultiAz: sla(0.9999, 'region', `${LEGAL}/route53/resolver/sla/`, '2022-08-29'),
  networkFirewall: sla(0.9999, 'region', `${LEGAL}/network-firewall/sla/`, '2022-05'),
  waf: sla(0.9995, 'region', `${LEGAL}/waf/sla/`, '2022-05'),
  route53: unsure(1, 'global', `${LEGAL}/route53/sla/`, 'secondary'),
  natGateway: unsure(0.999, 'zone', `${LEGAL}/vpc/sla/`, 'unverified'),
  interfaceEndpointMultiAz: unsure(0.9999, 'region', `${LEGAL}/privatelink/sla/`, 'unverified'),
  apiGateway: unsure(0.9995, 'region', `${LEGAL}/api-gateway/sla/`, 'secondary'),

  // Compute
  computeMultiAz: sla(0.9999, 'region', `${LEGAL}/compute/sla/`, '2022-05-05'),
  computeInstance: unsure(0.995, 'zone', `${LEGAL}/compute/sla/`, 'secondary'),
  lambda: unsure(0.9995, 'region', `${LEGAL}/lambda/sla/`, 'secondary'),
  eksControlPlane: sla(0.9995, 'region', `${LEGAL}/eks/sla/`, '2022-05-04'),
  stepFunctions: unsure(0.999, 'region', `${LEGAL}/step-functions/sla/`, 'secondary'),

  // Data
  rdsSingleInstance: sla(0.995, 'zone', `${LEGAL}/rds/sla/`, '2024-01-22'),
  rdsMultiAz: sla(0.9995, 'region', `${LEGAL}/rds/sla/`, '2024-01-22'),
  auroraMultiAz: sla(0.9999, 'region', `${LEGAL}/rds/aurora/sla/`, '2022-05-19'),
  auroraSingleAz: sla(0.999, 'zone', `${LEGAL}/rds/aurora/sla/`, '2022-05-19'),
  auroraDsql: sla(0.9999, 'region', `${LEGAL}/rds/aurora/dsql/sla/`, '2025-05-27'),
  auroraDsqlMultiRegion: sla(0.99999, 'global', `${LEGAL}/rds/aurora/dsql/sla/`, '2025-05-27'),
  dynamoDb: sla(0.9999, 'region', `${LEGAL}/dynamodb/sla/`, '2026-04'),
  dynamoDbGlobalTable: sla(0.99999, 'global', `${LEGAL}/dynamodb/sla/`, '2026-04'),
  daxSingleNode: sla(0.995, 'zone', `${LEGAL}/dynamodbaccelerator/sla/`, '2024-05-20'),
  daxMultiAz: sla(0.9999, 'region', `${LEGAL}/dynamodbaccelerator/sla/`, '2024-05-20'),
  elastiCacheSingleAz: unsure(0.995, 'zone', `${LEGAL}/elasticache/sla/`, 'secondary'),
  elastiCacheMultiAz: unsure(0.9999, 'region', `${LEGAL}/elasticache/sla/`, 'secondary'),
  memoryDbSingleAz: sla(0.995, 'zone', `${LEGAL}/memorydb/sla/`, '2024-12-01'),
  memoryDbMultiAz: sla(0.9999, 'region', `${LEGAL}/memorydb/sla/`, '2024-12-01'),
  openSearchMultiAz: sla(0.999, 'region', `${LEGAL}/opensearch-service/sla/`, '2026-08'),
  openSearchStandby: sla(0.9999, 'region', `${LEGAL}/opensearch-service/sla/`, '2026-08'),
  timestream: sla(0.9999, 'region', `${LEGAL}/timestream/sla/`, '2022-05-05'),
  keyspaces: sla(0.9999, 'region', `${LEGAL}/keyspaces/sla/`, '2023-05-24'),
  s3Standard: sla(0.999, 'region', `${LEGAL}/s3/sla/`, '2019-07-31'),
  efsRegional: sla(0.9999, 'region', `${LEGAL}/efs/sla/`, '2022-05-04'),
  efsOneZone: sla(0.999, 'zone', `${LEGAL}/efs/sla/`, '2022-05-04'),
  fsxMultiAz: sla(0.9999, 'region', `${LEGAL}/fsx/sla/`, '2024-06-25'),

  // Messages, keys, identity
  kinesisDataStreams: sla(0.999, 'region', `${LEGAL}/kinesis/sla/`, '2024-02-09'),
  kms: sla(0.99999, 'region', `${LEGAL}/kms/sla/`, '2022-11-29'),
  sqs: unsure(0.999, 'region', `${LEGAL}/messaging/sla/`, 'unverified'),
  sns: unsure(0.999, 'region', `${LEGAL}/messaging/sla/`, 'unverified'),
  eventBridge: unsure(0.9999, 'region', `${LEGAL}/eventbridge/sla/`, 'unverified'),
  secretsManager: unsure(0.999, 'region', `${LEGAL}/secrets-manager/sla/`, 'secondary'),
  cognito: unsure(0.999, 'region', `${LEGAL}/cognito/sla/`, 'secondary'),
} as const;

function sla(value: number, scope: Sla['scope'], source: string, asOf: string): Sla {
  return { availability: { value, source, asOf, confidence: 'documented' }, scope };
}

/** An agreement whose own page was not read. */
function unsure(value: number, scope: Sla['scope'], source: string, confidence: Confidence): Sla {
  return { availability: { value, source, asOf: '2026-11', confidence }, scope };
}
