import { zonalAutoshift } from '../../patterns/zonal-autoshift';
import { acceptPattern } from '../../support/pattern';

acceptPattern(zonalAutoshift);
