import { durableCache } from '../../../patterns/durable-cache';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(durableCache);
