import { ASSUMED_UNAVAILABILITY } from '../../../lib/calculus/likelihood';
import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import { attribute, network, ref, subnets, tasks } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const ZONE = ASSUMED_UNAVAILABILITY.zone.unavailability;
const REGION = ASSUMED_UNAVAILABILITY.region.unavailability;
const SOFTWARE = ASSUMED_UNAVAILABILITY.software.unavailability;

/** A single task or instance by its agreement, 99.5 %, its zone left out. */
const UNIT = 1 - (1 - 5e-3) / (1 - ZONE);

function inside(...parts: readonly Resources[]) {
  const resources = Object.assign({}, network(ZONES), ...parts);
  return assessed({ stacks: { west: { region: 'eu-west-1', template: { Resources: resources } } } });
}

const down = ({ availability }: ReturnType<typeof inside>) => availability.unavailability;
const anyOf = (...causes: readonly number[]) => 1 - causes.reduce((up, cause) => up * (1 - cause), 1);

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
}

/** That at least so many of the units that are left fail by themselves. */
function unitsDown(least: number, units: number): number {
  if (least <= 0) return 1;
  let sum = 0;
  for (let failed = least; failed <= units; failed++)
    sum += choose(units, failed) * UNIT ** failed * (1 - UNIT) ** (units - failed);
  return sum;
}

/** Units that are spread evenly over zones, of which so many must work. */
function spreadDown(zones: number, inEach: number, needed: number): number {
  let sum = 0;
  for (let lost = 0; lost <= zones; lost++) {
    const left = (zones - lost) * inEach;
    const probability = choose(zones, lost) * ZONE ** lost * (1 - ZONE) ** (zones - lost);
    sum += probability * unitsDown(left - needed + 1, left);
  }
  return sum;
}

describe('tasks', () => {
  const six = inside(tasks(6, 'ABC'));
  const two = inside(tasks(2, 'ABC'));

  it('are down when all fail, by themselves or with their zone, where nobody declares the peak', () => {
    expect(down(six)).toBeCloseTo(anyOf(spreadDown(3, 2, 1), REGION, SOFTWARE), 12);
    expect(down(two)).toBeCloseTo(anyOf(spreadDown(2, 1, 1), REGION, SOFTWARE), 12);
    expect(assumptionsOf(six)).toMatch(
      /1 of 6 tasks of west\/Tasks carries the load: nobody declares the peak/,
    );
    expect(assumptionsOf(two)).toMatch(/1 of 2 tasks of west\/Tasks carries the load/);
  });

  it('of a minimum of 2 in 3 zones are down more than those of 6', () => {
    const scaled = (least: number) =>
      inside(tasks(9, 'ABC'), {
        Scaling: {
          Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          Properties: {
            MinCapacity: least,
            MaxCapacity: 12,
            ResourceId: { 'Fn::Join': ['/', ['service', 'cluster', attribute('Tasks', 'Name')]] },
            ScalableDimension: 'ecs:service:DesiredCount',
            ServiceNamespace: 'ecs',
          },
        },
      });
    expect(down(scaled(6))).toBeCloseTo(down(six), 12);
    expect(down(scaled(2))).toBeGreaterThan(down(scaled(6)));
  });

  it('in one zone stop with it', () => {
    const narrow = inside(tasks(6, 'A'));
    expect(singlePoints(narrow)).toContain('zone:eu-west-1a');
    expect(down(narrow)).toBeGreaterThan(down(six) + ZONE * 0.9);
  });

  it('of which there is one stop with it', () => {
    const one = inside(tasks(1, 'ABC'));
    expect(singlePoints(one)).toContain('resource:west/Tasks#task 1');
    expect(down(one)).toBeCloseTo(anyOf(UNIT, ZONE, REGION, SOFTWARE), 12);
  });

  it('on Spot only may all be taken back', () => {
    const spot = inside(
      tasks(6, 'ABC', {
        LaunchType: undefined,
        CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }],
      }),
    );
    const mixed = inside(
      tasks(6, 'ABC', {
        LaunchType: undefined,
        CapacityProviderStrategy: [
          { CapacityProvider: 'FARGATE', Base: 2, Weight: 1 },
          { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
        ],
      }),
    );
    expect(singlePoints(spot)).toContain('resource:west/Tasks#spot');
    expect(down(spot)).toBeGreaterThan(down(mixed) * 5);
  });

  it('that start with the load need the control plane to start', () => {
    const scaled = {
      Scaling: {
        Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
        Properties: {
          MinCapacity: 0,
          MaxCapacity: 12,
          ResourceId: { 'Fn::Join': ['/', ['service', 'cluster', attribute('Tasks', 'Name')]] },
        },
      },
    };
    const off = inside(tasks(0, 'ABC'), scaled);
    expect(singlePoints(off)).toContain('control-plane:eu-west-1');
    expect(singlePoints(off)).not.toContain('switching:west/Tasks');
  });

  it('need the file system that they mount', () => {
    const mounting = inside(tasks(6, 'ABC', { TaskDefinition: ref('Task') }), {
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { Volumes: [{ Name: 'files', EFSVolumeConfiguration: { FilesystemId: ref('Files') } }] },
      },
      Files: { Type: 'AWS::EFS::FileSystem', Properties: { AvailabilityZoneName: 'eu-west-1a' } },
    });
    expect(singlePoints(mounting)).toContain('resource:west/Files');
    expect(mounting.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Tasks']);
  });

  it('do not need at run time what they only fetch to start', () => {
    const starting = inside(tasks(6, 'ABC', { TaskDefinition: ref('Task') }), {
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          ContainerDefinitions: [
            { Name: 'app', Image: ref('Images'), Secrets: [{ Name: 'TOKEN', ValueFrom: ref('Secret') }] },
          ],
        },
      },
      Images: { Type: 'AWS::ECR::Repository', Properties: {} },
      Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
    });
    expect(down(starting)).toBeCloseTo(down(six), 12);
  });
});

describe('tasks on instances', () => {
  const cluster = (letters: string, size: number): Resources => ({
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} },
    Provider: {
      Type: 'AWS::ECS::CapacityProvider',
      Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: ref('Group') } },
    },
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { MinSize: String(size), MaxSize: '12', VPCZoneIdentifier: subnets(letters) },
    },
  });
  const strategy = {
    LaunchType: undefined,
    Cluster: ref('Cluster'),
    CapacityProviderStrategy: [{ CapacityProvider: ref('Provider'), Weight: 1 }],
  };
  const spread = inside(tasks(6, 'ABC', strategy), cluster('ABC', 6));

  it('stop with the one zone of their group', () => {
    const narrow = inside(tasks(6, 'ABC', strategy), cluster('A', 6));
    expect(singlePoints(narrow)).toContain('zone:eu-west-1a');
    expect(singlePoints(spread).some((id) => id.startsWith('zone:'))).toBe(false);
    expect(down(narrow)).toBeGreaterThan(down(spread) * 3);
  });

  it('stop with the one instance of their group', () => {
    const lonely = inside(tasks(6, 'ABC', strategy), cluster('ABC', 1));
    expect(singlePoints(lonely)).toContain('resource:west/Group#instance 1');
    expect(down(lonely)).toBeGreaterThan(down(spread) + UNIT * 0.9);
    expect(lonely.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Tasks']);
  });

  it('run on any group of their cluster, but on each that their strategy gives a share', () => {
    const second = {
      OtherProvider: {
        Type: 'AWS::ECS::CapacityProvider',
        Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: ref('Other') } },
      },
      Other: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: { MinSize: '1', MaxSize: '1', VPCZoneIdentifier: subnets('A') },
      },
      Cluster: {
        Type: 'AWS::ECS::Cluster',
        Properties: { CapacityProviders: [ref('Provider'), ref('OtherProvider')] },
      },
    };
    const both = {
      CapacityProviderStrategy: [ref('Provider'), ref('OtherProvider')].map((provider) => ({
        CapacityProvider: provider,
      })),
    };
    const any = { LaunchType: 'EC2', Cluster: ref('Cluster') };
    const shares = inside(tasks(6, 'ABC', { ...strategy, ...both }), cluster('ABC', 6), second);
    const either = inside(tasks(6, 'ABC', any), cluster('ABC', 6), second);
    expect(singlePoints(shares)).toContain('resource:west/Other#instance 1');
    expect(singlePoints(either)).not.toContain('resource:west/Other#instance 1');
    expect(down(shares)).toBeGreaterThan(down(either) * 10);
  });

  it('of a daemon run wherever their cluster has an instance', () => {
    const daemon = (letters: string) =>
      inside(
        tasks(1, letters, { ...strategy, SchedulingStrategy: 'DAEMON', DesiredCount: undefined }),
        cluster(letters, 6),
      );
    const [wide, narrow] = [daemon('ABC'), daemon('A')];
    expect(down(wide)).toBeCloseTo(anyOf(spreadDown(3, 2, 1), REGION, SOFTWARE), 12);
    expect(singlePoints(narrow)).toContain('zone:eu-west-1a');
    expect(down(narrow)).toBeGreaterThan(down(wide));
  });
});

describe('a group of instances', () => {
  const group = (size: number, letters: string, more: object = {}) =>
    inside({
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: { MinSize: String(size), MaxSize: '12', VPCZoneIdentifier: subnets(letters), ...more },
      },
    });
  const six = group(6, 'ABC');

  it('in one zone stops with it', () => {
    const narrow = group(6, 'B');
    expect(singlePoints(narrow)).toContain('zone:eu-west-1b');
    expect(down(narrow)).toBeGreaterThan(down(six) + ZONE * 0.9);
  });

  it('of which the app does not tell the least counts as one', () => {
    const open = group(1, 'ABC', { MinSize: { 'Fn::ImportValue': 'least' } });
    expect(assumptionsOf(open)).toMatch(/west\/Group runs 1 units at the least/);
    expect(down(open)).toBeCloseTo(down(group(1, 'ABC')), 12);
  });

  it('behind a load balancer that asks only EC2 for health keeps what is broken, and that is said', () => {
    const asks = (HealthCheckType: string) =>
      group(6, 'ABC', { TargetGroupARNs: ['arn:aws:x'], HealthCheckType });
    expect(assumptionsOf(asks('EC2'))).toMatch(
      /does not replace instances that its load balancer finds broken/,
    );
    expect(assumptionsOf(asks('ELB'))).not.toMatch(/does not replace/);
  });

  it('that may go down to none is no better than one that keeps one', () => {
    const [none, one] = ['0', '1'].map((MinSize) => group(6, 'ABC', { MinSize, DesiredCapacity: '6' }));
    if (!none || !one) throw new Error('two designs');
    expect(down(none)).toBeGreaterThanOrEqual(down(one));
    expect(assumptionsOf(none)).toMatch(/keeps one instance of its DesiredCapacity of 6/);
    expect(none.recovery.instance).toMatchObject({ rtoSeconds: one.recovery.instance.rtoSeconds });
    expect(none.recovery.availabilityZone.rtoSeconds).toBe(one.recovery.availabilityZone.rtoSeconds);
  });

  it('of one stops with it', () => {
    const one = group(1, 'ABC');
    expect(singlePoints(one)).toContain('resource:west/Group#instance 1');
    expect(down(one)).toBeGreaterThan(down(six) * 50);
  });

  it('on Spot only may all be taken back', () => {
    const distribution = (share: number) => ({
      MixedInstancesPolicy: {
        InstancesDistribution: { OnDemandBaseCapacity: 0, OnDemandPercentageAboveBaseCapacity: share },
      },
    });
    expect(singlePoints(group(6, 'ABC', distribution(0)))).toContain('resource:west/Group#spot');
    expect(down(group(6, 'ABC', distribution(0)))).toBeGreaterThan(
      down(group(6, 'ABC', distribution(50))) * 5,
    );
  });
});

describe('nodes of Kubernetes', () => {
  const cluster = { Cluster: { Type: 'AWS::EKS::Cluster', Properties: {} } };

  it('run on without the control plane of their cluster', () => {
    const nodes = inside(cluster, {
      Nodes: {
        Type: 'AWS::EKS::Nodegroup',
        Properties: { ClusterName: ref('Cluster'), Subnets: subnets('ABC'), ScalingConfig: { MinSize: 6 } },
      },
    });
    expect(down(nodes)).toBeCloseTo(anyOf(spreadDown(3, 2, 1), REGION, SOFTWARE), 12);
    expect(eventIds(nodes)).not.toContain('resource:west/Cluster');
  });

  it('that the cluster runs itself need one of their zones', () => {
    const auto = (letters: string) =>
      inside({
        Cluster: {
          Type: 'AWS::EKS::Cluster',
          Properties: {
            ComputeConfig: { Enabled: true },
            ResourcesVpcConfig: { SubnetIds: subnets(letters) },
          },
        },
      });
    expect(singlePoints(auto('A'))).toContain('zone:eu-west-1a');
    expect(singlePoints(auto('AB'))).not.toContain('zone:eu-west-1a');
  });

  it('on Fargate need one of their zones', () => {
    const pods = (letters: string) =>
      inside(cluster, {
        Pods: {
          Type: 'AWS::EKS::FargateProfile',
          Properties: { ClusterName: ref('Cluster'), Subnets: subnets(letters) },
        },
      });
    expect(singlePoints(pods('A'))).toContain('zone:eu-west-1a');
    expect(singlePoints(pods('AB'))).not.toContain('zone:eu-west-1a');
    expect(assumptionsOf(pods('AB'))).toMatch(/how many pods west\/Pods runs is in no template/);
    expect(down(pods('A'))).toBeGreaterThan(down(pods('AB')) * 10);
  });
});

describe('a function', () => {
  const handler = (letters: string) =>
    inside({
      Handler: {
        Type: 'AWS::Lambda::Function',
        Properties: letters === '' ? {} : { VpcConfig: { SubnetIds: subnets(letters) } },
      },
    });

  it('in one subnet stops with its zone', () => {
    expect(singlePoints(handler('A'))).toContain('zone:eu-west-1a');
    expect(singlePoints(handler('AB')).some((id) => id.startsWith('zone:'))).toBe(false);
    expect(down(handler('A'))).toBeGreaterThan(down(handler('AB')) + ZONE * 0.9);
  });

  it('without a network stands in no zone', () => {
    expect(eventIds(handler(''))).toEqual(['region:eu-west-1', 'service:lambda@eu-west-1', 'software:app']);
  });
});

describe('a workflow', () => {
  const machine = (definition: object, others: Resources = {}) =>
    inside(
      { Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition: definition } } },
      others,
    );
  const task = (resource: unknown, parameters: object = {}) => ({
    StartAt: 'Do',
    States: { Do: { Type: 'Task', Resource: resource, Parameters: parameters, End: true } },
  });
  const empty = machine({ StartAt: 'Do', States: { Do: { Type: 'Pass', End: true } } });

  it('needs what its tasks wait for', () => {
    const calls = machine(
      task('arn:aws:states:::lambda:invoke', { FunctionName: attribute('Work', 'Arn') }),
      {
        Work: { Type: 'AWS::Lambda::Function', Properties: {} },
      },
    );
    expect(singlePoints(calls)).toContain('service:lambda@eu-west-1');
    expect(calls.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Machine']);
    expect(down(calls)).toBeGreaterThan(down(empty) + 4e-4);
  });

  it('needs the control plane where it launches what does the work', () => {
    const launches = machine(
      task('arn:aws:states:::ecs:runTask.sync', {
        Cluster: attribute('Cluster', 'Arn'),
        TaskDefinition: 'task',
      }),
      { Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} } },
    );
    expect(singlePoints(launches)).toContain('control-plane:eu-west-1');
    expect(down(launches)).toBeGreaterThan(down(empty) + 9e-4);
  });
});

describe('platforms', () => {
  const beanstalk = (options: Readonly<Record<string, string>>) =>
    inside({
      Shop: {
        Type: 'AWS::ElasticBeanstalk::Environment',
        Properties: {
          ApplicationName: 'shop',
          OptionSettings: Object.entries(options).map(([OptionName, Value]) => ({
            Namespace: 'aws:autoscaling:asg',
            OptionName,
            Value,
          })),
        },
      },
    });

  it('of Beanstalk stop with a single instance', () => {
    const [one, six] = [beanstalk({ EnvironmentType: 'SingleInstance' }), beanstalk({ MinSize: '6' })];
    expect(singlePoints(one)).toContain('resource:west/Shop#instance 1');
    expect(down(one)).toBeGreaterThan(down(six) * 10);
  });

  it('of Batch need the control plane for each job', () => {
    const queue = inside({
      Jobs: { Type: 'AWS::Batch::JobQueue', Properties: { ComputeEnvironmentOrder: [] } },
    });
    expect(singlePoints(queue)).toContain('control-plane:eu-west-1');
  });

  it('of App Runner are run by AWS, and need what they call', () => {
    const service = inside({
      Shop: {
        Type: 'AWS::AppRunner::Service',
        Properties: {
          SourceConfiguration: {
            ImageRepository: {
              ImageConfiguration: {
                RuntimeEnvironmentVariables: [
                  { Name: 'DATABASE', Value: attribute('Db', 'Endpoint.Address') },
                ],
              },
            },
          },
        },
      },
      Db: { Type: 'AWS::RDS::DBInstance', Properties: { AvailabilityZone: 'eu-west-1a' } },
    });
    expect(service.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Shop']);
    expect(singlePoints(service)).toContain('zone:eu-west-1a');
  });
});
