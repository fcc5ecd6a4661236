import { spawnSync } from 'node:child_process';
import { SynthesisedApp } from '../support/example-app';
import brokenOnPurpose from './cfn-lint-brownfield.json';

interface Match {
  readonly Level: string;
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path?: readonly (string | number)[] };
}

/** The errors of cfn-lint on an app, each as its rule and the resource that it names. */
function errorsIn(app: SynthesisedApp): readonly string[] {
  const { stdout, error } = spawnSync('cfn-lint', ['--format', 'json', '--template', ...app.templates()], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (error) throw new Error('cfn-lint is missing: pip install cfn-lint');
  const errors = (JSON.parse(stdout || '[]') as readonly Match[]).filter(({ Level }) => Level === 'Error');
  return errors
    .map(({ Rule, Location, Message }) => `${Rule.Id} ${Location.Path?.[1] ?? ''}: ${Message}`)
    .sort();
}

describe('cfn-lint', () => {
  it.each(['examples/quickstart', 'examples/active-passive'])(
    'has no error on %s',
    (folder) => {
      const app = new SynthesisedApp(folder);
      expect(errorsIn(app)).toEqual([]);
      app.remove();
    },
    120_000,
  );

  it('has on brownfield only the errors that are there on purpose', () => {
    const app = new SynthesisedApp('examples/brownfield');
    expect(errorsIn(app).map((error) => error.split(':')[0])).toEqual(
      brokenOnPurpose.map(({ error }) => error),
    );
    app.remove();
  }, 120_000);
});
