import { resilientNetwork } from '../../patterns/resilient-network';
import { acceptPattern } from '../../support/pattern';

acceptPattern(resilientNetwork);
