import { Unknown } from '../../lib/assembly/value';
import { graphOf } from '../support/graph';

const Parameters = { Stage: { Type: 'String' }, Size: { Type: 'String' } };
const Conditions = {
  IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
  IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] },
  IsLargeProd: { 'Fn::And': [{ Condition: 'IsProd' }, { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] }] },
};

/** The value of a property of a resource that exists only under `IsProd`, and of one that always exists. */
function valuesOf(value: unknown) {
  const resource = (more: object) => ({
    Type: 'AWS::RDS::DBInstance',
    Properties: { MultiAZ: value },
    ...more,
  });
  const Resources = { Always: resource({}), Prod: resource({ Condition: 'IsProd' }), After: resource({}) };
  const graph = graphOf({ Parameters, Conditions, Resources });
  const read = (id: string) => {
    const found = graph.resources.find(({ logicalId }) => logicalId === id)?.get('MultiAZ');
    return found instanceof Unknown ? 'unknown' : found;
  };
  return { prod: read('Prod'), always: read('Always'), after: read('After') };
}

describe('the condition of a resource', () => {
  it('holds wherever its own values ask for it, and nowhere else', () => {
    expect(valuesOf({ 'Fn::If': ['IsProd', true, false] })).toEqual({
      prod: true,
      always: 'unknown',
      after: 'unknown',
    });
  });

  it('decides conditions that are made of it', () => {
    expect(valuesOf({ 'Fn::If': ['IsTest', false, true] })).toEqual({
      prod: true,
      always: 'unknown',
      after: 'unknown',
    });
  });

  it('leaves open what it does not decide', () => {
    expect(valuesOf({ 'Fn::If': ['IsLargeProd', true, false] })).toMatchObject({
      prod: 'unknown',
      always: 'unknown',
    });
  });
});
