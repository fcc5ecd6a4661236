import { SynthesisedApp } from '../support/example-app';
import { lintErrors } from './cfn-lint';
import brokenOnPurpose from './cfn-lint-brownfield.json';

describe('cfn-lint', () => {
  it.each([
    'quickstart',
    'active-passive',
    'active-active',
    'event-driven',
    'data-protection',
    'observability',
    'retrofit',
  ])(
    'has no error on examples/%s',
    async (name) => {
      const app = new SynthesisedApp(`examples/${name}`, { context: { retrofit: 'true' } });
      expect(await lintErrors(app.templates())).toEqual([]);
      app.remove();
    },
    120_000,
  );

  it('has on brownfield only the errors that are there on purpose', async () => {
    const app = new SynthesisedApp('examples/brownfield');
    const errors = await lintErrors(app.templates());
    expect(errors.map((error) => error.split(':')[0])).toEqual(brokenOnPurpose.map(({ error }) => error));
    app.remove();
  }, 120_000);
});
