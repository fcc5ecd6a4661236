import { kafkaReplication } from '../../../patterns/kafka-replication';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(kafkaReplication);
