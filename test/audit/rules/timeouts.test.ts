import { callerOutwaitsCallee } from '../../../lib/audit/rules/timeouts';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const of = (type: string, Properties: object = {}) => ({ Type: `AWS::${type}`, Properties });
const Uri = {
  'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Function.Arn}/invocations',
};
const method = (lambda: object, integration: object = {}) => ({
  Resources: {
    Method: of('ApiGateway::Method', { Integration: { Uri, ...integration } }),
    Function: of('Lambda::Function', lambda),
  },
});
const http = (TimeoutInMillis: unknown, lambda: object) => ({
  Resources: {
    Integration: of('ApiGatewayV2::Integration', {
      IntegrationUri: { 'Fn::GetAtt': ['Function', 'Arn'] },
      TimeoutInMillis,
    }),
    Function: of('Lambda::Function', lambda),
  },
});

checks(callerOutwaitsCallee, {
  passes: {
    'an API waits longer': method({ Timeout: 20 }),
    'an HTTP API waits longer': http(10_000, { Timeout: 5 }),
  },
  fails: {
    'the function may take longer': method({ Timeout: 60 }),
    'an HTTP API gives up first': http(3000, { Timeout: 5 }),
    'both give up at once': http(5000, { Timeout: 5 }),
  },
  unknown: {
    'deploy decides': method({ Timeout: OPEN }),
    'it is told so': method({}, { TimeoutInMillis: OPEN }),
  },
  notApplicable: {
    'it calls another service': {
      Integration: { Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:kinesis:action/PutRecord' } },
    },
    'it leaves the event': method(
      { Timeout: 60 },
      { RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" } },
    ),
    'it calls nothing': {},
  },
  equivalent: {
    'Method.Integration.Uri': 'what is no function of the app has no timeout to read',
    'Integration.IntegrationUri': 'what is no function of the app has no timeout to read',
  },
});
