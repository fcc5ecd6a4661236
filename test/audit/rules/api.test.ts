import { apiIsCached, apiIsThrottled, apiIsTraced, apiWritesLogs } from '../../../lib/audit/rules/api';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const one = (type: string, Properties: object) => ({
  Resources: { One: { Type: `AWS::${type}`, Properties } },
});
const methods = (setting: object) => ({
  MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ...setting }],
});

checks(apiIsThrottled, {
  passes: {
    'all methods are limited': methods({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 }),
    'an HTTP API is': one('ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
    }),
    'a usage plan is': one('ApiGateway::UsagePlan', { Throttle: { RateLimit: 100, BurstLimit: 50 } }),
  },
  fails: {
    'nothing is said': {},
    'one method only is': {
      MethodSettings: [
        { HttpMethod: 'GET', ResourcePath: '/a', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
      ],
    },
    'an HTTP API is not': one('ApiGatewayV2::Stage', {}),
  },
  unknown: {
    'deploy decides': methods({ ThrottlingRateLimit: OPEN, ThrottlingBurstLimit: { 'Fn::Transform': {} } }),
  },
  notApplicable: 'every stage and plan is asked',
});

checks(apiIsTraced, {
  passes: { 'it is traced': { TracingEnabled: true }, 'as a text': { TracingEnabled: 'true' } },
  fails: { 'nothing is said': {}, 'it is not': { TracingEnabled: false } },
  unknown: { 'deploy decides': { TracingEnabled: OPEN } },
  notApplicable: 'every stage is asked',
});

checks(apiWritesLogs, {
  passes: {
    'who called is logged': { AccessLogSetting: { DestinationArn: 'group' } },
    'what came of it is': methods({ LoggingLevel: 'ERROR' }),
    'an HTTP API logs': one('ApiGatewayV2::Stage', { AccessLogSettings: { DestinationArn: 'group' } }),
    'the stage that a serverless API asks for logs, and the one that the transform adds is not asked': {
      Transform: 'AWS::Serverless-2016-10-31',
      ...one('Serverless::Api', { StageName: 'live', AccessLogSetting: { DestinationArn: 'group' } }),
    },
    'the stage of a deployment logs': one('ApiGateway::Deployment', {
      StageDescription: { AccessLogSetting: { DestinationArn: 'group' } },
    }),
  },
  fails: {
    'nothing is logged': {},
    'logging is off': methods({ LoggingLevel: 'OFF' }),
    'an HTTP API logs nothing': one('ApiGatewayV2::Stage', {}),
    'the stage of a deployment logs nothing': one('ApiGateway::Deployment', { StageName: 'live' }),
  },
  unknown: {
    'the settings are open': { MethodSettings: OPEN },
    'a condition decides whether a deployment makes a stage': {
      Parameters: { Open: { Type: 'String' } },
      Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
      ...one('ApiGateway::Deployment', {
        StageName: { 'Fn::If': ['Wanted', 'live', { Ref: 'AWS::NoValue' }] },
      }),
    },
  },
  notApplicable: { 'a deployment makes no stage': one('ApiGateway::Deployment', { RestApiId: 'api' }) },
  equivalent: {
    'Subject.MethodSettings.0.HttpMethod': 'any method will do',
    'Subject.*.ResourcePath': 'any path will do',
    'One.StageName': 'a stage of any name is asked',
  },
});

checks(apiIsCached, {
  passes: { 'it is cached': { CacheClusterEnabled: true }, 'as a text': { CacheClusterEnabled: 'true' } },
  fails: { 'nothing is said': {}, 'it is not': { CacheClusterEnabled: false } },
  unknown: { 'deploy decides': { CacheClusterEnabled: OPEN } },
  notApplicable: 'every stage is asked',
});
