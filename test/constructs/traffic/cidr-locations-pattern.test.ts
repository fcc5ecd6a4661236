import { cidrLocations } from '../../patterns/cidr-locations';
import { acceptPattern } from '../../support/pattern';

acceptPattern(cidrLocations);
