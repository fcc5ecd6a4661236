import type { EventPattern } from 'aws-cdk-lib/aws-events';

/** What a timeline keeps. */
export enum TimelineKind {
  /** States of alarms, and changes to alarms; failed runs of canaries. */
  ALARMS = 'alarms',

  /** CloudFormation, CodeDeploy, CodePipeline, ECS. */
  DEPLOYMENTS = 'deployments',

  /** Parameters, and what AWS Config records where it does. */
  CONFIGURATION = 'configuration',

  /** What AWS says of its own services. */
  HEALTH = 'health',

  /** Backups, copies and restores. */
  BACKUP = 'backup',

  /** Experiments of AWS FIS. */
  DRILLS = 'drills',

  /** Events of databases, shifts of zones with their practice runs, and switches of regions. */
  FAILOVER = 'failover',

  /** When the Change Calendar opens and closes. */
  CALENDAR = 'calendar',
}

const CLOUDWATCH =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html';

/** The events of a kind: one pattern for each service, so that a rule takes what it names and nothing else. */
interface Kept {
  /** By the id of the rule, which never changes. */
  readonly id: string;
  readonly pattern: EventPattern;

  /** The page that names the events. */
  readonly source: string;
}

const of = (id: string, from: string, detailType: readonly string[], source: string): Kept => ({
  id,
  pattern: { source: [from], ...(detailType.length > 0 && { detailType: [...detailType] }) },
  source,
});

const REFERENCE = 'https://docs.aws.amazon.com/eventbridge/latest/ref';
const SYSTEMS_MANAGER =
  'https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html';

/** The events of each kind, as the services send them to the default bus. @internal */
export const TIMELINE_EVENTS: Readonly<Record<TimelineKind, readonly Kept[]>> = {
  [TimelineKind.ALARMS]: [
    of(
      'Alarms',
      'aws.cloudwatch',
      ['CloudWatch Alarm State Change', 'CloudWatch Alarm Configuration Change'],
      CLOUDWATCH,
    ),
    of(
      'Canaries',
      'aws.synthetics',
      ['Synthetics Canary TestRun Failure'],
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitoring-events-eventbridge.html',
    ),
  ],
  [TimelineKind.DEPLOYMENTS]: [
    of(
      'Stacks',
      'aws.cloudformation',
      ['CloudFormation Stack Status Change'],
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/eventbridge.html',
    ),
    of(
      'CodeDeploy',
      'aws.codedeploy',
      ['CodeDeploy Deployment State-change Notification'],
      'https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html',
    ),
    of(
      'Pipelines',
      'aws.codepipeline',
      ['CodePipeline Pipeline Execution State Change'],
      'https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html',
    ),
    of(
      'Containers',
      'aws.ecs',
      ['ECS Deployment State Change'],
      'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html',
    ),
  ],
  [TimelineKind.CONFIGURATION]: [
    of('Parameters', 'aws.ssm', ['Parameter Store Change'], SYSTEMS_MANAGER),
    of(
      'Recorded',
      'aws.config',
      ['Config Configuration Item Change'],
      'https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html',
    ),
  ],
  [TimelineKind.HEALTH]: [
    of(
      'Health',
      'aws.health',
      ['AWS Health Event'],
      'https://docs.aws.amazon.com/health/latest/ug/cloudwatch-events-health.html',
    ),
  ],
  [TimelineKind.BACKUP]: [
    of(
      'Backups',
      'aws.backup',
      ['Backup Job State Change', 'Copy Job State Change', 'Restore Job State Change'],
      'https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html',
    ),
  ],
  [TimelineKind.DRILLS]: [
    of(
      'Experiments',
      'aws.fis',
      ['FIS Experiment State Change'],
      'https://docs.aws.amazon.com/fis/latest/userguide/monitoring-eventbridge.html',
    ),
  ],
  [TimelineKind.FAILOVER]: [
    of(
      'Databases',
      'aws.rds',
      ['RDS DB Instance Event', 'RDS DB Cluster Event'],
      'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-cloud-watch-events.html',
    ),
    of('Zones', 'aws.arc-zonal-shift', [], `${REFERENCE}/events-ref-arc-zonal-shift.html`),
    of(
      'Regions',
      'aws.arc-region-switch',
      [],
      'https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.html',
    ),
  ],
  [TimelineKind.CALENDAR]: [of('Calendar', 'aws.ssm', ['Calendar State Change'], SYSTEMS_MANAGER)],
};
