import { Argument, Command, CommanderError, Option } from 'commander';
import { printable } from '../assembly/source/printable';
import { FRAMEWORK_NAMES } from '../audit/frameworks';
import { ConfigurationError } from '../errors';
import { addAlarms } from './alarm-commands';
import { addAssessing } from './assessing-commands';
import type { AuditFlags } from './audit';
import type { BaselineFlags } from './baseline';
import { addExport } from './export-command';
import { FORMATS } from './formats';
import { readFrameworks } from './frameworks';
import type { InitFlags } from './init';
import type { JudgeFlags } from './judge';
import { failOn, files, judging, tier } from './options';
import { PIPELINES, type PipelineKind } from './pipeline-kinds';
import { addQuantify } from './quantify-command';
import type { ScaffoldFlags } from './scaffold';
import type { World } from './terminal';

/** The call or an input file is wrong. */
const WRONG_CALL = 2;

/** A finding, or a defect of ours: a pipeline must not turn green. */
const FAILED = 1;

/** Runs one call of the command and gives its exit code. Every command is loaded only when it is called. */
export async function run(args: readonly string[], world: World, version: string): Promise<number> {
  let code = 0;
  const program = programFor(world, version, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return explainError(error, world);
  }
}

function programFor(world: World, version: string, done: (code: number) => void): Command {
  const program = new Command('nines')
    .description('Audits what a CDK app or any CloudFormation template will deploy for high availability.')
    .version(version, '-V, --version', 'print the version')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeOut: world.out, writeErr: () => undefined });
  addAudit(program, world, { version, done });
  addAssessing(program, world, { version, done });
  addQuantify(program, world, done);
  addAlarms(program, world, done);
  addBaseline(program, world, { done });
  addScaffold(program, world, { version, done });
  addExport(program, world, { version, done });
  addInit(program, world, { version, done });
  addExplain(program, world, done);
  return program;
}

function addAudit(
  program: Command,
  world: World,
  { version, done }: { readonly version: string; done(code: number): void },
): void {
  judging(program.command('audit'))
    .description('judge every resource by every rule')
    .addOption(new Option('--format <format>', 'how to print').choices([...FORMATS]).default('text'))
    .option('--all', 'list passes and rules that do not apply, too', false)
    .addOption(failOn())
    .option(
      '--baseline <file>',
      'what nines baseline wrote: only findings that are not in it make the exit code 1',
    )
    .option('--base <file>', 'an earlier --format json report: text and markdown then tell what is new')
    .addOption(
      files(
        '--merge <file>',
        'a validation-report.json of cdk synth: show what its other plug-ins found (the exit code stays ours)',
      ),
    )
    .addOption(
      new Option(
        '--framework <names>',
        `report on frameworks, control by control: ${FRAMEWORK_NAMES.join(', ')}`,
      ).argParser(readFrameworks),
    )
    .option('--out <file>', 'write there instead of to standard output')
    .action((paths: string[], flags: AuditFlags) =>
      done((require('./audit') as typeof import('./audit')).audit(paths, flags, world, version)),
    );
}

function addBaseline(program: Command, world: World, { done }: { done(code: number): void }): void {
  judging(program.command('baseline'))
    .description('write down the findings of today, so that audit --baseline fails on later ones only')
    .option('--out <file>', 'write there instead of to standard output')
    .action((paths: string[], flags: BaselineFlags) =>
      done((require('./baseline') as typeof import('./baseline')).baseline(paths, flags, world)),
    );
}

function addScaffold(
  program: Command,
  world: World,
  { version, done }: { readonly version: string; done(code: number): void },
): void {
  program
    .command('scaffold')
    .description('write the files of a pipeline that audits every change; never overwrites')
    .addArgument(new Argument('<kind>', 'where the pipeline runs').choices([...PIPELINES]))
    .option('--path <path>', 'what is audited (default: cdk.out beside cdk.json, else the folder)')
    .option('--baseline <file>', 'the baseline (default: nines.baseline.json, if it is there)')
    .option('--config <file>', 'the configuration (default: nines.config.yaml, if it is there)')
    .addOption(failOn())
    .option('--out <folder>', 'where to write (default: the root of the checkout)')
    .action((kind: PipelineKind, flags: ScaffoldFlags) =>
      done((require('./scaffold') as typeof import('./scaffold')).scaffold(kind, flags, world, version)),
    );
}

function addExplain(program: Command, world: World, done: (code: number) => void): void {
  program
    .command('explain')
    .description(
      'explain a rule; a service of an app: what was decided, and what its numbers are made of; or, by slo NAME, when the alarms of an objective fire',
    )
    .argument('<rule|service|slo>', 'a rule id such as RDS-01, the name of a service, or slo')
    .argument(
      '[path...]',
      'where the service is: a cloud assembly, a template or a folder; after slo first its name',
    )
    .addOption(tier())
    .option('--together', 'take all bare templates as one app', false)
    .option('--config <file>', 'services and assumptions (default: nines.config.yaml beside cdk.json)')
    .action((id: string, rest: string[], flags: JudgeFlags) => done(explained(id, rest, flags, world)));
}

/** A service may be called slo, too. */
function explained(id: string, rest: readonly string[], flags: JudgeFlags, world: World): number {
  const [name, ...paths] = id === 'slo' ? rest : [undefined, ...rest];
  const [path = 'cdk.out', extra] = paths;
  if (extra !== undefined)
    throw new ConfigurationError({
      path: printable(extra),
      problem: 'is one argument too many',
      fix: 'name one path',
    });
  const asked = { ...flags, path, isPlaced: paths.length > 0 };
  if (id !== 'slo') return (require('./explain') as typeof import('./explain')).explain(id, asked, world);
  return (require('./explain-slo') as typeof import('./explain-slo')).explainSlo(name, asked, world);
}

function addInit(
  program: Command,
  world: World,
  { version, done }: { readonly version: string; done(code: number): void },
): void {
  program
    .command('init')
    .description('adopt: write a configuration, a baseline and a pipeline, and say what to fix first')
    .argument('[path]', 'an app with cdk.json and cdk.out, a cloud assembly, or templates', '.')
    .option('--force', 'overwrite the files that it writes', false)
    .addOption(
      new Option('--ci <kind>', 'the pipeline to write (default: as the files of the checkout say)').choices([
        ...PIPELINES,
        'none',
      ]),
    )
    .action((path: string, flags: InitFlags) =>
      done((require('./init') as typeof import('./init')).init(path, flags, world, version)),
    );
}

function noCommand(world: World): number {
  world.err(
    'nines: no such command, or none; use alarms, assess, audit, baseline, diff, explain, export, init, quantify, replay, report, scaffold, simulate or windows next; see nines --help\n',
  );
  return WRONG_CALL;
}

/** What commander says, on one line: a suggestion stands on a second one there. */
function wordsOf({ message }: CommanderError): string {
  return message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
}

function explainError(error: unknown, world: World): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (error.code === 'commander.help') return noCommand(world);
    world.err(`nines: ${printable(wordsOf(error))}; see nines --help\n`);
    return WRONG_CALL;
  }
  if (error instanceof ConfigurationError) {
    world.err(`nines: ${error.line}\n`);
    return WRONG_CALL;
  }
  world.err(
    `nines: a defect of this tool, please report it: ${printable(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  return FAILED;
}
