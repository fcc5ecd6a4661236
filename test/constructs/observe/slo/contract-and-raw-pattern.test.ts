import { contractAndRaw } from '../../../patterns/contract-and-raw';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(contractAndRaw);
