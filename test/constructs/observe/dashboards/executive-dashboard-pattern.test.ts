import { executiveDashboard } from '../../../patterns/executive-dashboard';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(executiveDashboard);
