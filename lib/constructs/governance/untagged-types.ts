/**
 * Types whose tags CloudFormation took up so late that linters still refuse them (cfn-lint 1.51.0: E3002). They belong to
 * the service all the same, as all else in its stack.
 */
const LATE_TAGGED = [
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ElastiCache::GlobalReplicationGroup',
  'AWS::ElasticLoadBalancingV2::Listener',
];

/**
 * Types that are replaced when a tag changes, after the resource schemas of CloudFormation (`createOnlyProperties`, read
 * 2026-11 as cfn-lint 1.51.0 has them): another tier, another owner, or declaring a service that is there already would
 * lose what they hold.
 */
const TAGGED_AT_CREATION = [
  'AWS::ApiGateway::DomainNameAccessAssociation',
  'AWS::AppConfig::Deployment',
  'AWS::AppRunner::AutoScalingConfiguration',
  'AWS::AppRunner::ObservabilityConfiguration',
  'AWS::AppRunner::Service',
  'AWS::AppRunner::VpcConnector',
  'AWS::AppRunner::VpcIngressConnection',
  'AWS::BackupGateway::Hypervisor',
  'AWS::Batch::ComputeEnvironment',
  'AWS::Batch::ConsumableResource',
  'AWS::Batch::JobQueue',
  'AWS::Batch::SchedulingPolicy',
  'AWS::Bedrock::AutomatedReasoningPolicyVersion',
  'AWS::Bedrock::PromptVersion',
  'AWS::CE::AnomalyMonitor',
  'AWS::CE::AnomalySubscription',
  'AWS::CloudFront::AnycastIpList',
  'AWS::CodeGuruReviewer::RepositoryAssociation',
  'AWS::EC2::KeyPair',
  'AWS::EC2::PlacementGroup',
  'AWS::ECS::ExpressGatewayService',
  'AWS::FinSpace::Environment',
  'AWS::HealthImaging::Datastore',
  'AWS::InspectorV2::CodeSecurityIntegration',
  'AWS::InspectorV2::CodeSecurityScanConfiguration',
  'AWS::IoT::JobTemplate',
  'AWS::IoTTwinMaker::SyncJob',
  'AWS::Kinesis::StreamConsumer',
  'AWS::MSK::ServerlessCluster',
  'AWS::MediaLive::CloudWatchAlarmTemplate',
  'AWS::MediaLive::CloudWatchAlarmTemplateGroup',
  'AWS::MediaLive::EventBridgeRuleTemplate',
  'AWS::MediaLive::EventBridgeRuleTemplateGroup',
  'AWS::MediaLive::InputSecurityGroup',
  'AWS::MediaLive::SignalMap',
  'AWS::MediaPackage::Asset',
  'AWS::MediaPackage::Channel',
  'AWS::MediaPackage::PackagingGroup',
  'AWS::NimbleStudio::Studio',
  'AWS::Notifications::NotificationConfiguration',
  'AWS::NotificationsContacts::EmailContact',
  'AWS::Omics::AnnotationStore',
  'AWS::Omics::ReferenceStore',
  'AWS::Omics::VariantStore',
  'AWS::OpenSearchServerless::Collection',
  'AWS::QuickSight::Topic',
  'AWS::RedshiftServerless::Snapshot',
  'AWS::Route53RecoveryControl::Cluster',
  'AWS::Route53RecoveryControl::ControlPanel',
  'AWS::Route53Resolver::ResolverQueryLoggingConfig',
  'AWS::S3::AccessGrant',
  'AWS::S3::AccessGrantsInstance',
  'AWS::S3::AccessGrantsLocation',
  'AWS::SageMaker::DataQualityJobDefinition',
  'AWS::SageMaker::FeatureGroup',
  'AWS::SageMaker::ModelBiasJobDefinition',
  'AWS::SageMaker::ModelExplainabilityJobDefinition',
  'AWS::SageMaker::ModelQualityJobDefinition',
  'AWS::SageMaker::ProcessingJob',
  'AWS::SageMaker::Project',
  'AWS::SageMaker::StudioLifecycleConfig',
  'AWS::SageMaker::UserProfile',
  'AWS::Wisdom::AIAgent',
  'AWS::Wisdom::AIGuardrail',
  'AWS::Wisdom::AIPrompt',
  'AWS::Wisdom::Assistant',
  'AWS::Wisdom::AssistantAssociation',
  'AWS::Wisdom::KnowledgeBase',
  'AWS::WorkSpaces::ConnectionAlias',
];

/** Types whose resources get no tags of the service. @internal */
export const UNTAGGED_TYPES: string[] = [...LATE_TAGGED, ...TAGGED_AT_CREATION];
