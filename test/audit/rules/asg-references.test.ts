import { groupNeedsNothingFromElsewhere } from '../../../lib/audit/rules/asg-references';
import { checks } from '../../support/rule-cases';

const TARGET_GROUP = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Name: 'web' } };
const CLASSIC = { Type: 'AWS::ElasticLoadBalancing::LoadBalancer' };
const arnOf = (name: string) =>
  `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123456789abcdef`;

const group = (properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: {
    ...others,
    Subject: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: properties },
  },
});
const launching = (image: unknown, others: Record<string, unknown> = {}) => ({
  Resources: {
    ...others,
    Subject: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: image } } },
  },
});

checks(groupNeedsNothingFromElsewhere, {
  passes: {
    'its target group is in the app': group(
      { TargetGroupARNs: [{ Ref: 'Web' }] },
      { Web: { Type: TARGET_GROUP.Type } },
    ),
    'its target group is in the app by name': group(
      { TargetGroupARNs: [arnOf('web')] },
      { Web: TARGET_GROUP },
    ),
    'its Classic Load Balancer is in the app': group(
      { LoadBalancerNames: [{ Ref: 'Classic' }] },
      { Classic: CLASSIC },
    ),
    'its traffic source is in the app': group(
      { TrafficSources: [{ Identifier: { Ref: 'Web' } }] },
      { Web: { Type: TARGET_GROUP.Type } },
    ),
    'the image is read from Systems Manager': launching('{{resolve:ssm:/images/web}}'),
    'EC2 reads the image from Systems Manager': launching('resolve:ssm:/images/web'),
    'the image is a parameter of Systems Manager': {
      Parameters: {
        Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/images/web' },
      },
      ...launching({ Ref: 'Image' }),
    },
    'the image is built in the app': launching(
      { 'Fn::GetAtt': ['Image', 'ImageId'] },
      { Image: { Type: 'AWS::ImageBuilder::Image' } },
    ),
  },
  fails: {
    'a target group is named that is not in the app': group({ TargetGroupARNs: [arnOf('other')] }),
    'a Classic Load Balancer is named that is not in the app': group({ LoadBalancerNames: ['classic'] }),
    'a traffic source is named that is not in the app': group({
      TrafficSources: [{ Identifier: arnOf('other') }],
    }),
    'one of two target groups is not in the app': group(
      { TargetGroupARNs: [{ Ref: 'Web' }, arnOf('other')] },
      { Web: { Type: TARGET_GROUP.Type } },
    ),
    'an image is named': launching('ami-0123456789abcdef0'),
    'an image is the default of a parameter': {
      Parameters: { Image: { Type: 'AWS::EC2::Image::Id', Default: 'ami-0123456789abcdef0' } },
      ...launching({ Ref: 'Image' }),
    },
  },
  unknown: {
    'the image is a parameter without default': {
      Parameters: { Image: { Type: 'AWS::EC2::Image::Id' } },
      ...launching({ Ref: 'Image' }),
    },
    'the target group is imported from elsewhere': group({
      TargetGroupARNs: [{ 'Fn::ImportValue': 'target-group' }],
    }),
  },
  notApplicable: {
    'the group names no load balancer': group({ MinSize: '1' }),
    'the launch template names no image': {
      Resources: {
        Subject: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { InstanceType: 'm7g.large' } },
        },
      },
    },
  },
});
