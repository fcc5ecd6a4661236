import { airGappedVault } from '../../patterns/air-gapped-vault';
import { acceptPattern } from '../../support/pattern';

acceptPattern(airGappedVault);
