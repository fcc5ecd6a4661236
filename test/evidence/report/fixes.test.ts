import type { EventShare } from '../../../lib/assessment/assessment';
import { findingBlocks } from '../../../lib/evidence/html/findings';
import { fixesOf } from '../../../lib/evidence/report/fixes';
import { assessedApp, ONE_REGION } from '../assessed-app';
import { evidence, verdict } from '../fixtures';

const { availability } = assessedApp(ONE_REGION).assessment.services[0]!;
const share = (id: string) => availability.shares.find(({ event }) => event.id === id) as EventShare;

function fixOf(id: string, ...verdicts: readonly ReturnType<typeof verdict>[]) {
  const given = evidence(verdicts);
  return fixesOf(given, findingBlocks(given))(share(id));
}

describe('what mends an event', () => {
  const here = { file: 'Shop.template.json', logicalId: 'Db' };

  it('is the fix of a rule that fails on its resource', () => {
    expect(fixOf('resource:Shop/Db', verdict(here))).toEqual({
      what: 'set multiAz: true',
      finding: { rule: 'RDS-01', anchor: 's1-RDS-01-error' },
    });
  });

  it.each([
    ['on another resource', verdict({ ...here, logicalId: 'Other' })],
    ['in another file', verdict({ ...here, file: 'Else.template.json' })],
    ['that somebody accepted', verdict({ ...here, accepted: { reason: 'x', by: 'y' } })],
    ['of what does not make it fail less', verdict({ ...here, rule: 'ELB-06' })],
  ])('is no fix %s', (_, other) => {
    expect(fixOf('resource:Shop/Db', other).finding).toBeUndefined();
  });

  it('is what helps its kind where no rule fails', () => {
    expect(fixOf('zone:eu-west-1a').what).toBe('spread what stands in it over more zones');
    expect(fixOf('region:eu-west-1').what).toMatch(/second region/);
  });
});
