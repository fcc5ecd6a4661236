import { userJourney } from '../../../patterns/user-journey';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(userJourney);
