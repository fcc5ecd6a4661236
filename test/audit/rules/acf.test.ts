import { configurationBakes } from '../../../lib/audit/rules/acf';
import { checks } from '../../support/rule-cases';

checks(configurationBakes, {
  passes: {
    'it is watched for half an hour': { FinalBakeTimeInMinutes: 30 },
    'it is watched for an hour': { FinalBakeTimeInMinutes: '60' },
  },
  fails: { 'it is final at once': {}, 'it is watched for ten minutes': { FinalBakeTimeInMinutes: 10 } },
  unknown: { 'a transform decides': { FinalBakeTimeInMinutes: { 'Fn::Transform': { Name: 'Mine' } } } },
  notApplicable: { 'there is no strategy': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } },
});
