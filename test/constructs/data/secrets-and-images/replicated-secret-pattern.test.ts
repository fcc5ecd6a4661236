import { replicatedSecret } from '../../../patterns/replicated-secret';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(replicatedSecret);
