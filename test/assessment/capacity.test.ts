import { parseLosses, simulate } from '../../lib/assessment/simulate';
import { assessed } from '../support/assess';
import type { TestStack } from '../support/graph';

const SERVICE = {
  name: 'shop',
  tier: 1,
  owner: 'team',
  objectives: {
    slo: '0.9995',
    sloWindowSeconds: 2_592_000,
    recovery: {
      rollback: { rtoSeconds: 1800 },
      dataRepair: { rtoSeconds: 28_800, rpoSeconds: 300 },
      instance: { rtoSeconds: 120, rpoSeconds: 0 },
      availabilityZone: { rtoSeconds: 300, rpoSeconds: 0 },
      region: { rtoSeconds: 3600, rpoSeconds: 300 },
    },
  },
  dependsOn: [],
  dataClasses: [],
  decisions: [] as object[],
  weakenings: [],
};

/** A stack that declares the service, with a peak for what stands below `Web`. */
function stack(resources: object, peak?: { readonly what: string; readonly units: number }): TestStack {
  const decisions = peak
    ? [{ what: peak.what, value: peak.units, because: 'declared', source: 'the caller' }]
    : [];
  const services = [{ ...SERVICE, decisions }];
  return {
    region: 'eu-west-1',
    paths: Object.fromEntries(Object.keys(resources).map((id) => [id, `Shop/Web/${id}`])),
    template: {
      Metadata: { 'cdk-nines': { schema: 'cdk-nines.catalogue/1', services } },
      Resources: resources as TestStack['template']['Resources'],
    },
  };
}

function capacity(resources: object, peak?: { readonly what: string; readonly units: number }) {
  const { capacity: findings } = assessed({ stacks: { Shop: stack(resources, peak) } });
  return (what: string) => findings.filter((finding) => finding.what === what);
}

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

function group(minimum: number, maximum = 20) {
  return {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { MinSize: String(minimum), MaxSize: String(maximum), AvailabilityZones: ZONES },
  };
}

const PEAK = { what: 'Web.peakInstances', units: 4 };

describe('the peak without one zone', () => {
  it('is carried by 6 instances in 3 zones where 4 are needed', () => {
    const [found] = capacity({ Group: group(6) }, PEAK)('peak without one zone');
    expect(found).toMatchObject({
      meets: true,
      found: '4 of 6 instances are left without the fullest of 3 zones, 0 % to spare',
      needed: '4 instances at the peak (declared: Web.peakInstances)',
    });
  });

  it('is not carried by 5: two of them stand in one zone', () => {
    expect(capacity({ Group: group(5) }, PEAK)('peak without one zone')).toMatchObject([
      { meets: false, found: '3 of 5 instances are left without the fullest of 3 zones, 25 % too few' },
    ]);
  });

  const scaledTo = (cpu: number) => ({
    Group: group(2),
    Policy: {
      Type: 'AWS::AutoScaling::ScalingPolicy',
      Properties: {
        AutoScalingGroupName: { Ref: 'Group' },
        TargetTrackingConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
          TargetValue: cpu,
        },
      },
    },
  });

  it.each([
    [60, true, '4 of 6 instances, to which scaling brings the 2 at the least, are left'],
    [90, false, '2 of 4 instances, to which scaling brings the 2 at the least, are left'],
  ])('with processors at %i %%: %s, as the loss of a zone says', (cpu, meets, found) => {
    const app = { services: [assessed({ stacks: { Shop: stack(scaledTo(cpu), PEAK) } })] };
    const [finding] = app.services[0]?.capacity.filter(({ what }) => what === 'peak without one zone') ?? [];
    expect(finding).toMatchObject({ meets, found: expect.stringContaining(found) });
    expect(simulate(app, parseLosses('az:eu-west-1a'))).toMatchObject([{ stops: !meets }]);
  });

  it('cannot be told where nobody declares it', () => {
    expect(capacity({ Group: group(6) })('peak without one zone')).toMatchObject([
      { meets: undefined, needed: 'the peak, which nobody declares' },
    ]);
  });

  it('is surely not carried by one instance', () => {
    expect(capacity({ Group: group(1) })('peak without one zone')).toMatchObject([{ meets: false }]);
  });
});

describe('the peak with one region alone', () => {
  it.each([
    [4, true],
    [3, false],
  ])('at most %i instances carry 4: %s', (most, meets) => {
    expect(capacity({ Group: group(2, most) }, PEAK)('peak with this region alone')).toMatchObject([
      { meets },
    ]);
  });
});

describe('tasks that their subnets have no addresses for', () => {
  const subnet = (index: number, mask: number) => ({
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: 'vpc-1', AvailabilityZone: ZONES[index], CidrBlock: `10.0.${index}.0/${mask}` },
  });
  const ids = ['One', 'Two', 'Three'];
  const app = (mask: number) =>
    assessed({
      stacks: {
        Shop: stack(
          {
            ...Object.fromEntries(ids.map((id, index) => [id, subnet(index, mask)])),
            Tasks: {
              Type: 'AWS::ECS::Service',
              Properties: {
                LaunchType: 'FARGATE',
                DesiredCount: 60,
                NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ids.map((id) => ({ Ref: id })) } },
              },
            },
          },
          { what: 'Web.peakTasks', units: 45 },
        ),
      },
    });
  const alone = (mask: number) =>
    app(mask).capacity.filter(({ what }) => what === 'peak with this region alone');

  it('do not run: 33 in three subnets of 16, of which AWS keeps 5 each', () => {
    expect(alone(28)).toMatchObject([
      { meets: false, found: '33 tasks at the most, by the addresses of its subnets' },
    ]);
    expect(alone(24)).toMatchObject([{ meets: true, found: '60 tasks at the most' }]);
  });

  it('carry no peak in the availability either', () => {
    expect(app(24).availability.unavailability).toBeLessThan(0.01);
    expect(app(28).availability.unavailability).toBe(1);
    expect(
      app(28)
        .assumptions.map(({ what }) => what)
        .join(),
    ).toMatch(/its subnets have addresses for 33/);
  });
});

describe('reserved capacity', () => {
  const reservation = (count: number) => ({
    Type: 'AWS::EC2::CapacityReservation',
    Properties: { InstanceCount: count },
  });

  it('is not asked for where enough runs already', () => {
    expect(capacity({ Group: group(6) }, PEAK)('reserved capacity')).toEqual([]);
  });

  it.each([
    [1, true],
    [0, false],
  ])('of %i instances covers the one that must be launched: %s', (count, meets) => {
    const resources = { Group: group(5), ...(count > 0 && { Reservation: reservation(count) }) };
    expect(capacity(resources, PEAK)('reserved capacity')).toMatchObject([
      { meets, needed: '1 to launch when one zone is lost' },
    ]);
  });
});

describe('concurrency', () => {
  const lambda = (reserved: number) => ({
    Type: 'AWS::Lambda::Function',
    Properties: { ReservedConcurrentExecutions: reserved },
  });

  it.each([
    [450, true],
    [451, false],
  ])('of two functions with %i each leaves the account its rest: %s', (reserved, meets) => {
    const resources = { One: lambda(reserved), Other: lambda(450) };
    expect(capacity(resources)('concurrency of the account in eu-west-1')).toMatchObject([{ meets }]);
  });

  it.each([
    [40, true],
    [39, false],
  ])('of %i carries a peak of 40: %s', (reserved, meets) => {
    const peak = { what: 'Web.peakConcurrency', units: 40 };
    expect(capacity({ One: lambda(reserved) }, peak)('peak of the function')).toMatchObject([{ meets }]);
  });
});

describe('connections', () => {
  const database = (most: number) => ({
    Database: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { Engine: 'mysql', DBParameterGroupName: { Ref: 'Settings' } },
    },
    Settings: {
      Type: 'AWS::RDS::DBParameterGroup',
      Properties: { Parameters: { max_connections: String(most) } },
    },
    User: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        ReservedConcurrentExecutions: 50,
        Environment: { Variables: { HOST: { 'Fn::GetAtt': ['Database', 'Endpoint.Address'] } } },
      },
    },
  });

  it.each([
    [50, true],
    [49, false],
  ])('a database of %i takes 50 functions: %s', (most, meets) => {
    expect(capacity(database(most))('connections')).toMatchObject([{ meets }]);
  });

  it('of a database that nothing is seen to use are not asked for', () => {
    const { Database, Settings } = database(1);
    expect(capacity({ Database, Settings })('connections')).toEqual([]);
  });
});

describe('addresses', () => {
  it('run out where a subnet is too small for what grows there', () => {
    const subnet = (zone: string, index: number) => ({
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: `10.0.${index}.0/28`, AvailabilityZone: zone },
    });
    const resources = {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      ...Object.fromEntries(ZONES.map((zone, index) => [`Subnet${index}`, subnet(zone, index)])),
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          MinSize: '6',
          MaxSize: '60',
          VPCZoneIdentifier: ZONES.map((_, index) => ({ Ref: `Subnet${index}` })),
        },
      },
    };
    expect(capacity(resources)('addresses in its subnets')).toMatchObject([{ meets: false }]);
  });
});
