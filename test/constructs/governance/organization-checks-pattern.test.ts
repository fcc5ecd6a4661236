import { organizationChecks } from '../../patterns/organization-checks';
import { acceptPattern } from '../../support/pattern';

acceptPattern(organizationChecks);
