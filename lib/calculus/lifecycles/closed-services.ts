import type { Confidence } from '../fact';
import type { ClosedService, EndedFeature } from '../service-lifecycle';

const DOCS = 'https://docs.aws.amazon.com';
const CDK = 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-construct-library.html';

type Day = string | undefined;
type Source = readonly [source: string, asOf: string, confidence?: Confidence];

const service =
  (state: ClosedService['state']) =>
  (
    name: string,
    types: string,
    on: Day,
    ...rest: readonly [instead: string, from: Source]
  ): ClosedService => {
    const [instead, [source, asOf, confidence = 'documented']] = rest;
    const [prefix = '', names = ''] = types.split(':: ');
    return {
      name,
      types: names.split(' ').map((type) => `${prefix}::${type}`),
      state,
      on: { value: on, source, asOf, confidence },
      instead,
    };
  };

/** New customers are refused; who has it already may go on. */
const closed = service('closed');

/** Support ends for everybody. */
const ending = service('ending');

/** Services that AWS has closed or is closing. @internal */
export const CLOSED: readonly ClosedService[] = [
  closed(
    'Systems Manager Incident Manager',
    'AWS::SSMIncidents:: ReplicationSet ResponsePlan',
    '2025-11-07',
    'EventBridge rules with an API destination of the on-call service, and OpsItems',
    [`${DOCS}/incident-manager/latest/userguide/what-is-incident-manager.html`, '2026-11'],
  ),
  closed(
    'Systems Manager Incident Manager',
    'AWS::SSMContacts:: Contact ContactChannel Plan Rotation',
    '2025-11-07',
    'the rotations of the on-call service, reached through an API destination',
    [`${DOCS}/incident-manager/latest/userguide/what-is-incident-manager.html`, '2026-11'],
  ),
  closed(
    'readiness check of Application Recovery Controller',
    'AWS::Route53RecoveryReadiness:: Cell ReadinessCheck RecoveryGroup ResourceSet',
    undefined,
    'the plan evaluation of ARC Region switch',
    [`${DOCS}/r53recovery/latest/dg/arc-readiness-availability-change.html`, '2026-11'],
  ),
  closed(
    'Resilience Hub, first generation',
    'AWS::ResilienceHub:: App ResiliencyPolicy',
    '2026-05-28',
    'AWS::ResilienceHubV2',
    ['https://github.com/aws/agent-toolkit-for-aws', '2026-11', 'secondary'],
  ),
  closed('Audit Manager', 'AWS::AuditManager:: Assessment', '2026-04-30', 'conformance packs of AWS Config', [
    `${DOCS}/audit-manager/latest/userguide/what-is.html`,
    '2026-11',
  ]),
  closed(
    'CloudTrail Lake',
    'AWS::CloudTrail:: EventDataStore Channel Dashboard',
    '2026-05-31',
    'a trail into a bucket with Object Lock, and Athena',
    [`${DOCS}/awscloudtrail/latest/userguide/cloudtrail-document-history.html`, '2026-11'],
  ),
  ending(
    'DevOps Guru',
    'AWS::DevOpsGuru:: LogAnomalyDetectionIntegration NotificationChannel ResourceCollection',
    '2027-09-30',
    'CloudWatch anomaly detection and investigations',
    [`${DOCS}/devops-guru/latest/APIReference/Welcome.html`, '2026-11'],
  ),
  ending(
    'CloudWatch Evidently',
    'AWS::Evidently:: Experiment Feature Launch Project Segment',
    '2025-10-16',
    'feature flags of AppConfig',
    [`${DOCS}/AmazonCloudWatch/latest/monitoring/CloudWatch-Evidently.html`, '2026-11'],
  ),
  ending(
    'App Mesh',
    'AWS::AppMesh:: GatewayRoute Mesh Route VirtualGateway VirtualNode VirtualRouter VirtualService',
    '2026-09-30',
    'ECS Service Connect or VPC Lattice',
    [`${DOCS}/app-mesh/latest/userguide/what-is-app-mesh.html`, '2026-11', 'secondary'],
  ),
  ending(
    'Lookout for Metrics',
    'AWS::LookoutMetrics:: Alert AnomalyDetector',
    '2025-10-09',
    'CloudWatch anomaly detection',
    [CDK, '2026-11'],
  ),
  closed('Forecast', 'AWS::Forecast:: Dataset DatasetGroup', undefined, 'SageMaker Canvas', [CDK, '2026-11']),
  closed('Data Pipeline', 'AWS::DataPipeline:: Pipeline', undefined, 'Step Functions, Glue or MWAA', [
    CDK,
    '2026-11',
  ]),
  ending('Elemental MediaStore', 'AWS::MediaStore:: Container', '2025-11-13', 'S3 or MediaPackage', [
    CDK,
    '2026-11',
  ]),
  ending('QLDB', 'AWS::QLDB:: Ledger Stream', '2025-07-31', 'Aurora PostgreSQL with an audit table', [
    `${DOCS}/qldb/latest/developerguide/what-is.html`,
    '2026-11',
  ]),
  closed(
    'Mainframe Modernization, managed runtime',
    'AWS::M2:: Application Deployment Environment',
    '2025-11-07',
    'the self-managed runtime',
    [CDK, '2026-11'],
  ),
  closed(
    'Migration Hub Refactor Spaces',
    'AWS::RefactorSpaces:: Application Environment Route Service',
    '2025-11-07',
    'API Gateway and Transit Gateway',
    [CDK, '2026-11'],
  ),
  ending('Connect Voice ID', 'AWS::VoiceID:: Domain', '2026-05-20', 'a partner of Amazon Connect', [
    CDK,
    '2026-11',
  ]),
  ending(
    'Panorama',
    'AWS::Panorama:: ApplicationInstance Package PackageVersion',
    '2026-05-31',
    'IoT Greengrass with a model of your own',
    [CDK, '2026-11'],
  ),
  closed(
    'HealthOmics variant and annotation stores',
    'AWS::Omics:: AnnotationStore VariantStore',
    undefined,
    'S3 Tables with Athena',
    [CDK, '2026-11'],
  ),
  closed(
    'IoT SiteWise Monitor',
    'AWS::IoTSiteWise:: Portal Project Dashboard AccessPolicy',
    '2025-11-07',
    'Amazon Managed Grafana',
    [CDK, '2026-11'],
  ),
  ending(
    'Pinpoint',
    'AWS::Pinpoint:: App ApplicationSettings Campaign EmailTemplate EventStream InAppTemplate PushTemplate Segment',
    '2026-10-30',
    'End User Messaging and Amazon Connect',
    [`${DOCS}/pinpoint/latest/developerguide/welcome.html`, '2026-11'],
  ),
  ending(
    'Proton',
    'AWS::Proton:: EnvironmentAccountConnection EnvironmentTemplate ServiceTemplate',
    '2026-10-07',
    'CDK pipelines or CloudFormation Git sync',
    [`${DOCS}/proton/latest/APIReference/Welcome.html`, '2026-11'],
  ),
  closed(
    'App Runner',
    'AWS::AppRunner:: AutoScalingConfiguration ObservabilityConfiguration Service VpcConnector VpcIngressConnection',
    '2026-04-30',
    'ECS Express Mode',
    [`${DOCS}/apprunner/latest/dg/apprunner-availability-change.html`, '2026-11'],
  ),
  closed('Cloud9', 'AWS::Cloud9:: EnvironmentEC2', '2024-07-25', 'the IDE toolkits or CloudShell', [
    `${DOCS}/cloud9/latest/user-guide/history.html`,
    '2026-06',
  ]),
];

const INSTANCE = 'AWS::EC2::Instance';
const INSTANCE_PAGE = `${DOCS}/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html`;

/** Features that AWS has ended. @internal */
export const ENDED: readonly EndedFeature[] = [
  {
    name: 'Elastic Graphics',
    type: INSTANCE,
    property: 'ElasticGpuSpecifications',
    on: { value: '2024-01-08', source: INSTANCE_PAGE, asOf: '2026-11', confidence: 'documented' },
    instead: 'instances of the families G4 to G6',
  },
  {
    name: 'Elastic Inference',
    type: INSTANCE,
    property: 'ElasticInferenceAccelerators',
    on: { value: undefined, source: INSTANCE_PAGE, asOf: '2026-11', confidence: 'documented' },
    instead: 'instances of the families Inf or G',
  },
];
