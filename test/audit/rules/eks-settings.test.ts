import {
  clusterProtectedFromDeletion,
  controlPlaneWritesLogs,
  kubernetesIsSupported,
} from '../../../lib/audit/rules/eks-settings';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const custom = (Config: object) => ({
  Resources: { Cluster: { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { Config } } },
});
const ALL = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const logs = (...types: unknown[]) => ({
  Logging: { ClusterLogging: { EnabledTypes: types.map((Type) => ({ Type })) } },
});

checks(clusterProtectedFromDeletion, {
  passes: {
    'it is protected': { DeletionProtection: true },
    'the CDK says so': custom({ deletionProtection: true }),
  },
  fails: { 'nothing is said': {}, 'the CDK says nothing': custom({}) },
  unknown: { 'deploy decides': { DeletionProtection: OPEN } },
  notApplicable: 'every cluster is asked',
});

checks(kubernetesIsSupported, {
  passes: { 'its version is young': { Version: '1.34' }, 'the CDK says so': custom({ version: '1.34' }) },
  fails: { 'its version is over': { Version: '1.27' }, 'the CDK says so': custom({ version: '1.21' }) },
  unknown: {
    'deploy decides': { Version: OPEN },
    'it is no version': { Version: 'newest' },
    'no version is set: the default ages with the cluster': {},
  },
  notApplicable: 'every cluster has a version',
});

checks(controlPlaneWritesLogs, {
  passes: {
    'all are written': logs(...ALL),
    'the CDK writes all': custom({ logging: { clusterLogging: [{ enabled: true, types: ALL }] } }),
  },
  fails: { 'none are': {}, 'one is missing': logs(...ALL.slice(1)) },
  unknown: { 'deploy decides': logs(...ALL.slice(1), OPEN) },
  notApplicable: 'every cluster is asked',
});
