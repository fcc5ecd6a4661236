import type { Template } from './example';
import { closureOf, replaced, withNames, without, withoutProperties, withStandIns } from './template';

const template: Template = {
  Resources: {
    Network: { Type: 'AWS::EC2::VPC' },
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Network' } } },
    Database: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { Groups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }], Name: { 'Fn::Sub': '${Secret}-x' } },
    },
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', DependsOn: ['Database', 'Network'] },
  },
  Outputs: { Name: { Value: { Ref: 'Database' } } },
};

test('a resource is taken out, with the waiting for it', () => {
  const { Resources } = without(template, ({ Type }) => Type === 'AWS::RDS::DBInstance');
  expect(Object.keys(Resources)).toEqual(['Network', 'Group', 'Secret', 'Alarm']);
  expect(Resources.Alarm?.DependsOn).toEqual(['Network']);
});

test('fails when a resource that stays reads one that goes', () => {
  expect(() => without(template, ({ Type }) => Type === 'AWS::EC2::VPC')).toThrow('Group reads Network');
});

test('a resource is tried with all that it needs, and with nothing else', () => {
  const { Resources, Outputs } = closureOf(template, 'Database');
  expect(Object.keys(Resources)).toEqual(['Network', 'Group', 'Database', 'Secret']);
  expect(Outputs).toBeUndefined();
});

test('whole strings are replaced, wherever they stand', () => {
  const by = new Map([['old', 'new']]);
  expect(replaced({ a: ['old', { b: 'old' }], c: 'older' }, by)).toEqual({
    a: ['new', { b: 'new' }],
    c: 'older',
  });
});

test('another value stands for what is read of a resource, wherever it is read', () => {
  const { Resources } = withStandIns(template, (id, _, attribute) =>
    id === 'Group' ? `its ${attribute}` : undefined,
  );
  expect(Resources.Database?.Properties?.Groups).toEqual(['its GroupId']);
  expect(Resources.Group).toEqual(template.Resources.Group);
});

test('properties are taken out of the resources of their type, and of no other', () => {
  const { Resources } = withoutProperties(template, (type) =>
    type === 'AWS::EC2::SecurityGroup' ? ['VpcId'] : [],
  );
  expect(Resources.Group?.Properties).toEqual({});
  expect(Resources.Database).toEqual(template.Resources.Database);
});

test('a resource is named by its logical id, under the property that is asked for', () => {
  const { Resources } = withNames(template, ({ Type }) =>
    Type === 'AWS::EC2::SecurityGroup' ? 'GroupName' : undefined,
  );
  expect(Resources.Group?.Properties).toEqual({ VpcId: { Ref: 'Network' }, GroupName: 'Group' });
  expect(Resources.Database).toEqual(template.Resources.Database);
});
