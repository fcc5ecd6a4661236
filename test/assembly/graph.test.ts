import { Graph } from '../../lib/assembly/graph';
import type { SourceStack } from '../../lib/assembly/source/source';
import { Unknown } from '../../lib/assembly/value';
import { graphOf, type TestApp } from '../support/graph';
import { shown } from '../support/values';

const OWN_ARN = (rest: string) => ({ 'Fn::Sub': `arn:$\{AWS::Partition}:${rest}` });
const HERE = '$' + '{AWS::Region}:$' + '{AWS::AccountId}';

/** What the property `To` of the resource of type `From` resolves to: an id, or the reason. */
function target(app: TestApp): string {
  const graph = graphOf(app);
  const [from] = graph.ofType('From');
  const found = from!.target('To');
  return found instanceof Unknown ? `?${found.reason}` : (found?.id ?? 'nothing');
}

const from = (To: unknown) => ({ From: { Type: 'From', Properties: { To } } });
const queue = (QueueName: unknown) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName } } });

describe('a physical name', () => {
  it('means the resource that has it', () => {
    expect(target({ Resources: { ...queue('orders'), ...from('orders') } })).toBe('app/Queue');
    expect(target({ Resources: { ...queue('orders'), ...from('stock') } })).toBe('?stock is not in the app');
    expect(target({ Resources: { ...queue('orders'), ...from('') } })).toBe(
      '?an empty text names no resource',
    );
    expect(target({ Resources: { ...queue('orders'), ...from({ a: 1 }) } })).toBe('?{a} names no resource');
  });

  it('may be any property that AWS calls so', () => {
    const Db = { Type: 'AWS::RDS::DBInstance', Properties: { DBInstanceIdentifier: 'main' } };
    expect(target({ Resources: { Db, ...from('main') } })).toBe('app/Db');
    const Stream = { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'main' } };
    expect(target({ Resources: { Stream, ...from('main') } })).toBe('app/Stream');
  });

  it('means the nearest resource where stacks share it', () => {
    const stack = (region: string, more = {}) => ({
      region,
      template: { Resources: { ...queue('orders'), ...more } },
    });
    const alone = (region: string) => ({ region, template: { Resources: from('orders') } });
    expect(target({ stacks: { A: stack('eu-west-1'), B: stack('eu-west-1', from('orders')) } })).toBe(
      'B/Queue',
    );
    expect(target({ stacks: { A: stack('us-east-1'), B: stack('eu-west-1'), C: alone('eu-west-1') } })).toBe(
      'B/Queue',
    );
  });
});

describe('an ARN', () => {
  const bound = (resources: object, place: object = { region: 'eu-west-1', account: '1' }): TestApp => ({
    stacks: { app: { ...place, template: { Resources: { ...queue('orders'), ...resources } } } },
  });
  const arn = 'arn:aws:sqs:eu-west-1:1:orders';

  it('means the resource of its service, region, account and name', () => {
    expect(target(bound(from(arn)))).toBe('app/Queue');
    expect(target(bound(from('arn:aws:sns:eu-west-1:1:orders')))).toMatch(/is not in the app/);
    expect(target(bound(from('arn:aws:sqs:us-east-1:1:orders')))).toMatch(/is not in the app/);
    expect(target(bound(from('arn:aws:sqs:eu-west-1:2:orders')))).toMatch(/is not in the app/);
    expect(target(bound(from('arn:aws:sqs')))).toMatch(/is not in the app/);
  });

  it.each([
    ['AWS::DynamoDB::Table', { TableName: 'main' }, 'dynamodb:::table/main'],
    ['AWS::DynamoDB::Table', { TableName: 'main' }, 'dynamodb:::table/main/index/byDate'],
    ['AWS::Lambda::Function', { FunctionName: 'main' }, 'lambda:::function:main:live'],
    ['AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/main' }, 'logs:::log-group:/aws/lambda/main'],
    ['AWS::SSM::Parameter', { Name: 'a/b' }, 'ssm:::parameter/a/b'],
    ['AWS::S3::Bucket', { BucketName: 'main' }, 's3:::main/key/x'],
    ['AWS::KMS::Alias', { AliasName: 'alias/main' }, 'kms:::alias/main'],
    ['AWS::StepFunctions::StateMachine', { StateMachineName: 'main' }, 'states:::stateMachine:main'],
    ['AWS::EFS::FileSystem', { Name: 'main' }, 'elasticfilesystem:::file-system/main'],
    [
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      { Name: 'main' },
      'elasticloadbalancing:::targetgroup/main/0a1b',
    ],
    ['AWS::Neptune::DBCluster', { DBClusterIdentifier: 'main' }, 'rds:::cluster:main'],
  ])('of %s with %j is %s', (Type, Properties, rest) => {
    expect(target({ Resources: { Named: { Type, Properties }, ...from(`arn:aws:${rest}`) } })).toBe(
      'app/Named',
    );
  });

  it('prefers the stack of the region that it names', () => {
    const stacks = {
      Here: { template: { Resources: { ...queue('orders'), ...from('arn:aws:sqs:us-east-1:1:orders') } } },
      There: { region: 'us-east-1', template: { Resources: queue('orders') } },
    };
    expect(target({ stacks })).toBe('There/Queue');
  });

  it('of its own place is followed in a stack that is bound to none', () => {
    const own = from(OWN_ARN(`sqs:${HERE}:orders`));
    expect(target({ Resources: { ...queue('orders'), ...own } })).toBe('app/Queue');
    expect(target(bound(own))).toBe('app/Queue');
    const elsewhere = {
      Here: { template: { Resources: own } },
      There: { region: 'us-east-1', template: { Resources: queue('orders') } },
    };
    expect(target({ stacks: elsewhere })).toMatch(/^\?AWS::Region/);
  });

  it('with a name put together from its own place is followed too', () => {
    const name = { 'Fn::Sub': `orders-$\{AWS::AccountId}` };
    expect(target({ Resources: { ...queue(name), ...from(name) } })).toBe('app/Queue');
  });

  it('around a reference means what is referred to', () => {
    const around = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, '/*']] };
    expect(target({ Resources: { ...queue('orders'), ...from(around) } })).toBe('app/Queue');
    const two = { 'Fn::Join': ['', [{ Ref: 'Queue' }, { Ref: 'Other' }]] };
    const Other = { Type: 'Other' };
    expect(target({ Resources: { ...queue('orders'), Other, ...from(two) } })).toMatch(
      /known only at deploy$/,
    );
  });

  it('that is read at deploy means nothing that is known', () => {
    const secret = {
      'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Queue' }, ':SecretString:arn}}']],
    };
    expect(target({ Resources: { ...queue('orders'), ...from(secret) } })).toMatch(/^\?/);
  });
});

describe('the mentions of a resource', () => {
  it('say who, where and what, over all stacks', () => {
    const graph = graphOf({
      stacks: {
        A: {
          template: {
            Resources: { Key: { Type: 'AWS::KMS::Key' } },
            Outputs: { Key: { Value: { 'Fn::GetAtt': 'Key.Arn' }, Export: { Name: 'key' } } },
          },
        },
        B: {
          template: {
            Parameters: { Open: { Type: 'String' } },
            Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] } },
            Resources: {
              Bucket: {
                Type: 'AWS::S3::Bucket',
                Properties: { Deep: [{ Key: { 'Fn::ImportValue': 'key' } }] },
              },
              Table: {
                Type: 'AWS::DynamoDB::Table',
                Properties: {
                  Sse: { 'Fn::If': ['Open', { 'Fn::Sub': ['k$', '{K}'].join('') }, 'x'] },
                  K: { 'Fn::If': ['Open', { 'Fn::ImportValue': 'key' }, 'x'] },
                },
              },
            },
          },
        },
      },
    });
    const [key] = graph.ofType('AWS::KMS::Key');
    expect(
      graph.mentionsOf(key!).map(({ from, property, attribute }) => [from.id, property, attribute]),
    ).toEqual([
      ['B/Bucket', 'Deep', 'Arn'],
      ['B/Table', 'K', 'Arn'],
    ]);
    expect(graph.mentionsOf(key!, 'AWS::S3::Bucket')).toHaveLength(1);
    expect(graph.mentionsOf(graph.ofType('AWS::S3::Bucket')[0]!)).toEqual([]);
  });

  it('include what deploy makes of a reference', () => {
    const derived = [
      { 'Fn::Select': [0, { 'Fn::Split': ['/', { Ref: 'Queue' }] }] },
      { 'Fn::Select': [0, { 'Fn::GetAtt': 'Queue.Names' }] },
      { 'Fn::Join': [',', { 'Fn::GetAtt': 'Queue.Names' }] },
      { 'Fn::Length': { 'Fn::GetAtt': 'Queue.Names' } },
      { 'Fn::Base64': { 'Fn::Sub': ['$', '{Queue}x'].join('') } },
      { 'Fn::ToJsonString': { a: { Ref: 'Queue' } } },
      { 'Fn::Cidr': [{ 'Fn::GetAtt': 'Queue.Block' }, 1, 8] },
      { 'Fn::Transform': { Name: 'X', Parameters: { Q: { Ref: 'Queue' } } } },
      { 'Fn::Nonsense': { Ref: 'Queue' } },
    ];
    for (const To of derived) {
      const graph = graphOf({ Resources: { ...queue('orders'), ...from(To) } });
      expect(graph.mentionsOf(graph.ofType('AWS::SQS::Queue')[0]!)).toMatchObject([{ property: 'To' }]);
    }
  });
});

describe('an app of several stacks', () => {
  it('is read in the order of stacks, nested ones after their parents', () => {
    const leaf = { template: { Resources: { A: { Type: 'A' } } } };
    const graph = graphOf({
      stacks: {
        One: { template: { Resources: { C: { Type: 'AWS::CloudFormation::Stack' } } }, nested: { C: leaf } },
        Two: leaf,
      },
    });
    expect(graph.stacks.map(({ id }) => id)).toEqual(['One', 'One/C', 'Two']);
    expect(graph.ofType('A', 'B').map(({ id }) => id)).toEqual(['One/C/A', 'Two/A']);
  });

  it('passes outputs up and parameters down, through two levels', () => {
    const leaf = {
      template: {
        Parameters: { In: { Type: 'String' } },
        Resources: { Q: { Type: 'AWS::SQS::Queue' }, A: { Type: 'A', Properties: { In: { Ref: 'In' } } } },
        Outputs: { Out: { Value: { Ref: 'Q' } } },
      },
    };
    const middle = {
      template: {
        Parameters: { In: { Type: 'String' } },
        Resources: {
          Leaf: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { In: { Ref: 'In' } } } },
        },
        Outputs: { Out: { Value: { 'Fn::GetAtt': ['Leaf', 'Outputs.Out'] } } },
      },
      nested: { Leaf: leaf },
    };
    const top = {
      template: {
        Resources: {
          Topic: { Type: 'AWS::SNS::Topic' },
          Middle: {
            Type: 'AWS::CloudFormation::Stack',
            Properties: { Parameters: { In: { Ref: 'Topic' } } },
          },
          B: {
            Type: 'B',
            Properties: {
              Out: { 'Fn::GetAtt': ['Middle', 'Outputs.Out'] },
              None: { 'Fn::GetAtt': ['Middle', 'Outputs.None'] },
            },
          },
        },
      },
      nested: { Middle: middle },
    };
    const graph = graphOf({ stacks: { top } });
    expect(shown(graph.ofType('A')[0]?.get('In'))).toBe('<Topic.Ref>');
    expect(shown(graph.ofType('B')[0]?.get('Out'))).toBe('<Q.Ref>');
    expect(shown(graph.ofType('B')[0]?.get('None'))).toBe('?nested stack Middle has no output None');
  });

  it('ends where outputs and parameters of nested stacks run in a circle', () => {
    const child = {
      template: {
        Parameters: { In: { Type: 'String' } },
        Resources: {},
        Outputs: { Out: { Value: { Ref: 'In' } } },
      },
    };
    const Parameters = { In: { 'Fn::GetAtt': ['Child', 'Outputs.Out'] } };
    const Child = { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters } };
    const graph = graphOf({
      stacks: { top: { template: { Resources: { Child } }, nested: { Child: child } } },
    });
    expect(JSON.stringify(shown(graph.resources[0]?.get('Parameters.In')))).toMatch(/depends on itself/);
  });

  it('ends where exports double from one to the next', () => {
    const Outputs = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => {
        const before = index === 0 ? 'x' : { 'Fn::ImportValue': `e${index - 1}` };
        return [
          `O${index}`,
          { Value: { 'Fn::Join': ['', [before, before]] }, Export: { Name: `e${index}` } },
        ];
      }),
    );
    expect(target({ Outputs, Resources: from({ 'Fn::ImportValue': 'e59' }) })).toMatch(
      /too long to be passed on/,
    );
  });

  it('ends where choices double from one export to the next', () => {
    const Outputs = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => {
        const before = index === 0 ? { Ref: 'Queue' } : { 'Fn::ImportValue': `e${index - 1}` };
        const Value = { 'Fn::If': ['Open', before, { 'Fn::Join': ['-', [before, 'x']] }] };
        return [`O${index}`, { Value, Export: { Name: `e${index}` } }];
      }),
    );
    const app = {
      Parameters: { Open: { Type: 'String' } },
      Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] } },
      Outputs,
      Resources: { ...queue('a'), ...from({ 'Fn::ImportValue': 'e59' }) },
    };
    expect(target(app)).toMatch(/^\?condition Open/);
    expect(graphOf(app).resources.map(({ propertyNames }) => propertyNames)).toEqual([['QueueName'], ['To']]);
  });
});

describe('parts that templates do not show', () => {
  it.each([
    ['a macro', { Transform: 'MyMacro' }, /^macro MyMacro/],
    [
      'one macro of several',
      { Transform: ['AWS::LanguageExtensions', { Name: 'AWS::Include' }] },
      /^macro AWS::Include/,
    ],
    [
      'a transform among the resources',
      { Resources: { 'Fn::Transform': { Name: 'X' } } },
      /^Fn::Transform writes/,
    ],
    [
      'a nested stack',
      { Resources: { C: { Type: 'AWS::CloudFormation::Stack' } } },
      /^the template of nested stack C/,
    ],
    ['a module', { Resources: { M: { Type: 'My::Own::Db::MODULE' } } }, /^M, a My::Own::Db::MODULE/],
    [
      'an application',
      { Resources: { M: { Type: 'AWS::Serverless::Application' } } },
      /^M, a AWS::Serverless/,
    ],
  ])('are named: %s', (_, template, reason) => {
    expect(graphOf({ Resources: {}, ...template }).unreadable).toEqual([expect.stringMatching(reason)]);
  });

  it('make what is missing unknown for that reason', () => {
    expect(target({ Transform: 'MyMacro', Resources: from({ Ref: 'Nobody' }) })).toBe(
      '?macro MyMacro may write resources at deploy',
    );
  });

  it.each(['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'AWS::SecretsManager-2020-07-23'])(
    'are none under %s, however outputs look',
    (Transform) => {
      const Outputs = { 'Fn::ForEach::O': ['N', { Ref: 'AWS::StackId' }, {}] };
      const graph = graphOf({ Transform, Resources: {}, Outputs });
      graph.exportNamed('x', graph.stacks[0]!);
      expect(graph.unreadable).toEqual([]);
    },
  );

  it('may be the rest of an app that is not finished', () => {
    expect(new Graph({ name: 'a', path: 'a', stacks: [] }, 'more may come').unreadable).toEqual([
      'more may come',
    ]);
  });
});

describe('a stack of an assembly', () => {
  it('takes its parameters from the manifest, before their defaults', () => {
    const source: SourceStack = {
      id: 'S',
      name: 'S',
      nameKnown: true,
      file: 'S.template.json',
      template: {
        Parameters: { P: { Type: 'String', Default: 'own' }, L: { Type: 'CommaDelimitedList' } },
        Resources: { A: { Type: 'A', Properties: { P: { Ref: 'P' }, L: { Ref: 'L' } } as never } },
      },
      dependencies: [],
      parameters: { P: 'given', L: 'a,b' },
      tags: {},
      nested: new Map(),
      constructs: new Map(),
      acknowledgements: [],
    };
    const [resource] = new Graph({ name: 'a', path: 'a', stacks: [source] }).resources;
    expect(resource?.get('P')).toBe('given');
    expect(resource?.get('L')).toEqual(['a', 'b']);
  });
});

describe('resources of several types', () => {
  it('are gathered once, in the order of the types asked for', () => {
    const Resources = { Bucket: { Type: 'AWS::S3::Bucket' }, Topic: { Type: 'AWS::SNS::Topic' } };
    const graph = graphOf({ Resources });
    const ids = (...types: string[]) => graph.ofType(...types).map(({ logicalId }) => logicalId);
    expect(ids('AWS::SNS::Topic', 'AWS::S3::Bucket')).toEqual(['Topic', 'Bucket']);
    expect(ids('AWS::S3::Bucket', 'AWS::SNS::Topic')).toEqual(['Bucket', 'Topic']);
    expect(graph.ofType('AWS::SNS::Topic', 'AWS::S3::Bucket')).toBe(
      graph.ofType('AWS::SNS::Topic', 'AWS::S3::Bucket'),
    );
  });
});
