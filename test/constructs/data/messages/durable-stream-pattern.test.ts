import { durableStream } from '../../../patterns/durable-stream';
import { acceptPattern } from '../../../support/pattern';

acceptPattern(durableStream);
