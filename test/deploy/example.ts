import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An app under `examples/`. */
export interface Example {
  readonly name: string;
  readonly folder: string;
}

/** A resource as a template declares it. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
}

/** A template, as far as this test reads it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Rules?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** A stack of a synthesised example. */
export interface SynthesisedStack {
  readonly name: string;

  /** Written as `aws://account/region`. */
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly terminationProtection: boolean;

  /** Where its template is. */
  readonly file: string;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly terminationProtection?: boolean;
    readonly directoryName?: string;
  };
}

/** Every app under a folder, in the order of their names. */
export function findExamples(folder: string): Example[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, folder: join(folder, name) }))
    .filter((example) => existsSync(join(example.folder, 'cdk.json')));
}

/** Every stack of an assembly, with those of its stages. */
export function readStacks(assembly: string): SynthesisedStack[] {
  const { artifacts } = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, Artifact>;
  };
  return Object.entries(artifacts).flatMap(([id, { type, environment = '', properties = {} }]) => {
    if (type === 'cdk:cloud-assembly') return readStacks(join(assembly, properties.directoryName ?? ''));
    if (type !== 'aws:cloudformation:stack') return [];
    const [, account = '', region = ''] = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(environment) ?? [];
    if (region === '')
      throw new Error(`${id} is to be deployed to ${environment}: name its account and region`);
    const { stackName: name = id, terminationProtection = false, templateFile = '' } = properties;
    return [
      { name, environment, account, region, terminationProtection, file: join(assembly, templateFile) },
    ];
  });
}

/**
 * Takes termination protection off the stacks of an assembly: the emulator has no such call, so the CLI would fail.
 * The comparison still expects it, and `unsupported-types.json` answers for the difference.
 */
export function unlockStacks(assembly: string): void {
  const file = join(assembly, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { artifacts: Record<string, Artifact> };
  for (const { type, properties = {} } of Object.values(manifest.artifacts)) {
    if (type === 'cdk:cloud-assembly') unlockStacks(join(assembly, properties.directoryName ?? ''));
    delete (properties as { terminationProtection?: boolean }).terminationProtection;
  }
  writeFileSync(file, JSON.stringify(manifest));
}

export function readTemplate(file: string): Template {
  return JSON.parse(readFileSync(file, 'utf8')) as Template;
}

export function writeTemplate(file: string, template: Template): void {
  writeFileSync(file, JSON.stringify(template));
}
