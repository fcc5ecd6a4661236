import { statelessService } from '../../patterns/stateless-service';
import { acceptPattern } from '../../support/pattern';

acceptPattern(statelessService);
