import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { type ConstructMetadata, readMetadata } from './construct-metadata';
import { isList, isObject, own, ownObject } from './json';
import {
  type Artifact,
  dependenciesOf,
  type Manifest,
  manifestRefusal,
  optionalText,
  readManifest,
  requiredText,
  textsOf,
} from './manifest';
import { parse } from './parse';
import type { JsonObject, SourceApp, SourceStack, TemplateResource } from './source';
import { assetPathOf, nestingRefusal, StackBuilder, type StackFacts } from './stack-builder';
import { type Library, readTemplate, type Template } from './template';
import { readText } from './text-file';

/** Stages nest by folders; a person has three levels of them. */
const DEEPEST_STAGE = 50;

/**
 * Reads a cloud assembly with the assemblies of its stages: one app.
 *
 * Only files that the manifests name are read, and none outside the folder.
 *
 * @throws ConfigurationError when a manifest or a template is broken or missing
 */
export function readAssembly(folder: string, library: Library): SourceApp {
  const stacks = new AssemblyReader(folder, library).read();
  return { name: basename(resolve(folder)), path: folder, stacks };
}

class AssemblyReader {
  private readonly root: string;
  private readonly found = new Map<string, SourceStack>();

  constructor(
    private readonly folder: string,
    private readonly library: Library,
  ) {
    this.root = resolve(folder);
  }

  read(): SourceStack[] {
    this.assembly(this.folder, []);
    const inOrder = [...this.found].sort(([a], [b]) => (a < b ? -1 : 1));
    return inOrder.map(([, stack]) => stack);
  }

  /** @param stages the paths of the stages around it, the outermost first */
  private assembly(folder: string, stages: readonly string[]): void {
    const manifest = readManifest(folder);
    const stacks = manifest.artifacts.filter(({ type }) => type === 'aws:cloudformation:stack');
    const ids = new Map(stacks.map((artifact) => [artifact.id, this.idOf(manifest, artifact)]));
    for (const artifact of stacks) {
      const stack = { ...this.stack(manifest, artifact, ids), ...inStage(stages) };
      if (this.found.has(stack.id)) {
        throw manifestRefusal(manifest, ['artifacts', artifact.id], `a second stack is called ${stack.id}`);
      }
      this.found.set(stack.id, stack);
    }
    for (const artifact of manifest.artifacts) {
      if (artifact.type !== 'cdk:cloud-assembly') continue;
      if (stages.length === DEEPEST_STAGE) {
        throw manifestRefusal(manifest, ['artifacts', artifact.id], `stages nest over ${DEEPEST_STAGE} deep`);
      }
      const folder = this.pathOf(manifest, artifact, requiredText(manifest, artifact, 'directoryName'));
      this.assembly(folder, [...stages, this.stageOf(manifest, artifact, stages)]);
    }
  }

  /** The hierarchical id, such as `Prod/Shop`, which assemblies call the display name. */
  private idOf(manifest: Manifest, artifact: Artifact): string {
    return optionalText(manifest, artifact, 'body', 'displayName') ?? artifact.id;
  }

  /** The path of a stage, which assemblies call its display name. */
  private stageOf(manifest: Manifest, artifact: Artifact, around: readonly string[]): string {
    return (
      optionalText(manifest, artifact, 'properties', 'displayName') ??
      [...around.slice(-1), artifact.id].join('/')
    );
  }

  private stack(manifest: Manifest, artifact: Artifact, ids: ReadonlyMap<string, string>): SourceStack {
    const file = this.pathOf(manifest, artifact, requiredText(manifest, artifact, 'templateFile'));
    if (!existsSync(file)) {
      const problem = `template ${file} of ${artifact.id} does not exist`;
      throw manifestRefusal(manifest, ['artifacts', artifact.id, 'properties', 'templateFile'], problem);
    }
    const metadata = this.metadataOf(manifest, artifact);
    const builder = new StackBuilder({
      metadata,
      nestedFile: (parent, id, resource) => this.nestedFile(manifest, parent, id, resource),
      template: (nested) => this.library.template(nested, true),
    });
    return builder.build(this.factsOf(manifest, artifact, ids, metadata), readTemplate(file, true));
  }

  private factsOf(
    manifest: Manifest,
    artifact: Artifact,
    ids: ReadonlyMap<string, string>,
    metadata: ConstructMetadata,
  ): StackFacts {
    const protection = own(artifact.properties, 'terminationProtection');
    const topics = own(artifact.properties, 'notificationArns');
    return {
      id: ids.get(artifact.id) ?? artifact.id,
      name: optionalText(manifest, artifact, 'properties', 'stackName') ?? artifact.id,
      nameKnown: true,
      ...environmentOf(manifest, artifact),
      dependencies: dependenciesOf(artifact)
        .flatMap((id) => ids.get(id) ?? [])
        .sort(),
      parameters: textsOf(manifest, artifact, 'parameters') ?? {},
      tags: textsOf(manifest, artifact, 'tags') ?? metadata.tags,
      ...(typeof protection === 'boolean' ? { terminationProtection: protection } : {}),
      ...(isList(topics) ? { notificationArns: topics.filter((topic) => typeof topic === 'string') } : {}),
    };
  }

  private metadataOf(manifest: Manifest, artifact: Artifact): ConstructMetadata {
    const inline = ownObject(artifact.body, 'metadata');
    const name = optionalText(manifest, artifact, 'body', 'additionalMetadataFile');
    if (name === undefined) return readMetadata(inline);
    const value = parse(readText(this.pathOf(manifest, artifact, name)));
    return readMetadata(inline, isObject(value) ? value : {});
  }

  /** The template of a nested stack, by the path that the CDK recorded or by the hash in its URL. */
  private nestedFile(
    manifest: Manifest,
    parent: Template,
    id: string,
    resource: TemplateResource,
  ): string | undefined {
    const name = assetPathOf(resource) ?? assetInUrl(resource, () => this.assetsOf(manifest));
    if (name === undefined) return undefined;
    const file = join(dirname(parent.file), name);
    if (!this.contains(file)) {
      const problem = `template ${name} of nested stack ${id} is outside the assembly`;
      throw nestingRefusal(parent, id, problem, 'synthesise the app again');
    }
    if (existsSync(file)) return file;
    const problem = `template ${name} of nested stack ${id} does not exist`;
    throw nestingRefusal(parent, id, problem, 'synthesise the app again');
  }

  /** Source paths of file assets by their hash. */
  private assetsOf(manifest: Manifest): Map<string, string> {
    const assets = new Map<string, string>();
    for (const artifact of manifest.artifacts) {
      if (artifact.type !== 'cdk:asset-manifest') continue;
      const value = parse(
        readText(this.pathOf(manifest, artifact, requiredText(manifest, artifact, 'file'))),
      );
      const files = isObject(value) ? ownObject(value, 'files') : {};
      for (const hash of Object.keys(files)) {
        const path = own(ownObject(ownObject(files, hash), 'source'), 'path');
        if (typeof path === 'string') assets.set(hash, path);
      }
    }
    return assets;
  }

  private pathOf(manifest: Manifest, artifact: Artifact, name: string): string {
    const path = join(manifest.folder, name);
    if (this.contains(path)) return path;
    throw manifestRefusal(manifest, ['artifacts', artifact.id], `${name} is outside the assembly`);
  }

  private contains(path: string): boolean {
    return resolve(path).startsWith(this.root.endsWith(sep) ? this.root : `${this.root}${sep}`);
  }
}

function inStage(stages: readonly string[]): Pick<SourceStack, 'stage'> {
  const stage = stages.at(-1);
  return stage === undefined ? {} : { stage };
}

function environmentOf(manifest: Manifest, artifact: Artifact): Pick<SourceStack, 'account' | 'region'> {
  const environment = optionalText(manifest, artifact, 'body', 'environment');
  if (environment === undefined) return {};
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment) ?? [];
  if (account === undefined || region === undefined) {
    const problem = `environment "${environment}" is not of the form aws://ACCOUNT/REGION`;
    throw manifestRefusal(manifest, ['artifacts', artifact.id, 'environment'], problem);
  }
  return {
    ...(account === 'unknown-account' ? {} : { account }),
    ...(region === 'unknown-region' ? {} : { region }),
  };
}

function assetInUrl(
  { Properties: properties = {} }: TemplateResource,
  assets: () => ReadonlyMap<string, string>,
): string | undefined {
  const url = JSON.stringify(own(properties as JsonObject, 'TemplateURL') ?? null);
  const hash = /\/([0-9a-f]{64})\.[a-z]/.exec(url)?.[1];
  return hash === undefined ? undefined : assets().get(hash);
}
