import { plannedMeetings } from '../../lib/audit/planned-meetings';
import { Span } from '../../lib/calculus/time-span';
import { WindowKind } from '../../lib/calculus/windows/overlaps';
import { Weekday } from '../../lib/calculus/windows/recurrence';
import { CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import { type CatalogueWindow, catalogueWindow } from '../../lib/objectives/catalogue-window';
import { Recurrence } from '../../lib/objectives/maintenance-window';
import { Service } from '../../lib/objectives/service';
import { windowOf } from '../calculus/windows/windows';
import { graphOf } from '../support/graph';

const DAY = 86_400;
const utc = (text: string): number => Date.parse(`${text}Z`) / 1_000;
const from = utc('2026-12-01T00:00');
const during = { from, until: from + 400 * DAY };

/** Two weeks over the holidays, each year. */
const freeze = catalogueWindow(
  windowOf({
    id: 'holidays',
    kind: WindowKind.FREEZE,
    start: '2026-12-20T00:00',
    duration: Span.days(14),
    recurrence: Recurrence.yearly(),
  }),
  ['shop'],
);

const patches = catalogueWindow(
  windowOf({ start: '2026-12-06T04:00', recurrence: Recurrence.weekly(Weekday.SUNDAY) }),
  ['shop'],
);

const shop = new Service({ name: 'shop', tier: 1, owner: 'team-shop' });
const catalogue = { schema: CATALOGUE_SCHEMA, services: [catalogueService(shop, {})] };

interface Given {
  readonly windows?: readonly CatalogueWindow[];

  /** Further resources of the template. */
  readonly beside?: Readonly<Record<string, object>>;
  readonly metadata?: object;
}

function found(
  type: string,
  properties: object,
  { windows = [freeze], metadata = {}, beside = {} }: Given = {},
) {
  const graph = graphOf({
    Metadata: metadata,
    Resources: { Planned: { Type: type, Properties: properties }, ...beside },
  });
  const { meetings, untimed } = plannedMeetings([graph], windows, during);
  return {
    meetings: meetings.map(({ work, window, first, times, avoidable }) => ({
      what: work.what,
      window: window.id,
      first: new Date(first.start * 1_000).toISOString().slice(0, 16),
      times,
      avoidable,
    })),
    untimed: untimed.map(({ reason }) => reason),
  };
}

/** What it is that comes when nobody knows. */
function whatIsUntimed(type: string, properties: object): string | undefined {
  const graph = graphOf({ Resources: { Planned: { Type: type, Properties: properties } } });
  return plannedMeetings([graph], [freeze], during).untimed[0]?.work.what;
}

const FIS = 'arn:aws:scheduler:::aws-sdk:fis:startExperiment';
const schedule = (expression: string, more: object = {}, arn: unknown = FIS) => ({
  ScheduleExpression: expression,
  Target: { Arn: arn, RoleArn: 'role' },
  FlexibleTimeWindow: { Mode: 'OFF' },
  ...more,
});

describe('what a schedule starts', () => {
  const type = 'AWS::Scheduler::Schedule';

  it('is an experiment that comes during a freeze', () => {
    expect(found(type, schedule('cron(0 10 ? * WED *)')).meetings).toEqual([
      {
        what: 'starts an experiment of FIS',
        window: 'holidays',
        first: '2026-12-23T10:00',
        times: 4,
        avoidable: true,
      },
    ]);
  });

  it('is read on the clocks of its zone', () => {
    const late = schedule('cron(30 23 19 12 ? *)', { ScheduleExpressionTimezone: 'America/New_York' });
    expect(found(type, late).meetings).toMatchObject([{ first: '2026-12-20T04:30', times: 2 }]);
    expect(found(type, schedule('cron(30 23 19 12 ? *)')).meetings).toEqual([]);
  });

  it('keeps out of the freeze by its months, its dates and its state', () => {
    expect(found(type, schedule('cron(0 10 ? 2-11 WED *)')).meetings).toEqual([]);
    const dates = { StartDate: '2027-01-10T00:00:00Z', EndDate: '2027-12-01T00:00:00Z' };
    expect(found(type, schedule('cron(0 10 ? * WED *)', dates)).meetings).toEqual([]);
    expect(found(type, schedule('cron(0 10 ? * WED *)', { State: 'DISABLED' })).meetings).toEqual([]);
  });

  it('may come later where it is flexible', () => {
    const flexible = { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 } };
    expect(found(type, schedule('cron(30 23 19 12 ? *)', flexible)).meetings).toMatchObject([
      { first: '2026-12-20T00:00' },
    ]);
  });

  it('is named whatever the partition', () => {
    const arn = { 'Fn::Sub': 'arn:${AWS::Partition}:scheduler:::aws-sdk:fis:startExperiment' };
    expect(found(type, schedule('cron(0 10 ? * WED *)', {}, arn)).meetings).toHaveLength(1);
  });

  it.each([
    ['arn:aws:scheduler:::aws-sdk:codepipeline:startPipelineExecution', 'starts a pipeline'],
    ['arn:aws:codepipeline:eu-west-1:123456789012:Shop', 'starts a pipeline'],
    ['arn:aws:scheduler:::aws-sdk:codedeploy:createDeployment', 'deploys by CodeDeploy'],
    ['arn:aws:scheduler:::aws-sdk:ecs:updateService', 'deploys to ECS'],
    ['arn:aws:scheduler:::aws-sdk:arczonalshift:startPracticeRun', 'starts a practice run of ARC'],
    [
      'arn:aws:scheduler:::aws-sdk:arcregionswitch:startPlanExecution',
      'executes a plan of ARC Region switch',
    ],
    ['arn:aws:scheduler:::aws-sdk:ssm:startAutomationExecution', 'runs a document of Systems Manager'],
    ['arn:aws:scheduler:::aws-sdk:rds:rebootDBInstance', 'changes a database or cache'],
    ['arn:aws:scheduler:::aws-sdk:autoscaling:startInstanceRefresh', 'stops or replaces instances'],
    ['arn:aws:scheduler:::aws-sdk:appconfig:startDeployment', 'deploys a configuration by AppConfig'],
  ])('%s %s', (arn, what) => {
    expect(found(type, schedule('cron(0 10 ? * WED *)', {}, arn)).meetings).toMatchObject([{ what }]);
  });

  it.each([
    'arn:aws:lambda:eu-west-1:123456789012:function:Report',
    'arn:aws:scheduler:::aws-sdk:sqs:sendMessage',
  ])('is nothing that a freeze forbids: %s', (arn) =>
    expect(found(type, schedule('cron(0 10 ? * WED *)', {}, arn)).meetings).toEqual([]),
  );

  it('is not known where deploy says when', () => {
    const later = schedule('', { ScheduleExpression: { Ref: 'AWS::StackName' } });
    expect(found(type, later)).toEqual({
      meetings: [],
      untimed: ['ScheduleExpression is known at deployment only'],
    });
  });

  it('meets maintenance too, when it is a drill', () => {
    const sunday = schedule('cron(0 5 ? * SUN *)');
    expect(found(type, sunday, { windows: [patches] }).meetings).toMatchObject([{ window: 'patching' }]);
    const pipeline = schedule('cron(0 5 ? * SUN *)', {}, 'arn:aws:codepipeline:eu-west-1:1:Shop');
    expect(found(type, pipeline, { windows: [patches] }).meetings).toEqual([]);
  });

  it('is compared with the windows of its own service', () => {
    const other = { ...freeze, appliesTo: ['mail'] };
    const metadata = { 'cdk-nines': catalogue };
    const wednesdays = schedule('cron(0 10 ? * WED *)');
    expect(found(type, wednesdays, { windows: [other], metadata }).meetings).toEqual([]);
    expect(found(type, wednesdays, { windows: [freeze], metadata }).meetings).toHaveLength(1);
  });
});

describe('how long something lasts that a schedule starts', () => {
  const type = 'AWS::Scheduler::Schedule';
  const OPEN = 'how long it lasts is not all in the template: what is there counts, else its beginning';

  /** It begins a quarter of an hour before the freeze. */
  const startedBefore = (arn: string, input: object) =>
    schedule('cron(45 23 19 12 ? *)', {
      Target: { Arn: arn, RoleArn: 'role', Input: { 'Fn::Sub': JSON.stringify(input) } },
    });

  const action = (duration: string | undefined, after?: string) => ({
    ActionId: 'aws:ec2:stop-instances',
    Parameters: duration === undefined ? {} : { duration },
    ...(after && { StartAfter: [after] }),
  });
  const startsExperiment = (actions: object) =>
    found(type, startedBefore(FIS, { ExperimentTemplateId: '${Experiment}' }), {
      beside: { Experiment: { Type: 'AWS::FIS::ExperimentTemplate', Properties: { Actions: actions } } },
    });

  it('is that of an experiment, of which actions come side by side or one after the other', () => {
    expect(startsExperiment({ a: action('PT10M'), b: action('PT15M') })).toEqual({
      meetings: [],
      untimed: [],
    });
    expect(startsExperiment({ a: action('PT10M'), b: action('PT10M', 'a') })).toEqual({
      meetings: [
        {
          what: 'starts an experiment of FIS, which lasts 20 min',
          window: 'holidays',
          first: '2026-12-20T00:00',
          times: 2,
          avoidable: true,
        },
      ],
      untimed: [],
    });
    expect(startsExperiment({ a: action('PT1H') }).meetings).toMatchObject([
      { what: 'starts an experiment of FIS, which lasts 1 h' },
    ]);
  });

  it('is at least that of its actions where one of them has none, and one that waits for itself is no harm', () => {
    const { meetings, untimed } = startsExperiment({ a: action('PT20M'), b: action(undefined, 'a') });
    expect(meetings).toMatchObject([{ what: 'starts an experiment of FIS, which lasts at least 20 min' }]);
    expect(untimed).toEqual([OPEN]);
    expect(startsExperiment({ a: action('PT20M', 'a') }).meetings).toHaveLength(1);
  });

  it('is not known where no action says, where the template is elsewhere, and for what no template says', () => {
    expect(startsExperiment({ a: action(undefined) })).toEqual({ meetings: [], untimed: [OPEN] });
    expect(found(type, startedBefore(FIS, { ExperimentTemplateId: 'EXT123' }))).toEqual({
      meetings: [],
      untimed: [OPEN],
    });
    const pipeline = startedBefore('arn:aws:scheduler:::aws-sdk:codepipeline:startPipelineExecution', {
      Name: 'shop',
    });
    expect(found(type, pipeline)).toEqual({ meetings: [], untimed: [OPEN] });
  });

  const GROUP = 'AWS::CodeDeploy::DeploymentGroup';
  const deploys = (properties: object, beside = {}) =>
    found(
      type,
      startedBefore('arn:aws:scheduler:::aws-sdk:codedeploy:createDeployment', {
        DeploymentGroupName: '${Group}',
      }),
      {
        beside: { Group: { Type: GROUP, Properties: properties }, ...beside },
      },
    );

  it('is that of the traffic that a deployment moves', () => {
    const canary = { DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent30Minutes' };
    expect(deploys(canary).meetings).toMatchObject([
      { what: 'deploys by CodeDeploy, which lasts 30 min', first: '2026-12-20T00:00' },
    ]);
    expect(
      deploys({ DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes' }).meetings,
    ).toEqual([]);
    const linear = { LinearInterval: 5, LinearPercentage: 20 };
    const config = {
      Type: 'AWS::CodeDeploy::DeploymentConfig',
      Properties: { TrafficRoutingConfig: { Type: 'TimeBasedLinear', TimeBasedLinear: linear } },
    };
    expect(deploys({ DeploymentConfigName: { Ref: 'Config' } }, { Config: config }).meetings).toMatchObject([
      { what: 'deploys by CodeDeploy, which lasts 20 min' },
    ]);
    expect(deploys({ DeploymentConfigName: 'CodeDeployDefault.OneAtATime' })).toEqual({
      meetings: [],
      untimed: [OPEN],
    });
  });

  it('is that of a configuration with the time for which it bakes', () => {
    const strategy = { DeploymentDurationInMinutes: 20, FinalBakeTimeInMinutes: 10, GrowthFactor: 50 };
    const input = { DeploymentStrategyId: '${Strategy}' };
    const { meetings, untimed } = found(
      type,
      startedBefore('arn:aws:scheduler:::aws-sdk:appconfig:startDeployment', input),
      {
        beside: { Strategy: { Type: 'AWS::AppConfig::DeploymentStrategy', Properties: strategy } },
      },
    );
    expect(meetings).toMatchObject([{ what: 'deploys a configuration by AppConfig, which lasts 30 min' }]);
    expect(untimed).toEqual([]);
  });

  it('is that of what the target of a rule names', () => {
    const rule = {
      ScheduleExpression: 'cron(45 23 19 12 ? *)',
      Targets: [
        {
          Id: 'a',
          Arn: { 'Fn::Sub': 'arn:aws:fis:eu-west-1:111122223333:experiment-template/${Experiment}' },
          RoleArn: 'role',
        },
      ],
    };
    const actions = { a: action('PT20M') };
    const beside = { Experiment: { Type: 'AWS::FIS::ExperimentTemplate', Properties: { Actions: actions } } };
    expect(found('AWS::Events::Rule', rule, { beside }).meetings).toMatchObject([
      { what: 'starts an experiment of FIS, which lasts 20 min' },
    ]);
  });
});

describe('traffic that is moved bit by bit', () => {
  it.each<[string, object, string]>([
    [
      'AWS::CodeDeploy::DeploymentGroup',
      { DeploymentConfigName: 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes' },
      'moves traffic for 27 min',
    ],
    [
      'AWS::ECS::Service',
      {
        DeploymentConfiguration: {
          Strategy: 'CANARY',
          BakeTimeInMinutes: 10,
          CanaryConfiguration: { CanaryBakeTimeInMinutes: 5, CanaryPercent: 10 },
        },
      },
      'moves traffic for at least 15 min',
    ],
    [
      'AWS::ECS::Service',
      {
        DeploymentConfiguration: {
          Strategy: 'LINEAR',
          LinearConfiguration: { StepBakeTimeInMinutes: 5, StepPercent: 25 },
        },
      },
      'moves traffic for at least 15 min',
    ],
  ])('by %s %j comes when nobody knows: %s', (type, properties, words) => {
    const { meetings, untimed } = found(type, properties);
    expect(meetings).toEqual([]);
    expect(untimed).toHaveLength(1);
    expect(whatIsUntimed(type, properties)).toBe(`${words} at each deployment`);
  });

  it.each<[string, object]>([
    ['AWS::CodeDeploy::DeploymentGroup', { DeploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce' }],
    ['AWS::CodeDeploy::DeploymentGroup', {}],
    ['AWS::ECS::Service', {}],
  ])('is not what %s %j does', (type, properties) =>
    expect(found(type, properties)).toEqual({ meetings: [], untimed: [] }),
  );
});

describe('other resources', () => {
  it('rules start pipelines and documents', () => {
    const rule = {
      ScheduleExpression: 'rate(1 day)',
      Targets: [
        { Id: 'a', Arn: 'arn:aws:codepipeline:eu-west-1:123456789012:Shop' },
        { Id: 'b', Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:Report' },
        {
          Id: 'c',
          Arn: 'arn:aws:ssm:eu-west-1:123456789012:automation-definition/AWS-RestartEC2Instance:$DEFAULT',
        },
      ],
    };
    expect(found('AWS::Events::Rule', rule).meetings.map(({ what }) => what)).toEqual([
      'starts a pipeline',
      'runs a document of Systems Manager',
    ]);
    expect(found('AWS::Events::Rule', { ...rule, State: 'DISABLED' }).meetings).toEqual([]);
    const { ScheduleExpression: _, ...event } = rule;
    expect(found('AWS::Events::Rule', event).meetings).toEqual([]);
  });

  const shift = (more: object) => ({
    ResourceIdentifier: 'lb',
    PracticeRunConfiguration: { OutcomeAlarms: [], ...more },
  });

  it('practice runs of ARC may come on each day that is not blocked', () => {
    const type = 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration';
    const [open] = found(type, shift({})).meetings;
    expect(open).toMatchObject({ what: 'practises the loss of a zone', first: '2026-12-20T00:00', times: 2 });
    const days = (count: number) =>
      Array.from({ length: count }, (_, day) =>
        new Date((freezeStart + day * DAY) * 1_000).toISOString().slice(0, 10),
      );
    const freezeStart = utc('2026-12-20T00:00');
    const year = { ...freeze, recurrence: Recurrence.once() };
    expect(found(type, shift({ BlockedDates: days(14) }), { windows: [year] }).meetings).toEqual([]);
    expect(found(type, shift({ BlockedDates: days(13) }), { windows: [year] }).meetings).toMatchObject([
      { first: '2027-01-02T00:00' },
    ]);
    const nights = shift({ BlockedWindows: ['Sun:03:30-Sun:06:30'] });
    expect(found(type, nights, { windows: [patches] }).meetings).toEqual([]);
    expect(found(type, shift({ BlockedWindows: [{ Ref: 'AWS::StackName' }] })).untimed).toHaveLength(1);
    expect(found(type, { ResourceIdentifier: 'lb', ZonalAutoshiftStatus: 'ENABLED' }).meetings).toEqual([]);
  });

  it('Systems Manager patches, unless it asks a calendar or looks only', () => {
    const window = { Schedule: 'cron(0 2 ? * SUN *)', ScheduleTimezone: 'Europe/Berlin', Duration: 2 };
    expect(found('AWS::SSM::MaintenanceWindow', window).meetings).toMatchObject([
      { first: '2026-12-20T01:00', times: 4, avoidable: true },
    ]);
    const two = { ...window, ScheduleOffset: 2 };
    expect(found('AWS::SSM::MaintenanceWindow', two).meetings).toMatchObject([{ first: '2026-12-22T01:00' }]);
    const association = { Name: 'AWS-RunPatchBaseline', ScheduleExpression: 'cron(0 2 ? * SUN *)' };
    const type = 'AWS::SSM::Association';
    expect(found(type, association).meetings).toMatchObject([
      { what: 'runs AWS-RunPatchBaseline of Systems Manager', avoidable: true },
    ]);
    expect(found(type, { ...association, CalendarNames: ['freezes'] }).meetings).toEqual([]);
    expect(found(type, { ...association, Parameters: { Operation: ['Scan'] } }).meetings).toEqual([]);
    expect(found(type, { ...association, Name: 'AWS-GatherSoftwareInventory' }).meetings).toEqual([]);
  });

  it.each([
    ['AWS::RDS::DBInstance', { PreferredMaintenanceWindow: 'Mon:03:00-Mon:04:00' }, '2026-12-21T03:00'],
    [
      'AWS::ElastiCache::ReplicationGroup',
      { PreferredMaintenanceWindow: 'sat:23:30-sun:00:30' },
      '2026-12-20T00:00',
    ],
    ['AWS::MemoryDB::Cluster', { MaintenanceWindow: 'wed:03:00-wed:04:00' }, '2026-12-23T03:00'],
    [
      'AWS::AmazonMQ::Broker',
      { MaintenanceWindowStartTime: { DayOfWeek: 'MONDAY', TimeOfDay: '02:00', TimeZone: 'Europe/Berlin' } },
      '2026-12-21T01:00',
    ],
    [
      'AWS::FSx::FileSystem',
      { WindowsConfiguration: { WeeklyMaintenanceStartTime: '7:05:00' } },
      '2026-12-20T05:00',
    ],
    [
      'AWS::EC2::InstanceEventWindow',
      { TimeRanges: [{ StartWeekDay: 'sunday', StartHour: 1, EndWeekDay: 'sunday', EndHour: 5 }] },
      '2026-12-20T01:00',
    ],
    [
      'AWS::Backup::RestoreTestingPlan',
      { ScheduleExpression: 'cron(0 6 ? * MON *)', StartWindowHours: 4 },
      '2026-12-21T06:00',
    ],
  ])('%s cannot leave a date out, and is told for what it is', (type, properties, first) => {
    expect(found(type, properties).meetings).toMatchObject([{ first, avoidable: false }]);
  });

  it('say nothing where AWS chooses the time, and that it is not known where deploy does', () => {
    expect(found('AWS::RDS::DBInstance', {})).toEqual({ meetings: [], untimed: [] });
    const later = { PreferredMaintenanceWindow: { Ref: 'AWS::StackName' } };
    expect(found('AWS::RDS::DBInstance', later).untimed).toHaveLength(1);
  });

  it('say nothing where no window is declared', () => {
    expect(found('AWS::Scheduler::Schedule', schedule('rate(1 day)'), { windows: [] })).toEqual({
      meetings: [],
      untimed: [],
    });
  });
});
