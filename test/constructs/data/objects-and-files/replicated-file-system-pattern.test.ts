import { replicatedFileSystem } from '../../../patterns/replicated-file-system';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(replicatedFileSystem);
