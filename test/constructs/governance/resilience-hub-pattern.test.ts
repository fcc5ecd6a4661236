import { resilienceHub } from '../../patterns/resilience-hub';
import { acceptPattern } from '../../support/pattern';

acceptPattern(resilienceHub);
