import { Duration, Token } from 'aws-cdk-lib/core';
import {
  functionLimitMistakes,
  imageMistakes,
  taskMistakes,
  taskSize,
} from '../../../lib/constructs/compute/compute-limits';

const problems = (mistakes: readonly { readonly problem: string }[]) =>
  mistakes.map(({ problem }) => problem);

describe('the size of a task', () => {
  test.each([256, 512, 1024, 2048, 4096, 8192, 16384])(
    'with %i CPU units has memory that Fargate takes when nothing is said',
    (cpu) => {
      expect(taskSize({ cpu })).toEqual({ cpu, memoryLimitMiB: 2 * cpu });
      expect(taskMistakes({ port: 80, cpu })).toEqual([]);
    },
  );

  test('is half a processor when nothing is said', () => {
    expect(taskSize({})).toEqual({ cpu: 512, memoryLimitMiB: 1024 });
  });

  test.each([
    [{ cpu: 300 }, 'cpu is 300'],
    [{ memoryLimitMiB: 8192 }, 'memoryLimitMiB is 8192, which Fargate does not give to 512 CPU units'],
    [
      { cpu: 8192, memoryLimitMiB: 17_408 },
      'memoryLimitMiB is 17408, which Fargate does not give to 8192 CPU units',
    ],
    [
      { cpu: Token.asNumber({ Ref: 'Cpu' }) },
      'cpu is known at deployment only, so no memory can be reckoned from it',
    ],
    [{ port: 70_000 }, 'port is 70000, but it must be a whole number from 1 to 65535'],
    [{ port: '8080' as never }, 'port is "8080", but it must be a whole number from 1 to 65535'],
    [{ startupTime: Duration.seconds(0) }, 'startupTime is 0 s, so a task is replaced before it can answer'],
  ])('fails for %j', (props, problem) => {
    expect(problems(taskMistakes({ port: 80, ...props }))).toEqual([problem]);
  });
});

test.each([
  ['nginx', 'image is "nginx", which is no ContainerImage', 'write ContainerImage.fromRegistry("nginx"), or'],
  [{}, 'image is {}, which is no ContainerImage', "write ContainerImage.fromRegistry('nginx'), or"],
])('an image is a ContainerImage, and not %j', (image, problem, fix) => {
  expect(imageMistakes(image)).toEqual([{ problem, fix: expect.stringContaining(fix) }]);
});

test('a port that is none is mended by the one that the application listens on', () => {
  expect(taskMistakes({ port: 80_800 }).map(({ fix }) => fix)).toEqual([
    'set port to the port that the application listens on, such as 8080',
  ]);
});

test.each([
  [{ timeout: Duration.minutes(16) }, 'timeout is 960 s, but it must be from 1 to 900 s'],
  [{ memorySize: 64 }, 'memorySize is 64 MiB, but it must be from 128 to 10240 MiB'],
])('a function fails for %j', (props, problem) => {
  expect(problems(functionLimitMistakes(props))).toEqual([problem]);
});
