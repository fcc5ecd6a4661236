import { regionSet } from '../../patterns/region-set';
import { acceptPattern } from '../../support/pattern';

acceptPattern(regionSet);
