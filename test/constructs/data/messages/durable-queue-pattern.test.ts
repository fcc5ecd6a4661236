import { durableQueue } from '../../../patterns/durable-queue';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(durableQueue);
