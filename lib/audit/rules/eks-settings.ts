import { fail, type Judgement, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { isList, isMap, isScalar, Unknown, type Value, wordOf } from '../../assembly/value';
import { versionSupport } from '../../calculus/service-lifecycle';
import { DELETION_PROTECTION, LOG_RETENTION, PATCHING } from '../control-families';
import type { Rule } from '../rule';
import { LOW, MEDIUM } from '../severity';

const GUIDE = 'https://docs.aws.amazon.com/eks/latest/userguide';
const CLUSTER = 'AWS::EKS::Cluster';

/** The second is what the CDK's aws-eks makes of its clusters: it hands the same properties to the API. */
const CLUSTERS = [CLUSTER, 'Custom::AWSCDK-EKS-Cluster'];

export const clusterProtectedFromDeletion: Rule = {
  id: 'EKS-01',
  title: 'Kubernetes clusters cannot be deleted by mistake.',
  kind: 'protection',
  why: 'One wrong call deletes the control plane, and all that runs loses it.',
  fix: 'set DeletionProtection to true',
  severity: MEDIUM,
  appliesTo: CLUSTERS,
  controls: DELETION_PROTECTION,
  sources: [`${GUIDE}/deletion-protection.html`],
  check: (cluster) =>
    cluster.is(pathIn(cluster, 'DeletionProtection', 'deletionProtection'), true, { default: false }),
};

export const kubernetesIsSupported: Rule = {
  id: 'EKS-02',
  title: 'The Kubernetes version of clusters is in standard support.',
  kind: 'protection',
  why: 'After standard support the version costs six times as much, and at its end AWS upgrades the cluster on a day of its own choosing.',
  fix: 'upgrade to a version in standard support',
  severity: MEDIUM,
  appliesTo: CLUSTERS,
  controls: PATCHING,
  sources: [`${GUIDE}/kubernetes-versions.html`],
  subsumes: ['LIF-03'],
  check: (cluster, { today }) => judgeVersion(cluster, today),
};

export const controlPlaneWritesLogs: Rule = {
  id: 'EKS-03',
  title: 'The control plane of Kubernetes clusters writes all its logs.',
  kind: 'monitoring',
  why: 'Who changed what, and why the scheduler did not start a pod, can be read nowhere else.',
  fix: 'enable api, audit, authenticator, controllerManager and scheduler in Logging.ClusterLogging',
  severity: LOW,
  appliesTo: CLUSTERS,
  controls: LOG_RETENTION,
  sources: [`${GUIDE}/control-plane-logs.html`],
  check: judgeLogs,
};

function pathIn({ type }: Resource, own: string, config: string): string {
  return type === CLUSTER ? own : `Config.${config}`;
}

function judgeVersion(cluster: Resource, today: Date | undefined): Judgement {
  const property = pathIn(cluster, 'Version', 'version');
  const version = cluster.text(property);
  if (version instanceof Unknown) return unknown(property, version);
  // What was the newest when the cluster was made ages, and no template tells since when.
  if (version === undefined)
    return unknown(property, 'no version is set: EKS took its default when the cluster was made');
  const support = versionSupport('kubernetes', version, today);
  if (support.state === 'supported') return pass({ property, found: version });
  if (support.state === 'ended') {
    const until = support.until === undefined ? '' : ` until ${support.until}`;
    return fail({
      property,
      found: `${version}, in standard support${until} only`,
      needed: 'a supported version',
    });
  }
  return unknown(
    property,
    support.state === 'open'
      ? `whether ${version}, supported until ${support.until}, still is depends on the day`
      : `nothing is known of the support of ${version}`,
  );
}

const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

function judgeLogs(cluster: Resource): Judgement {
  const property = pathIn(cluster, 'Logging.ClusterLogging.EnabledTypes', 'logging.clusterLogging');
  const list = cluster.list(property);
  if (list instanceof Unknown) return unknown(property, list);
  const types = list.flatMap(typesIn);
  const missing = LOG_TYPES.filter((type) => !types.includes(type));
  if (missing.length === 0) return pass({ property, found: LOG_TYPES.join(', ') });
  const open = types.find((type) => !isScalar(type));
  if (open !== undefined)
    return unknown(property, open instanceof Unknown ? open : 'a type of logs is known only at deploy');
  const found = LOG_TYPES.filter((type) => types.includes(type)).join(', ');
  return fail({ property, found: found || 'no logs', needed: `${missing.join(', ')}${found && ' too'}` });
}

/** `{Type: api}` of a cluster, or `{enabled: true, types: [api]}` of the API. */
function typesIn(entry: Value): readonly Value[] {
  if (!isMap(entry)) return entry instanceof Unknown ? [entry] : [];
  if (entry.Type !== undefined) return [entry.Type];
  const { enabled, types } = entry;
  if (enabled instanceof Unknown) return [enabled];
  if (wordOf(enabled ?? true) !== 'true') return [];
  return isList(types) ? types : types instanceof Unknown ? [types] : [];
}
