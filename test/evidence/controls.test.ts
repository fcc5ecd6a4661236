import Ajv2020 from 'ajv/dist/2020';
import { RULES } from '../../lib/audit/rules';
import { controlsJson } from '../../lib/evidence/controls/json';
import { controlsText } from '../../lib/evidence/controls/text';
import { json } from '../../lib/evidence/json';
import { markdown } from '../../lib/evidence/markdown';
import schema from '../../schemas/audit-1.schema.json';
import { evidence, mixed, textOf, verdict } from './fixtures';

const HOSTILE = '\u001b[31m<img src=x onerror=alert(1)> | [x](javascript:1) @everyone `';

const given = evidence(mixed, { rules: RULES, frameworks: ['dora', 'nis2'] });

describe('reports by framework in text', () => {
  it('say what each control rests on', () => {
    const text = textOf(controlsText, given);
    expect(text).toMatch(/^\nDORA {2}by article of Regulation/);
    expect(text).toMatch(/not supported {3}Art\. 12 +\d+ rules? fails? \(.*RDS-01/);
    expect(text).toMatch(/Art\. 9\(2\) \(our reading\)/);
    expect(text).toMatch(/\nNIS2 {2}by point/);
    expect(text).toMatch(
      /Where rules fail or do not know\n(.*\n)*? {2}RDS-01 {2}.*\n {4}fail +Shop\/Db\/Resource: MultiAZ/,
    );
    expect(text).toMatch(/accepted {2}Shop\/Old/);
    expect(text).toMatch(/It is no assessment of an organisation/);
    expect(text).not.toMatch(/compliant/i);
  });

  it('are left out unless they are asked for', () => {
    expect(textOf(controlsText, evidence(mixed))).toBe('');
    expect(textOf(markdown, evidence(mixed))).not.toMatch(/our reading/i);
    expect(JSON.parse(textOf(json, evidence(mixed))).controlReports).toBeUndefined();
  });

  it('name at most five places of a rule', () => {
    const many = Array.from({ length: 8 }, (_, index) => verdict({ constructPath: `Shop/Db${index}` }));
    const text = textOf(controlsText, evidence(many, { rules: RULES, frameworks: ['dora'] }));
    expect(text).toMatch(/Shop\/Db4: .*\n {4}and 3 more\n/);
    expect(text).not.toMatch(/Shop\/Db5/);
  });
});

describe('reports by framework in Markdown', () => {
  it('are folded tables', () => {
    const text = textOf(markdown, given);
    expect(text).toMatch(
      /<summary>DORA: \d+ supported, \d+ not supported, \d+ not assessable<\/summary>\n\n\| Control/,
    );
    expect(text).toMatch(/\| Art\. 12 \| \*\*not supported\*\* \|/);
    expect(text).not.toMatch(/compliant/i);
  });

  it('cannot be broken by what a template says', () => {
    const hostile = [verdict({ constructPath: HOSTILE, message: HOSTILE })];
    const text = textOf(markdown, evidence(hostile, { rules: RULES, frameworks: ['dora'] }));
    for (const part of ['<img', '\u001b', '](', '@everyone']) expect(text).not.toContain(part);
    const row = text.split('\n').findLast((line) => line.includes('onerror'));
    expect(row?.match(/\|/g)).toHaveLength(4);
  });
});

describe('reports by framework in JSON', () => {
  it('tell the places of each rule once', () => {
    const report = JSON.parse(textOf(json, given)).controlReports;
    expect(report).toEqual(JSON.parse(JSON.stringify(controlsJson(given))));
    expect(report.frameworks.map(({ framework }: { framework: string }) => framework)).toEqual([
      'dora',
      'nis2',
    ]);
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect([validate(JSON.parse(textOf(json, given))), validate.errors]).toEqual([true, null]);
    const dora = report.frameworks[0].controls.find(({ id }: { id: string }) => id === 'Art. 12');
    expect(dora).toMatchObject({ status: 'not supported', ourReading: false });
    expect(dora.rules).toContainEqual({ rule: 'RDS-01', outcome: 'fail' });
    expect(report.rules.find(({ rule }: { rule: string }) => rule === 'RDS-01').places[0].where).toBe(
      'Shop/Db/Resource',
    );
  });
});
