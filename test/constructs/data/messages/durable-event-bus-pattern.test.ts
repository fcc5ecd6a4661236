import { durableEventBus } from '../../../patterns/durable-event-bus';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(durableEventBus);
