import {
  brokersAndCachesSupported,
  enginesStaySupported,
  runtimesStaySupported,
  servicesAreOpen,
} from '../../../lib/audit/rules/service-lifecycle';
import { checks } from '../../support/rule-cases';

const ABSENT = { Ref: 'AWS::NoValue' };
const IMPORT = { 'Fn::ImportValue': 'given' };
const one = (Type: string, Properties: object = {}) => ({ Resources: { Subject: { Type, Properties } } });
const BROKER = 'AWS::AmazonMQ::Broker';
const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const DOCUMENTS = 'AWS::DocDB::DBCluster';
const SEARCH = 'AWS::OpenSearchService::Domain';
const DATABASE = 'AWS::RDS::DBInstance';
const KUBERNETES = 'AWS::EKS::Cluster';

checks(servicesAreOpen, {
  passes: {
    'an instance has no graphics of its own': { ElasticGpuSpecifications: ABSENT },
    'an instance has no inference of its own': { ElasticInferenceAccelerators: ABSENT },
  },
  fails: {
    'it is closed to new customers': one('AWS::AuditManager::Assessment'),
    'it is closed, nobody says since when': one('AWS::Forecast::Dataset'),
    'it has ended': one('AWS::QLDB::Ledger'),
    'it will end': one('AWS::DevOpsGuru::NotificationChannel'),
    'its feature has ended': { ElasticGpuSpecifications: [{ Type: 'eg1.medium' }] },
    'its other feature has ended': { ElasticInferenceAccelerators: [{ Type: 'eia1.medium' }] },
  },
  unknown: {
    'a condition may set the feature': {
      Parameters: { Given: { Type: 'String' } },
      Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
      Resources: {
        Subject: {
          Type: 'AWS::EC2::Instance',
          Properties: {
            ElasticGpuSpecifications: { 'Fn::If': ['IsGiven', [{ Type: 'eg1.medium' }], ABSENT] },
          },
        },
      },
    },
  },
  notApplicable: { 'nobody has closed the service': one('AWS::S3::Bucket') },
});

checks(enginesStaySupported, {
  passes: {
    'MySQL lasts': one(DATABASE, { Engine: 'mysql', EngineVersion: '8.4.5' }),
    'a search domain lasts': one(SEARCH, { EngineVersion: 'OpenSearch_2.19' }),
    'an old search domain lasts': one('AWS::Elasticsearch::Domain', { ElasticsearchVersion: '7.10' }),
    'Redis lasts': one(GROUP, { EngineVersion: '7.1' }),
    'Kafka lasts': one('AWS::MSK::Cluster', { KafkaVersion: '3.8.x' }),
    'Neptune lasts': one('AWS::Neptune::DBCluster', { EngineVersion: '1.4.8.0' }),
  },
  fails: {
    'RabbitMQ is over': one(BROKER, { EngineType: 'RABBITMQ', EngineVersion: '3.12' }),
    'DocumentDB ends soon': one(DOCUMENTS, { EngineVersion: '3.6.0' }),
    'a search domain is over': one(SEARCH, { EngineVersion: 'Elasticsearch_7.4' }),
    'an old search domain takes the oldest version': one('AWS::Elasticsearch::Domain'),
    'Redis is over': one(GROUP, { EngineVersion: '5.0.6' }),
    'Kafka is over': one('AWS::MSK::Cluster', { KafkaVersion: '2.8.1' }),
    'Neptune is over': one('AWS::Neptune::DBCluster', { EngineVersion: '1.1.0.0' }),
    'MySQL is over': one(DATABASE, { Engine: 'mysql', EngineVersion: '5.7' }),
  },
  unknown: {
    'AWS chooses the version': one(DOCUMENTS),
    'an import says': one(DOCUMENTS, { EngineVersion: IMPORT }),
    'the table does not list it': one(SEARCH, { EngineVersion: 'OpenSearch_2.10' }),
    'the table knows nothing of the engine': one('AWS::ElastiCache::CacheCluster', {
      Engine: 'memcached',
      EngineVersion: '1.6.22',
    }),
    'the engine is an import': one(BROKER, { EngineType: IMPORT, EngineVersion: '5.18' }),
    'no engine is named': one('AWS::ElastiCache::CacheCluster', { EngineVersion: '7.0' }),
  },
  notApplicable: { 'its cluster answers': one(DATABASE, { DBClusterIdentifier: 'orders' }) },
  equivalent: { '*.Engine': 'the versions of other engines are other numbers' },
});

checks(runtimesStaySupported, {
  passes: {
    'a function lasts': { Runtime: 'nodejs24.x' },
    'a cluster lasts': one(KUBERNETES, { Version: '1.35' }),
    'a cluster of the CDK lasts': one('Custom::AWSCDK-EKS-Cluster', { Config: { version: '1.34' } }),
    'a canary lasts': one('AWS::Synthetics::Canary', { RuntimeVersion: 'syn-nodejs-puppeteer-13.0' }),
  },
  fails: {
    'a runtime is over': { Runtime: 'python3.8' },
    'a runtime ends soon': { Runtime: 'ruby3.2' },
    'a cluster ends soon': one(KUBERNETES, { Version: '1.32' }),
    'a cluster is older than the table': one('Custom::AWSCDK-EKS-Cluster', { Config: { version: '1.21' } }),
    'a canary is over': one('AWS::Synthetics::Canary', { RuntimeVersion: 'syn-nodejs-puppeteer-3.8' }),
  },
  unknown: {
    'an import says': { Runtime: IMPORT },
    'nobody knows the runtime': { Runtime: 'cobol85' },
    'AWS chooses the version': one(KUBERNETES),
  },
  notApplicable: { 'an image brings its own runtime': { PackageType: 'Image' } },
});

checks(brokersAndCachesSupported, {
  passes: {
    'a broker is': { EngineType: 'ActiveMQ', EngineVersion: '5.18' },
    'a cache is': one(GROUP, { EngineVersion: '6.2' }),
    'a serverless cache is': one('AWS::ElastiCache::ServerlessCache', {
      Engine: 'redis',
      MajorEngineVersion: '7',
    }),
  },
  fails: {
    'a broker is not': { EngineType: 'ActiveMQ', EngineVersion: '5.15.16' },
    'a cache is not': one(GROUP, { EngineVersion: '3.2.10' }),
    'a serverless cache is not': one('AWS::ElastiCache::ServerlessCache', {
      Engine: 'redis',
      MajorEngineVersion: '3',
    }),
  },
  unknown: {
    'AWS chooses the version': { EngineType: 'RABBITMQ' },
    'an import says': { EngineType: 'RABBITMQ', EngineVersion: IMPORT },
  },
  notApplicable: 'every broker and cache runs some version',
  equivalent: { '*.Engine*': 'the versions of other engines are other numbers' },
});
