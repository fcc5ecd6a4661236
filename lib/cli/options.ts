import { type Command, Option } from 'commander';
import { readDay } from './today';

/** What a command is registered with. */
export interface Registration {
  readonly version: string;

  /** Takes the exit code. */
  done(code: number): void;
}

/** The level from which on the exit code is 1. */
export function failOn(): Option {
  return new Option('--fail-on <level>', 'the lowest level that makes the exit code 1')
    .choices(['error', 'warning', 'info', 'unknown', 'never'])
    .default('error');
}

/** The tier of what belongs to no declared service. */
export function tier(): Option {
  return new Option(
    '--tier <tier>',
    'the tier of resources of no declared service (default: as the configuration says, else 1)',
  ).choices(['0', '1', '2', '3']);
}

/** An option that names a file, and that may be given several times. */
export function files(flags: string, description: string): Option {
  return new Option(flags, description).argParser((file: string, others: readonly string[] = []) => [
    ...others,
    file,
  ]);
}

/** What every command that judges takes. */
export function judging(command: Command): Command {
  return command
    .argument('[path...]', 'cloud assemblies, templates (JSON or YAML) or folders of templates', ['cdk.out'])
    .addOption(tier())
    .option('--together', 'take all bare templates as one app', false)
    .option('--config <file>', 'services, rules and levels (default: nines.config.yaml beside cdk.json)')
    .addOption(
      new Option(
        '--today <day>',
        'judge on this day, and date the reports by it, as YYYY-MM-DD (default: the system date)',
      ).argParser((text: string) => readDay(text)),
    );
}
