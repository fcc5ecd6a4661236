import { nines } from '../support/command';

describe('nines explain', () => {
  it('shows what a configuration may set of a rule, with its default', async () => {
    expect((await nines('explain', 'CWL-01')).out).toMatch(
      /\n {2}set {7}minimumDays \(365\): Days for which logs/,
    );
    expect((await nines('explain', 'RDS-01')).out).not.toMatch(/\n {2}set /);
  });
});
