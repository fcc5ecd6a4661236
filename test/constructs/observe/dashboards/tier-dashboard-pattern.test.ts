import { tierDashboard } from '../../../patterns/tier-dashboard';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(tierDashboard);
