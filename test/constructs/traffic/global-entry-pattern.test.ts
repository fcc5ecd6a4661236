import { globalEntry } from '../../patterns/global-entry';
import { acceptPattern } from '../../support/pattern';

acceptPattern(globalEntry);
