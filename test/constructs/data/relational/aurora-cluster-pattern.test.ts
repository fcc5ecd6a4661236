import { auroraCluster } from '../../../patterns/aurora-cluster';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(auroraCluster);
