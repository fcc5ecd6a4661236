import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

interface Match {
  readonly Filename: string;
  readonly Level: string;
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path?: readonly (string | number)[] };
}

/** The template files below a folder. */
export function templatesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(folder, file));
}

/** The errors of cfn-lint on templates, each as its rule, the resource that it names, and the template. */
export function lintErrors(templates: readonly string[]): readonly string[] {
  const { stdout, error } = spawnSync('cfn-lint', ['--format', 'json', '--template', ...templates], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error) throw new Error('cfn-lint is missing: pip install cfn-lint');
  return (JSON.parse(stdout || '[]') as readonly Match[])
    .filter(({ Level }) => Level === 'Error')
    .map(
      ({ Rule, Location, Message, Filename }) =>
        `${Rule.Id} ${Location.Path?.[1] ?? ''}: ${Message} (${basename(Filename)})`,
    )
    .sort();
}
