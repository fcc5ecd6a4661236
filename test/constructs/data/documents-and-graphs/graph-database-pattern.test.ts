import { graphDatabase } from '../../../patterns/graph-database';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(graphDatabase);
