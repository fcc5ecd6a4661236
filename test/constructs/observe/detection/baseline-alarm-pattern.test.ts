import { baselineAlarm } from '../../../patterns/baseline-alarm';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(baselineAlarm);
