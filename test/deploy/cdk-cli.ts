import { join } from 'node:path';
import type { Credentials } from './clients';
import { type Finished, run } from './processes';

const ROOT = join(__dirname, '..', '..');
const CDK = join(ROOT, 'node_modules', '.bin', 'cdk');

/** The real CLI, unmodified, that takes the emulator for AWS. */
export class CdkCli {
  private readonly env: NodeJS.ProcessEnv;

  /**
   * @param endpoint where AWS is
   * @param home a folder of its own, so that no profile or credential of whoever runs this is read
   */
  constructor(
    endpoint: string,
    private readonly home: string,
  ) {
    this.env = {
      PATH: process.env.PATH,
      HOME: home,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      // The CDK's own validator takes seconds, and the unit tests run it.
      CDK_VALIDATION: 'false',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: '1',
      NODE_NO_WARNINGS: '1',
      NO_COLOR: '1',
    };
  }

  /** Synthesises an app into a folder. */
  async synth(app: string, output: string, context: Readonly<Record<string, string>> = {}): Promise<void> {
    const settings = Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
    await this.cdk(['synth', '--quiet', '--output', output, ...settings], app);
  }

  /** What the CLI says would change if an assembly were deployed, by the templates alone: the emulator has no honest change sets. */
  async diff(assembly: string): Promise<string> {
    const { output } = await this.cdk(['diff', '--app', assembly, '--method', 'template'], this.home);
    return output;
  }

  /** Prepares regions of one account, each written as `aws://account/region`. */
  async bootstrap(environments: readonly string[], credentials: Credentials): Promise<void> {
    await this.cdk(['bootstrap', ...environments], this.home, {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    });
  }

  /**
   * Deploys every stack of an assembly.
   *
   * @returns what the CLI said
   */
  async deploy(assembly: string): Promise<string> {
    // Not by change sets: with these, moto 5.2 registers no exports, and the next stack finds none.
    const options = ['--all', '--method', 'direct', '--require-approval', 'never'];
    const { output } = await this.cdk(['deploy', '--app', assembly, ...options], this.home);
    return output;
  }

  private async cdk(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const command = { file: CDK, args: [...args, '--no-notices'], cwd, env: { ...this.env, ...env } };
    const finished = await run(command);
    if (finished.code === 0) return finished;
    throw new Error(`cdk ${args.join(' ')}\nin ${cwd} ended with code ${finished.code}:\n${finished.output}`);
  }
}
