import { type Known, resolve, UNRESOLVED } from './resolve';

const known: Known = {
  pseudo: new Map([['AWS::Region', 'eu-west-1']]),
  physicalIds: new Map([['Check', 'id-1']]),
  exports: new Map([['Network:Vpc', 'vpc-1']]),
  attribute: async (id, name) => (id === 'Balancer' && name === 'DNSName' ? 'lb.example' : undefined),
};

test('references are replaced by what was deployed', async () => {
  const value = {
    id: { Ref: 'Check' },
    vpc: { 'Fn::ImportValue': 'Network:Vpc' },
    name: { 'Fn::Join': ['', ['dualstack.', { 'Fn::GetAtt': ['Balancer', 'DNSName'] }]] },
    zone: { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, 'a']] },
    plain: ['x', 1],
  };
  expect(await resolve(value, known)).toEqual({
    id: 'id-1',
    vpc: 'vpc-1',
    name: 'dualstack.lb.example',
    zone: 'eu-west-1a',
    plain: ['x', 1],
  });
});

test.each([
  ['an unknown resource', { Ref: 'Nothing' }],
  ['an unknown attribute', { 'Fn::GetAtt': ['Check', 'Arn'] }],
  ['an unknown part of a text', { 'Fn::Join': ['-', ['a', { Ref: 'Nothing' }]] }],
  ['another function', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
])('%s is said to be unknown', async (_, value) => {
  expect(await resolve(value, known)).toBe(UNRESOLVED);
});
