import { attributeIs, attributeOf } from '../../../lib/assembly/compute/load-balancer-attributes';
import type { Resource } from '../../../lib/assembly/resource';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf } from '../../support/graph';

const KEY = 'deletion_protection.enabled';
const entry = (value: unknown, key: unknown = KEY) => ({ Key: key, Value: value });
const either = (yes: unknown, no: unknown) => ({ 'Fn::If': ['IsGiven', yes, no] });

function loadBalancer(attributes: unknown): Resource {
  const [subject] = graphOf({
    Parameters: { Given: { Type: 'String' } },
    Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
    Resources: {
      Subject: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { LoadBalancerAttributes: attributes },
      },
    },
  }).resources;
  if (!subject) throw new Error('the case has no load balancer');
  return subject;
}

describe('an attribute', () => {
  it('is the value beside its key', () => {
    expect(attributeOf(loadBalancer([entry('60', 'idle'), entry('true')]), KEY)).toBe('true');
  });

  it('is not set where its key is not there', () => {
    expect(attributeOf(loadBalancer([entry('60', 'idle')]), KEY)).toBeUndefined();
  });

  it('may be absent where a condition or a parameter decides about its entry', () => {
    for (const attributes of [
      [either(entry('true'), { Ref: 'AWS::NoValue' })],
      either([entry('true')], { Ref: 'AWS::NoValue' }),
      [entry('true', { Ref: 'Given' })],
      { 'Fn::Transform': {} },
    ]) {
      const value = attributeOf(loadBalancer(attributes), KEY);
      expect(value instanceof Unknown && value.maybeAbsent).toBe(true);
    }
  });

  it('is known where both branches of a condition agree', () => {
    expect(
      attributeOf(loadBalancer(either([entry('true')], [entry('true'), entry('60', 'idle')])), KEY),
    ).toBe('true');
  });

  it('is what it is said to be outright, whatever another entry may say', () => {
    expect(attributeOf(loadBalancer([entry('x', { Ref: 'Given' }), entry('true')]), KEY)).toBe('true');
  });
});

describe('the judgement of an attribute', () => {
  const judge = (attributes: unknown) =>
    attributeIs(loadBalancer(attributes), { key: KEY, needed: 'true', default: 'false' });

  it('takes a boolean in any case', () => {
    expect(judge([entry('True')]).outcome).toBe('pass');
    expect(judge([entry('TRUE')]).outcome).toBe('pass');
    expect(judge([entry('False')]).outcome).toBe('fail');
  });

  it('names the key and the value found, or the default', () => {
    expect(judge([entry('false')])).toMatchObject({
      outcome: 'fail',
      found: 'deletion_protection.enabled false',
    });
    expect(judge([])).toMatchObject({
      outcome: 'fail',
      found: 'deletion_protection.enabled false, the default',
    });
  });

  it('fails when every branch of a condition is wrong', () => {
    expect(judge([either(entry('false'), { Ref: 'AWS::NoValue' })]).outcome).toBe('fail');
  });

  it('is unknown where the branches differ', () => {
    expect(judge([either(entry('true'), entry('false'))]).outcome).toBe('unknown');
  });
});
