import { coveredByBackup } from '../../assembly/backup/backup-coverage';
import { judgeLaunched, type LaunchPaths } from '../../assembly/compute/launch-settings';
import { any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { judgeBalance } from '../../assembly/network/instance-balance';
import { valuesAt } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { EBS_OPTIMISED_ON_REQUEST } from '../../calculus/ebs-optimisation';
import * as families from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { INFO, LOW, MEDIUM } from '../severity';
import { OWES_ONE_UNIT, owesOneUnit } from '../single-unit';

const INSTANCE = 'AWS::EC2::Instance';
const GUIDE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide';
const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide';

export const instanceIsProtectedFromTermination: Rule = {
  id: 'EC2-01',
  title: 'Instances outside Auto Scaling groups are protected from termination.',
  kind: 'protection',
  why: 'One wrong call ends an instance that no group starts again, and its root volume goes with it.',
  fix: 'set DisableApiTermination to true',
  severity: MEDIUM,
  appliesTo: [INSTANCE],
  controls: families.DELETION_PROTECTION,
  sources: [`${GUIDE}/Using_ChangingDisableAPITermination.html`],
  check: (instance) => isOn(instance, same('DisableApiTermination')),
};

export const instancesAreMonitoredInDetail: Rule = {
  id: 'EC2-02',
  title: 'Instances report their metrics every minute.',
  kind: 'monitoring',
  why: 'With a metric every five minutes an alarm, and the scaling that hangs on it, comes minutes late.',
  fix: 'turn on detailed monitoring',
  severity: LOW,
  appliesTo: [INSTANCE, 'AWS::EC2::LaunchTemplate'],
  controls: families.MONITORING,
  sources: [`${GUIDE}/manage-detailed-monitoring.html`],
  check: (resource) =>
    resource.type === INSTANCE
      ? isOn(resource, { own: 'Monitoring', template: 'Monitoring.Enabled' })
      : resource.is('LaunchTemplateData.Monitoring.Enabled', true),
};

export const instanceIsEbsOptimised: Rule = {
  id: 'EC2-03',
  title: 'Instances that can have their own bandwidth to their volumes have it.',
  kind: 'capacity',
  why: 'Under load, traffic to the volumes and traffic to users take bandwidth from each other.',
  fix: 'set EbsOptimized to true, or use a type of a newer generation',
  severity: LOW,
  appliesTo: [INSTANCE],
  controls: families.CAPACITY,
  sources: [`${GUIDE}/ebs-optimized.html#previous`],
  check: (instance) => {
    const onRequest = judgeLaunched(instance, same('InstanceType'), canBeOptimised);
    if (onRequest.outcome === 'fail')
      return notApplicable('the type has its own bandwidth to its volumes, or cannot have any');
    const optimised = isOn(instance, same('EbsOptimized'));
    return onRequest.outcome === 'unknown' && optimised.outcome === 'fail' ? onRequest : optimised;
  },
};

export const instancesAreBalanced: Rule = {
  id: 'EC2-04',
  title: 'The instances of the app are spread evenly over at least two zones.',
  kind: 'redundancy',
  why: 'The loss of the zone that holds all or most of the instances takes more capacity than the others have left.',
  fix: 'place about as many instances in each of at least two zones',
  severity: MEDIUM,
  appliesTo: [INSTANCE],
  scope: 'app',
  controls: families.REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html'],
  check: (_, { graph, serviceOf }) => {
    const instances = graph.ofType(INSTANCE).filter((instance) => !owesOneUnit(serviceOf(instance)));
    return instances.length === 0
      ? notApplicable(OWES_ONE_UNIT)
      : judgeBalance(instances, graph, { mostPercent: MOST_PERCENT });
  },
};

/** The difference between zones that Trusted Advisor lets pass. */
const MOST_PERCENT = 20;

export const instanceIsBackedUp: Rule = {
  id: 'EC2-05',
  title: 'Instances are in a backup plan.',
  kind: 'backup',
  why: 'When the instance or its volumes are lost, or damaged by a bad change, nothing is left to restore from.',
  fix: 'let a backup selection of the app select the instance, by ARN or by tag',
  severity: MEDIUM,
  appliesTo: [INSTANCE],
  controls: families.BACKUP_COVERAGE,
  // A backup of an instance holds its volumes.
  subsumes: ['EBS-01'],
  sources: [`${CONFIG}/ec2-resources-protected-by-backup-plan.html`],
  check: (instance, { service }) => unlessRebuildable(instance, service, coveredByBackup),
};

export const instanceIsInSubnet: Rule = {
  id: 'EC2-06',
  title: 'Instances name the subnet that they stand in.',
  kind: 'redundancy',
  why: 'Without a subnet, AWS picks a zone of the default network of the account, which nobody planned for.',
  fix: 'set SubnetId to a subnet of your network',
  severity: INFO,
  appliesTo: [INSTANCE],
  controls: families.REDUNDANCY,
  sources: [`${CONFIG}/ec2-instances-in-vpc.html`],
  check: (instance) => any(...SUBNETS.map((paths) => judgeLaunched(instance, paths, namesSubnet))),
};

const same = (path: string): LaunchPaths => ({ own: path, template: path });

/** A launch template has no subnet of its own but those of its network interfaces. */
const SUBNETS: readonly LaunchPaths[] = [
  { own: 'SubnetId', template: 'NetworkInterfaces' },
  { own: 'NetworkInterfaces', template: 'NetworkInterfaces' },
];

function isOn(instance: Resource, paths: LaunchPaths): Judgement {
  return judgeLaunched(instance, paths, (resource, path) => resource.is(path, true));
}

/** Without a type, EC2 starts an m1.small. */
function canBeOptimised(resource: Resource, path: string): Judgement {
  return resource.judge(path, (type) => EBS_OPTIMISED_ON_REQUEST.has(String(type)), 'such a type');
}

function namesSubnet(resource: Resource, path: string): Judgement {
  if (!path.endsWith('NetworkInterfaces')) return resource.isSet(path, 'a subnet');
  const none = fail({ property: path, found: 'no subnet', needed: 'a subnet' });
  const interfaces = resource.get(path);
  if (interfaces instanceof Unknown) return unknown(path, interfaces);
  const named = ['SubnetId', 'NetworkInterfaceId'].flatMap((key) => valuesAt(resource, `${path}.*.${key}`));
  const open = named.find((value) => value instanceof Unknown && value.maybeAbsent);
  if (named.some((value) => !(value instanceof Unknown && value.maybeAbsent) && value !== ''))
    return pass({ property: path });
  return open instanceof Unknown ? unknown(path, open) : none;
}
