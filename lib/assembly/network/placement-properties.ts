/** The properties that name the subnets of a type. A resource stands in the zones of its subnets. */
export const SUBNET_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::AmazonMQ::Broker': ['SubnetIds'],
  'AWS::AutoScaling::AutoScalingGroup': ['VPCZoneIdentifier'],
  'AWS::DAX::SubnetGroup': ['SubnetIds'],
  'AWS::DocDB::DBSubnetGroup': ['SubnetIds'],
  'AWS::EC2::Instance': ['SubnetId', 'NetworkInterfaces.*.SubnetId'],
  'AWS::EC2::NatGateway': ['SubnetId'],
  'AWS::EC2::NetworkInterface': ['SubnetId'],
  'AWS::EC2::TransitGatewayAttachment': ['SubnetIds'],
  'AWS::EC2::TransitGatewayVpcAttachment': ['SubnetIds'],
  'AWS::EC2::VPCEndpoint': ['SubnetIds'],
  'AWS::ECS::Service': ['NetworkConfiguration.AwsvpcConfiguration.Subnets'],
  'AWS::EFS::MountTarget': ['SubnetId'],
  'AWS::EKS::Cluster': ['ResourcesVpcConfig.SubnetIds'],
  'AWS::EKS::FargateProfile': ['Subnets'],
  'AWS::EKS::Nodegroup': ['Subnets'],
  'AWS::ElastiCache::SubnetGroup': ['SubnetIds'],
  'AWS::ElasticLoadBalancing::LoadBalancer': ['Subnets'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Subnets', 'SubnetMappings.*.SubnetId'],
  // Tasks that a rule or a schedule starts.
  'AWS::Events::Rule': ['Targets.*.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.Subnets'],
  'AWS::FSx::FileSystem': ['SubnetIds'],
  'AWS::Lambda::Function': ['VpcConfig.SubnetIds'],
  'AWS::MSK::Cluster': ['BrokerNodeGroupInfo.ClientSubnets'],
  'AWS::MSK::ServerlessCluster': ['VpcConfigs.*.SubnetIds'],
  'AWS::MemoryDB::SubnetGroup': ['SubnetIds'],
  'AWS::Neptune::DBSubnetGroup': ['SubnetIds'],
  'AWS::NetworkFirewall::Firewall': ['SubnetMappings.*.SubnetId'],
  'AWS::NetworkFirewall::VpcEndpointAssociation': ['SubnetMapping.SubnetId'],
  'AWS::OpenSearchService::Domain': ['VPCOptions.SubnetIds'],
  'AWS::RDS::DBSubnetGroup': ['SubnetIds'],
  'AWS::Redshift::ClusterSubnetGroup': ['SubnetIds'],
  'AWS::Route53Resolver::ResolverEndpoint': ['IpAddresses.*.SubnetId'],
  'AWS::Scheduler::Schedule': ['Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.Subnets'],
  // The CDK's own cluster before aws-eks-v2.
  'Custom::AWSCDK-EKS-Cluster': ['Config.resourcesVpcConfig.subnetIds'],
  'Custom::AWSCDK-EKS-FargateProfile': ['Config.subnets'],
};

/** The properties that name zones outright. */
export const ZONE_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::AutoScaling::AutoScalingGroup': ['AvailabilityZones', 'AvailabilityZoneIds'],
  'AWS::DocDB::DBInstance': ['AvailabilityZone'],
  'AWS::EC2::Instance': ['AvailabilityZone'],
  'AWS::EC2::Subnet': ['AvailabilityZone', 'AvailabilityZoneId'],
  'AWS::EC2::Volume': ['AvailabilityZone'],
  'AWS::EFS::FileSystem': ['AvailabilityZoneName'],
  'AWS::ElasticLoadBalancing::LoadBalancer': ['AvailabilityZones'],
  'AWS::Neptune::DBInstance': ['AvailabilityZone'],
  'AWS::NetworkFirewall::Firewall': ['AvailabilityZoneMappings.*.AvailabilityZone'],
  'AWS::RDS::DBInstance': ['AvailabilityZone'],
};

/** The types that AWS places where the template names neither zone nor subnet. */
export const CHOSEN_BY_AWS = new Set(['AWS::EC2::Instance', 'AWS::EC2::Subnet']);

/** The properties that name a group of subnets. */
export const SUBNET_GROUP_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::DAX::Cluster': 'SubnetGroupName',
  'AWS::DocDB::DBCluster': 'DBSubnetGroupName',
  'AWS::ElastiCache::ReplicationGroup': 'CacheSubnetGroupName',
  'AWS::MemoryDB::Cluster': 'SubnetGroupName',
  'AWS::Neptune::DBCluster': 'DBSubnetGroupName',
  'AWS::RDS::DBCluster': 'DBSubnetGroupName',
  'AWS::RDS::DBInstance': 'DBSubnetGroupName',
  'AWS::Redshift::Cluster': 'ClusterSubnetGroupName',
};
