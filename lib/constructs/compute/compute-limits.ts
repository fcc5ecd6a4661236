import { type Duration, Token } from 'aws-cdk-lib/core';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { outside, portMistakes } from '../traffic/target-health-check';

/** What a task is made of. @internal */
export interface TaskSize {
  readonly cpu?: number;
  readonly memoryLimitMiB?: number;
}

const DEFAULT_CPU = 512;

/** How large a task is: two MiB for each CPU unit unless somebody says otherwise, which Fargate takes in any size. @internal */
export function taskSize({ cpu = DEFAULT_CPU, memoryLimitMiB = 2 * cpu }: TaskSize): Required<TaskSize> {
  return { cpu, memoryLimitMiB };
}

/** Memory that Fargate takes for CPU units: from, to, in steps. The smallest takes 512 MiB as well. */
const MEMORY: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  256: [1024, 2048, 1024],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
};

const LARGEST_KNOWN = 16_384;

/** What Fargate does not take. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html @internal */
export function taskMistakes(props: TaskSize & { port: number; startupTime?: Duration }): Mistake[] {
  return [
    ...portMistakes('port', props.port),
    ...startMistakes('startupTime', 'a task', props.startupTime),
    ...tokenMistakes(props),
    ...sizeMistakes(taskSize(props)),
  ];
}

/** What is written without a compiler is caught here: the name of an image in its place. @internal */
export function imageMistakes(image: unknown): Mistake[] {
  if (typeof (image as { bind?: unknown } | undefined)?.bind === 'function') return [];
  return [
    {
      problem: `image is ${quoted(image)}, which is no ContainerImage`,
      fix: `write ContainerImage.fromRegistry(${typeof image === 'string' ? quoted(image) : "'nginx'"}), or another from… of ContainerImage`,
    },
  ];
}

function tokenMistakes({ cpu, memoryLimitMiB }: TaskSize): Mistake[] {
  if (!Token.isUnresolved(cpu) || memoryLimitMiB !== undefined) return [];
  return [
    {
      problem: 'cpu is known at deployment only, so no memory can be reckoned from it',
      fix: 'set memoryLimitMiB as well',
    },
  ];
}

function sizeMistakes({ cpu, memoryLimitMiB }: Required<TaskSize>): Mistake[] {
  if (Token.isUnresolved(cpu) || Token.isUnresolved(memoryLimitMiB) || cpu > LARGEST_KNOWN) return [];
  const range = MEMORY[cpu];
  if (!range) {
    return [{ problem: `cpu is ${cpu}`, fix: `set cpu to one of ${Object.keys(MEMORY).join(', ')}` }];
  }
  const [least, most, step] = range;
  const isStep = memoryLimitMiB >= least && memoryLimitMiB <= most && memoryLimitMiB % step === 0;
  if (isStep || (cpu === 256 && memoryLimitMiB === 512)) return [];
  return [
    {
      problem: `memoryLimitMiB is ${memoryLimitMiB}, which Fargate does not give to ${cpu} CPU units`,
      fix: `set memoryLimitMiB from ${cpu === 256 ? 512 : least} to ${most} in steps of ${step}, or another cpu`,
    },
  ];
}

/** What is replaced before it can answer never serves. @internal */
export function startMistakes(what: string, unit: string, time: Duration | undefined): Mistake[] {
  if (!time || time.isUnresolved() || time.toSeconds() >= 1) return [];
  return [
    {
      problem: `${what} is 0 s, so ${unit} is replaced before it can answer`,
      fix: `set ${what} to the time until it answers its health check`,
    },
  ];
}

/** What Lambda does not take. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html @internal */
export function functionLimitMistakes(props: { timeout?: Duration; memorySize?: number }): Mistake[] {
  const { timeout, memorySize } = props;
  const seconds = timeout?.isUnresolved() ? undefined : timeout?.toSeconds();
  return [
    ...(seconds === undefined ? [] : outside('timeout', seconds, FUNCTION_SECONDS, ' s')),
    ...(memorySize === undefined ? [] : outside('memorySize', memorySize, FUNCTION_MEMORY, ' MiB')),
  ];
}

const FUNCTION_SECONDS = { least: 1, most: 900 };
const FUNCTION_MEMORY = { least: 128, most: 10_240 };
