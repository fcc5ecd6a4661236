import { type Command, InvalidArgumentError, Option } from 'commander';
import { ConfigurationError } from '../errors';
import type { World } from './terminal';
import { readDay } from './today';
import type { WindowsFlags } from './windows';

/** Registers `nines windows`. */
export function addWindows(program: Command, world: World, done: (code: number) => void): void {
  const windows = program
    .command('windows')
    .description('times of maintenance, freezes and drills')
    .usage('next [options] [path]')
    .allowExcessArguments()
    .action(() => {
      throw new ConfigurationError({
        path: 'nines windows',
        problem: 'it does nothing by itself',
        fix: 'call nines windows next',
      });
    });
  windows
    .command('next')
    .description('when they come next, in local time, and where two meet that must not (exit code 1)')
    .argument('[path]', 'a cloud assembly, a template or a folder of templates', 'cdk.out')
    .addOption(
      new Option('--from <time>', 'from then on, such as 2027-03-01T00:00:00Z (default: now)').argParser(
        moment,
      ),
    )
    .addOption(
      new Option('--today <day>', 'from the beginning of this day on in UTC, as YYYY-MM-DD')
        .argParser((text: string) => readDay(text))
        .conflicts('from'),
    )
    .addOption(
      new Option('--count <number>', 'how many times of each window').argParser(count).default(SHOWN),
    )
    .addOption(
      new Option('--format <format>', 'how to print; ics is a calendar file')
        .choices(['text', 'json', 'ics'])
        .default('text'),
    )
    .option('--out <file>', 'write there instead of to standard output')
    .action((path: string, flags: WindowsFlags) =>
      done((require('./windows') as typeof import('./windows')).nextWindows(path, flags, world)),
    );
}

const SHOWN = 5;

function moment(written: string): number {
  const at = Date.parse(written);
  if (!/(Z|[+-]\d\d:?\d\d)$/.test(written) || Number.isNaN(at))
    throw new InvalidArgumentError('It must be a time with its zone, such as 2026-11-23T10:15:00Z.');
  return Math.floor(at / 1_000);
}

function count(written: string): number {
  if (!/^[1-9]\d?$/.test(written)) throw new InvalidArgumentError('It must be a whole number from 1 to 99.');
  return Number(written);
}
