import {
  trailCoversAllRegions,
  trailGoesToLogs,
  trailIsEncrypted,
  trailIsValidated,
  trailLogs,
} from '../../../lib/audit/rules/ctr';
import { checks, outcomeOf } from '../../support/rule-cases';

const BY_PARAMETER = { Parameters: { Open: { Type: 'String' } } };
const trail = (properties: Readonly<Record<string, unknown>>, rest: object = {}) => ({
  ...BY_PARAMETER,
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
  Resources: { Subject: { Type: 'AWS::CloudTrail::Trail', Properties: properties, ...rest } },
});
const NO_TRAIL = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
const maybe = (value: unknown) => ({ 'Fn::If': ['Wanted', value, { Ref: 'AWS::NoValue' }] });

checks(trailLogs, {
  passes: {
    'the trail logs': trail({ IsLogging: true }),
    'it is written as a text': trail({ IsLogging: 'true' }),
  },
  fails: {
    'the trail does not': trail({ IsLogging: false }),
    'one of two does not': {
      Resources: {
        A: { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: true } },
        B: { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: false } },
      },
    },
  },
  unknown: {
    'a parameter decides': trail({ IsLogging: { Ref: 'Open' } }),
    'the organisation may have a trail': NO_TRAIL,
    'a condition may leave the trail out': trail({ IsLogging: true }, { Condition: 'Wanted' }),
  },
  notApplicable: 'an app either has a trail, or the organisation is asked about',
});

it('CTR-01 fails where nobody else may have a trail', () => {
  const config = { services: [], rules: { 'CTR-01': { parameters: { mayStandElsewhere: false } } } };
  expect(outcomeOf(trailLogs, NO_TRAIL, 1, config)).toBe('fail');
});

checks(trailCoversAllRegions, {
  passes: {
    'it covers all': trail({ IsMultiRegionTrail: true }),
    'a parameter says so by default': {
      Parameters: { All: { Type: 'String', Default: 'true' } },
      Resources: { Subject: { Type: 'AWS::CloudTrail::Trail', Properties: { IsMultiRegionTrail: 'true' } } },
    },
  },
  fails: { 'it covers its own': trail({ IsMultiRegionTrail: false }), 'nothing is said': trail({}) },
  unknown: { 'a parameter decides': trail({ IsMultiRegionTrail: { Ref: 'Open' } }) },
  notApplicable: { 'there is no trail': NO_TRAIL },
});

checks(trailIsValidated, {
  passes: {
    'digests are written': trail({ EnableLogFileValidation: true }),
    'it is written as a text': trail({ EnableLogFileValidation: 'true' }),
  },
  fails: { 'they are not': trail({ EnableLogFileValidation: false }), 'nothing is said': trail({}) },
  unknown: { 'a parameter decides': trail({ EnableLogFileValidation: { Ref: 'Open' } }) },
  notApplicable: { 'there is no trail': NO_TRAIL },
});

checks(trailGoesToLogs, {
  passes: {
    'a log group is named': trail({ CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['Logs', 'Arn'] } }),
    'it is elsewhere': trail({ CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-1:1:log-group:trail:*' }),
  },
  fails: { 'none is named': trail({}), 'an empty one is named': trail({ CloudWatchLogsLogGroupArn: '' }) },
  unknown: { 'a condition may leave it out': trail({ CloudWatchLogsLogGroupArn: maybe('arn') }) },
  notApplicable: { 'there is no trail': NO_TRAIL },
});

checks(trailIsEncrypted, {
  passes: {
    'a key is named': trail({ KMSKeyId: { Ref: 'Key' } }),
    'it is named by an alias': trail({ KMSKeyId: 'alias/trail' }),
  },
  fails: { 'none is named': trail({}), 'an empty one is named': trail({ KMSKeyId: '' }) },
  unknown: { 'a condition may leave it out': trail({ KMSKeyId: maybe('key') }) },
  notApplicable: { 'there is no trail': NO_TRAIL },
});
