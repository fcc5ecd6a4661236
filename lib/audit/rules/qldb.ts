import { DELETION_PROTECTION } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

export const ledgerProtectedFromDeletion: Rule = {
  id: 'QLD-01',
  title: 'Ledgers cannot be deleted by mistake.',
  kind: 'protection',
  why: 'One wrong call deletes the ledger, of which there are no backups.',
  fix: 'set DeletionProtection to true, or leave it out, and move the ledger: AWS has ended QLDB',
  severity: LOW,
  appliesTo: ['AWS::QLDB::Ledger'],
  controls: DELETION_PROTECTION,
  sources: ['https://docs.aws.amazon.com/qldb/latest/developerguide/ledger-management.basics.html'],
  check: (ledger) => ledger.isNot('DeletionProtection', false),
};
