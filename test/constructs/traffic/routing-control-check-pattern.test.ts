import { routingControlCheck } from '../../patterns/routing-control-check';
import { acceptPattern } from '../../support/pattern';

acceptPattern(routingControlCheck);
