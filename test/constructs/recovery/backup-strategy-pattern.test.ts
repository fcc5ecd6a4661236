import { backupStrategy } from '../../patterns/backup-strategy';
import { acceptPattern } from '../../support/pattern';

acceptPattern(backupStrategy);
