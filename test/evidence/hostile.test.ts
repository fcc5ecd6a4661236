import { Graph } from '../../lib/assembly/graph';
import { load } from '../../lib/assembly/source/load';
import { audit } from '../../lib/audit/engine';
import { RULES } from '../../lib/audit/rules';
import { FORMATS, rendererOf } from '../../lib/cli/formats';
import { junit } from '../../lib/evidence/junit';
import { markdown } from '../../lib/evidence/markdown';
import { sarif } from '../../lib/evidence/sarif';
import { Scratch } from '../support/scratch';
import { evidence, exception, otherFinding, textOf, verdict } from './fixtures';
import { junitProblems } from './junit-schema';
import { sarifProblems } from './sarif-schema';

/** What people put into names to see what happens. */
const HOSTILE = [
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007',
  '\u009b31m',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '</details></code>-->]]><!--',
  '| a | b |\n| --- | --- |',
  '[click](https://evil.example) ![x](https://evil.example/x.png) https://evil.example www.evil.example',
  '@everyone #1 GH-1 owner/repo#1 `code` **bold** _it_ ~~no~~ :tada: $x$',
  '{0} {{1}} [text](1)',
  '&amp; &lt; \' " \\ %0A',
  '\u202egnp.exe \u2028 \u2066 \ufeff \ufffe \uffff \ud800 \u{e0041}',
  ': - ? ! |\n  key: &a *a !!python/object %TAG',
].join(' ');

const raw = (more: object = {}) =>
  verdict({
    rule: HOSTILE,
    stack: HOSTILE,
    file: HOSTILE,
    logicalId: HOSTILE,
    constructPath: HOSTILE,
    property: HOSTILE,
    service: HOSTILE,
    message: HOSTILE,
    fix: HOSTILE,
    source: { file: HOSTILE, line: 1 },
    ...more,
  });

/** Evidence of which every word of unknown origin is hostile, not made printable before. */
const given = evidence(
  [raw(), raw({ verdict: 'unknown' }), raw({ accepted: { by: HOSTILE, until: HOSTILE, reason: HOSTILE } })],
  {
    result: {
      verdicts: [raw(), raw({ verdict: 'unknown' }), raw({ accepted: { by: HOSTILE, reason: HOSTILE } })],
      engineErrors: [HOSTILE],
    },
    register: [{ ...exception, scope: HOSTILE, reason: HOSTILE, approver: HOSTILE, expires: HOSTILE }],
    others: [
      otherFinding({ tool: HOSTILE, toolVersion: HOSTILE, rule: HOSTILE, message: HOSTILE, fix: HOSTILE }),
      otherFinding({ constructPath: HOSTILE, accepted: { reason: HOSTILE } }),
    ],
    base: new Set([`${HOSTILE}|||||`]),
    all: true,
  },
);

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('hostile text', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  it.each(FORMATS)('in a template puts nothing on a terminal but text, in the format %s', (format) => {
    const template = {
      Description: HOSTILE,
      Resources: {
        [HOSTILE]: {
          Type: 'AWS::RDS::DBInstance',
          Metadata: { 'aws:cdk:path': HOSTILE },
          Properties: { Engine: HOSTILE, MultiAZ: HOSTILE, DBInstanceClass: HOSTILE },
        },
      },
    };
    const { apps } = load([scratch.write('hostile.template.json', template)]);
    const result = audit(
      apps.map((app) => new Graph(app)),
      { rules: RULES },
    );
    expect(result.verdicts.some(({ verdict: outcome }) => outcome === 'fail')).toBe(true);
    const text = textOf(rendererOf(format), evidence([], { result, rules: RULES, all: true }));
    expect(text.replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
  });

  it('leaves a SARIF log valid, without links and placeholders', () => {
    const log = JSON.parse(textOf(sarif, given));
    expect(sarifProblems(log)).toEqual([]);
    const texts = log.runs.flatMap(({ results }: { results: { message: { text: string } }[] }) =>
      results.map(({ message }) => message.text),
    );
    for (const text of texts) {
      expect(text).not.toMatch(/\]\(/);
      expect(text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
    }
  });

  it('leaves a JUnit report valid', async () => {
    expect(await junitProblems(textOf(junit, given))).toEqual([]);
  });

  it('stays text in a comment: no markup, no table border, no link, no mention', () => {
    const comment = textOf(markdown, given);
    const inCode = comment.replace(/<code>([^<]*)<\/code>/g, (_, inner: string) => {
      expect(inner).toMatch(/^(?:[\p{L}\p{N} ,./=;-]|&#\d+;)*$/u);
      expect(inner).not.toMatch(/www\./i);
      return '';
    });
    expect(inCode).not.toMatch(/[@`[\]]|:\/\/|<(?!\/?(?:details|summary|br)>|!-- cdk-nines -->)/);
    const rows = inCode.split('\n').filter((line) => line.startsWith('|'));
    for (const line of rows) expect([3, 4, 5, 7]).toContain(line.match(/\|/g)?.length);
  });

  it('reads back from JSON as it was', () => {
    const report = JSON.parse(textOf(rendererOf('json'), given));
    expect(report.verdicts[0].message).toBe(HOSTILE);
    expect(report.others[0].message).toBe(HOSTILE);
  });
});
