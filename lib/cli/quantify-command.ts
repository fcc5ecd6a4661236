import { type Command, InvalidArgumentError, Option } from 'commander';
import type { QuantifyFlags } from './quantify';
import type { World } from './terminal';

/** Adds `nines quantify` to the command. */
export function addQuantify(program: Command, world: World, done: (code: number) => void): void {
  program
    .command('quantify')
    .description('how likely a fault tree is to happen, by what, and by which events alone or together')
    .argument('<file>', 'a fault tree in Open-PSA MEF XML, or in JSON')
    .addOption(
      new Option('--format <format>', 'how to print; open-psa converts')
        .choices(['text', 'json', 'open-psa'])
        .default('text'),
    )
    .addOption(
      new Option('--max-order <order>', 'look for minimal cut sets of at most so many events').argParser(
        order,
      ),
    )
    .option('--out <file>', 'write there instead of to standard output')
    .action((file: string, flags: QuantifyFlags) =>
      done((require('./quantify') as typeof import('./quantify')).quantify(file, flags, world)),
    );
}

function order(written: string): number {
  if (!/^[1-9]\d{0,5}$/.test(written)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(written);
}
