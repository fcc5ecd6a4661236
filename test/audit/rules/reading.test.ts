import { everyResourceIsSeen } from '../../../lib/audit/rules/reading';
import type { TestTemplate } from '../../support/graph';
import { outcomeOf } from '../../support/rule-cases';

const topic = { Topic: { Type: 'AWS::SNS::Topic' } };
const judge = (template: TestTemplate) => outcomeOf(everyResourceIsSeen, template);

describe('ASM-01', () => {
  it('passes when every resource stands in the template', () =>
    expect(judge({ Resources: topic })).toBe('pass'));

  it('passes when a loop runs over a known list', () => {
    const loop = ['Name', ['A', 'B'], { 'Topic${Name}': { Type: 'AWS::SNS::Topic' } }];
    expect(judge({ Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::Topics': loop } })).toBe(
      'pass',
    );
  });

  it('does not know when a loop runs over a list that deploy gives', () => {
    const loop = ['Name', { Ref: 'Names' }, { 'Topic${Name}': { Type: 'AWS::SNS::Topic' } }];
    const Parameters = { Names: { Type: 'CommaDelimitedList' } };
    expect(judge({ Parameters, Resources: { 'Fn::ForEach::Topics': loop } })).toBe('unknown');
  });

  it('does not know when a macro may rewrite the template', () =>
    expect(judge({ Transform: ['MyMacro'], Resources: topic })).toBe('unknown'));

  it('does not know when the template includes another', () => {
    const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } };
    expect(judge({ Resources: include })).toBe('unknown');
  });

  it('does not know when a transform turns a resource into others', () => {
    const Resources = { Link: { Type: 'AWS::Serverless::Connector' } };
    expect(judge({ Transform: 'AWS::Serverless-2016-10-31', Resources })).toBe('unknown');
  });

  it('passes when what a transform writes is known', () => {
    const Resources = { Table: { Type: 'AWS::Serverless::SimpleTable' } };
    expect(judge({ Transform: 'AWS::Serverless-2016-10-31', Resources })).toBe('pass');
  });
});
