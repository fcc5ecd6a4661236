import { retrofit } from '../../patterns/retrofit';
import { acceptPattern } from '../../support/pattern';

acceptPattern(retrofit);
