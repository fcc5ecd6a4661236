import { logsAreEncrypted, logsAreKept } from '../../../lib/audit/rules/cwl';
import { checks, outcomeOf } from '../../support/rule-cases';

const group = (properties: Readonly<Record<string, unknown>>) => ({
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
  Resources: { Subject: { Type: 'AWS::Logs::LogGroup', Properties: properties } },
});
const NONE = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
const maybe = (value: unknown) => ({ 'Fn::If': ['Wanted', value, { Ref: 'AWS::NoValue' }] });

checks(logsAreKept, {
  passes: {
    'logs are kept for a year': group({ RetentionInDays: 365 }),
    'they are kept for ten': group({ RetentionInDays: '3653' }),
  },
  fails: { 'nothing is said': group({}), 'they are kept for a week': group({ RetentionInDays: 7 }) },
  unknown: {
    'a parameter decides': group({ RetentionInDays: { Ref: 'Open' } }),
    'a condition decides': group({ RetentionInDays: maybe(365) }),
  },
  notApplicable: { 'there is no log group': NONE },
});

it('CWL-01 asks for as many days as the configuration says', () => {
  const config = { services: [], rules: { 'CWL-01': { parameters: { minimumDays: 1 } } } };
  expect(outcomeOf(logsAreKept, group({ RetentionInDays: 7 }), 1, config)).toBe('pass');
  expect(outcomeOf(logsAreKept, group({}), 1, config)).toBe('fail');
});

checks(logsAreEncrypted, {
  passes: {
    'a key is named': group({ KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
    'it is elsewhere': group({ KmsKeyId: 'arn:aws:kms:eu-west-1:1:key/k' }),
  },
  fails: { 'none is named': group({}), 'an empty one is named': group({ KmsKeyId: '' }) },
  unknown: { 'a condition may leave it out': group({ KmsKeyId: maybe('key') }) },
  notApplicable: { 'there is no log group': NONE },
});
