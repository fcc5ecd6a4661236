import { spawnSync } from 'node:child_process';
import { corpus, NINES } from './corpus';

interface Verdict {
  readonly verdict: string;
  readonly message: string;
  readonly rule: string;
}

describe('the real templates', () => {
  it('are all read, with no crash, and unknowns say why', () => {
    const start = process.hrtime.bigint();
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [NINES, 'audit', corpus('templates'), '--format', 'json'],
      {
        encoding: 'utf8',
        maxBuffer: 2 ** 30,
      },
    );
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const { summary, verdicts } = JSON.parse(stdout) as {
      summary: Readonly<Record<string, number>>;
      verdicts: readonly Verdict[];
    };
    console.log(`${JSON.stringify(summary)} in ${seconds.toFixed(1)} s; skipped:\n${stderr}`);
    expect([0, 1]).toContain(status);
    expect(summary.engineErrors).toBe(0);
    expect(summary.pass).toBeGreaterThan(900);
    expect(verdicts.filter(({ verdict, message }) => verdict === 'unknown' && message.length < 10)).toEqual(
      [],
    );
    expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('nines: skipped '))).toEqual(
      [],
    );
  }, 300_000);

  it('lose nothing when each folder is audited by itself', () => {
    const { status, stdout } = spawnSync(
      'python3',
      [corpus('tools', 'robust.py'), NINES, corpus('templates')],
      { encoding: 'utf8' },
    );
    console.log(stdout);
    expect(stdout).toMatch(/, 0 lost, .* 0 engine errors/);
    expect(status).toBe(0);
  }, 600_000);
});
