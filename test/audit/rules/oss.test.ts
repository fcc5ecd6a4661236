import {
  searchDataSurvivesZone,
  searchLogsPublished,
  searchMasterSurvivesZone,
  searchSoftwareUpdated,
} from '../../../lib/audit/rules/oss';
import { checks } from '../../support/rule-cases';

const ABSENT = { Ref: 'AWS::NoValue' };
const IMPORT = { 'Fn::ImportValue': 'given' };
const old = (Properties: object) => ({
  Resources: { Domain: { Type: 'AWS::Elasticsearch::Domain', Properties } },
});

checks(searchDataSurvivesZone, {
  passes: {
    'three nodes are spread': { ClusterConfig: { InstanceCount: 3, ZoneAwarenessEnabled: true } },
    'an old domain is spread': old({
      ElasticsearchClusterConfig: { InstanceCount: 4, ZoneAwarenessEnabled: 'true' },
    }),
  },
  fails: {
    'it has one node by default': { ClusterConfig: { ZoneAwarenessEnabled: true } },
    'it has two': { ClusterConfig: { InstanceCount: 2, ZoneAwarenessEnabled: true } },
    'it is in one zone by default': { ClusterConfig: { InstanceCount: 3 } },
    'an old domain is in one zone': old({ ElasticsearchClusterConfig: { InstanceCount: 3 } }),
    'nothing is said': {},
  },
  unknown: {
    'the count is an import': { ClusterConfig: { InstanceCount: IMPORT, ZoneAwarenessEnabled: true } },
  },
  notApplicable: 'every domain has data nodes',
});

checks(searchMasterSurvivesZone, {
  passes: {
    'three are dedicated': { ClusterConfig: { DedicatedMasterEnabled: true, DedicatedMasterCount: 3 } },
    'an old domain has them': old({
      ElasticsearchClusterConfig: { DedicatedMasterEnabled: 'true', DedicatedMasterCount: 5 },
    }),
  },
  fails: {
    'none is by default': {},
    'there are two': { ClusterConfig: { DedicatedMasterEnabled: true, DedicatedMasterCount: 2 } },
    'they are counted but not enabled': {
      ClusterConfig: { DedicatedMasterEnabled: false, DedicatedMasterCount: 3 },
    },
  },
  unknown: {
    'the count is an import': {
      ClusterConfig: { DedicatedMasterEnabled: true, DedicatedMasterCount: IMPORT },
    },
  },
  notApplicable: 'every domain can have dedicated master nodes',
});

const published = {
  Enabled: true,
  CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:search',
};
const logs = (more: object = {}) => ({
  LogPublishingOptions: {
    ES_APPLICATION_LOGS: published,
    SEARCH_SLOW_LOGS: published,
    INDEX_SLOW_LOGS: published,
    ...more,
  },
});

checks(searchLogsPublished, {
  passes: { 'all are': logs(), 'an old domain publishes all': old(logs()) },
  fails: {
    'none is': {},
    'errors are not': logs({ ES_APPLICATION_LOGS: ABSENT }),
    'slow searches are not': logs({ SEARCH_SLOW_LOGS: { ...published, Enabled: false } }),
    'a log group is a number': logs({ INDEX_SLOW_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: 1 } }),
  },
  unknown: { 'an import says': logs({ INDEX_SLOW_LOGS: { ...published, Enabled: IMPORT } }) },
  notApplicable: 'every domain has these logs',
});

checks(searchSoftwareUpdated, {
  passes: {
    'it takes them': { SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: true } },
    'it takes them in a window': {
      SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: 'true' },
      OffPeakWindowOptions: { Enabled: true },
    },
  },
  fails: {
    'it does not by default': {},
    'it has no window': {
      SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: true },
      OffPeakWindowOptions: { Enabled: false },
    },
  },
  unknown: { 'an import says': { SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: IMPORT } } },
  notApplicable: 'every domain has software updates',
});
