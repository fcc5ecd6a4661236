import { openFingerprints } from '../../lib/audit/delta';
import { markdown } from '../../lib/evidence/markdown';
import { evidence, exception, mixed, otherFinding, textOf, verdict } from './fixtures';

const commentOf = (...args: Parameters<typeof evidence>) => textOf(markdown, evidence(...args));

describe('the comment on a pull request', () => {
  it('starts with the marker by which a bot finds it again, and a headline', () => {
    expect(commentOf(mixed)).toMatch(
      /^<!-- cdk-nines -->\n## cdk-nines: 1 error, 1 warning, 1 info\n\n1 unknown, 1 passed, 1 accepted\./,
    );
  });

  it('lists findings, the worst first, with line and message, and folds how to mend them', () => {
    const comment = commentOf(mixed);
    expect(comment).toMatch(
      /\| \*\*error\*\* \| RDS-01 \| <code>Shop\/Db\/Resource<\/code><br><code>lib\/shop\.ts&#58;12<\/code> \|/,
    );
    expect(comment.indexOf('**error**')).toBeLessThan(comment.indexOf('| warning |'));
    expect(comment).toMatch(
      /<details>\n<summary>Why it matters[\s\S]*fix: <code>set multiAz&#58; true<\/code>/,
    );
  });

  it('tells what is new, fixed and unchanged since the base', () => {
    const old = verdict({ constructPath: 'Shop/Was|here', property: 'A%B' });
    const base = openFingerprints([old, verdict({ constructPath: 'Shop/Same' })]);
    const comment = commentOf(
      [verdict({ constructPath: 'Shop/Same' }), verdict({ constructPath: 'Shop/New' })],
      {
        base,
      },
    );
    expect(comment).toMatch(/\*\*1 new\*\*, 1 fixed, 1 unchanged since the base\./);
    expect(comment).toMatch(
      /1 fixed<\/summary>[\s\S]*<code>Shop\/Was&#124;here<\/code> \| <code>A&#37;B<\/code>/,
    );
    expect(comment.indexOf('Shop/New')).toBeLessThan(comment.indexOf('Shop/Same'));
  });

  it('does not call fixed what somebody accepted since', () => {
    const base = openFingerprints([verdict()]);
    const comment = commentOf([verdict({ accepted: { reason: 'moved' } })], { base });
    expect(comment).toMatch(/\*\*0 new\*\*, 0 fixed, 0 unchanged/);
  });

  it('has the register of accepted risks', () => {
    expect(commentOf(mixed, { register: [exception] })).toMatch(
      /Register of accepted risks: 1<\/summary>[\s\S]*expires in 12 days \| RDS-01 .*head of payments.* 2027-01-31 \|/,
    );
  });

  it('shows what other tools found, each tool apart, accepted last', () => {
    const others = [
      otherFinding({ accepted: { reason: 'no log' } }),
      otherFinding({ rule: 'AwsSolutions-S2' }),
    ];
    expect(commentOf([], { others })).toMatch(
      /AwsSolutions: 1 finding, 1 accepted<\/summary>[\s\S]*S2[\s\S]*accepted: <code>no log<\/code>/,
    );
  });

  it('stays under the 65,536 characters that GitHub takes, says what it cut and closes what it opened', () => {
    const many = Array.from({ length: 3_000 }, (_, index) =>
      verdict({
        logicalId: `Db${index}`,
        constructPath: `Shop/Db${index}/Resource`,
        message: '<'.repeat(399),
      }),
    );
    const unknowns = many.map((each) => ({ ...each, verdict: 'unknown' as const }));
    const comment = commentOf([...many, ...unknowns], { register: Array(900).fill(exception) });
    expect(comment.length).toBeLessThan(65_536);
    const cuts = [...comment.matchAll(/\*\*(\d+) more\*\* cut here/g)].map(([, count]) => Number(count));
    const rows = comment.match(/^\| (?!Level|---|Rule|State)/gm)?.length ?? 0;
    expect(cuts.reduce((sum, count) => sum + count, rows)).toBe(3_000 + 1 + 900);
    expect(comment.match(/<details>/g)).toHaveLength(comment.match(/<\/details>/g)?.length ?? 0);
  });
});
