import { statelessInstances } from '../../patterns/stateless-instances';
import { acceptPattern } from '../../support/pattern';

acceptPattern(statelessInstances);
