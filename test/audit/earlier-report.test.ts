import { openFingerprints } from '../../lib/audit/delta';
import { findingsOfReport } from '../../lib/audit/earlier-report';
import { ConfigurationError } from '../../lib/errors';
import { json } from '../../lib/evidence/json';
import { evidence, mixed, textOf } from '../evidence/fixtures';
import { Scratch } from '../support/scratch';

describe('an earlier report', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  it.each([true, false])('gives the fingerprints of its findings, with all %s', (all) => {
    const file = scratch.write('base.json', textOf(json, evidence(mixed, { all })));
    expect(findingsOfReport(file)).toEqual(openFingerprints(mixed));
  });

  it.each([
    ['another schema', { schema: 'nines.assessment/1' }, 'has "nines.assessment/1", needs "nines.audit/1"'],
    ['no schema', [], 'has no schema, needs "nines.audit/1"'],
    ['no verdicts', { schema: 'nines.audit/1' }, 'has no list verdicts'],
    [
      'a verdict that names no stack',
      { schema: 'nines.audit/1', verdicts: [{ rule: 'A', verdict: 'fail' }] },
      'verdicts.0 has no stack',
    ],
    ['a verdict that is none', { schema: 'nines.audit/1', verdicts: [null] }, 'verdicts.0 has no rule'],
  ])('is refused with %s', (_, report, problem) => {
    const file = scratch.write('wrong.json', report);
    expect(() => findingsOfReport(file)).toThrow(ConfigurationError);
    expect(() => findingsOfReport(file)).toThrow(problem);
  });
});
