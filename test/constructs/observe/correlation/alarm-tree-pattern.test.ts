import { alarmTree } from '../../../patterns/alarm-tree';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(alarmTree);
