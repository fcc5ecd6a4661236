import { activeActiveDns } from '../../patterns/active-active-dns';
import { acceptPattern } from '../../support/pattern';

acceptPattern(activeActiveDns);
