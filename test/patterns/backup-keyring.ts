import fc from 'fast-check';
import { BackupKeyring } from '../../lib/constructs/recovery/backup-keyring';
import { roleIn } from '../constructs/recovery/fixtures';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly administrated: boolean;
  readonly used: boolean;
  readonly ownBreakGlass: boolean;
  readonly sameRole: boolean;
}

export const backupKeyring: Pattern<Options> = {
  construct: 'BackupKeyring',
  build: (stack) => {
    // minimal
    new BackupKeyring(stack, 'Keyring');
    // end
  },
  options: fc.record({
    administrated: fc.boolean(),
    used: fc.boolean(),
    ownBreakGlass: fc.boolean(),
    sameRole: fc.boolean(),
  }),
  buildWith: (stack, { administrated, used, ownBreakGlass, sameRole }) => {
    const administrator = roleIn(stack, 'Administrator');
    new BackupKeyring(stack, 'Keyring', {
      ...(administrated && { administrators: [administrator] }),
      ...(used && { users: [sameRole ? administrator : roleIn(stack, 'User')] }),
      ...(ownBreakGlass && { breakGlassRole: roleIn(stack, 'Emergency') }),
    });
  },
};
