import { all, type Judgement, notApplicable } from '../../assembly/judgement';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import { LOG_RETENTION, PATCHING, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';
import { OWES_ONE_UNIT, owesOneUnit } from '../single-unit';

const DOMAIN = 'AWS::OpenSearchService::Domain';
const DOMAINS = [DOMAIN, 'AWS::Elasticsearch::Domain'];
const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/opensearch-controls.html';
const GUIDE = 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide';

/** With fewer, the loss of one leaves no majority. */
const MINIMUM_NODES = 3;

const LOGS = ['ES_APPLICATION_LOGS', 'SEARCH_SLOW_LOGS', 'INDEX_SLOW_LOGS'];

export const searchDataSurvivesZone: Rule = {
  id: 'OSS-01',
  title: `Search domains have at least ${MINIMUM_NODES} data nodes, spread over zones.`,
  kind: 'redundancy',
  why: 'With one zone or too few nodes, the loss of one makes indexes unreachable, or loses shards.',
  fix: `set InstanceCount to ${MINIMUM_NODES} or more and ZoneAwarenessEnabled to true`,
  severity: HIGH,
  appliesTo: DOMAINS,
  controls: REDUNDANCY,
  sources: [`${SECURITY_HUB}#opensearch-6`, `${GUIDE}/managedomains-multiaz.html`],
  check: (domain, { service }) => {
    if (owesOneUnit(service)) return notApplicable(OWES_ONE_UNIT);
    const config = configOf(domain);
    return all(
      domain.is(`${config}.ZoneAwarenessEnabled`, true),
      domain.atLeast(`${config}.InstanceCount`, MINIMUM_NODES, { unit: 'data nodes' }),
    );
  },
};

export const searchMasterSurvivesZone: Rule = {
  id: 'OSS-02',
  title: `Search domains have at least ${MINIMUM_NODES} dedicated master nodes.`,
  kind: 'redundancy',
  why: 'Without them, heavy searches take down the nodes that hold the cluster together.',
  fix: `set DedicatedMasterEnabled to true and DedicatedMasterCount to ${MINIMUM_NODES}`,
  severity: MEDIUM,
  appliesTo: DOMAINS,
  controls: REDUNDANCY,
  sources: [`${GUIDE}/managedomains-dedicatedmasternodes.html`],
  check: (domain) => {
    const config = configOf(domain);
    return all(
      domain.is(`${config}.DedicatedMasterEnabled`, true),
      domain.atLeast(`${config}.DedicatedMasterCount`, MINIMUM_NODES, { unit: 'master nodes' }),
    );
  },
};

export const searchLogsPublished: Rule = {
  id: 'OSS-03',
  title: 'Search domains publish their error and slow logs.',
  kind: 'monitoring',
  why: 'Which search or index request brings the domain down is written nowhere else.',
  fix: 'enable ES_APPLICATION_LOGS, SEARCH_SLOW_LOGS and INDEX_SLOW_LOGS in LogPublishingOptions, with a log group',
  severity: LOW,
  appliesTo: DOMAINS,
  controls: LOG_RETENTION,
  sources: [`${SECURITY_HUB}#opensearch-4`, `${GUIDE}/createdomain-configure-slow-logs.html`],
  check: (domain) => LOGS.map((log) => isPublished(domain, `LogPublishingOptions.${log}`)),
};

export const searchSoftwareUpdated: Rule = {
  id: 'OSS-04',
  title: 'Search domains take software updates by themselves.',
  kind: 'protection',
  why: 'Corrections of crashes wait for somebody to remember the domain, until AWS forces them at a time of its own.',
  fix: 'set SoftwareUpdateOptions.AutoSoftwareUpdateEnabled to true, and an off-peak window',
  severity: LOW,
  appliesTo: [DOMAIN],
  controls: PATCHING,
  sources: [`${SECURITY_HUB}#opensearch-10`, `${GUIDE}/service-software.html`],
  check: (domain) =>
    all(
      domain.is('SoftwareUpdateOptions.AutoSoftwareUpdateEnabled', true),
      // New domains have a window unless they say that they have none.
      isSet(domain, 'OffPeakWindowOptions.Enabled') === false
        ? notApplicable('the service chooses a window')
        : domain.is('OffPeakWindowOptions.Enabled', true),
    ),
};

function configOf({ type }: Resource): string {
  return type === DOMAIN ? 'ClusterConfig' : 'ElasticsearchClusterConfig';
}

function isPublished(domain: Resource, path: string): Judgement {
  const group = domain.get(`${path}.CloudWatchLogsLogGroupArn`);
  // A log group is named by an ARN: a number or an empty list names none.
  const named =
    typeof group === 'number' ? domain.is(`${path}.CloudWatchLogsLogGroupArn`, 'an ARN') : undefined;
  return all(
    domain.is(`${path}.Enabled`, true, { default: false }),
    named ?? domain.isSet(`${path}.CloudWatchLogsLogGroupArn`, 'a log group'),
  );
}
