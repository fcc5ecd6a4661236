import { lifecyclePoliciesOf, snapshotsByLifecycleManager } from '../../../assembly/backup/lifecycle-manager';
import { snapshotScheduleOf } from '../../../assembly/backup/lifecycle-schedule';
import { disksOf } from '../../../assembly/data/instance-disks';
import { attachedTo } from '../../../assembly/data/stateful-protections';
import type { Resource } from '../../../assembly/resource';
import { Unknown } from '../../../assembly/value';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import type { RecoveryTerm } from '../../assessment';
import { AT_ONCE } from '../path';
import { plannedPoints, restored, whyOpen } from '../points';
import { type Point, type Store, storeOf } from '../store';
import { instanceBack } from '../units';

const DLM = 'https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html';

/** Data Lifecycle Manager starts a snapshot within the hour after its time. */
const START_WINDOW = 3600;

const ONE_ZONE = { instance: [], availabilityZone: undefined } as const;

/** A volume stands in one zone; a snapshot of an instance holds its volumes. */
export function volume(resource: Resource): Store {
  return storeOf({
    resource,
    noun: 'the volume',
    instance: AT_ONCE,
    zone: undefined,
    lost: ONE_ZONE,
    ...snapshotsOf([resource, ...attachedTo(resource)]),
  });
}

/** The volumes that are made with an instance that stands alone; undefined where it is not seen to keep data on any. */
export function instanceVolumes(resource: Resource): Store | undefined {
  const { own, local } = disksOf(resource);
  if (own === false && local === undefined) return undefined;
  const { points, open } = snapshotsOf([resource]);
  const why = open ?? (own instanceof Unknown ? own.reason : undefined);
  return storeOf({
    resource,
    noun: 'the instance',
    instance: instanceBack(resource),
    zone: undefined,
    // What is on a disk of the host is gone with it, and in no snapshot.
    lost: local === undefined ? ONE_ZONE : { instance: undefined, availabilityZone: undefined },
    points: local === undefined ? points : [],
    ...(local !== undefined && {
      protect: 'keep its data on volumes that are snapshotted, or on two instances',
    }),
    ...(why !== undefined && { open: why }),
  });
}

/** What backup plans and lifecycle policies keep of a volume, or of what holds it. */
function snapshotsOf(subjects: readonly Resource[]): Pick<Store, 'points' | 'open'> {
  const planned = subjects.map((subject) => plannedPoints(subject));
  const managed = subjects.flatMap((subject) => lifecyclePoliciesOf(subject));
  const judged = managed.length > 0 ? [] : subjects.map(snapshotsByLifecycleManager);
  const open = whyOpen(...judged) ?? planned.find((plan) => plan.open !== undefined)?.open;
  return {
    points: [
      ...managed.flatMap((policy) => managedPoints(policy, subjects[0] ?? policy)),
      ...planned.flatMap(({ points }) => points),
    ],
    ...(open !== undefined && { open }),
  };
}

function managedPoints(policy: Resource, of: Resource): readonly Point[] {
  const { intervalSeconds, copiedSeconds } = snapshotScheduleOf(policy);
  const here = pointOf(policy, of, intervalSeconds);
  if (copiedSeconds === undefined) return [here];
  const { value } = AWS_FACTS.backupCopySeconds;
  const copied = pointOf(policy, of, copiedSeconds);
  const copy = term(policy, 'copy to the other region', value.worst, 'assumed');
  return [here, { ...copied, what: 'copies of snapshots', loss: [...copied.loss, copy], elsewhere: true }];
}

function pointOf(policy: Resource, of: Resource, everySeconds: number): Point {
  const { value } = AWS_FACTS.backupDurationSeconds;
  return {
    what: 'snapshots by a lifecycle policy',
    loss: [
      term(policy, 'interval of snapshots', everySeconds, 'CreateRule of the lifecycle policy'),
      term(policy, 'start window', START_WINDOW, DLM),
      term(policy, 'duration of a snapshot', value.worst, 'assumed'),
    ],
    restore: restored(of),
    elsewhere: false,
  };
}

function term(resource: Resource, what: string, seconds: number, source: string): RecoveryTerm {
  return { what, seconds, source, resource };
}
