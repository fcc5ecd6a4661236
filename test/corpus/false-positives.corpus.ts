import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { Graph } from '../../lib/assembly/graph';
import { load } from '../../lib/assembly/source/load';
import { audit } from '../../lib/audit/engine';
import { RULES } from '../../lib/audit/rules';
import { ownIdOf, type Verdict } from '../../lib/audit/verdict';
import { corpus } from './corpus';
import judged from './false-positive-sample.json';

/** How many findings are looked at by a person. */
const SIZE = 200;

/** Another seed draws other findings: all of them must then be judged anew. */
const SEED = 'nines-1';

/** The day of the audit, so that support that ends later changes no finding. */
const TODAY = new Date('2026-11-23');

/** A finding that a person compared with its template. */
interface Judged {
  readonly fingerprint: string;
  readonly file: string;
  readonly logicalId: string;
  readonly rule: string;
  readonly message: string;
  readonly judgement: string;
  readonly why: string;
}

/** Names a finding in the same way whatever else is found, and wherever the templates are. */
function fingerprintOf(verdict: Verdict, templates: string): string {
  const { file, rule, property = '' } = verdict;
  const parts = [SEED, relative(templates, file), rule, ownIdOf(verdict), property];
  return createHash('sha256').update(parts.join('|')).digest('hex').slice(0, 20);
}

/** The loudest findings on real templates, each with its fingerprint: those with the lowest. */
function drawSample(): ReadonlyMap<string, Verdict> {
  const templates = corpus('templates');
  const graphs = load([templates]).apps.map((app) => new Graph(app));
  const { verdicts } = audit(graphs, { rules: RULES, today: TODAY });
  const loud = verdicts.filter(
    ({ verdict, severity, subsumedBy }) =>
      verdict === 'fail' && severity === 'error' && subsumedBy === undefined,
  );
  const byFingerprint = new Map(loud.map((finding) => [fingerprintOf(finding, templates), finding]));
  return new Map([...byFingerprint].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, SIZE));
}

describe('the findings of severity error on the real templates', () => {
  const sample = drawSample();
  const entries = new Map((judged as readonly Judged[]).map((entry) => [entry.fingerprint, entry]));

  it('are judged by a person where the sample draws them', () => {
    const open = [...sample].filter(([fingerprint]) => !entries.has(fingerprint));
    expect(
      open.map(([fingerprint, { file, logicalId, rule, message }]) => ({
        fingerprint,
        file: relative(corpus('templates'), file),
        logicalId,
        rule,
        message,
      })),
    ).toEqual([]);
  });

  it('are right', () => {
    const wrong = [...sample.keys()].filter((fingerprint) => entries.get(fingerprint)?.judgement !== 'right');
    expect(sample.size).toBe(SIZE);
    expect(wrong).toEqual([]);
  });

  it('are judged once each, with the reason, and none that is no longer drawn', () => {
    expect(entries.size).toBe(judged.length);
    expect([...entries.keys()].filter((fingerprint) => !sample.has(fingerprint))).toEqual([]);
    expect(judged.filter(({ why }) => why.length < 15)).toEqual([]);
  });
});
