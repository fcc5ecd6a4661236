import { statelessFunction } from '../../patterns/stateless-function';
import { acceptPattern } from '../../support/pattern';

acceptPattern(statelessFunction);
