import { replicatedBucket } from '../../../patterns/replicated-bucket';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(replicatedBucket);
