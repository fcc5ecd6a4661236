import { kubernetesSpansZones } from '../../../lib/audit/rules/eks';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const inApp = (Type: string, Properties: object) => ({
  Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' }, Shift: { Type: 'String' } },
  Resources: { ...subnetsIn('eu-west-1a', 'eu-west-1b', 'eu-west-1a'), Subject: { Type, Properties } },
});
const refs = (...names: readonly string[]) => names.map((Ref) => ({ Ref }));
const TWO = refs('SubnetA', 'SubnetB');
const cluster = (SubnetIds: unknown, Enabled: unknown = true) =>
  inApp('AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds }, ZonalShiftConfig: { Enabled } });
const cdkCluster = (subnetIds: unknown, enabled: unknown) =>
  inApp('Custom::AWSCDK-EKS-Cluster', {
    Config: { resourcesVpcConfig: { subnetIds }, zonalShiftConfig: { enabled } },
  });
const nodes = (Subnets: unknown) => inApp('AWS::EKS::Nodegroup', { Subnets });

checks(kubernetesSpansZones, {
  passes: {
    'a cluster stands in two zones and may leave one': cluster(TWO),
    'a cluster of the CDK does': cdkCluster(TWO, true),
    'nodes stand in two zones': nodes(TWO),
    'a Fargate profile has subnets in two zones': inApp('AWS::EKS::FargateProfile', { Subnets: TWO }),
  },
  fails: {
    'a cluster has one subnet': cluster(refs('SubnetA')),
    'zonal shift is off': cluster(TWO, false),
    'zonal shift is not asked for': inApp('AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: TWO } }),
    'a cluster of the CDK cannot leave a zone': cdkCluster(TWO, false),
    'nodes stand in one zone': nodes(refs('SubnetA', 'SubnetC')),
    'a Fargate profile has one subnet': inApp('AWS::EKS::FargateProfile', { Subnets: refs('SubnetA') }),
    'a Fargate profile of the CDK has one subnet': inApp('Custom::AWSCDK-EKS-FargateProfile', {
      Config: { subnets: refs('SubnetA') },
    }),
  },
  unknown: {
    'the subnets are a parameter without default': nodes({ Ref: 'Subnets' }),
    'zonal shift is a parameter without default': cluster(TWO, { Ref: 'Shift' }),
  },
  notApplicable: { 'a Fargate profile names no subnets': inApp('AWS::EKS::FargateProfile', {}) },
  equivalent: {
    'Subnet*.VpcId': 'zones decide, not networks',
    'SubnetC.AvailabilityZone': 'nothing stands in it',
  },
});
