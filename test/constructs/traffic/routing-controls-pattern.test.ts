import { routingControls } from '../../patterns/routing-controls';
import { acceptPattern } from '../../support/pattern';

acceptPattern(routingControls);
