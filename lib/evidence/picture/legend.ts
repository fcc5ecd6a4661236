import type { Leaning } from '../../assessment/topology/view';
import { el, type Html } from '../html/element';

/** What the lines of a picture mean. */
export const LINE_WORDS: Readonly<Record<Leaning, string>> = {
  needs: 'cannot do without',
  oneOf: 'one of several that stand in',
  failsOverTo: 'fails over to',
};

/** What else a picture shows. */
export const SIGN_WORDS: readonly string[] = [
  '▲ stops the service alone',
  'min: what its own failures cost in minutes a year',
];

/** A sample of a line, 34 by 10 pixels, from a point on. */
export function lineSample(leaning: Leaning, x = 0, y = 0): Html {
  const middle = y + 5;
  return [
    el('path', { class: `edge ${leaning}`, d: `M${x} ${middle} H${x + 27}` }),
    el('polygon', {
      class: `tip ${leaning}`,
      points: `${x + 27},${middle - 4} ${x + 27},${middle + 4} ${x + 33},${middle}`,
    }),
  ];
}
