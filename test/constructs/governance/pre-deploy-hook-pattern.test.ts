import { preDeployHook } from '../../patterns/pre-deploy-hook';
import { acceptPattern } from '../../support/pattern';

acceptPattern(preDeployHook);
