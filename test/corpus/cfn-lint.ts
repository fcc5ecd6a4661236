import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';

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
export async function lintErrors(templates: readonly string[]): Promise<readonly string[]> {
  expect(templates).not.toEqual([]);
  // It uses one core: half of the templates each, beside each other. No rule of it looks at two templates.
  const middle = Math.ceil(templates.length / 2);
  const halves = [templates.slice(0, middle), templates.slice(middle)].filter((half) => half.length > 0);
  const matches = (await Promise.all(halves.map(matchesIn))).flat();
  return matches
    .filter(({ Level }) => Level === 'Error')
    .map(
      ({ Rule, Location, Message, Filename }) =>
        `${Rule.Id} ${Location.Path?.[1] ?? ''}: ${Message} (${basename(Filename)})`,
    )
    .sort();
}

/** It says how bad the worst is that it found, in bits: 2 an error, 4 a warning, 8 a word; any other end is its own fault. */
const ENDS = [0, 2, 4, 6, 8, 10, 12, 14];

async function matchesIn(templates: readonly string[]): Promise<readonly Match[]> {
  const program = spawn('cfn-lint', ['--format', 'json', '--template', ...templates]);
  const ended = new Promise<number | null>((resolve, reject) => {
    program.on('error', () => reject(new Error('cfn-lint is missing: pip install cfn-lint')));
    program.on('close', resolve);
  });
  const [end, found, said] = await Promise.all([ended, text(program.stdout), text(program.stderr)]);
  if (end === null || !ENDS.includes(end)) throw new Error(`cfn-lint ended with ${end}: ${said}`);
  return JSON.parse(found) as readonly Match[];
}
