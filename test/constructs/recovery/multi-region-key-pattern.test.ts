import { multiRegionKey } from '../../patterns/multi-region-key';
import { acceptPattern } from '../../support/pattern';

acceptPattern(multiRegionKey);
