import { kafkaCluster } from '../../../patterns/kafka-cluster';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(kafkaCluster);
