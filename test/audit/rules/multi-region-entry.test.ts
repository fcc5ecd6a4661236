import { acceleratorHasTwoRegions, accessPointReplicates } from '../../../lib/audit/rules/multi-region-entry';
import { checks } from '../../support/rule-cases';

const GIVEN = { Ref: 'Given' };
const WITH_PARAMETER = { Parameters: { Given: { Type: 'String' } } };
const MAYBE = { ...WITH_PARAMETER, Conditions: { Large: { 'Fn::Equals': [GIVEN, 'yes'] } } };
const LISTENER = { Type: 'AWS::GlobalAccelerator::Listener', Properties: {} };
const INSTANCE = [{ EndpointId: 'i-0123' }];
const BALANCER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1';
const group = (EndpointGroupRegion: unknown, properties: object = {}, attributes: object = {}) => ({
  Type: 'AWS::GlobalAccelerator::EndpointGroup',
  Properties: {
    ListenerArn: { Ref: 'Listener' },
    EndpointGroupRegion,
    EndpointConfigurations: INSTANCE,
    HealthCheckPath: '/health',
    ...properties,
  },
  ...attributes,
});
const two = (one: object = {}, other: object = {}) => ({
  Listener: LISTENER,
  One: group('eu-west-1', one),
  Two: group('eu-central-1', other),
});
const unchecked = (endpoint: unknown) => ({
  HealthCheckPath: undefined,
  EndpointConfigurations: [endpoint],
});

checks(acceleratorHasTwoRegions, {
  passes: {
    'two regions are checked by a path': { Resources: two() },
    'a group that is dialled down stands beside one that takes traffic': {
      Resources: two({ TrafficDialPercentage: 0 }, { TrafficDialPercentage: 50 }),
    },
    'load balancers are checked by themselves': {
      Resources: two(unchecked({ EndpointId: BALANCER }), unchecked({ EndpointId: BALANCER })),
    },
    'a load balancer of the app is checked by itself': {
      Resources: {
        Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
        Server: { Type: 'AWS::EC2::Instance' },
        ...two(unchecked({ EndpointId: { Ref: 'Lb' } })),
      },
    },
  },
  fails: {
    'there is one group': { Resources: { Listener: LISTENER, One: group('eu-west-1') } },
    'both are in one region': {
      Resources: { Listener: LISTENER, One: group('eu-west-1'), Two: group('eu-west-1') },
    },
    'both are in the region of the stack': {
      Resources: {
        Listener: LISTENER,
        One: group({ Ref: 'AWS::Region' }),
        Two: group({ Ref: 'AWS::Region' }),
      },
    },
    'no group takes traffic': {
      Resources: two({ TrafficDialPercentage: 0 }, { TrafficDialPercentage: 0 }),
    },
    'the only other group has no endpoint': {
      Resources: two({ TrafficDialPercentage: 0 }, { EndpointConfigurations: [] }),
    },
    'the only other group has an endpoint of no weight': {
      Resources: two(
        { TrafficDialPercentage: 0 },
        { EndpointConfigurations: [{ EndpointId: 'i-0123', Weight: 0 }] },
      ),
    },
    'an instance is asked for no path': { Resources: two({ HealthCheckPath: undefined }) },
    'an instance of the app is asked for no path': {
      Resources: {
        Server: { Type: 'AWS::EC2::Instance' },
        ...two(unchecked({ EndpointId: { Ref: 'Server' } })),
      },
    },
  },
  unknown: {
    'a region is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Listener: LISTENER, One: group('eu-west-1'), Two: group(GIVEN) },
    },
    'a group may be left out': {
      ...MAYBE,
      Resources: {
        Listener: LISTENER,
        One: group('eu-west-1'),
        Two: group('eu-central-1', {}, { Condition: 'Large' }),
      },
    },
    'the app has no group of it': { Resources: { Listener: LISTENER } },
    'a group names a listener by an ARN': {
      Resources: {
        Listener: LISTENER,
        One: group('eu-west-1'),
        Two: group('eu-central-1', { ListenerArn: 'arn:aws:globalaccelerator::111122223333:accelerator/a' }),
      },
    },
    'a macro may write the groups': { Transform: 'Company::Edge', Resources: { Listener: LISTENER } },
    'a group may belong to any listener': {
      ...WITH_PARAMETER,
      Resources: {
        Listener: LISTENER,
        One: group('eu-west-1'),
        Two: group('eu-central-1', { ListenerArn: GIVEN }),
      },
    },
    'the dial is given at deploy': {
      ...WITH_PARAMETER,
      Resources: two({ TrafficDialPercentage: 0 }, { TrafficDialPercentage: GIVEN }),
    },
    'what is not checked is given at deploy': {
      ...WITH_PARAMETER,
      Resources: two(unchecked({ EndpointId: GIVEN })),
    },
    'the endpoints are given at deploy': {
      Resources: two({
        HealthCheckPath: undefined,
        EndpointConfigurations: { 'Fn::Transform': { Name: 'Company::Edge' } },
      }),
    },
  },
  notApplicable: 'a listener always has endpoint groups, or lacks them',
  equivalent: {
    '*.EndpointConfigurations.0.EndpointId': 'with a path any endpoint is checked',
    '*.TrafficDialPercentage': 'the other group takes traffic',
    '*.HealthCheckPath': 'load balancers are checked by their target groups',
  },
});

const bucket = (...destinations: readonly unknown[]) => ({
  Type: 'AWS::S3::Bucket',
  Properties: {
    ReplicationConfiguration: {
      Rules: destinations.map((Bucket) => ({ Status: 'Enabled', Destination: { Bucket } })),
    },
  },
});
const to = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const point = (...buckets: readonly unknown[]) => ({
  Type: 'AWS::S3::MultiRegionAccessPoint',
  Properties: { Regions: buckets.map((Bucket) => ({ Bucket })) },
});
const BOTH = point({ Ref: 'One' }, { Ref: 'Two' });
const PLAIN = { Type: 'AWS::S3::Bucket', Properties: {} };

checks(accessPointReplicates, {
  passes: {
    'two buckets replicate to each other': {
      Resources: { Point: BOTH, One: bucket(to('Two')), Two: bucket(to('One')) },
    },
    'buckets of two stacks replicate to each other': {
      stacks: {
        West: {
          region: 'eu-west-1',
          template: {
            Resources: {
              One: {
                ...bucket('arn:aws:s3:::two'),
                Properties: { ...bucket('arn:aws:s3:::two').Properties, BucketName: 'one' },
              },
            },
          },
        },
        Central: {
          region: 'eu-central-1',
          template: {
            Resources: {
              Point: point('one', 'two'),
              Two: {
                ...bucket('arn:aws:s3:::one'),
                Properties: { ...bucket('arn:aws:s3:::one').Properties, BucketName: 'two' },
              },
            },
          },
        },
      },
    },
  },
  fails: {
    'there is one bucket': { Resources: { Point: point({ Ref: 'One' }), One: PLAIN } },
    'one way is missing': { Resources: { Point: BOTH, One: bucket(to('Two')), Two: PLAIN } },
    'nothing replicates to a bucket outside the app': {
      Resources: { Point: point({ Ref: 'One' }, 'elsewhere'), One: PLAIN },
    },
    'one of three gets nothing': {
      Resources: {
        Point: point({ Ref: 'One' }, { Ref: 'Two' }, { Ref: 'Three' }),
        One: bucket(to('Two')),
        Two: bucket(to('One')),
        Three: PLAIN,
      },
    },
    'a rule is off': {
      Resources: {
        Point: BOTH,
        One: bucket(to('Two')),
        Two: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            ReplicationConfiguration: { Rules: [{ Status: 'Disabled', Destination: { Bucket: to('One') } }] },
          },
        },
      },
    },
    'a bucket replicates to another one': {
      Resources: { Point: BOTH, One: bucket(to('Other')), Two: bucket(to('One')), Other: PLAIN },
    },
  },
  unknown: {
    'the buckets are not in the app': { Resources: { Point: point('one', 'two') } },
    'the destination is given at deploy': {
      ...WITH_PARAMETER,
      Resources: { Point: BOTH, One: bucket(GIVEN), Two: bucket(to('One')) },
    },
    'the list is given at deploy': {
      Resources: {
        Point: {
          Type: 'AWS::S3::MultiRegionAccessPoint',
          Properties: { Regions: { 'Fn::Transform': { Name: 'Company::Regions' } } },
        },
      },
    },
    'a bucket may be left out': {
      ...MAYBE,
      Resources: {
        Point: BOTH,
        One: { ...bucket(to('Two')), Condition: 'Large' },
        Two: bucket(to('One')),
      },
    },
    'the status is given at deploy': {
      ...WITH_PARAMETER,
      Resources: {
        Point: BOTH,
        One: bucket(to('Two')),
        Two: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            ReplicationConfiguration: { Rules: [{ Status: GIVEN, Destination: { Bucket: to('One') } }] },
          },
        },
      },
    },
  },
  notApplicable: 'an access point always has buckets, or lacks them',
  equivalent: {
    '*.BucketName': 'a bucket of another name is not in the app',
    'Central/*': 'seen in the other stack',
    'Point.Regions.*': 'a bucket that is not in the app may be any',
  },
});
