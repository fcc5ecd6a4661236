import { eventTimeline } from '../../../patterns/event-timeline';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(eventTimeline);
