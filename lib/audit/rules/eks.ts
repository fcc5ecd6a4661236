import { type Judgement, notApplicable } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

/** Where a type names its subnets; those with `Custom::` are what the CDK's aws-eks makes of its clusters. */
const SUBNETS: Readonly<Record<string, string>> = {
  'AWS::EKS::Cluster': 'ResourcesVpcConfig.SubnetIds',
  'AWS::EKS::FargateProfile': 'Subnets',
  'AWS::EKS::Nodegroup': 'Subnets',
  'Custom::AWSCDK-EKS-Cluster': 'Config.resourcesVpcConfig.subnetIds',
  'Custom::AWSCDK-EKS-FargateProfile': 'Config.subnets',
};

/** Where a cluster says whether ARC may shift its traffic out of a zone. */
const ZONAL_SHIFT: Readonly<Record<string, string>> = {
  'AWS::EKS::Cluster': 'ZonalShiftConfig.Enabled',
  'Custom::AWSCDK-EKS-Cluster': 'Config.zonalShiftConfig.enabled',
};

export const kubernetesSpansZones: Rule = {
  id: 'X-26',
  title: 'Kubernetes clusters and their nodes stand in at least two zones, and leave one that is impaired.',
  kind: 'redundancy',
  why: 'Pods can only start where nodes can: with one zone, the loss of it takes all of them, and without zonal shift an impaired zone keeps getting traffic.',
  fix: 'give clusters, node groups and Fargate profiles subnets in at least two zones, and enable zonal shift on the cluster',
  severity: HIGH,
  appliesTo: Object.keys(SUBNETS),
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/eks/latest/userguide/zone-shift.html'],
  check: (resource) => [judgeZones(resource), judgeZonalShift(resource)],
};

function judgeZones(resource: Resource): Judgement {
  const path = SUBNETS[resource.type] ?? 'Subnets';
  if (resource.type.endsWith('FargateProfile') && resource.isSet(path).outcome === 'fail')
    return notApplicable('AWS chooses the subnets of the profile');
  return resource.zones.atLeast(2, path);
}

function judgeZonalShift(resource: Resource): Judgement {
  const path = ZONAL_SHIFT[resource.type];
  return path === undefined
    ? notApplicable('zonal shift is set on the cluster')
    : resource.is(path, true, { default: false });
}
