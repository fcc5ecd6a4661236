import { sessionStore } from '../../patterns/session-store';
import { acceptPattern } from '../../support/pattern';

acceptPattern(sessionStore);
