import { Text } from '../../lib/assembly/value';
import { evaluated, valueIn } from '../support/values';

const QUEUE = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };
const OPEN = {
  Parameters: { Open: { Type: 'String' }, Many: { Type: 'CommaDelimitedList' } },
  Conditions: { Chosen: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] } },
};
const FUNCTION = {
  Resources: {
    Worker: { Type: 'AWS::Lambda::Function' },
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Worker' } } },
    Released: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Worker' } } },
  },
};

describe('Fn::Join', () => {
  it('puts a delimiter between texts and numbers', () => {
    expect(evaluated({ 'Fn::Join': ['-', ['a', 1, 'b']] })).toBe('a-1-b');
  });

  it('keeps what a reference stands for', () => {
    const arn = valueIn({ 'Fn::Join': ['', ['arn:', { 'Fn::GetAtt': ['Queue', 'Arn'] }]] }, QUEUE);
    expect(arn).toBeInstanceOf(Text);
    expect((arn as Text).parts).toEqual(['arn:', expect.objectContaining({ attribute: 'Arn' })]);
  });

  it('leaves out what has no value', () => {
    expect(evaluated({ 'Fn::Join': [',', ['a', { Ref: 'AWS::NoValue' }, 'b']] })).toBe('a,b');
  });

  it('joins each list that a condition chooses', () => {
    const list = { 'Fn::If': ['Chosen', ['a', 'b'], ['c']] };
    expect(evaluated({ 'Fn::Join': ['+', list] }, OPEN)).toEqual({ oneOf: ['a+b', 'c'] });
  });

  it('does not know a list that deploy gives', () => {
    expect(evaluated({ 'Fn::Join': [',', { Ref: 'Many' }] }, OPEN)).toBe('?parameter Many has no default');
    expect(evaluated({ 'Fn::Join': [',', { 'Fn::GetAZs': '' }] })).toMatch(/^\?all zones/);
  });

  it.each([[[]], ['x'], [[',', 'text']], [[{}, ['a']]]])('does not know what %j means', (argument) => {
    expect(evaluated({ 'Fn::Join': argument })).toMatch(/^\?/);
  });
});

describe('Fn::Split', () => {
  it('cuts a text', () => {
    expect(evaluated({ 'Fn::Split': ['|', 'a||b'] })).toEqual(['a', '', 'b']);
  });

  it('cuts a text around references', () => {
    const joined = { 'Fn::Join': [',', [{ Ref: 'Queue' }, 'b', { Ref: 'Queue' }]] };
    expect(evaluated({ 'Fn::Split': [',', joined] }, QUEUE)).toEqual(['<Queue.Ref>', 'b', '<Queue.Ref>']);
  });

  it.each([{ Ref: 'Live' }, { Ref: 'Released' }, { 'Fn::GetAtt': ['Worker', 'Arn'] }])(
    'finds the name of the function in the ARN %j',
    (arn) => {
      expect(evaluated({ 'Fn::Select': [6, { 'Fn::Split': [':', arn] }] }, FUNCTION)).toBe('<Worker.Ref>');
      expect(evaluated({ 'Fn::Select': [4, { 'Fn::Split': [':', arn] }] }, FUNCTION)).toMatch(/^\?/);
    },
  );

  it('does not know the function of an alias that names none of the app', () => {
    const alias = {
      Resources: { Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: 'other' } } },
    };
    expect(evaluated({ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Live' }] }] }, alias)).toMatch(/^\?/);
    expect(evaluated({ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Worker' }] }] }, FUNCTION)).toMatch(
      /^\?/,
    );
  });

  it('does not know the pieces of what deploy decides', () => {
    expect(evaluated({ 'Fn::Split': ['/', { Ref: 'Queue' }] }, QUEUE)).toMatch(/^\?Queue/);
    expect(evaluated({ 'Fn::Split': ['/', { 'Fn::Sub': `a/\${Open}` }] }, OPEN)).toMatch(/^\?/);
    expect(evaluated({ 'Fn::Split': ['', 'a'] })).toMatch(/^\?/);
  });
});

describe('Fn::Select', () => {
  it('takes an index as number or text', () => {
    expect(evaluated({ 'Fn::Select': [1, ['a', 'b']] })).toBe('b');
    expect(evaluated({ 'Fn::Select': ['1', ['a', 'b']] })).toBe('b');
  });

  it('gives different symbols for different zones', () => {
    expect(evaluated({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, {}, { region: 'eu-west-1' })).toBe(
      'eu-west-1#0',
    );
    expect(evaluated({ 'Fn::Select': [1, { 'Fn::GetAZs': '' }] })).toBe('AWS::Region#1');
  });

  it('takes from each list that a condition chooses', () => {
    const list = { 'Fn::If': ['Chosen', ['a', 'b'], ['a', 'c']] };
    expect(evaluated({ 'Fn::Select': [0, list] }, OPEN)).toBe('a');
    expect(evaluated({ 'Fn::Select': [1, list] }, OPEN)).toEqual({ oneOf: ['b', 'c'] });
  });

  it.each([
    [2, ['a', 'b']],
    [-1, ['a']],
    ['', ['a']],
    [null, ['a']],
    ['x', ['a']],
    [0, 'a'],
    [{ Ref: 'Open' }, ['a']],
    [0, { Ref: 'Many' }],
  ])('does not know entry %j of %j', (index, list) => {
    expect(evaluated({ 'Fn::Select': [index, list] }, OPEN)).toMatch(/^\?/);
  });

  it('still mentions what it takes a piece of', () => {
    const piece = valueIn({ 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'Queue' }] }] }, QUEUE);
    expect(piece).toMatchObject({ mentions: [{ attribute: 'Ref' }] });
  });
});

describe('Fn::Length', () => {
  it('counts a list', () => {
    expect(evaluated({ 'Fn::Length': ['a', 'b'] })).toBe(2);
  });

  it('does not count the zones of a region, or what is no list', () => {
    expect(evaluated({ 'Fn::Length': { 'Fn::GetAZs': '' } })).toMatch(/^\?/);
    expect(evaluated({ 'Fn::Length': { Ref: 'Many' } }, OPEN)).toMatch(/^\?/);
    expect(evaluated({ 'Fn::Length': 'text' })).toMatch(/^\?/);
  });
});

describe('Fn::Sub', () => {
  it('fills in parameters, pseudo parameters, references and its own map', () => {
    const text = { 'Fn::Sub': [`\${Mine}:\${AWS::Region}:\${Queue}:\${Queue.Arn}`, { Mine: 'm' }] };
    expect(evaluated(text, QUEUE, { region: 'eu-west-1' })).toBe('m:eu-west-1:<Queue.Ref>:<Queue.Arn>');
  });

  it('leaves an escaped placeholder as it is', () => {
    expect(evaluated({ 'Fn::Sub': `echo \${!HOME}` })).toBe(`echo \${HOME}`);
  });

  it('prefers its own map to a resource of the same name', () => {
    expect(evaluated({ 'Fn::Sub': [`\${Queue}`, { Queue: 'mine' }] }, QUEUE)).toBe('mine');
  });

  it('is the reference itself where nothing stands around it', () => {
    expect(evaluated({ 'Fn::Sub': `\${Queue}` }, QUEUE)).toBe('<Queue.Ref>');
  });

  it('does not know what nothing defines', () => {
    expect(evaluated({ 'Fn::Sub': `a-\${Nobody}` })).toBe('a-?Nobody is defined nowhere in the template');
    expect(evaluated({ 'Fn::Sub': [`\${constructor}`, {}] })).toMatch(/^\?constructor/);
    expect(evaluated({ 'Fn::Sub': [{}] })).toBe('?Fn::Sub has no text');
  });
});

describe('Fn::Base64', () => {
  it('encodes text', () => {
    expect(evaluated({ 'Fn::Base64': 'häuser' })).toBe(Buffer.from('häuser').toString('base64'));
  });

  it('keeps the references in what it encodes', () => {
    expect(evaluated({ 'Fn::Base64': { 'Fn::Sub': `run \${Queue}` } }, QUEUE)).toBe('base64:run <Queue.Ref>');
  });
});

describe('Fn::ToJsonString', () => {
  it('writes data as JSON, and what has no value not at all', () => {
    const data = { a: [1, 'x', true, null], b: { Ref: 'AWS::NoValue' } };
    expect(evaluated({ 'Fn::ToJsonString': data })).toBe('{"a":[1,"x",true,null]}');
  });

  it('keeps references and unknowns as parts of the text', () => {
    const data = { arn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, open: { Ref: 'Open' } };
    expect(evaluated({ 'Fn::ToJsonString': data }, { ...QUEUE, ...OPEN })).toBe(
      '{"arn":"<Queue.Arn>","open":?parameter Open has no default}',
    );
  });
});

describe('a dynamic reference', () => {
  it('is read at deploy, wherever in a text it stands', () => {
    expect(evaluated('{{resolve:ssm:/a/b}}')).toBe('?{{resolve:ssm:/a/b}} is read at deploy');
    expect(evaluated('x-{{resolve:ssm:/a}}-y')).toBe('x-?{{resolve:ssm:/a}} is read at deploy-y');
  });

  it('is also seen where it is put together', () => {
    const parts = { 'Fn::Join': ['', ['{{resolve:ssm:', '/a', '}}']] };
    expect(evaluated(parts)).toBe('?{{resolve:ssm:/a}} is read at deploy');
    expect(evaluated({ 'Fn::Sub': [`{{resolve:ssm:\${P}}}`, { P: '/a' }] })).toMatch(/^\?/);
  });

  it('is plain text where it never ends', () => {
    expect(evaluated('{{resolve:ssm:/a')).toBe('{{resolve:ssm:/a');
  });
});
