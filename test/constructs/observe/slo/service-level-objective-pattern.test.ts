import { serviceLevelObjective } from '../../../patterns/service-level-objective';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(serviceLevelObjective);
