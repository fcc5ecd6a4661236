import { type Command, Option } from 'commander';
import type { AssessFlags } from './assess';
import { ASSESS_FORMATS } from './assess-formats';
import type { DiffFlags } from './diff';
import { readFrameworks } from './frameworks';
import { files, judging, type Registration, tier } from './options';
import type { ReportFlags } from './report';
import type { SimulateFlags } from './simulate';
import type { World } from './terminal';

/** Registers the commands that work out what a design can keep of its objectives. */
export function addAssessing(program: Command, world: World, registration: Registration): void {
  addAssess(program, world, registration);
  addSimulate(program, world, registration.done);
  addReport(program, world, registration);
  addDiff(program, world, registration.done);
}

function addAssess(
  program: Command,
  world: World,
  { version, done }: { readonly version: string; done(code: number): void },
): void {
  program
    .command('assess')
    .description('work out availability, single points of failure, recovery and capacity')
    .argument('[path]', 'a cloud assembly, a template or a folder of templates', 'cdk.out')
    .addOption(tier())
    .option('--together', 'take all bare templates as one app', false)
    .option('--config <file>', 'services and assumptions (default: nines.config.yaml beside cdk.json)')
    .option('--service <name>', 'one service only')
    .addOption(new Option('--format <format>', 'how to print').choices([...ASSESS_FORMATS]).default('text'))
    .option('--out <file>', 'write there instead of to standard output')
    .action((path: string, flags: AssessFlags) =>
      done((require('./assess') as typeof import('./assess')).runAssess(path, flags, world, version)),
    );
}

function addSimulate(program: Command, world: World, done: (code: number) => void): void {
  program
    .command('simulate')
    .description(
      'lose a zone, a region, a resource, a control plane, a service or a third party: what stops, what is left, how long, how much data',
    )
    .argument('[path]', 'a cloud assembly, a template or a folder of templates', 'cdk.out')
    .addOption(
      new Option(
        '--lose <what>',
        'az:eu-west-1a, region:eu-west-1, a resource, control-plane:eu-west-1, service:lambda@eu-west-1, third-party:NAME, switch:NAME or software:NAME; several, also by commas, are lost together',
      )
        .argParser((what: string, others: readonly string[] = []) => [...others, what])
        .makeOptionMandatory(),
    )
    .addOption(tier())
    .option('--together', 'take all bare templates as one app', false)
    .option('--config <file>', 'services and assumptions (default: nines.config.yaml beside cdk.json)')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .option('--out <file>', 'write there instead of to standard output')
    .action((path: string, flags: SimulateFlags) =>
      done((require('./simulate') as typeof import('./simulate')).runSimulate(path, flags, world)),
    );
}

function addDiff(program: Command, world: World, done: (code: number) => void): void {
  program
    .command('diff')
    .description('what a change does to availability, recovery and what holds data')
    .argument('<base>', 'the cloud assembly, template or folder before the change')
    .argument('<head>', 'the same after it')
    .addOption(tier())
    .option('--together', 'take all bare templates as one app', false)
    .option('--config <file>', 'services and assumptions (default: nines.config.yaml beside cdk.json)')
    .addOption(
      new Option('--format <format>', 'how to print').choices(['text', 'json', 'markdown']).default('text'),
    )
    .option('--out <file>', 'write there instead of to standard output')
    .action((base: string, head: string, flags: DiffFlags) =>
      done((require('./diff') as typeof import('./diff')).runDiff({ base, head }, flags, world)),
    );
}

function addReport(
  program: Command,
  world: World,
  { version, done }: { readonly version: string; done(code: number): void },
): void {
  judging(program.command('report'))
    .description('write one page of everything: scorecard, topology, recovery, findings, controls')
    .option('--service <name>', 'one service only')
    .option('--incidents <file>', 'incidents, for the time to recover')
    .addOption(
      files(
        '--measured <file>',
        'what aws cloudwatch get-metric-data printed for nines export queries: shown beside what is foreseen; several are joined',
      ),
    )
    .addOption(new Option('--framework <names>', 'report on these frameworks only').argParser(readFrameworks))
    .option('--out <file>', 'where to write; - is standard output', 'nines-report.html')
    .action((paths: string[], flags: ReportFlags) =>
      done((require('./report') as typeof import('./report')).runReport(paths, flags, world, version)),
    );
}
