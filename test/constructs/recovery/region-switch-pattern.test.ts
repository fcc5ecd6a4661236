import { regionSwitch } from '../../patterns/region-switch';
import { acceptPattern } from '../../support/pattern';

acceptPattern(regionSwitch);
