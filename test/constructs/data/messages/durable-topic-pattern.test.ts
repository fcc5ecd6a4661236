import { durableTopic } from '../../../patterns/durable-topic';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(durableTopic);
