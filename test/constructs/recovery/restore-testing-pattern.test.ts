import { restoreTesting } from '../../patterns/restore-testing';
import { acceptPattern } from '../../support/pattern';

acceptPattern(restoreTesting);
