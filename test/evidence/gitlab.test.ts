import Ajv from 'ajv';
import { gitlab } from '../../lib/evidence/gitlab';
import { evidence, mixed, otherFinding, textOf, verdict } from './fixtures';

/** Our own schema, after GitLab's page on the format: GitLab publishes none. */
const OUR_SCHEMA = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        additionalProperties: false,
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', minLength: 1 },
          lines: {
            type: 'object',
            additionalProperties: false,
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};

const issuesOf = (...args: Parameters<typeof evidence>) => JSON.parse(textOf(gitlab, evidence(...args)));

describe('GitLab code quality', () => {
  const valid = new Ajv().compile(OUR_SCHEMA);

  it('keeps the documented shape', () => {
    for (const issues of [issuesOf(mixed, { others: [otherFinding()] }), issuesOf([])]) {
      valid(issues);
      expect(valid.errors).toBe(null);
    }
  });

  it('lists findings only, the worst first, at the line of the user', () => {
    const issues = issuesOf(mixed);
    expect(issues.map(({ severity }: { severity: string }) => severity)).toEqual([
      'critical',
      'major',
      'info',
    ]);
    expect(issues[0].location).toEqual({ path: 'lib/shop.ts', lines: { begin: 12 } });
  });

  it('blocks on errors of tier 0', () => {
    expect(issuesOf([verdict({ tier: 0 })])[0].severity).toBe('blocker');
  });

  it('tells all issues apart', () => {
    const others = [otherFinding(), otherFinding(), otherFinding({ accepted: { reason: 'no log' } })];
    const issues = issuesOf([verdict(), verdict()], { others });
    expect(issues).toHaveLength(4);
    expect(new Set(issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(4);
  });
});
