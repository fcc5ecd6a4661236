import { globalTable } from '../../../patterns/global-table';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(globalTable);
