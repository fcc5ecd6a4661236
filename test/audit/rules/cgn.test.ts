import { userPoolProtectedFromDeletion } from '../../../lib/audit/rules/cgn';
import { checks } from '../../support/rule-cases';

checks(userPoolProtectedFromDeletion, {
  passes: {
    'it is protected': { DeletionProtection: 'ACTIVE' },
    'either choice is': { DeletionProtection: { 'Fn::If': ['Some', 'ACTIVE', 'ACTIVE'] } },
  },
  fails: { 'nothing is said': {}, 'it is not': { DeletionProtection: 'INACTIVE' } },
  unknown: { 'deploy decides': { DeletionProtection: { Ref: 'AWS::StackId' } } },
  notApplicable: 'every pool is asked',
});
