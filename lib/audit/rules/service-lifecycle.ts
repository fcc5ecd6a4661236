import { judgeStandalone } from '../../assembly/data/database-members';
import { fail, type Judgement, pass, unknown } from '../../assembly/judgement';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { CLOSED_SERVICES, closedService, ENDED_FEATURES } from '../../calculus/service-lifecycle';
import { PATCHING } from '../control-families';
import type { Rule, RuleContext, RuleParameter } from '../rule';
import { LOW, MEDIUM } from '../severity';
import { judgeVersion, versionOf } from '../version-support';

const CACHES = ['AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ReplicationGroup'];
const SERVERLESS_CACHE = 'AWS::ElastiCache::ServerlessCache';
const BROKER = 'AWS::AmazonMQ::Broker';

const NOTICE: Readonly<Record<'noticeDays', RuleParameter>> = {
  noticeDays: {
    meaning: 'How many days before the end of standard support a version counts as near its end.',
    default: 90,
  },
};

export const servicesAreOpen: Rule = {
  id: 'LIF-01',
  title: 'No resource is of a service or feature that AWS has closed, or has said that it will end.',
  kind: 'protection',
  why: 'In a new account or region the deploy is refused, so that a recovery there fails; after the end the service is gone.',
  fix: 'move to what takes its place',
  severity: MEDIUM,
  appliesTo: [...new Set([...ENDED_FEATURES, ...CLOSED_SERVICES.flatMap(typesOf)].map(({ type }) => type))],
  controls: PATCHING,
  sources: ['https://docs.aws.amazon.com/general/latest/gr/lifecycle-doc-history.html'],
  check: (resource) => {
    const closed = closedService(resource.type);
    return closed ? judgeClosed(closed) : ENDED_FEATURES.map((feature) => judgeFeature(resource, feature));
  },
};

export const enginesStaySupported: Rule = {
  id: 'LIF-02',
  title: 'Engines run a version whose standard support does not end soon.',
  kind: 'protection',
  why: 'AWS upgrades a version without support when it chooses to, with an outage that nobody planned or tried.',
  fix: 'upgrade to a version with a longer support, in a window of your own',
  severity: MEDIUM,
  appliesTo: [
    BROKER,
    ...CACHES,
    'AWS::DocDB::DBCluster',
    'AWS::Elasticsearch::Domain',
    'AWS::MSK::Cluster',
    'AWS::Neptune::DBCluster',
    'AWS::OpenSearchService::Domain',
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
  ],
  replaces: ['AWS::DocDB::DBCluster EngineVersion'],
  controls: PATCHING,
  parameters: NOTICE,
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html'],
  check: (resource, context) => judgeStandalone(resource, (own) => judgeSoon(own, context)),
};

export const runtimesStaySupported: Rule = {
  id: 'LIF-03',
  title: 'Runtimes and Kubernetes versions are supported, and do not end soon.',
  kind: 'protection',
  why: 'After its end a runtime takes no corrections, and soon no deploy: a fix or a rollback in an incident is refused.',
  fix: 'move to a runtime or version with a longer support',
  severity: MEDIUM,
  appliesTo: [
    'AWS::Lambda::Function',
    'AWS::EKS::Cluster',
    'AWS::Synthetics::Canary',
    'Custom::AWSCDK-EKS-Cluster',
  ],
  controls: PATCHING,
  parameters: NOTICE,
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
  ],
  check: judgeSoon,
};

export const brokersAndCachesSupported: Rule = {
  id: 'ENG-01',
  title: 'Brokers and caches run a version that is supported.',
  kind: 'protection',
  why: 'AWS upgrades a version without support when it chooses to, and corrects nothing until then.',
  fix: 'upgrade EngineVersion to a supported version',
  severity: LOW,
  appliesTo: [BROKER, ...CACHES, SERVERLESS_CACHE],
  controls: PATCHING,
  subsumes: ['LIF-02'],
  sources: [
    'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/activemq-version-management.html',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/extended-support-versions.html',
  ],
  check: (resource, { today }) => judgeVersion(versionOf(resource), { today }),
};

function typesOf({ types }: { readonly types: readonly string[] }) {
  return types.map((type) => ({ type }));
}

function judgeSoon(resource: Resource, { today, parameters }: RuleContext): Judgement {
  return judgeVersion(versionOf(resource), { today, noticeDays: Number(parameters.noticeDays) });
}

function judgeClosed({ name, state, on, instead }: (typeof CLOSED_SERVICES)[number]): Judgement {
  const what = state === 'closed' ? 'is closed to new customers' : 'has its end announced';
  const since = on.value === undefined ? '' : ` (${on.value})`;
  return fail({
    found: `${name}, which ${what}${since}`,
    needed: 'a service that goes on',
    fix: `use ${instead}`,
  });
}

function judgeFeature(resource: Resource, { name, property, on, instead }: (typeof ENDED_FEATURES)[number]) {
  const set = isSet(resource, property);
  if (set instanceof Unknown) return unknown(property, set);
  const since = on.value === undefined ? '' : ` on ${on.value}`;
  return set
    ? fail({ property, found: `${name}, which ended${since}`, needed: 'nothing', fix: `use ${instead}` })
    : pass({ property });
}
