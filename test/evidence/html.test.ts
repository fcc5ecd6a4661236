import { createHash } from 'node:crypto';
import { RULES } from '../../lib/audit/rules';
import { html } from '../../lib/evidence/html';
import { BACKGROUNDS, COLOURS, DARK_BACKGROUNDS, DARK_COLOURS } from '../../lib/evidence/html/style';
import { evidence, exception, mixed, otherFinding, textOf, verdict } from './fixtures';
import { contrast, pageProblems } from './html-page';

const HOSTILE = `\u001b[31m\u202e"'><script>alert(1)</script><img src=x onerror=alert(1)></td></table><!-- & <style>`;

const hostile = evidence([], {
  rules: RULES,
  register: [{ ...exception, reason: HOSTILE, scope: HOSTILE, problems: [HOSTILE], ticket: HOSTILE }],
  others: [otherFinding({ tool: HOSTILE, message: HOSTILE, rule: HOSTILE })],
  all: true,
  result: {
    verdicts: [
      verdict({
        constructPath: HOSTILE,
        message: HOSTILE,
        fix: HOSTILE,
        stack: HOSTILE,
        service: HOSTILE,
        app: HOSTILE,
      }),
      verdict({ refused: HOSTILE, region: HOSTILE, type: HOSTILE, source: { file: HOSTILE, line: 1 } }),
      verdict({ verdict: 'unknown', message: HOSTILE, constructPath: HOSTILE }),
      verdict({ verdict: 'pass', message: HOSTILE, constructPath: HOSTILE }),
      verdict({ accepted: { reason: HOSTILE, by: HOSTILE, until: HOSTILE } }),
    ],
    engineErrors: [HOSTILE],
    turnedOff: [{ rule: HOSTILE, scope: HOSTILE, reason: HOSTILE }],
  },
});

const everything = evidence(mixed, {
  rules: RULES,
  register: [exception],
  others: [otherFinding()],
  all: true,
});
const pageOf = (...args: Parameters<typeof evidence>) => textOf(html, evidence(...args));

/** The text of a section, tags left out. */
function sectionOf(page: string, id: string): string {
  const [, content = ''] = new RegExp(`<section id="${id}"[^>]*>([\\s\\S]*?)</section>`).exec(page) ?? [];
  return content.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

describe('the page of an audit', () => {
  it.each([
    ['all that may stand in it', everything],
    ['nothing', evidence([])],
    ['one framework', evidence(mixed, { rules: RULES, frameworks: ['dora'] })],
    ['hostile texts', hostile],
  ])('is well formed and can be read aloud with %s', (_, given) => {
    expect(pageProblems(textOf(html, given))).toEqual([]);
  });

  it('cannot be broken by what templates, records and tools say', () => {
    const page = textOf(html, hostile);
    for (const part of ['\u001b', '\u202e', '<script>alert', '<img', '<!--'])
      expect(page).not.toContain(part);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).toContain('&lt;script>alert(1)&lt;/script>');
  });

  it('loads nothing, and runs its own script only', () => {
    const page = textOf(html, everything);
    expect(page).not.toMatch(/<link|@import|url\(|<iframe|<object|<base/);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy).toMatch(/^default-src 'none'; /);
    for (const tag of ['style', 'script']) {
      const [, content = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page) ?? [];
      const hash = createHash('sha256').update(content).digest('base64');
      expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
    }
  });

  it.each([
    ['light', COLOURS, BACKGROUNDS],
    ['dark', DARK_COLOURS, DARK_BACKGROUNDS],
  ])('has colours that can be read where it is %s', (_, colours, backgrounds) => {
    const pairs = Object.entries(colours).flatMap(([name, colour]) =>
      Object.values(backgrounds).map((background) => [name, contrast(colour, background)] as const),
    );
    expect(pairs.filter(([, ratio]) => ratio < 4.5)).toEqual([]);
  });

  it('says what the baseline knows', () => {
    const result = {
      verdicts: [verdict({ known: true }), verdict({ constructPath: 'Shop/New' })],
      engineErrors: [],
      baseline: { known: 1, new: 1, gone: ['x'] },
    };
    const page = pageOf([], { result });
    expect(page).toContain('Beside the baseline: 1 new, 1 known, 1 gone');
    expect(page.match(/known: the baseline has it/g)).toHaveLength(1);
  });

  it('sums up by service and by tier', () => {
    const verdicts = [...mixed, verdict({ service: 'search', tier: 3, severity: 'info' })];
    const text = sectionOf(pageOf(verdicts, { rules: RULES }), 'summary');
    expect(text).toMatch(
      /By service Service Tier .* search 3 \(standard\) 1 0 0 1 0 0 0 shop 1 \(business critical\) 1 1 1 1 1 1 1/,
    );
    expect(text).toMatch(/By tier .* 1 \(business critical\) 1 1 1 1 1 1 1 3 \(standard\)/);
  });

  it('tells of each finding what mends it, and which controls it concerns', () => {
    const page = pageOf([verdict({ source: { file: 'lib/shop.ts', line: 12 } })], { rules: RULES });
    expect(page).toMatch(/<h3>shop, tier 1 \(business critical\)<\/h3>/);
    expect(page).toMatch(
      /<article id="s1-RDS-01-error"[\s\S]*lib\/shop\.ts:12[\s\S]*Fix: <\/strong>set multiAz: true/,
    );
    expect(page).toMatch(/Supports [^<]*DORA Art\. 12, DORA Art\. 9\(2\) \(our reading\)/);
  });

  it('lists what is unknown, once where it is the same', () => {
    const unknown = (path: string) =>
      verdict({ verdict: 'unknown', message: 'a token', constructPath: path });
    const text = sectionOf(
      pageOf(Array.from({ length: 22 }, (_, index) => unknown(`Shop/${index}`))),
      'unknown',
    );
    expect(text).toMatch(/RDS-01 Databases survive\. a token Shop\/0 .*Shop\/19 and 2 more/);
  });

  it('has the register of accepted risks, and the findings they answer for', () => {
    const text = sectionOf(textOf(html, everything), 'register');
    expect(text).toMatch(
      /in force, expires in 12 days risk acceptance records\/db\.yaml:1 RDS-01 construct Shop\/Db until the move approver head of payments/,
    );
    expect(text).toMatch(
      /Findings that somebody answers for .* Shop\/Old .* until the move head of payments 2027-01-31/,
    );
  });

  it('reports on all frameworks, or on those asked for, and leads to the findings', () => {
    const page = textOf(html, everything);
    expect(page.match(/<h3 id="framework-/g)).toHaveLength(9);
    expect(page).toMatch(/<a href="#s1-RDS-01-error">RDS-01 fails<\/a>/);
    const asked = pageOf(mixed, { rules: RULES, frameworks: ['nis2'] });
    expect(asked.match(/<h3 id="framework-/g)).toHaveLength(1);
    expect(page).toMatch(/It is no assessment of an organisation/);
    expect(page).not.toMatch(/compliant/i);
  });

  it('says what it assumes, and what only a running account shows', () => {
    const text = sectionOf(pageOf([verdict({ service: undefined })]), 'assumptions');
    expect(text).toMatch(/judged at tier 1: assumed/);
    expect(text).toMatch(/Exceptions are judged on 2026-11-22/);
    expect(text).toMatch(/VPN-01 Both tunnels/);
  });

  it('shows what other tools found apart, and passes only with all', () => {
    expect(sectionOf(textOf(html, everything), 'others')).toMatch(
      /AwsSolutions Level .* error AwsSolutions-S1/,
    );
    expect(sectionOf(textOf(html, everything), 'passes')).toMatch(/Shop\/Good/);
    expect(pageOf(mixed)).not.toMatch(/<section id="(others|passes)"/);
  });

  it('is the same for the same input', () => {
    expect(textOf(html, everything)).toBe(textOf(html, everything));
  });
});

describe('the check of pages fails when', () => {
  it.each([
    ['an element is left open', '<p><b></p>'],
    ['a level of headings is skipped', '<h1>a</h1><h3>b</h3>'],
    ['a table has no caption', '<table><tbody></tbody></table>'],
    ['a link leads nowhere', '<a href="#x">x</a>'],
    ['a handler stands in it', '<p onclick="x">x</p>'],
  ])('%s', (_, page) => expect(pageProblems(page)).not.toEqual([]));
});
