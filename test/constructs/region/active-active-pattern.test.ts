import { activeActive } from '../../patterns/active-active';
import { acceptPattern } from '../../support/pattern';

acceptPattern(activeActive);
