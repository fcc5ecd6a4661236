import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AlarmsFlags } from './alarms';
import { failOn, tier } from './options';
import type { ReplayFlags } from './replay';
import type { World } from './terminal';
import { readDay } from './today';
import { addWindows } from './windows-command';

/** Registers the commands about alarms. */
export function addAlarms(program: Command, world: World, done: (code: number) => void): void {
  addWindows(program, world, done);
  addQuality(program, world, done);
  addReplay(program, world, done);
}

function addQuality(program: Command, world: World, done: (code: number) => void): void {
  program
    .command('alarms')
    .description(
      'judge the alarms of an app: what fires unheard, twice, always, late or never, and what none watches',
    )
    .argument('[path]', 'a cloud assembly, a template or a folder of templates', 'cdk.out')
    .addOption(
      new Option(
        '--history <file>',
        'what describe-alarm-history or describe-alarms printed in JSON, with --alarm-types MetricAlarm CompositeAlarm (else composite alarms are left out); may be given again',
      ).argParser((file: string, others: readonly string[] = []) => [...others, file]),
    )
    .option('--incidents <file>', 'incidents, and who took which page, for precision and recall')
    .addOption(tier())
    .option('--together', 'take all bare templates as one app', false)
    .option('--config <file>', 'services (default: nines.config.yaml beside cdk.json)')
    .addOption(
      new Option(
        '--today <day>',
        'judge the history on this day, as YYYY-MM-DD (default: the system date)',
      ).argParser((text: string) => readDay(text)),
    )
    .addOption(failOn())
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .option('--out <file>', 'write there instead of to standard output')
    .action((path: string, flags: AlarmsFlags) =>
      done((require('./alarms') as typeof import('./alarms')).runAlarms(path, flags, world)),
    );
}

function addReplay(program: Command, world: World, done: (code: number) => void): void {
  program
    .command('replay')
    .description('run the alarms of an app on the metrics of an incident: when would each have told somebody')
    .argument('[path]', 'a cloud assembly, a template or a folder of templates', 'cdk.out')
    .addOption(
      new Option(
        '--metrics <file>',
        'queries and results of get-metric-data in JSON, or CSV; may be given again',
      )
        .argParser((file: string, others: readonly string[] = []) => [...others, file])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--by <time>',
        'somebody must be told by then, such as 2026-11-23T10:15:00Z; else exit 1',
      ).argParser(moment),
    )
    .addOption(
      new Option('--delay <seconds>', 'how late data points can be read after the end of their period')
        .argParser(seconds)
        .default(0),
    )
    .option('--together', 'take all bare templates as one app', false)
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .option('--out <file>', 'write there instead of to standard output')
    .action((path: string, flags: ReplayFlags) =>
      done((require('./replay') as typeof import('./replay')).runReplay(path, flags, world)),
    );
}

function moment(written: string): number {
  const at = Date.parse(written);
  if (!/(Z|[+-]\d\d:?\d\d)$/.test(written) || Number.isNaN(at))
    throw new InvalidArgumentError('It must be a time with its zone, such as 2026-11-23T10:15:00Z.');
  return at / 1_000;
}

function seconds(written: string): number {
  if (!/^\d{1,5}$/.test(written)) throw new InvalidArgumentError('It must be a whole number of seconds.');
  return Number(written);
}
