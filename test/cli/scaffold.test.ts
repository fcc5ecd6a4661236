import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { pipelineFor } from '../../lib/cli/pipeline';
import { PIPELINES, type PipelineKind } from '../../lib/cli/pipeline-kinds';
import { ConfigurationError } from '../../lib/errors';
import { isPlainPath } from '../../lib/evidence/ci/kit';
import { nines } from '../support/command';
import { Scratch } from '../support/scratch';

/** The words of a shell that parses a script without running it: none where it is well formed. */
function shellProblems(script: string, shell = 'sh'): string {
  return spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' }).stderr;
}

type Yaml = Readonly<Record<string, unknown>>;

/** Every shell command of a pipeline. */
function commandsOf(kind: PipelineKind, file: Yaml): readonly string[] {
  if (kind === 'gitlab') return (file.nines as { script: string[] }).script;
  if (kind === 'codebuild') return (file.phases as { build: { commands: string[] } }).build.commands;
  const { jobs } = file as { jobs: Record<string, { steps: { run?: string }[] }> };
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
}

describe('nines scaffold', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  let count = 0;
  /** A folder of an app with some files. */
  function app(files: Readonly<Record<string, unknown>> = {}): string {
    count += 1;
    const folder = `app${count}`;
    scratch.write(join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n');
    for (const [name, content] of Object.entries(files)) scratch.write(join(folder, name), content);
    return join(scratch.folder, folder);
  }

  const CDK_APP = {
    'sub/cdk.json': { app: 'x' },
    'sub/package.json': { devDependencies: { 'cdk-nines': '1.2.3' } },
    'sub/package-lock.json': {},
    'sub/nines.baseline.json': {},
  };
  const request = (root: string, folder = 'sub') => ({
    folder: join(root, folder),
    failOn: 'error' as const,
    version: '1.2.3',
  });

  for (const kind of PIPELINES) {
    it(`writes YAML and shell that are well formed for ${kind}`, () => {
      const { files } = pipelineFor(kind, request(app(CDK_APP)));
      const file = parse(files[0]?.text ?? '');
      const commands = commandsOf(kind, file);
      expect(commands.map((command) => shellProblems(command))).toEqual(commands.map(() => ''));
      const script = commands.join('\n');
      expect(script).toContain('npm ci --no-audit --no-fund');
      expect(script).toContain(`npx --no-install cdk synth --quiet '**'`);
      expect(script).toContain(`--baseline 'nines.baseline.json' --fail-on error -- 'cdk.out'`);
      expect(commands.at(-1)?.trimEnd().endsWith(`--fail-on error -- 'cdk.out'`)).toBe(true);
    });
  }

  it('gives the workflow of GitHub no right but to read, and the upload its own job', () => {
    const [file] = pipelineFor('github', request(app(CDK_APP))).files;
    const workflow = parse(file?.text ?? '');
    expect(file?.path).toBe('.github/workflows/nines.yml');
    expect(Object.keys(workflow)).toEqual(['name', 'on', 'permissions', 'jobs']);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.audit.permissions).toBeUndefined();
    expect(workflow.jobs.audit.defaults.run['working-directory']).toBe('sub');
    expect(workflow.jobs['code-scanning'].permissions['security-events']).toBe('write');
    expect(workflow.jobs['code-scanning'].if).toMatch(/NINES_CODE_SCANNING/);
    expect(file?.text).not.toMatch(/secrets\.|github\.token/);
  });

  it('pins every action of GitHub by a commit', () => {
    const [file] = pipelineFor('github', request(app())).files;
    const { jobs } = parse(file?.text ?? '') as { jobs: Record<string, { steps: { uses?: string }[] }> };
    const used = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
    expect(used).toHaveLength(5);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
  });

  it('never runs a package of another name where cdk-nines is not installed', () => {
    const root = app({ 'sub/a.template.json': {} });
    for (const kind of PIPELINES) {
      const text = pipelineFor(kind, request(root)).files[0]?.text ?? '';
      expect(text).toContain(`npx --yes --package=cdk-nines@1.2.3 nines audit`);
      expect(text).not.toMatch(/npx nines|cdk synth --quiet|npm ci/);
      expect(text).toContain(`-- '.'`);
    }
  });

  it('keeps the reports of GitLab where it looks for them', () => {
    const pipeline = pipelineFor('gitlab', request(app(CDK_APP)));
    const { nines: job } = parse(pipeline.files[0]?.text ?? '');
    expect(job.artifacts.reports).toEqual({
      junit: 'sub/nines.junit.xml',
      codequality: 'sub/nines.codequality.json',
    });
    expect(pipeline.files.map(({ path }) => path)).toEqual(['.gitlab/nines.gitlab-ci.yml', '.gitlab-ci.yml']);
    expect(parse(pipeline.files[1]?.text ?? '')).toEqual({
      include: [{ local: '.gitlab/nines.gitlab-ci.yml' }],
    });
  });

  it('leaves a pipeline of GitLab that is there as it is, and says what to add', () => {
    const pipeline = pipelineFor('gitlab', request(app({ '.gitlab-ci.yml': 'stages: [test]\n' }), '.'));
    expect(pipeline.files).toHaveLength(1);
    expect(pipeline.advice).toEqual([
      'add to .gitlab-ci.yml: include: [{ local: .gitlab/nines.gitlab-ci.yml }]',
    ]);
  });

  it('gives CodeBuild a report group', () => {
    const spec = parse(pipelineFor('codebuild', request(app(CDK_APP))).files[0]?.text ?? '');
    expect(spec.version).toBe(0.2);
    expect(spec.reports.nines).toEqual({
      files: ['nines.junit.xml'],
      'base-directory': 'sub',
      'file-format': 'JUNITXML',
    });
  });

  it('says what an app in another language still needs', () => {
    const { advice, files } = pipelineFor('github', request(app({ 'sub/cdk.json': {} })));
    expect(advice).toEqual(['add what installs the app before cdk synth: it has no package.json']);
    expect(files[0]?.text).toContain('npx --yes --package=aws-cdk@2 cdk synth');
  });

  for (const path of [
    'a; rm -rf b',
    '$(id)',
    `a'b`,
    'a"b',
    '${{ github.token }}',
    '-x',
    'a\nb',
    'a`b`',
    '',
    '\u202e',
  ]) {
    it(`refuses ${JSON.stringify(path)} as a path`, () => {
      expect(isPlainPath(path)).toBe(false);
      expect(() => pipelineFor('gitlab', { ...request(app()), path })).toThrow(ConfigurationError);
    });
  }

  it('writes once and never overwrites', async () => {
    const out = app();
    const first = await nines('scaffold', 'github', '--out', out);
    const target = join(out, '.github', 'workflows', 'nines.yml');
    expect(first).toEqual({ code: 0, out: `${target}\n`, err: '' });
    const before = readFileSync(target, 'utf8');
    const again = await nines('scaffold', 'github', '--out', out, '--fail-on', 'never');
    expect([again.code, again.out]).toEqual([2, '']);
    expect(again.err).toMatch(/nines\.yml: is there already; fix: /);
    expect(readFileSync(target, 'utf8')).toBe(before);
  });

  it('writes nothing at all where one of its files is there', async () => {
    const out = app({ '.gitlab/nines.gitlab-ci.yml': 'a: 1\n' });
    expect((await nines('scaffold', 'gitlab', '--out', out)).code).toBe(2);
    expect(existsSync(join(out, '.gitlab-ci.yml'))).toBe(false);
  });

  it('refuses a kind that it does not know', async () => {
    const { code, err } = await nines('scaffold', 'jenkins');
    expect([code, err]).toEqual([2, expect.stringMatching(/Allowed choices are github, gitlab, codebuild/)]);
  });
});
