import { imageReplication } from '../../../patterns/image-replication';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(imageReplication);
