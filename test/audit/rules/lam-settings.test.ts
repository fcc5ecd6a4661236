import {
  functionIsSized,
  functionIsTraced,
  functionKeepsLogs,
  functionReservesConcurrency,
  runtimeIsSupported,
} from '../../../lib/audit/rules/lam-settings';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const NONE = 'every function is asked';
const AT_DEPLOY = {
  'a custom resource calls it': {
    Resources: {
      Handler: { Type: 'AWS::Lambda::Function', Properties: {} },
      Custom: {
        Type: 'Custom::Cleaner',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] } },
      },
    },
  },
};
const template = (properties: object, more: object = {}) => ({
  Resources: { Function: { Type: 'AWS::Lambda::Function', Properties: properties }, ...more },
});
const group = (Properties: object) => ({ Group: { Type: 'AWS::Logs::LogGroup', Properties } });

checks(functionReservesConcurrency, {
  passes: {
    'it reserves some': { ReservedConcurrentExecutions: 5 },
    'it reserves none, which switches it off': { ReservedConcurrentExecutions: 0 },
  },
  fails: { 'it reserves nothing': {}, 'the reservation is empty': { ReservedConcurrentExecutions: null } },
  unknown: {
    'a condition may leave it out': {
      ReservedConcurrentExecutions: { 'Fn::If': ['Some', 5, { Ref: 'AWS::NoValue' }] },
    },
  },
  notApplicable: AT_DEPLOY,
});

checks(functionIsTraced, {
  passes: {
    'it is traced': { TracingConfig: { Mode: 'Active' } },
    'either choice is': { TracingConfig: { Mode: { 'Fn::If': ['Some', 'Active', 'Active'] } } },
  },
  fails: { 'nothing is said': {}, 'it only passes on': { TracingConfig: { Mode: 'PassThrough' } } },
  unknown: { 'deploy decides': { TracingConfig: { Mode: OPEN } } },
  notApplicable: NONE,
});

checks(functionIsSized, {
  passes: {
    'both are chosen': { Timeout: 10, MemorySize: 512 },
    'both are texts': { Timeout: '30', MemorySize: '256' },
    'somebody chose what the default is': { Timeout: 3, MemorySize: 128 },
  },
  fails: {
    'neither is': {},
    'the timeout is left out': { MemorySize: 512 },
    'the memory is left out': { Timeout: 10 },
  },
  unknown: {
    'a condition may choose none': {
      Parameters: { Open: { Type: 'String' } },
      Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
      Resources: {
        Subject: {
          Type: 'AWS::Lambda::Function',
          Properties: { Timeout: { 'Fn::If': ['Wanted', 9, { Ref: 'AWS::NoValue' }] }, MemorySize: 512 },
        },
      },
    },
  },
  notApplicable: AT_DEPLOY,
});

checks(runtimeIsSupported, {
  passes: {
    'its runtime is young': { Runtime: 'python3.13' },
    'its runtime ends later': { Runtime: 'nodejs22.x' },
  },
  fails: { 'its runtime is over': { Runtime: 'nodejs16.x' }, 'it is long over': { Runtime: 'python2.7' } },
  unknown: { 'deploy decides': { Runtime: OPEN }, 'nobody knows it': { Runtime: 'cobol85' } },
  notApplicable: { 'it is an image': { PackageType: 'Image' }, 'it names none': {} },
});

checks(functionKeepsLogs, {
  passes: {
    'it writes to a group of the app': template(
      { LoggingConfig: { LogGroup: { Ref: 'Group' } } },
      group({ RetentionInDays: 30 }),
    ),
    'a group is named after it': template(
      {},
      group({ LogGroupName: { 'Fn::Sub': '/aws/lambda/${Function}' }, RetentionInDays: 30 }),
    ),
    'a group has its name': template(
      { FunctionName: 'pay' },
      group({ LogGroupName: '/aws/lambda/pay', RetentionInDays: 30 }),
    ),
  },
  fails: {
    'it has no group': template({}),
    'its group keeps logs for ever': template({ LoggingConfig: { LogGroup: { Ref: 'Group' } } }, group({})),
    'the group is of another': template(
      { FunctionName: 'ship' },
      group({ LogGroupName: '/aws/lambda/pay', RetentionInDays: 30 }),
    ),
  },
  unknown: {
    'its group is imported': template({ LoggingConfig: { LogGroup: 'shared' } }),
    'a group may be named after it': template({}, group({ LogGroupName: OPEN, RetentionInDays: 30 })),
  },
  notApplicable: NONE,
});
