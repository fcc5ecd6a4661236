import { graphOf } from '../support/graph';
import { evaluated, shown } from '../support/values';

const BOUND = { region: 'eu-west-1', account: '111122223333' };

describe('Ref', () => {
  it.each([
    ['AWS::Region', 'eu-west-1'],
    ['AWS::AccountId', '111122223333'],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', 'app'],
    ['AWS::NoValue', undefined],
  ])('to %s is %s in a stack that is bound', (name, value) => {
    expect(evaluated({ Ref: name }, {}, BOUND)).toBe(value);
  });

  it.each(['AWS::Region', 'AWS::AccountId', 'AWS::StackId', 'AWS::NotificationARNs', 'AWS::Nonsense'])(
    'to %s is unknown in a stack that is not bound',
    (name) => expect(evaluated({ Ref: name })).toMatch(new RegExp(`^\\?${name}`)),
  );

  it.each([
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-east-1', 'aws', 'amazonaws.com'],
  ])('knows the partition of %s', (region, partition, suffix) => {
    expect(evaluated([{ Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }], {}, { region })).toEqual([
      partition,
      suffix,
    ]);
  });

  it('does not know the name of a stack that is a bare template', () => {
    const graph = graphOf({
      Resources: { A: { Type: 'A', Properties: { Name: { Ref: 'AWS::StackName' } } } },
    });
    expect(shown(graph.resources[0]?.get('Name'))).toBe('?AWS::StackName is given at deploy');
  });

  it('names what a condition leaves out, and what nothing defines', () => {
    const sections = {
      Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Gone: { Type: 'A::A::A', Condition: 'No' } },
    };
    expect(evaluated({ Ref: 'Gone' }, sections)).toBe('?a condition leaves Gone out');
    expect(evaluated({ Ref: 'Nobody' }, sections)).toBe('?Nobody is defined nowhere in the template');
    expect(evaluated({ Ref: ['Gone'] }, sections)).toBe('?Ref names nothing');
    expect(evaluated({ Ref: '__proto__' }, sections)).toMatch(/defined nowhere/);
  });

  it('is plain data beside other keys', () => {
    expect(evaluated({ Ref: 'AWS::Region', More: 1 }, {}, BOUND)).toEqual({ Ref: 'AWS::Region', More: 1 });
  });
});

describe('Fn::GetAtt', () => {
  const sections = {
    Parameters: { Which: { Type: 'String', Default: 'Arn' } },
    Resources: {
      Db: { Type: 'AWS::RDS::DBInstance' },
      Product: { Type: 'AWS::ServiceCatalog::CloudFormationProvisionedProduct' },
      Remote: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/t' } },
    },
  };

  it.each([[['Db', 'Endpoint.Address']], [['Db', 'Endpoint', 'Address']], ['Db.Endpoint.Address']])(
    'reads %j',
    (argument) => {
      expect(evaluated({ 'Fn::GetAtt': argument }, sections)).toBe('<Db.Endpoint.Address>');
    },
  );

  it('takes the name of an attribute from a parameter', () => {
    expect(evaluated({ 'Fn::GetAtt': ['Db', { Ref: 'Which' }] }, sections)).toBe('<Db.Arn>');
  });

  it('takes an attribute that is called like an output for what it is', () => {
    expect(evaluated({ 'Fn::GetAtt': ['Product', 'Outputs.Url'] }, sections)).toBe('<Product.Outputs.Url>');
  });

  it('does not know the outputs of a template that is not at hand, but what they are of', () => {
    const graph = graphOf({
      Resources: {
        ...sections.Resources,
        A: { Type: 'A', Properties: { Url: { 'Fn::GetAtt': 'Remote.Outputs.Url' } } },
      },
    });
    const [remote] = graph.ofType('AWS::CloudFormation::Stack');
    expect(graph.mentionsOf(remote!)).toMatchObject([{ property: 'Url', attribute: 'Outputs.Url' }]);
    expect(shown(graph.ofType('A')[0]?.get('Url'))).toMatch(/^\?the template of nested stack Remote/);
  });

  it.each(['Db', ['Db'], [], [{ Ref: 'Which' }, 'Arn'], ['Db', { Ref: 'Nobody' }], null])(
    'does not know what %j means',
    (argument) => expect(evaluated({ 'Fn::GetAtt': argument }, sections)).toMatch(/^\?Fn::GetAtt names/),
  );
});

describe('Fn::GetAZs', () => {
  it.each([
    ['', 'eu-west-1'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ Ref: 'AWS::NoValue' }, 'eu-west-1'],
    ['us-east-1', 'us-east-1'],
  ])('of %j gives the zones of a region', (region, expected) => {
    expect(evaluated({ 'Fn::GetAZs': region }, {}, BOUND)).toBe(`zones of ${expected}`);
  });

  it.each(['', { Ref: 'AWS::Region' }, { 'Fn::Sub': ['$', '{AWS::Region}'].join('') }])(
    'of %j means the own region, whichever it is',
    (region) => expect(evaluated({ 'Fn::GetAZs': region })).toBe('zones of its region'),
  );

  it('does not know a region that deploy names', () => {
    const sections = { Parameters: { Where: { Type: 'String' } } };
    expect(evaluated({ 'Fn::GetAZs': { Ref: 'Where' } }, sections)).toMatch(/^\?the region/);
  });
});

describe('Fn::ImportValue', () => {
  const producer = (name: unknown, extra: object = {}) => ({
    ...BOUND,
    template: {
      Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Export: { Name: name }, ...extra } },
      Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
    },
  });
  const consumer = (name: unknown, place: object = BOUND) => ({
    ...place,
    template: { Resources: { A: { Type: 'A::A::A', Properties: { Arn: { 'Fn::ImportValue': name } } } } },
  });
  const imported = (stacks: object) => {
    const [subject] = graphOf({ stacks } as never).ofType('A::A::A');
    return shown(subject?.get('Arn'));
  };

  it('reaches what another stack exports, names put together included', () => {
    const name = { 'Fn::Sub': ['$', '{AWS::StackName}-arn'].join('') };
    expect(imported({ Net: producer(name), App: consumer('Net-arn') })).toBe('<Queue.Arn>');
    expect(imported({ Net: producer('arn'), App: consumer({ 'Fn::Join': ['', ['a', 'rn']] }) })).toBe(
      '<Queue.Arn>',
    );
  });

  it('does not reach another region, another account or an output that a condition leaves out', () => {
    const why = '?import arn: no stack of the app exports it';
    expect(imported({ Net: producer('arn'), App: consumer('arn', { ...BOUND, region: 'eu-west-2' }) })).toBe(
      why,
    );
    expect(
      imported({ Net: producer('arn'), App: consumer('arn', { ...BOUND, account: '444455556666' }) }),
    ).toBe(why);
    expect(imported({ Net: producer('arn', { Condition: 'No' }), App: consumer('arn') })).toBe(why);
  });

  it('is one of several where several stacks may export it', () => {
    const unbound = { ...producer('arn'), region: undefined, account: undefined };
    expect(imported({ One: unbound, Two: unbound, App: consumer('arn') })).toEqual({
      oneOf: ['<Queue.Arn>', '<Queue.Arn>'],
    });
  });

  it('is unknown where nothing exports it or its name is open', () => {
    expect(imported({ App: consumer('arn') })).toMatch(/^\?import arn/);
    expect(imported({ App: consumer({ Ref: 'AWS::StackId' }) })).toMatch(/^\?the name of an import/);
  });

  it('is unknown where imports run in a circle, in values or in names', () => {
    const circle = (exported: string, needed: string) => ({
      template: {
        Resources: { A: { Type: 'A::A::A', Properties: { Arn: { 'Fn::ImportValue': needed } } } },
        Outputs: { Out: { Value: { 'Fn::ImportValue': needed }, Export: { Name: exported } } },
      },
    });
    expect(imported({ One: circle('a', 'b'), Two: circle('b', 'a') })).toBe('?output Out depends on itself');
    const named = circle('x', 'x').template;
    const Outputs = { Out: { Value: 'v', Export: { Name: { 'Fn::ImportValue': 'x' } } } };
    expect(imported({ One: { template: { ...named, Outputs } } })).toMatch(/^\?import x/);
  });
});

describe('Fn::GetStackOutput', () => {
  const output = (Region?: string, RoleArn?: string) => ({
    'Fn::GetStackOutput': { StackName: 'Data', OutputName: 'Arn', Region, RoleArn },
  });
  const data = (account: string) => ({
    region: 'us-east-1',
    account,
    template: {
      Resources: { [`Q${account}`]: { Type: 'AWS::SQS::Queue' } },
      Outputs: { Arn: { Value: { Ref: `Q${account}` } } },
    },
  });
  const read = (value: unknown, stacks: Record<string, object>) => {
    const template = {
      Resources: { A: { Type: 'A::A::A', Properties: { Arn: JSON.parse(JSON.stringify(value)) } } },
    };
    const app = { ...stacks, App: { region: 'eu-west-1', account: '1', template } };
    return shown(
      graphOf({ stacks: app } as never)
        .ofType('A::A::A')[0]
        ?.get('Arn'),
    );
  };

  it('reads an output of another region', () => {
    expect(read(output('us-east-1'), { Data: data('1') })).toBe('<Q1.Ref>');
  });

  it('stays in its own region where none is named', () => {
    expect(read(output(), { Data: data('1') })).toBe('?output Arn of stack Data is not in the app');
  });

  it.each([{}, 'x', { StackName: { Ref: 'Nobody' }, OutputName: 'a' }])(
    'does not know what %j means',
    (argument) => {
      expect(read({ 'Fn::GetStackOutput': argument }, {})).toMatch(/^\?/);
    },
  );
});

describe('the export writer and reader of the CDK', () => {
  const writer = (region: string, exports: object) => ({
    Type: 'Custom::CrossRegionExportWriter',
    Properties: { WriterProps: { region, exports } },
  });
  const reader = { Type: 'Custom::CrossRegionExportReader' };
  const readAs = (name: string) => ({ 'Fn::GetAtt': ['Reader', name] });

  it('carry a reference from region to region, and on to a third', () => {
    const graph = graphOf({
      stacks: {
        A: {
          region: 'us-east-1',
          template: {
            Resources: {
              Queue: { Type: 'AWS::SQS::Queue' },
              W: writer('eu-west-1', { '/q': { Ref: 'Queue' } }),
            },
          },
        },
        B: {
          region: 'eu-west-1',
          template: { Resources: { Reader: reader, W: writer('us-west-2', { '/r': readAs('/q') }) } },
        },
        C: {
          region: 'us-west-2',
          template: {
            Resources: { Reader: reader, A: { Type: 'A::A::A', Properties: { Url: readAs('/r') } } },
          },
        },
      },
    });
    expect(shown(graph.ofType('A::A::A')[0]?.get('Url'))).toBe('<Queue.Ref>');
  });

  it('are unknown where they run in a circle', () => {
    const template = { Resources: { Reader: reader, W: writer('eu-west-1', { '/a': readAs('/a') }) } };
    const graph = graphOf({ stacks: { A: { region: 'eu-west-1', template } } });
    const written = graph.ofType('Custom::CrossRegionExportWriter')[0]?.get('WriterProps.exports');
    expect(JSON.stringify(shown(written))).toMatch(/depends on itself/);
  });
});
