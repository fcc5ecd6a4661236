import { thirdPartyDependency } from '../../../patterns/third-party-dependency';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(thirdPartyDependency);
