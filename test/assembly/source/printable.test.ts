import { printable } from '../../../lib/assembly/source/printable';

describe('printable', () => {
  test('leaves words in any script as they are', () => {
    expect(printable('Größe/数据-1.json')).toBe('Größe/数据-1.json');
  });

  test('shows controls, line ends and direction marks as escapes', () => {
    expect(printable('a\u001b[31m\n\u0085\u2028\u202eb\ud800\u{e0001}')).toBe(
      'a\\u001b[31m\\u000a\\u0085\\u2028\\u202eb\\ud800\\u{e0001}',
    );
  });

  test('cuts long text', () => {
    expect(printable('x'.repeat(10_000))).toBe(`${'x'.repeat(400)}…`);
  });
});
