import { serviceDashboard } from '../../../patterns/service-dashboard';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(serviceDashboard);
