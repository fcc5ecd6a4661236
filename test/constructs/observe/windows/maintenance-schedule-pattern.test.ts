import { maintenanceSchedule } from '../../../patterns/maintenance-schedule';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(maintenanceSchedule);
