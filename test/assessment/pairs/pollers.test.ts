import { RegionRole } from '../../../lib/objectives/region-role';
import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import { attribute, ref } from '../../support/designs';
import { placeOf } from '../../support/places';

const SQS = 'service:sqs@eu-west-1';
const KINESIS = 'service:kinesis@eu-west-1';

const inWest = (Resources: Record<string, { Type: string }>) =>
  assessed({ stacks: { west: { region: 'eu-west-1', template: { Resources } } } });

const role = (Action: string | readonly string[], on: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'p',
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: attribute(on, 'Arn') }] },
      },
    ],
  },
});

const QUEUE = { Type: 'AWS::SQS::Queue', Properties: {} };
const STREAM = { Type: 'AWS::Kinesis::Stream', Properties: {} };

/** Containers with a queue or stream in their environment, under a role of their own. */
const containers = (on: string) => ({
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: { LaunchType: 'FARGATE', DesiredCount: 2, TaskDefinition: ref('Tasks') },
  },
  Tasks: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      TaskRoleArn: attribute('Role', 'Arn'),
      ContainerDefinitions: [{ Name: 'main', Environment: [{ Name: 'FROM', Value: ref(on) }] }],
    },
  },
});

const clock = (target: string) => ({
  Type: 'AWS::Events::Rule',
  Properties: { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 't', Arn: attribute(target, 'Arn') }] },
});

const sender = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Role: attribute('SenderRole', 'Arn'),
    Environment: { Variables: { QUEUE: ref('Queue') } },
  },
};

describe('what fetches its work from a queue or stream', () => {
  it('cannot do without the queue, as who sends to it cannot', () => {
    const receives = inWest({
      Queue: QUEUE,
      ...containers('Queue'),
      Role: role('sqs:ReceiveMessage', 'Queue'),
    });
    const sends = inWest({ Queue: QUEUE, ...containers('Queue'), Role: role('sqs:SendMessage', 'Queue') });
    const neither = inWest({ Queue: QUEUE, ...containers('Queue'), Role: role('sqs:TagQueue', 'Queue') });
    expect(singlePoints(receives)).toContain(SQS);
    expect(receives.availability.unavailability).toBeCloseTo(sends.availability.unavailability, 12);
    expect(eventIds(neither)).not.toContain(SQS);
  });

  it('cannot do without the stream, on instances too', () => {
    const group = {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { MinSize: '2', MaxSize: '4', LaunchTemplate: { LaunchTemplateId: ref('Template') } },
    };
    const template = {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: attribute('Profile', 'Arn') } } },
    };
    const profile = { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [ref('Role')] } };
    const worker = (action: string) =>
      inWest({
        Stream: STREAM,
        Group: group,
        Template: template,
        Profile: profile,
        Role: role(action, 'Stream'),
      });
    expect(singlePoints(worker('kinesis:GetRecords'))).toContain(KINESIS);
    expect(eventIds(worker('kinesis:DescribeStream'))).not.toContain(KINESIS);
  });
});

describe('what a schedule starts to fill a queue', () => {
  const senders = { Sender: sender, SenderRole: role('sqs:SendMessage', 'Queue'), Clock: clock('Sender') };

  it('is needed where something of the service fetches from the queue', () => {
    const found = inWest({
      Queue: QUEUE,
      ...senders,
      ...containers('Queue'),
      Role: role('sqs:ReceiveMessage', 'Queue'),
    });
    expect(singlePoints(found)).toContain('service:lambda@eu-west-1');
    expect(assumptionsOf(found)).not.toContain('no user waits for west/Sender');
  });

  it('is needed where a mapping hands on what is in the queue', () => {
    const worker = { Type: 'AWS::Lambda::Function', Properties: {} };
    const mapping = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: attribute('Queue', 'Arn'), FunctionName: ref('Worker') },
    };
    const found = inWest({ Queue: QUEUE, ...senders, Worker: worker, Mapping: mapping });
    expect(found.entryPoints.map(({ logicalId }) => logicalId).sort()).toEqual(['Sender', 'Worker']);
    expect(assumptionsOf(found)).not.toContain('no user waits for west/Sender');
  });

  it('keeps no user waiting where nobody of the service fetches from it', () => {
    const table = { Type: 'AWS::DynamoDB::Table', Properties: {} };
    const found = inWest({ Queue: QUEUE, ...senders, Table: table });
    expect(assumptionsOf(found)).toContain('no user waits for west/Sender');
  });
});

describe('a schedule', () => {
  const work = { Type: 'AWS::Lambda::Function', Properties: {} };
  const table = { Type: 'AWS::DynamoDB::Table', Properties: {} };
  const schedule = (State: string) => ({
    Type: 'AWS::Scheduler::Schedule',
    Properties: { State, ScheduleExpression: 'rate(1 hour)', Target: { Arn: attribute('Work', 'Arn') } },
  });
  const off = (rule: { Type: string; Properties: object }) => ({
    ...rule,
    Properties: { ...rule.Properties, State: 'DISABLED' },
  });

  it('counts with what it starts, whichever of the two kinds it is', () => {
    const byRule = inWest({ Work: work, Clock: clock('Work') });
    const byScheduler = inWest({ Work: work, Clock: schedule('ENABLED') });
    expect(singlePoints(byRule)).toContain('service:eventbridge@eu-west-1');
    expect(singlePoints(byScheduler)).toContain('service:eventbridge-scheduler@eu-west-1');
    expect(byRule.availability.unavailability).toBeCloseTo(byScheduler.availability.unavailability, 12);
  });

  it('counts where it fills a queue by itself', () => {
    const found = inWest({
      Queue: QUEUE,
      Clock: clock('Queue'),
      ...containers('Queue'),
      Role: role('sqs:ReceiveMessage', 'Queue'),
    });
    expect(singlePoints(found)).toContain('service:eventbridge@eu-west-1');
  });

  it.each([
    ['a rule', off(clock('Work'))],
    ['a schedule', schedule('DISABLED')],
  ])('that is disabled is no way in: %s', (_, Clock) => {
    const found = inWest({ Work: work, Clock, Table: table });
    expect(found.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Table']);
    expect(eventIds(found)).not.toContain('service:lambda@eu-west-1');
    expect(assumptionsOf(found)).toContain('nothing starts west/Work: west/Clock is disabled');
  });

  it('that is disabled keeps off what only its workflow calls, too', () => {
    const machine = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        Definition: {
          StartAt: 'Do',
          States: { Do: { Type: 'Task', Resource: attribute('Work', 'Arn'), End: true } },
        },
      },
    };
    const of = (Clock: { Type: string; Properties: object }) =>
      inWest({ Work: work, Machine: machine, Clock, Table: table }).entryPoints.map(
        ({ logicalId }) => logicalId,
      );
    expect(of(clock('Machine'))).toEqual(['Machine', 'Table']);
    expect(of(off(clock('Machine')))).toEqual(['Table']);
  });

  it('that is disabled counts in a region that waits for a failover, which enables it', () => {
    const place = (region: string, role: RegionRole, Clock: { Type: string }) =>
      placeOf({ region, account: '123456789012', role }, { Work: work, Clock });
    const found = assessed({
      stacks: {
        west: place('eu-west-1', RegionRole.PRIMARY, clock('Work')),
        north: place('eu-north-1', RegionRole.STANDBY, off(clock('Work'))),
      },
    });
    expect(found.entryPoints.map(({ id }) => id)).toContain('north/Work');
    expect(assumptionsOf(found)).not.toContain('nothing starts north/Work');
  });

  it('that is disabled counts no longer with what something else starts too', () => {
    const address = { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: attribute('Work', 'Arn') } };
    const of = (Clock: { Type: string }) => eventIds(inWest({ Work: work, Address: address, Clock }));
    expect(of(schedule('ENABLED'))).toContain('service:eventbridge-scheduler@eu-west-1');
    expect(of(schedule('DISABLED'))).not.toContain('service:eventbridge-scheduler@eu-west-1');
  });

  it('is no more of a way in as a rule for events or a mapping, where that is turned off', () => {
    const rule = {
      Type: 'AWS::Events::Rule',
      Properties: {
        State: 'DISABLED',
        EventPattern: { source: ['shop'] },
        Targets: clock('Work').Properties.Targets,
      },
    };
    const mapping = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        Enabled: false,
        EventSourceArn: attribute('Queue', 'Arn'),
        FunctionName: ref('Work'),
      },
    };
    for (const Starts of [rule, mapping]) {
      const found = inWest({ Work: work, Starts, Queue: QUEUE, Table: table });
      expect(found.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Table']);
    }
  });

  it('that is disabled takes nothing away that something else starts', () => {
    const queued = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: attribute('Queue', 'Arn'), FunctionName: ref('Work') },
    };
    const found = inWest({ Work: work, Clock: off(clock('Work')), Queue: QUEUE, Mapping: queued });
    expect(found.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Work']);
    expect(eventIds(found)).not.toContain('service:eventbridge@eu-west-1');
  });
});

describe('tasks that a schedule starts one by one', () => {
  const network = (zones: readonly string[]) =>
    Object.fromEntries(
      zones.map((zone) => [
        `Subnet${zone}`,
        { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: `eu-west-1${zone}` } },
      ]),
    );
  const parameters = (key: string, zones: readonly string[]) => ({
    TaskDefinitionArn: ref('Tasks'),
    LaunchType: 'FARGATE',
    NetworkConfiguration: { [key]: { Subnets: zones.map((zone) => ref(`Subnet${zone}`)) } },
  });
  const cluster = { Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} } };
  const byRule = (zones: readonly string[], State = 'ENABLED') => ({
    ...cluster,
    Clock: {
      Type: 'AWS::Events::Rule',
      Properties: {
        State,
        ScheduleExpression: 'rate(1 hour)',
        Targets: [
          {
            Id: 't',
            Arn: attribute('Cluster', 'Arn'),
            EcsParameters: parameters('AwsVpcConfiguration', zones),
          },
        ],
      },
    },
    ...network(zones),
  });
  const byScheduler = (zones: readonly string[]) => ({
    ...cluster,
    Clock: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression: 'rate(1 hour)',
        Target: {
          Arn: attribute('Cluster', 'Arn'),
          EcsParameters: parameters('AwsvpcConfiguration', zones),
        },
      },
    },
    ...network(zones),
  });
  const tasks = { Tasks: containers('Queue').Tasks, Role: role('sqs:SendMessage', 'Queue'), Queue: QUEUE };

  it('are a way in, with their clock, their control plane and what they need', () => {
    const found = inWest({ ...byRule(['a', 'b']), ...tasks });
    expect(found.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Clock']);
    expect(singlePoints(found)).toEqual(
      expect.arrayContaining([
        'service:eventbridge@eu-west-1',
        'control-plane:eu-west-1',
        SQS,
        'region:eu-west-1',
        'resource:west/Clock#tasks',
      ]),
    );
    expect(singlePoints(found)).not.toContain('zone:eu-west-1a');
    expect(singlePoints(inWest({ ...byRule(['a']), ...tasks }))).toContain('zone:eu-west-1a');
  });

  it('are back from a bad deploy once the stack is updated', () => {
    const terms = inWest({ ...byRule(['a', 'b']), ...tasks }).recovery.rollback.rtoTerms;
    expect(terms.map(({ what }) => what)).toContain('the stack is updated to the version before');
  });

  it('are needed by a workflow that starts them, with what they call', () => {
    const machine = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        Definition: {
          StartAt: 'Run',
          States: {
            Run: {
              Type: 'Task',
              Resource: 'arn:aws:states:::ecs:runTask.sync',
              Parameters: { Cluster: ref('Cluster'), TaskDefinition: ref('Tasks') },
              End: true,
            },
          },
        },
      },
    };
    const found = inWest({ ...cluster, ...tasks, Machine: machine });
    expect(singlePoints(found)).toEqual(expect.arrayContaining(['control-plane:eu-west-1', SQS]));
    const Role = role('sqs:TagQueue', 'Queue');
    expect(eventIds(inWest({ ...cluster, ...tasks, Role, Machine: machine }))).not.toContain(SQS);
  });

  it('are as available by a schedule of EventBridge Scheduler', () => {
    const [rule, scheduler] = [byRule(['a', 'b']), byScheduler(['a', 'b'])].map(
      (starts) => inWest({ ...starts, ...tasks }).availability.unavailability,
    );
    expect(scheduler).toBeCloseTo(rule ?? 0, 12);
  });

  it('are none while it is disabled', () => {
    const found = inWest({ ...byRule(['a', 'b'], 'DISABLED'), ...tasks });
    expect(found.entryPoints).toEqual([]);
    expect(found.availability.unknown).toMatch(/nothing was found/);
    expect(assumptionsOf(found)).toContain('nothing starts the tasks of west/Clock: west/Clock is disabled');
  });

  it('keep no user waiting where they touch nothing of a service that has other ways in', () => {
    const table = { Type: 'AWS::DynamoDB::Table', Properties: {} };
    const found = inWest({ ...byRule(['a', 'b']), Tasks: tasks.Tasks, Table: table, Queue: QUEUE });
    expect(found.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Table']);
    expect(assumptionsOf(found)).toContain('no user waits for west/Clock');
  });
});
