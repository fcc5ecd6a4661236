import { searchDomain } from '../../../patterns/search-domain';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(searchDomain);
