import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firstUserLine } from '../../../lib/assembly/source/trace';

describe('firstUserLine', () => {
  test.each([
    [['...new Queue in aws-cdk-lib...', 'new Shop (/app/lib/shop.ts:10:138)'], '/app/lib/shop.ts', 10],
    [['    ...jsii runtime...', '    at new Shop (/app/lib/shop.ts:7:1)'], '/app/lib/shop.ts', 7],
    [['/app/bin/app.js:3:9'], '/app/bin/app.js', 3],
    [['at file:///app/bin/my%20app.mjs:3:9'], '/app/bin/my app.mjs', 3],
    [['Object.<anonymous> (/app/a (copy)/b.ts:1:2)'], '/app/a (copy)/b.ts', 1],
    [['<module> (/app/app.py:12)'], '/app/app.py', 12],
    [
      [
        'new Bucket (/app/node_modules/aws-cdk-lib/aws-s3/lib/bucket.js:1:2)',
        'main (/app/src/Main.java:4:1)',
      ],
      '/app/src/Main.java',
      4,
    ],
    [
      [5, 'x (node:internal/modules/cjs/loader:1:2)', 'x (<anonymous>:1:2)', 'y (/app/z.ts:1:2)'],
      '/app/z.ts',
      1,
    ],
  ])('of %j is the first that is not a library', (frames, file, line) => {
    expect(firstUserLine(frames)).toEqual({ file, line });
  });

  test('names files below the working directory relative to it', () => {
    const file = join(process.cwd(), 'lib', 'shop.ts');
    expect(firstUserLine([`at new Shop (${pathToFileURL(file).href}:5:1)`])).toEqual({
      file: 'lib/shop.ts',
      line: 5,
    });
  });

  test.each([
    [undefined],
    ['/app/a.ts:1:2'],
    [[]],
    [['...aws-cdk-lib...', '(no user code in 10 frames, use --stack-trace-limit to capture more)']],
    [['async Promise.all (index 0)']],
    [[`x (${'('.repeat(5000)}:1:1)`]],
  ])('of %j is not known', (frames) => {
    expect(firstUserLine(frames)).toBeUndefined();
  });
});
