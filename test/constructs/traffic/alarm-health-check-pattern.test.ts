import { alarmHealthCheck } from '../../patterns/alarm-health-check';
import { acceptPattern } from '../../support/pattern';

acceptPattern(alarmHealthCheck);
