import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Scratch } from './support/scratch';

const action = parse(readFileSync(join(__dirname, '..', 'action.yml'), 'utf8'));
const [step] = action.runs.steps;

describe('the GitHub action', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  /** Runs the step as a runner would, with a command that writes down how it was called. */
  function runStep(inputs: Readonly<Record<string, string>>, exit = 0) {
    const command = scratch.write(
      'node_modules/.bin/nines',
      `#!/bin/sh\nprintf '<%s>' "$@" >> calls\necho >> calls\ncase "$*" in *'--fail-on never'*) ;; *) exit ${exit};; esac\n`,
    );
    chmodSync(command, 0o755);
    for (const file of ['calls', 'output', 'summary']) scratch.write(file, '');
    const given = Object.entries(action.inputs as Record<string, { default: string }>).map(
      ([name, { default: usual }]) => [
        `NINES_${name.toUpperCase().replaceAll('-', '_')}`,
        inputs[name] ?? usual,
      ],
    );
    const { status, stderr } = spawnSync('bash', ['-c', step.run], {
      cwd: scratch.folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH ?? '',
        GITHUB_OUTPUT: join(scratch.folder, 'output'),
        GITHUB_STEP_SUMMARY: join(scratch.folder, 'summary'),
        ...Object.fromEntries(given),
      },
    });
    const read = (file: string) => readFileSync(join(scratch.folder, file), 'utf8');
    return { status, stderr, calls: read('calls').trimEnd().split('\n'), output: read('output') };
  }

  it('is composite, and uses no other action', () => {
    expect(action.runs.using).toBe('composite');
    expect(action.runs.steps.every(({ uses }: { uses?: string }) => uses === undefined)).toBe(true);
  });

  it('gives its inputs to the shell as variables only', () => {
    expect(step.run).not.toContain('${{');
    const used = Object.values(step.env as Record<string, string>).join(' ');
    for (const name of Object.keys(action.inputs)) {
      if (name !== 'working-directory') expect(used).toContain(`\${{ inputs.${name} }}`);
    }
  });

  it('has no token', () => {
    expect(JSON.stringify(action)).not.toMatch(/token \}|secrets\./);
  });

  it('audits the cloud assembly as it is set', () => {
    const { status, calls, output } = runStep({});
    expect(status).toBe(0);
    expect(calls).toEqual([
      '<audit><--fail-on><never><--format><markdown><--><cdk.out>',
      '<audit><--fail-on><error><--><cdk.out>',
    ]);
    expect(output).toBe('failed=false\n');
  });

  it('writes the reports asked for, then lets findings fail', () => {
    const inputs = {
      path: 'a b\n$(touch evil)\n',
      baseline: 'b.json',
      config: 'c.yaml',
      sarif: 's.sarif',
      junit: 'j.xml',
      summary: 'false',
      'fail-on': 'warning',
    };
    const { status, calls, output } = runStep(inputs, 1);
    const flags = '<audit><--baseline><b.json><--config><c.yaml>';
    expect(calls).toEqual([
      `${flags}<--fail-on><never><--format><sarif><--out><s.sarif><--><a b><$(touch evil)>`,
      `${flags}<--fail-on><never><--format><junit><--out><j.xml><--><a b><$(touch evil)>`,
      `${flags}<--fail-on><warning><--><a b><$(touch evil)>`,
    ]);
    expect([status, output]).toEqual([1, 'failed=true\n']);
  });

  it('fails without an answer where the call is wrong', () => {
    const { status, output } = runStep({}, 2);
    expect([status, output]).toEqual([2, '']);
  });
});
