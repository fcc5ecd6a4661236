import { documentDatabase } from '../../../patterns/document-database';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(documentDatabase);
