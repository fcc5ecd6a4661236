import { DELETION_PROTECTION } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

export const userPoolProtectedFromDeletion: Rule = {
  id: 'CGN-01',
  title: 'User pools cannot be deleted by mistake.',
  kind: 'protection',
  why: 'A deleted pool takes all users and their passwords with it, and nothing brings them back.',
  fix: 'set DeletionProtection to ACTIVE',
  severity: MEDIUM,
  appliesTo: ['AWS::Cognito::UserPool'],
  controls: DELETION_PROTECTION,
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html',
  ],
  check: (pool) => pool.is('DeletionProtection', 'ACTIVE', { default: 'INACTIVE' }),
};
