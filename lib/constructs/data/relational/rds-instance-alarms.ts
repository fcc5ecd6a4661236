import type { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Size } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Span } from '../../../calculus/time-span';
import { owedForRegion } from '../owed-for-region';
import { DEFAULT_STORAGE, type RdsInstancePart, storeWith } from './rds-instance-parts';
import { RegionCopy } from './rds-region-copy';

/** Requests that wait for the disk, above which it is the bottleneck: our own number. */
const MOST_WAITING_REQUESTS = 64;

const LAG = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Monitoring.html';

/** Full and slow disks, and a replica that is too late. @internal */
export function watchInstance(
  construct: Construct,
  instance: CfnDBInstance,
  { foundation, place, copy, props }: RdsInstancePart,
): void {
  const { alerts, choices } = foundation;
  const dimensions = { DBInstanceIdentifier: instance.ref };
  const { allocatedStorage = DEFAULT_STORAGE } = props;
  alerts.alarm('FreeStorage', {
    metricName: 'FreeStorageSpace',
    dimensions,
    threshold: Size.gibibytes(allocatedStorage).toBytes() / 10,
    tooLittle: true,
    meaning: `${construct.node.path} has less than a tenth of its first storage left, and has not grown`,
  });
  alerts.alarm('DiskQueue', {
    metricName: 'DiskQueueDepth',
    dimensions,
    threshold: MOST_WAITING_REQUESTS,
    meaning: `The disk of ${construct.node.path} cannot follow`,
  });
  if (copy !== RegionCopy.READ_REPLICA) return;
  const rpo = owedForRegion(construct, choices, props).rpoSeconds ?? storeWith(copy).region.rpoSeconds;
  const maxLag = choices.shortest({
    what: 'maxLag',
    owed: { value: Span.seconds(rpo), because: 'what is behind is lost with the region', source: LAG },
    chosen: props.maxLag,
  });
  if (place.writes) return;
  alerts.alarm('ReplicaLag', {
    metricName: 'ReplicaLag',
    dimensions,
    threshold: maxLag.toSeconds(),
    silenceIsBad: true,
    meaning: `${construct.node.path} is further behind its source than the recovery point that is owed`,
  });
}
