import { globalEntryRegion } from '../../patterns/global-entry-region';
import { acceptPattern } from '../../support/pattern';

acceptPattern(globalEntryRegion);
