import { heartbeat } from '../../../patterns/heartbeat';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(heartbeat);
