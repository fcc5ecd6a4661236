import { ledgerProtectedFromDeletion } from '../../../lib/audit/rules/qldb';
import { checks } from '../../support/rule-cases';

checks(ledgerProtectedFromDeletion, {
  passes: {
    'it is by default': { DeletionProtection: { Ref: 'AWS::NoValue' } },
    'it is': { DeletionProtection: true },
  },
  fails: {
    'it is not': { DeletionProtection: false },
    'it is not, in text': { DeletionProtection: 'false' },
  },
  unknown: { 'an import says': { DeletionProtection: { 'Fn::ImportValue': 'given' } } },
  notApplicable: 'every ledger can be protected',
});
