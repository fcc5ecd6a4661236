import type { FailOn } from '../../audit/report';

/** What a pipeline is to audit. All paths are plain: see {@link isPlainPath}. */
export interface PipelineOptions {
  /** The folder of the app from the root of the checkout; `.` for the root itself. */
  readonly folder: string;

  /** What is audited, from that folder. */
  readonly path: string;

  /** Whether it is a CDK app that must be synthesised first. */
  readonly synthesise: boolean;

  /** Whether `npm ci` installs cdk-nines; else its release is fetched by its version. */
  readonly installed: boolean;

  /** What installs the packages of the folder. @default - it has none */
  readonly install?: string;

  /** The version of this package. */
  readonly version: string;
  readonly failOn: FailOn;

  /** @default - every finding counts */
  readonly baseline?: string;

  /** @default - `nines.config.yaml`, where it is there */
  readonly config?: string;
}

/** A file of a pipeline, its path from the root of the checkout. */
export interface PipelineFile {
  readonly path: string;
  readonly text: string;
}

/** A report that a pipeline keeps. */
export interface PipelineReport {
  readonly format: 'sarif' | 'junit' | 'gitlab' | 'markdown' | 'json';
  readonly file: string;
}

/** Whether a path means the same to YAML, to a shell and to the expressions of every pipeline. */
export function isPlainPath(path: string): boolean {
  return /^[\p{L}\p{N}_./@+][\p{L}\p{N}_./@+ -]*$/u.test(path);
}

/** The commands that bring the app into a shape that can be audited. */
export function preparation({ install, synthesise }: PipelineOptions): readonly string[] {
  const cdk = install === undefined ? 'npx --yes --package=aws-cdk@2 cdk' : 'npx --no-install cdk';
  return [
    ...(install === undefined ? [] : [install]),
    // Without '**' the CDK leaves out the stacks of stages.
    ...(synthesise ? [`${cdk} synth --quiet '**'`] : []),
  ];
}

/** The commands that audit: first the reports, which always are written, then the one that decides. */
export function auditing(
  options: PipelineOptions,
  reports: readonly PipelineReport[],
  prefix = '',
): readonly string[] {
  const { baseline, config, failOn, path } = options;
  const flags = [
    ...(config === undefined ? [] : [`--config '${config}'`]),
    ...(baseline === undefined ? [] : [`--baseline '${baseline}'`]),
  ];
  const audit = (...more: readonly string[]) =>
    [`${commandOf(options)} audit`, ...flags, ...more, '--', `'${path}'`].join(' ');
  return [
    ...reports.map(({ format, file }) =>
      audit('--fail-on never', `--format ${format}`, `--out '${prefix}${file}'`),
    ),
    audit(`--fail-on ${failOn}`),
  ];
}

/** Never `npx nines` alone: where cdk-nines is not installed, that would run a stranger's package of the name. */
function commandOf({ installed, version }: PipelineOptions): string {
  return installed ? 'npx --no-install nines' : `npx --yes --package=cdk-nines@${version} nines`;
}
