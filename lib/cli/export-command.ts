import { Argument, type Command, Option } from 'commander';
import { ConfigurationError } from '../errors';
import type { Exported, ExportFlags } from './export';
import type { ExportFigureFlags } from './export-figures';
import type { OpenSloFlags } from './export-openslo';
import type { ExportQueryFlags } from './export-queries';
import { files, type Registration } from './options';
import type { World } from './terminal';
import { readDay } from './today';

/** What is made of an app; the rest is made of the rules. */
type OfApp = 'figures' | 'openslo' | 'queries';

/** Options that say something of some exports only: elsewhere they would be read as if they had been heeded. */
const ONLY_FOR: Readonly<Record<string, readonly OfApp[]>> = {
  together: ['figures', 'openslo', 'queries'],
  service: ['figures'],
  incidents: ['figures'],
  region: ['queries'],
  deployed: ['queries'],
  today: ['figures', 'queries'],
};

type Flags = ExportFlags & OpenSloFlags & ExportFigureFlags & ExportQueryFlags;

/** Adds `nines export` to the command. */
export function addExport(program: Command, world: World, { version, done }: Registration): void {
  const command = program
    .command('export')
    .description(
      'write the rules for what judges a whole organisation, objectives in OpenSLO, or figures for dashboards',
    )
    .addArgument(
      new Argument(
        '<what>',
        'Guard rules, a hook for them, a conformance pack, a stack set of it, the service-level objectives of an app, or what its report says of services, for put-metric-data, or what its dashboards measure, for get-metric-data',
      ).choices(['config-pack', 'figures', 'guard', 'hook', 'openslo', 'queries', 'stackset']),
    )
    .argument(
      '[path]',
      'for figures, openslo and queries: a cloud assembly, a template or a folder',
      'cdk.out',
    );
  optionsOf(command).action((what: Exported | OfApp, path: string, flags: Flags) => {
    refuseOthers(command, what);
    if (what === 'openslo')
      done(
        (require('./export-openslo') as typeof import('./export-openslo')).exportOpenSlo(path, flags, world),
      );
    else if (what === 'figures')
      done(
        (require('./export-figures') as typeof import('./export-figures')).exportFigures(
          path,
          flags,
          world,
          version,
        ),
      );
    else if (what === 'queries')
      done(
        (require('./export-queries') as typeof import('./export-queries')).exportQueries(path, flags, world),
      );
    else done((require('./export') as typeof import('./export')).exportRules(what, flags, world));
  });
}

/** @throws ConfigurationError for an option that the export knows nothing of */
function refuseOthers(command: Command, what: Exported | OfApp): void {
  for (const [option, exports] of Object.entries(ONLY_FOR))
    if (command.getOptionValueSource(option) === 'cli' && !exports.some((each) => each === what))
      throw new ConfigurationError({
        path: `--${option}`,
        problem: `it says nothing of ${what}, only of ${exports.join(', ')}`,
        fix: 'leave it out',
      });
}

function optionsOf(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--tier <tier>',
        'what is owed: decides rules and their parameters (default: 1; for figures as the configuration says)',
      ).choices(['0', '1', '2', '3']),
    )
    .addOption(
      new Option('--level <level>', 'the lowest severity at the tier of what is written')
        .choices(['error', 'warning'])
        .default('warning'),
    )
    .addOption(
      new Option('--pack <pack>', 'which rules a pack has: more than 130 are too many')
        .choices(['availability', 'evidence'])
        .default('availability'),
    )
    .option('--config <file>', 'rules, parameters and services (default: nines.config.yaml, if it is there)')
    .option('--out <file>', 'write there instead of to standard output')
    .option('--together', 'for figures, openslo and queries: take all bare templates as one app', false)
    .option('--service <name>', 'for figures: one service only')
    .option('--incidents <file>', 'for figures: incidents, for the recorded time to recover')
    .option('--region <region>', 'for queries: one region only')
    .addOption(
      files(
        '--deployed <file>',
        'for queries: what aws cloudwatch get-dashboard printed, for what is known at deployment only',
      ),
    )
    .addOption(
      new Option(
        '--today <day>',
        'for figures: judge on this day, for queries: ask up to its end, as YYYY-MM-DD (default: the system date)',
      ).argParser((text: string) => readDay(text)),
    );
}
