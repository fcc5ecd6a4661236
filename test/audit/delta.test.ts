import { deltaOf, openFingerprints } from '../../lib/audit/delta';
import { verdict } from '../evidence/fixtures';

describe('what changed between two runs', () => {
  const old = verdict({ constructPath: 'Shop/Old' });
  const kept = verdict({ constructPath: 'Shop/Kept' });

  it('tells new, unchanged and fixed findings apart', () => {
    const added = verdict({ constructPath: 'Shop/New' });
    const delta = deltaOf([kept, added], openFingerprints([old, kept]));
    expect(delta.added).toEqual([added]);
    expect(delta.unchanged).toEqual([kept]);
    expect(delta.fixed).toEqual(['RDS-01|123456789012|eu-west-1|Shop|Shop/Old|MultiAZ']);
  });

  it('names a finding alike whatever else a report lists', () => {
    const passes = [verdict({ verdict: 'pass' }), verdict({ verdict: 'notApplicable' })];
    expect(deltaOf([...passes, verdict()], openFingerprints([verdict()])).added).toEqual([]);
  });

  it('calls neither new nor fixed what somebody accepts', () => {
    const accepted = { ...kept, accepted: { reason: 'moved' } };
    expect(deltaOf([accepted], openFingerprints([kept]))).toEqual({ added: [], unchanged: [], fixed: [] });
    expect(deltaOf([kept], openFingerprints([accepted])).added).toEqual([kept]);
  });
});
