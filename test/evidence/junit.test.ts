import { junit } from '../../lib/evidence/junit';
import { evidence, mixed, otherFinding, textOf, verdict } from './fixtures';
import { junitProblems } from './junit-schema';

const xmlOf = (...args: Parameters<typeof evidence>) => textOf(junit, evidence(...args));
const withErrors = (verdicts: typeof mixed, ...engineErrors: string[]) =>
  textOf(junit, evidence([], { result: { verdicts, engineErrors } }));

describe('JUnit', () => {
  it.each([
    ['findings of all kinds', evidence(mixed)],
    ['everything', evidence(mixed, { all: true, others: [otherFinding()] })],
    ['nothing', evidence([])],
    ['engine errors', evidence([], { result: { verdicts: mixed, engineErrors: ['rule X failed'] } })],
  ])('keeps the schema of Jenkins with %s', async (_, given) => {
    expect(await junitProblems(textOf(junit, given))).toEqual([]);
  });

  it('and the schema is one that says no', async () => {
    expect(await junitProblems('<testsuites><testcase/></testsuites>')).not.toEqual([]);
  });

  it('has a test for each rule and resource, passes too, and counts them', () => {
    const xml = xmlOf(mixed);
    expect(xml).toMatch(/<testsuites name="cdk-nines" tests="6" failures="3" errors="0">/);
    expect(xml.match(/<testcase /g)).toHaveLength(6);
    expect(xml).toMatch(/name="Shop\/Good" time="0"><\/testcase>/);
    expect(xml).not.toMatch(/Shop\/Twin|Shop\/Aurora/);
    expect(xmlOf(mixed, { all: true })).toMatch(/Shop\/Aurora.*\n?.*does not apply: no/);
  });

  it('says in a failure what was found, how to mend it and where it stands', () => {
    expect(xmlOf([verdict({ source: { file: 'app.ts', line: 3 } })])).toMatch(
      /<failure message="error: MultiAZ: found false, needs true" type="error">error: .*\nfix: set multiAz: true\nat app\.ts:3<\/failure>/,
    );
  });

  it('has one test where a rule says two things of a resource', () => {
    const xml = xmlOf([verdict({ property: 'A', message: 'A' }), verdict({ property: 'B', message: 'B' })]);
    expect(xml.match(/<testcase /g)).toHaveLength(1);
    expect(xml).toMatch(/error: A\nfix: .*\nerror: B\n/);
  });

  it('skips what is accepted or unknown, with the reason', () => {
    const xml = xmlOf(mixed);
    expect(xml).toMatch(
      /<skipped>accepted by head of payments until 2027-01-31: until the move\nMultiAZ: found false/,
    );
    expect(xml).toMatch(/<skipped>unknown: MultiAZ: a token<\/skipped>/);
  });

  it('shows a rule that threw as an error, once', () => {
    const thrown = verdict({ verdict: 'unknown', message: 'rule RDS-01 failed on Db: oh' });
    const xml = withErrors([thrown], 'rule RDS-01 failed on Db: oh', 'the graph failed');
    expect(xml.match(/<error /g)).toHaveLength(2);
    expect(xml).toMatch(/tests="2" failures="0" errors="2"/);
    expect(xml).toMatch(/name="the graph failed"/);
  });

  it('has a suite for each other tool', () => {
    const others = [otherFinding(), otherFinding({ rule: 'X', accepted: { reason: 'no log' } })];
    const xml = xmlOf([], { others });
    expect(xml).toMatch(/<testsuite name="AwsSolutions" tests="2" failures="1" errors="0" skipped="1"/);
    expect(xml).toMatch(/<skipped>accepted: no log\n/);
  });
});
