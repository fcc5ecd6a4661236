import { assessmentJson } from '../../lib/evidence/assessment-json';
import { assessmentText } from '../../lib/evidence/assessment-text';
import { htmlOf } from '../../lib/evidence/html/element';
import { givenSection } from '../../lib/evidence/report/given';
import { serviceText } from '../../lib/evidence/service-text';
import { assessed } from '../support/assess';

const appWith = (variables: object) =>
  assessed({
    stacks: {
      shop: {
        region: 'eu-west-1',
        template: {
          Resources: {
            Work: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: variables } } },
          },
        },
      },
    },
  });

const open = appWith({ METRIC_URL: 'https://metrics.example.net/x' });
const closed = appWith({});
const evidenceOf = (service: typeof open) => ({ assessment: { services: [service] }, version: '1' });
const text = (service: typeof open) => [...assessmentText(evidenceOf(service))].join('');

describe('what leads out of the app and is not counted', () => {
  it('is said to people', () => {
    expect(text(open)).toContain(
      '  not counted: 1 dependency that leads out of the app\n    METRIC_URL of shop/Work: metrics.example.net\n',
    );
    expect(text(closed)).not.toContain('not counted');
    expect([...serviceText({ assessment: open, catalogues: [] })].join('')).toContain(
      'not counted: 1 dependency',
    );
  });

  it('is said to machines', () => {
    const [service] = JSON.parse([...assessmentJson(evidenceOf(open))].join('')).services;
    expect(service.openDependencies).toEqual([
      { resource: 'shop/Work', by: 'METRIC_URL', leadsTo: 'metrics.example.net' },
    ]);
  });

  it('stands in the report', () => {
    const section = (service: typeof open) =>
      htmlOf(givenSection({ assessed: service, id: 'one' } as Parameters<typeof givenSection>[0]));
    expect(section(open)).toMatch(
      /is not counted[\s\S]*METRIC_URL[\s\S]*shop\/Work[\s\S]*metrics\.example\.net/,
    );
    expect(section(closed)).not.toMatch(/is not counted/);
  });
});
