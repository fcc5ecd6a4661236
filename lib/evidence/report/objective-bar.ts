import { el, type Html } from '../html/element';

const HEIGHT = 22;

/** Narrower parts than this, in per cent of the bar, have no room for their number. */
const ROOM_FOR_A_NUMBER = 4;

/** A time as a bar of its parts, with a mark where it should end at the latest. What it says stands beside it as text. */
export function objectiveBar(parts: readonly number[], total: number, owed: number): Html {
  const endless = !Number.isFinite(total);
  const length = Math.max(endless ? owed * 1.5 : total, owed, 1e-9) * 1.04;
  const percentOf = (seconds: number) => Math.min(100, (seconds / length) * 100);
  const mark = `${percentOf(owed).toFixed(2)}%`;
  return el(
    'svg',
    { class: 'objective', width: '100%', height: HEIGHT + 6, 'aria-hidden': 'true' },
    el('rect', { class: 'bar-back', y: 3, width: '100%', height: HEIGHT }),
    endless
      ? [
          el('rect', { class: 'bar-endless', y: 3, width: '100%', height: HEIGHT }),
          el('text', { x: 8, y: 19 }, 'no end'),
        ]
      : segments(parts.length > 0 ? parts : [total], percentOf),
    el('line', { class: 'bar-owed', x1: mark, x2: mark, y1: 0, y2: HEIGHT + 6 }),
  );
}

function segments(parts: readonly number[], percentOf: (seconds: number) => number): Html {
  let start = 0;
  return parts.map((seconds, index) => {
    const [x, width] = [percentOf(start), percentOf(seconds)];
    start += seconds;
    return [
      el('rect', {
        class: `bar-part bar-part-${index % 3}`,
        x: `${x.toFixed(2)}%`,
        y: 3,
        width: `${width.toFixed(2)}%`,
        height: HEIGHT,
      }),
      parts.length > 1 &&
        width >= ROOM_FOR_A_NUMBER &&
        el('text', { x: `${(x + width / 2).toFixed(2)}%`, y: 19, 'text-anchor': 'middle' }, index + 1),
    ];
  });
}
