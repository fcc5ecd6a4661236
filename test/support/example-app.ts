import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Graph } from '../../lib/assembly/graph';
import { load } from '../../lib/assembly/source/load';
import { assess } from '../../lib/assessment/assess';
import type { Assessment } from '../../lib/assessment/assessment';
import { assessedServices } from '../../lib/audit/assessed-services';
import { type AuditResult, audit } from '../../lib/audit/engine';
import { RULES } from '../../lib/audit/rules';
import { resolveServices } from '../../lib/audit/services';
import { TODAY } from './rule-cases';

const ROOT = join(__dirname, '..', '..');

/** What the CDK writes of one plug-in. */
export interface PluginReport {
  readonly pluginName: string;
  readonly violations: readonly {
    readonly ruleName: string;
    readonly severity: string;
    readonly description: string;
    readonly violatingConstructs: readonly { readonly constructPath?: string }[];
  }[];
}

/** How an example is synthesised. */
export interface ExampleOptions {
  readonly context?: Readonly<Record<string, string>>;

  /**
   * Whether the CDK's own validator runs.
   *
   * @default false
   */
  readonly validation?: boolean;

  /**
   * Whether the packs of cdk-nag run: AwsSolutions, NIST 800-53 r5, HIPAA.
   *
   * @default false
   */
  readonly nag?: boolean;
}

/** An app as `cdk synth` runs it: a process of its own, with the settings of its `cdk.json`. */
export class SynthesisedApp {
  readonly status: number;
  readonly stderr: string;
  private readonly outdir = mkdtempSync(join(tmpdir(), 'nines-example-'));

  /** @param folder the folder of a `cdk.json`, from the project's root */
  constructor(folder: string, options: ExampleOptions = {}) {
    const cwd = join(ROOT, folder);
    const settings = JSON.parse(readFileSync(join(cwd, 'cdk.json'), 'utf8')) as {
      app: string;
      context: Record<string, unknown>;
    };
    const [, , ...args] = settings.app.split(' ');
    if (options.nag) args.splice(-1, 0, join(__dirname, 'with-nag.ts'));
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), ...args],
      {
        cwd,
        encoding: 'utf8',
        env: {
          ...process.env,
          CDK_OUTDIR: this.outdir,
          CDK_CONTEXT_JSON: JSON.stringify({ ...settings.context, ...options.context }),
          CDK_VALIDATION: String(options.validation ?? false),
        },
      },
    );
    this.status = status ?? -1;
    this.stderr = stderr;
  }

  /** What the plug-ins said, by their name. A plug-in that found nothing is not there. */
  reports(): ReadonlyMap<string, PluginReport> {
    const file = join(this.outdir, 'validation-report.json');
    const reports = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')).pluginReports as readonly PluginReport[])
      : [];
    return new Map(reports.map((report) => [report.pluginName, report]));
  }

  /** The rules of our own checks that stop the synthesis. */
  refused(): readonly string[] {
    const violations = this.reports().get('cdk-nines')?.violations ?? [];
    const errors = violations.filter(({ severity }) => severity === 'error');
    return [...new Set(errors.map(({ ruleName }) => ruleName))].sort();
  }

  /** What an app wrote beside its templates. */
  file(name: string): string {
    return readFileSync(join(this.outdir, name), 'utf8');
  }

  /** The template files. */
  templates(): readonly string[] {
    return readdirSync(this.outdir, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => join(this.outdir, file));
  }

  audit(): AuditResult {
    const { apps } = load([this.outdir]);
    return audit(
      apps.map((app) => new Graph(app)),
      { rules: RULES, today: TODAY },
    );
  }

  /** All its services. */
  assess(): Assessment {
    const { apps } = load([this.outdir]);
    const services = apps.flatMap((app) => {
      const graph = new Graph(app);
      return assess(graph, assessedServices(graph, resolveServices(graph))).services;
    });
    return { services };
  }

  remove(): void {
    rmSync(this.outdir, { recursive: true, force: true });
  }
}
