import { globalAurora } from '../../../patterns/global-aurora';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(globalAurora);
