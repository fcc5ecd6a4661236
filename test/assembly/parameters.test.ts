import { graphOf, type TestStack } from '../support/graph';
import { evaluated, shown } from '../support/values';

const parameter = (declaration: object) => evaluated({ Ref: 'P' }, { Parameters: { P: declaration } });

describe('a parameter', () => {
  it.each([
    ['String', 'x', 'x'],
    ['String', true, 'true'],
    ['Number', 3, '3'],
    ['CommaDelimitedList', 'a, b,c', ['a', 'b', 'c']],
    ['CommaDelimitedList', '', []],
    ['List<Number>', '1,2', ['1', '2']],
    ['List<AWS::EC2::Subnet::Id>', 'subnet-1', ['subnet-1']],
    ['AWS::EC2::VPC::Id', 'vpc-1', 'vpc-1'],
    ['AWS::SSM::Parameter::Name', '/a', '/a'],
    [undefined, 'x', 'x'],
  ])('of type %s has the default %j as %j', (type, value, expected) => {
    expect(parameter({ Type: type, Default: value })).toEqual(expected);
  });

  it('is unknown where deploy reads or hides it, whatever its default', () => {
    expect(parameter({ Type: 'String', Default: 'x', NoEcho: true })).toBe('?parameter P is secret');
    expect(parameter({ Type: 'String', Default: 'x', NoEcho: 'true' })).toBe('?parameter P is secret');
    expect(parameter({ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' })).toMatch(
      /Systems Manager/,
    );
    expect(parameter({ Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/a' })).toMatch(/^\?/);
  });

  it('is unknown without a default, unless it may only be some', () => {
    expect(parameter({ Type: 'String' })).toBe('?parameter P has no default');
    expect(parameter({ Type: 'String', Default: {} })).toBe('?parameter P has no default');
    expect(parameter({ Type: 'String', AllowedValues: ['a', 1] })).toEqual({ oneOf: ['a', '1'] });
    expect(parameter({ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] })).toMatch(/^\?/);
    expect(parameter({ Type: 'String', AllowedValues: [] })).toMatch(/^\?/);
  });

  it('is the same unknown wherever it is named', () => {
    const graph = graphOf({
      Parameters: { P: { Type: 'String' } },
      Resources: {
        A: { Type: 'A', Properties: { One: { Ref: 'P' }, Two: { 'Fn::Sub': ['$', '{P}'].join('') } } },
      },
    });
    expect(graph.resources[0]?.get('One')).toBe(graph.resources[0]?.get('Two'));
  });
});

describe('a parameter of a nested stack', () => {
  const child: TestStack = {
    template: {
      Parameters: { P: { Type: 'String', Default: 'own' }, L: { Type: 'CommaDelimitedList', Default: '' } },
      Resources: { A: { Type: 'A::A::A', Properties: { P: { Ref: 'P' }, L: { Ref: 'L' } } } },
    },
  };
  const passed = (Parameters?: object) => {
    const graph = graphOf({
      stacks: {
        top: {
          template: {
            Parameters: { Open: { Type: 'String' } },
            Conditions: { Chosen: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] } },
            Resources: {
              Queue: { Type: 'AWS::SQS::Queue' },
              Child: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters } },
            },
          },
          nested: { Child: child },
        },
      },
    });
    const [subject] = graph.ofType('A::A::A');
    return { P: shown(subject?.get('P')), L: shown(subject?.get('L')) };
  };

  it('is what the parent passes, references included', () => {
    expect(passed({ P: { Ref: 'Queue' } }).P).toBe('<Queue.Ref>');
    expect(passed({ P: { Ref: 'Open' } }).P).toBe('?parameter Open has no default');
  });

  it('is its own default where the parent passes nothing', () => {
    expect(passed().P).toBe('own');
    expect(passed({ P: { Ref: 'AWS::NoValue' } }).P).toBe('own');
    expect(passed({ P: { 'Fn::If': ['Chosen', 'x', { Ref: 'AWS::NoValue' }] } }).P).toEqual({
      oneOf: ['x', 'own'],
    });
  });

  it('is a list of what the parent joined', () => {
    expect(passed({ L: { 'Fn::Join': [', ', [{ Ref: 'Queue' }, 'b']] } }).L).toEqual(['<Queue.Ref>', 'b']);
    expect(passed({ L: ['a', { Ref: 'Queue' }] }).L).toEqual(['a', '<Queue.Ref>']);
  });

  it('is unknown where the parent passes what cannot pass', () => {
    expect(passed({ P: { a: 1 } }).P).toBe('?parameter P is neither text nor a list');
    expect(passed({ L: [['a']] }).L).toBe('?parameter L is neither text nor a list');
    expect(passed({ L: Array.from({ length: 2000 }, () => ({ Ref: 'Queue' })) }).L).toMatch(/too long/);
  });
});
