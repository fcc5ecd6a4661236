import { standbyHasItsArtefacts } from '../../../lib/audit/rules/standby-artefacts';
import { RegionRole } from '../../../lib/objectives/region-role';
import { placeOf } from '../../support/places';
import { checks, outcomeOf } from '../../support/rule-cases';

type Resources = Record<string, unknown>;

const topic = { Topic: { Type: 'AWS::SNS::Topic' } };

const standby = (resources: Resources, primary: Resources = topic) => ({
  stacks: {
    main: placeOf({ role: RegionRole.PRIMARY, region: 'eu-west-1' }, primary),
    other: placeOf({ role: RegionRole.STANDBY, region: 'eu-central-1' }, resources),
  },
});

const task = (Image: unknown, secret?: unknown) => ({
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      ContainerDefinitions: [
        { Image, ...(secret !== undefined && { Secrets: [{ Name: 'S', ValueFrom: secret }] }) },
      ],
    },
  },
});

const image = (region: string) => `111122223333.dkr.ecr.${region}.amazonaws.com/shop:1`;

const parameter = (Name: string) => ({ Setting: { Type: 'AWS::SSM::Parameter', Properties: { Name } } });

const listener = (region: string) => ({
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { Certificates: [{ CertificateArn: `arn:aws:acm:${region}:111122223333:certificate/a` }] },
  },
});

const instance = (ImageId: unknown) => ({ Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId } } });

const queue = (KmsMasterKeyId: string) => ({
  Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId } },
});

const alias = (AliasName: string) => ({ Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName } } });

checks(standbyHasItsArtefacts, {
  passes: {
    'the image is in the region': standby(task(image('eu-central-1'))),
    'the certificate is in the region': standby(listener('eu-central-1')),
    'the key is in the region': standby(
      { ...queue('alias/shop'), ...alias('alias/shop') },
      { ...queue('alias/main'), ...alias('alias/main') },
    ),
    'the parameter is in the region': standby(
      { ...task('nginx', '/shop/limit'), ...parameter('/shop/limit') },
      parameter('/shop/main'),
    ),
    'the parameter is named by an ARN of the region': standby(
      task('nginx', 'arn:aws:ssm:eu-central-1:111122223333:parameter/shop/limit'),
    ),
  },
  fails: {
    'the image is in the primary region': standby(task(image('eu-west-1'))),
    'the certificate is in the primary region': standby(listener('eu-west-1')),
    'the secret is in the primary region': standby(
      task('nginx', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop'),
    ),
    'the parameter is in the primary region only': standby(
      task('nginx', '/shop/limit'),
      parameter('/shop/limit'),
    ),
    'the parameter is named by an ARN of the primary region': standby(
      task('nginx', 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/limit'),
    ),
    'the machine image is that of the primary': standby(instance('ami-1'), instance('ami-1')),
    'the key is in the primary region only': standby(queue('alias/shop'), alias('alias/shop')),
    'the code lies in the primary region': standby(
      { Fn: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'code' } } } },
      { Fn: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'code' } } } },
    ),
  },
  unknown: {
    'the image is imported': standby(task({ 'Fn::ImportValue': 'image' })),
    'the machine image is used here only': standby(instance('ami-2')),
    'the parameter is not in the app': standby(task('nginx', '/shop/limit')),
    'the key is not in the app': standby(queue('alias/elsewhere')),
  },
  notApplicable: {
    'the stack is the primary': {
      stacks: {
        main: placeOf({ role: RegionRole.PRIMARY, region: 'eu-west-1' }, task(image('eu-central-1'))),
      },
    },
    'nothing is needed that stands in a region': standby(task('nginx')),
  },
  equivalent: {
    'other/Alias.AliasName': 'under another name the key is not known here',
    'other/Setting.Name': 'under another name the parameter is not known here',
    'other/Task.ContainerDefinitions.0.Secrets.0.Name': 'the container may call it what it likes',
    'main/*': 'what the primary needs is not asked for',
  },
});

describe('X-47', () => {
  const secret = (...regions: string[]) => ({
    Secret: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { Name: 'shop', ReplicaRegions: regions.map((Region) => ({ Region })) },
    },
  });

  it('knows that images of AWS are in every region', () => {
    const { stacks } = standby(instance({ Ref: 'Image' }));
    const declared = (path: string) => ({
      Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: path },
    });
    const judge = (path: string) => {
      const template = { ...stacks.other.template, Parameters: declared(path) };
      return outcomeOf(standbyHasItsArtefacts, {
        stacks: { ...stacks, other: { ...stacks.other, template } },
      });
    };
    expect(judge('/aws/service/ami-amazon-linux-latest/al2023')).toBe('pass');
    expect(judge('/own/image')).toBe('unknown');
  });

  it('sees that secrets are replicated', () => {
    const output = (...regions: string[]) => {
      const { stacks } = standby(
        task('nginx', {
          'Fn::GetStackOutput': { StackName: 'main', OutputName: 'Secret', Region: 'eu-west-1' },
        }),
        secret(...regions),
      );
      const { main, other } = stacks;
      return {
        stacks: {
          main: {
            ...main,
            template: { ...main.template, Outputs: { Secret: { Value: { Ref: 'Secret' } } } },
          },
          other,
        },
      };
    };
    expect(outcomeOf(standbyHasItsArtefacts, output('eu-central-1'))).toBe('pass');
    expect(outcomeOf(standbyHasItsArtefacts, output())).toBe('fail');
  });
});
