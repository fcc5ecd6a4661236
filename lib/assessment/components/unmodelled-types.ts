/** Types that keep data, and of which nothing is modelled here. */
const KEEPING_DATA: readonly string[] = [
  'AWS::DirectoryService::MicrosoftAD',
  'AWS::DirectoryService::SimpleAD',
  'AWS::DocDBElastic::Cluster',
  'AWS::EMR::Cluster',
  'AWS::HealthLake::FHIRDatastore',
  'AWS::Kendra::Index',
  'AWS::Lightsail::Database',
  'AWS::Lightsail::Instance',
  'AWS::M2::Environment',
  'AWS::MWAA::Environment',
  'AWS::MediaStore::Container',
  'AWS::NeptuneGraph::Graph',
  'AWS::ODB::CloudVmCluster',
  'AWS::OpenSearchServerless::Collection',
  'AWS::QLDB::Ledger',
  'AWS::RDS::DBShardGroup',
  'AWS::RedshiftServerless::Namespace',
  'AWS::S3Tables::TableBucket',
  'AWS::S3Vectors::VectorBucket',
  'AWS::Timestream::InfluxDBCluster',
  'AWS::Timestream::InfluxDBInstance',
  'AWS::WorkSpaces::Workspace',
];

/** Types that serve users, keep nothing, and are not modelled either. */
const SERVING: readonly string[] = [
  'AWS::AppStream::Fleet',
  'AWS::Connect::Instance',
  'AWS::EC2::EC2Fleet',
  'AWS::EC2::SpotFleet',
  'AWS::EMRServerless::Application',
  'AWS::GameLift::Fleet',
  'AWS::IVS::Channel',
  'AWS::KinesisAnalytics::Application',
  'AWS::KinesisAnalyticsV2::Application',
  'AWS::Lex::Bot',
  'AWS::Lightsail::Container',
  'AWS::MediaConnect::Flow',
  'AWS::MediaLive::Channel',
  'AWS::MediaPackage::Channel',
  'AWS::SageMaker::Endpoint',
  'AWS::Transfer::Server',
];

/** The types of which neither zones nor recovery are modelled, each with whether it keeps data. */
export const UNMODELLED_KEEPING: ReadonlyMap<string, boolean> = new Map([
  ...KEEPING_DATA.map((type) => [type, true] as const),
  ...SERVING.map((type) => [type, false] as const),
]);
