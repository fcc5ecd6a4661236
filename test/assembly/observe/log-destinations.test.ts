import { takesOnlyLogs } from '../../../lib/assembly/observe/log-destinations';
import { graphOf } from '../../support/graph';

const balancer = {
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { LoadBalancerAttributes: [{ Key: 'access_logs.s3.bucket', Value: { Ref: 'Bucket' } }] },
};
const policy = { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' } } };

function onlyLogs(others: Readonly<Record<string, unknown>>): boolean | undefined {
  const graph = graphOf({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' }, ...others } });
  const bucket = graph.resources.find(({ logicalId }) => logicalId === 'Bucket');
  return bucket && takesOnlyLogs(bucket);
}

describe('a bucket', () => {
  it('takes only logs when a load balancer writes its access logs there', () =>
    expect(onlyLogs({ balancer, policy })).toBe(true));

  it('takes only logs when AWS Backup delivers its reports there', () => {
    const reports = {
      Type: 'AWS::Backup::ReportPlan',
      Properties: { ReportDeliveryChannel: { S3BucketName: { Ref: 'Bucket' } } },
    };
    expect(onlyLogs({ reports, policy })).toBe(true);
  });

  it('takes only logs when a hook writes its reports there', () => {
    const hook = { Type: 'AWS::CloudFormation::GuardHook', Properties: { LogBucket: { Ref: 'Bucket' } } };
    expect(onlyLogs({ hook, policy })).toBe(true);
  });

  it('takes only logs when a canary that reads none of them leaves what it saw there', () => {
    const canary = {
      Type: 'AWS::Synthetics::Canary',
      Properties: { ArtifactS3Location: { 'Fn::Join': ['', ['s3://', { Ref: 'Bucket' }]] } },
    };
    const of = (...Action: string[]) => ({
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }],
        },
      },
    });
    expect(onlyLogs({ canary, role: of('s3:PutObject', 's3:GetBucketLocation') })).toBe(true);
    expect(onlyLogs({ canary, role: of('s3:PutObject', 's3:GetObject') })).toBe(false);
  });

  describe('of reports of Region switch', () => {
    const plan = {
      Type: 'AWS::ARCRegionSwitch::Plan',
      Properties: {
        ReportConfiguration: { ReportOutput: [{ S3Configuration: { BucketPath: { Ref: 'Bucket' } } }] },
      },
    };
    const role = (...statements: readonly object[]) => ({
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Statement: statements } },
    });
    const Resource = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
    const look = { Effect: 'Allow', Action: ['route53:List*', 'arc-region-switch:GetPlan'], Resource: '*' };

    it('takes only logs when a role may write there', () => {
      const writer = role(look, { Effect: 'Allow', Action: 's3:PutObject', Resource });
      expect(onlyLogs({ plan, policy, writer })).toBe(true);
    });

    it.each<[string, object]>([
      ['read', { Effect: 'Allow', Action: ['s3:PutObject', 's3:GetObject'], Resource }],
      ['do all', { Effect: 'Allow', Action: '*', Resource }],
      ['do all but one thing', { Effect: 'Allow', NotAction: 's3:DeleteObject', Resource }],
      ['do what deploy decides', { Effect: 'Allow', Action: { 'Fn::Transform': {} }, Resource }],
    ])('holds data when a role may %s there', (_, statement) =>
      expect(onlyLogs({ plan, policy, reader: role(look, statement) })).toBe(false),
    );

    it('holds data when roles write there and no service does', () => {
      const writer = role({ Effect: 'Allow', Action: 's3:PutObject', Resource });
      expect(onlyLogs({ policy, writer })).toBe(false);
    });
  });

  describe('of a distribution', () => {
    const domain = { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] };
    const distribution = (origin: unknown) => ({
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: { Logging: { Bucket: domain }, Origins: [{ Id: 'one', DomainName: origin }] },
      },
    });

    it('takes only logs when the distribution logs there', () =>
      expect(onlyLogs({ distribution: distribution('origin.example.com'), policy })).toBe(true));

    it('holds data when the distribution serves it as well', () =>
      expect(onlyLogs({ distribution: distribution(domain), policy })).toBe(false));
  });

  it('takes only logs when a function only describes itself with its name', () => {
    const deleter = {
      Type: 'AWS::Lambda::Function',
      Properties: { Description: { 'Fn::Sub': 'deletes the objects of ${Bucket}' } },
    };
    expect(onlyLogs({ balancer, policy, deleter })).toBe(true);
  });

  it('holds data when something else uses it, too', () => {
    const reader = {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { BUCKET: { Ref: 'Bucket' } } } },
    };
    expect(onlyLogs({ balancer, reader })).toBe(false);
  });

  it('holds data when nothing in the app uses it', () => expect(onlyLogs({ policy })).toBe(false));
});
