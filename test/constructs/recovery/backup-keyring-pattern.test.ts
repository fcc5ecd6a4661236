import { backupKeyring } from '../../patterns/backup-keyring';
import { acceptPattern } from '../../support/pattern';

acceptPattern(backupKeyring);
