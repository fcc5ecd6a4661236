import { replicatedCache } from '../../../patterns/replicated-cache';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(replicatedCache);
