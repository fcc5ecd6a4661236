import { rdsMultiAzCluster } from '../../../patterns/rds-multi-az-cluster';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(rdsMultiAzCluster);
