import { replicatedDatabase } from '../../../patterns/replicated-database';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(replicatedDatabase);
