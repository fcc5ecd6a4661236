import { parametersLeaveRoom, storageGrows } from '../../../lib/audit/rules/rds-capacity';
import { checks } from '../../support/rule-cases';

const instance = (properties: object) => ({ Type: 'AWS::RDS::DBInstance', Properties: properties });
const NO_DEFAULT = { Parameters: { Given: { Type: 'String' } } };
const GIVEN = { Ref: 'Given' };

checks(storageGrows, {
  passes: {
    'it may grow': { AllocatedStorage: '100', MaxAllocatedStorage: 500 },
    'texts are numbers': { AllocatedStorage: '20', MaxAllocatedStorage: '100' },
  },
  fails: {
    'there is no limit to grow to': { AllocatedStorage: '100' },
    'the limit is what it has': { AllocatedStorage: '100', MaxAllocatedStorage: 100 },
    'the limit is 20 of 100 GiB': { AllocatedStorage: 100, MaxAllocatedStorage: '20' },
    'a restored instance has no limit': { DBSnapshotIdentifier: 'orders' },
  },
  unknown: {
    'the limit is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ AllocatedStorage: '100', MaxAllocatedStorage: GIVEN }) },
    },
    'the storage is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ AllocatedStorage: GIVEN, MaxAllocatedStorage: 500 }) },
    },
    'the storage is that of a snapshot': { DBSnapshotIdentifier: 'orders', MaxAllocatedStorage: 500 },
  },
  notApplicable: { "the storage is the cluster's": { DBClusterIdentifier: 'orders' } },
});

checks(parametersLeaveRoom, {
  passes: {
    'logs are files, accounts have connections, and rows are dynamic': {
      Parameters: { log_output: 'FILE', max_user_connections: 100, innodb_default_row_format: 'dynamic' },
    },
    'accounts have no limit': { Parameters: { max_user_connections: '0' } },
    'nothing is logged to the tables that are the default': {
      Family: 'mysql8.0',
      Parameters: { general_log: 0, slow_query_log: '0' },
    },
    'Aurora logs to files by default': {
      Family: 'aurora-mysql8.0',
      Parameters: { slow_query_log: 1, log_output: 'FILE' },
    },
  },
  fails: {
    'logs are tables': { Family: 'mysql8.0', Parameters: { log_output: 'TABLE' } },
    'logs are tables by default': { Family: 'mariadb10.11', Parameters: { slow_query_log: '1' } },
    'general logs are tables by default': { Family: 'mysql8.0', Parameters: { general_log: 1 } },
    'accounts have five connections': { Parameters: { max_user_connections: '5' } },
    'rows are compact': { Parameters: { innodb_default_row_format: 'COMPACT' } },
    'rows are redundant': { Parameters: { innodb_default_row_format: 0 } },
  },
  unknown: {
    'a formula says how many connections': {
      Parameters: { max_user_connections: '{DBInstanceClassMemory/12582880}' },
    },
    'where the logs go is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Subject: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { log_output: GIVEN } } },
      },
    },
    'the default of the family is not known': { Family: 'mysql8.4', Parameters: { slow_query_log: 1 } },
    'the family is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Subject: {
          Type: 'AWS::RDS::DBParameterGroup',
          Properties: { Family: GIVEN, Parameters: { general_log: 1 } },
        },
      },
    },
  },
  notApplicable: { 'the engine has no such parameters': { Family: 'postgres16', Parameters: {} } },
  equivalent: {
    'Subject.Family': 'what the group logs, and where, decides',
    'Subject.Parameters.slow_query_log': 'what goes to files may be logged',
  },
});
