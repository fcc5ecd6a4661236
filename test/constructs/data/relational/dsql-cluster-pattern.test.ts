import { dsqlCluster } from '../../../patterns/dsql-cluster';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(dsqlCluster);
