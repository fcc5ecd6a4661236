import { mandatoryAlarms } from '../../../patterns/mandatory-alarms';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(mandatoryAlarms);
