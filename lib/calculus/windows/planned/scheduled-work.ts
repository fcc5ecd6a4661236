import { formatSeconds } from '../../time-span';
import { type Begins, type BegunResource, lengthOf } from './lengths';
import { numberAt, type PlainProperty, PlannedKind, type PlannedWork, textAt } from './planned-work';
import { type ScheduleWords, scheduleTimes } from './schedule-times';

const HOUR = 3_600;
const MINUTE = 60;

/** What is begun at a time, where it is not known how long it lasts: its beginning counts. */
const LEAST_SECONDS = MINUTE;

interface Begun {
  readonly kind: PlannedKind;
  readonly what: string;
}

/** Targets of schedules by their ARNs; those of the SDK are written `arn:aws:scheduler:::aws-sdk:fis:startExperiment`. */
const TARGETS: readonly (readonly [RegExp, Begun])[] = [
  [/:aws-sdk:fis:startExperiment$/i, { kind: PlannedKind.DRILL, what: 'starts an experiment of FIS' }],
  [/:fis:.*experiment-template\//i, { kind: PlannedKind.DRILL, what: 'starts an experiment of FIS' }],
  [
    /:aws-sdk:arczonalshift:startPracticeRun$/i,
    { kind: PlannedKind.DRILL, what: 'starts a practice run of ARC' },
  ],
  [
    /:aws-sdk:arcregionswitch:startPlanExecution$/i,
    { kind: PlannedKind.DRILL, what: 'executes a plan of ARC Region switch' },
  ],
  [
    /:codepipeline:|:aws-sdk:codepipeline:startPipelineExecution$/i,
    { kind: PlannedKind.DEPLOYMENT, what: 'starts a pipeline' },
  ],
  [/:aws-sdk:codedeploy:createDeployment$/i, { kind: PlannedKind.DEPLOYMENT, what: 'deploys by CodeDeploy' }],
  [/:aws-sdk:ecs:(updateService|createTaskSet)$/i, { kind: PlannedKind.DEPLOYMENT, what: 'deploys to ECS' }],
  [
    /:aws-sdk:lambda:updateFunctionCode$/i,
    { kind: PlannedKind.DEPLOYMENT, what: 'deploys the code of a function' },
  ],
  [
    /:aws-sdk:appconfig:startDeployment$/i,
    { kind: PlannedKind.DEPLOYMENT, what: 'deploys a configuration by AppConfig' },
  ],
  [
    /:aws-sdk:(cloudformation:(createStack|updateStack|executeChangeSet)|elasticbeanstalk:updateEnvironment)$/i,
    { kind: PlannedKind.DEPLOYMENT, what: 'deploys a stack' },
  ],
  [
    /:automation-definition\/|:aws-sdk:ssm:(startAutomationExecution|sendCommand)$/i,
    { kind: PlannedKind.CHANGE, what: 'runs a document of Systems Manager' },
  ],
  [
    /:aws-sdk:(ec2:(rebootInstances|stopInstances|terminateInstances)|autoscaling:startInstanceRefresh)$/i,
    { kind: PlannedKind.CHANGE, what: 'stops or replaces instances' },
  ],
  [
    /:aws-sdk:(rds|docdb|neptune|elasticache|redshift):(reboot|modify|failover|stop)\w*$/i,
    { kind: PlannedKind.CHANGE, what: 'changes a database or cache' },
  ],
];

/** Schedules of EventBridge Scheduler. @internal */
export function scheduled(property: PlainProperty, begins: Begins): readonly PlannedWork[] {
  const begun = begunBy(textAt(property, 'Target.Arn'));
  if (begun === undefined || property('State') === 'DISABLED') return [];
  const flexible = numberAt(property, 'FlexibleTimeWindow.MaximumWindowInMinutes') ?? 0;
  const { seconds, ...work } = lasting(begun, begins('Target'));
  return [
    {
      ...work,
      ...(flexible > 0 && { sometime: true }),
      times: timesOf(property, {
        expression: 'ScheduleExpression',
        timeZone: 'ScheduleExpressionTimezone',
        seconds: flexible * MINUTE + seconds,
      }),
    },
  ];
}

/** What is begun, with how long it lasts as far as the template tells. */
function lasting(begun: Begun, resources: readonly BegunResource[]) {
  const length = lengthOf(resources);
  if (!length) return { ...begun, seconds: LEAST_SECONDS, openEnd: true };
  const words = `${length.atLeast ? 'at least ' : ''}${formatSeconds(length.seconds)}`;
  return {
    kind: begun.kind,
    what: `${begun.what}, which lasts ${words}`,
    seconds: Math.max(LEAST_SECONDS, length.seconds),
    ...(length.atLeast && { openEnd: true }),
  };
}

/** Rules of EventBridge that come by the clock. @internal */
export function ruled(property: PlainProperty, begins: Begins): readonly PlannedWork[] {
  if (property('State') === 'DISABLED' || property('ScheduleExpression') === undefined) return [];
  const targets = property('Targets');
  const count = Array.isArray(targets) ? targets.length : 0;
  return Array.from({ length: count }, (_, index) => {
    const begun = begunBy(textAt(property, `Targets.${index}.Arn`));
    if (begun === undefined) return [];
    const { seconds, ...work } = lasting(begun, begins(`Targets.${index}`));
    return [{ ...work, times: timesOf(property, { expression: 'ScheduleExpression', seconds }) }];
  }).flat();
}

/** Maintenance windows of Systems Manager. @internal */
export function patched(property: PlainProperty): readonly PlannedWork[] {
  return [
    {
      kind: PlannedKind.CHANGE,
      what: 'is a maintenance window of Systems Manager',
      times: timesOf(property, {
        expression: 'Schedule',
        timeZone: 'ScheduleTimezone',
        seconds: (numberAt(property, 'Duration') ?? 1) * HOUR,
        daysLater: numberAt(property, 'ScheduleOffset') ?? 0,
      }),
    },
  ];
}

/** Documents that only look. */
const LOOKING = /^AWS-(GatherSoftwareInventory|GatherInventory|ListWindowsInventory)$/;

/** Associations of Systems Manager: not those that only look, or that ask a change calendar. @internal */
export function associated(property: PlainProperty): readonly PlannedWork[] {
  const expression = property('ScheduleExpression');
  const looksOnly =
    LOOKING.test(textAt(property, 'Name') ?? '') || property('Parameters.Operation.0') === 'Scan';
  if (expression === undefined || looksOnly || property('CalendarNames.0') !== undefined) return [];
  return [
    {
      kind: PlannedKind.CHANGE,
      what: `runs ${textAt(property, 'Name') ?? 'a document'} of Systems Manager`,
      openEnd: true,
      times: timesOf(property, {
        expression: 'ScheduleExpression',
        seconds: LEAST_SECONDS,
        daysLater: numberAt(property, 'ScheduleOffset') ?? 0,
      }),
    },
  ];
}

/** The hours in which AWS Backup begins a test, where nothing is said. */
const START_HOURS = 24;

/** Plans that restore backups as a test. @internal */
export function restoreTested(property: PlainProperty): readonly PlannedWork[] {
  return [
    {
      kind: PlannedKind.RESTORE_TEST,
      what: 'restores backups as a test',
      sometime: true,
      times: timesOf(property, {
        expression: 'ScheduleExpression',
        timeZone: 'ScheduleExpressionTimezone',
        seconds: (numberAt(property, 'StartWindowHours') ?? START_HOURS) * HOUR,
      }),
    },
  ];
}

function begunBy(arn: string | undefined): Begun | undefined {
  return TARGETS.find(([pattern]) => arn !== undefined && pattern.test(arn))?.[1];
}

interface Paths {
  readonly expression: string;
  readonly timeZone?: string;
  readonly seconds: number;
  readonly daysLater?: number;
}

function timesOf(property: PlainProperty, { expression, timeZone, ...rest }: Paths): PlannedWork['times'] {
  const words = textAt(property, expression);
  const zone = timeZone === undefined ? undefined : textAt(property, timeZone);
  if (words === undefined || words.includes('{}'))
    return { unknown: `${expression} is known at deployment only` };
  const notBefore = momentAt(property, 'StartDate');
  const notAfter = momentAt(property, 'EndDate');
  const times: ScheduleWords = {
    expression: words,
    ...(zone !== undefined && { timeZone: zone }),
    ...(notBefore !== undefined && { notBefore }),
    ...(notAfter !== undefined && { notAfter }),
    ...rest,
  };
  return scheduleTimes(times);
}

function momentAt(property: PlainProperty, path: string): number | undefined {
  const at = Date.parse(textAt(property, path) ?? '') / 1_000;
  return Number.isNaN(at) ? undefined : at;
}
