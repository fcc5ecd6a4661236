import { join } from 'node:path';
import { isList, isObject, kindOf, own, ownObject } from './json';
import { parse } from './parse';
import { locate } from './position';
import { refusal } from './refusal';
import type { JsonObject } from './source';
import { readText, type TextFile } from './text-file';

/** Major versions of the assembly schema that are read: those of CDK 2.0 up to the newest known. */
const OLDEST = 13;
const NEWEST = 55;

/** The manifest of one assembly folder. */
export interface Manifest extends TextFile {
  readonly folder: string;
  readonly artifacts: readonly Artifact[];
}

/** One entry of a manifest. */
export interface Artifact {
  readonly id: string;
  readonly type: string;
  readonly body: JsonObject;
  readonly properties: JsonObject;
}

/**
 * Reads the manifest of an assembly folder.
 *
 * @throws ConfigurationError when it is broken or its schema version is not one that is understood
 */
export function readManifest(folder: string): Manifest {
  const source = readText(join(folder, 'manifest.json'));
  const value = parse(source);
  if (!isObject(value)) throw manifestRefusal(source, [], `a manifest is a mapping, not ${kindOf(value)}`);
  checkVersion(source, value);
  const artifacts = own(value, 'artifacts');
  if (!isObject(artifacts)) {
    throw manifestRefusal(source, ['artifacts'], `artifacts is ${kindOf(artifacts)}, and must be a mapping`);
  }
  return {
    ...source,
    folder,
    artifacts: Object.keys(artifacts).map((id) => artifactOf(source, artifacts, id)),
  };
}

function checkVersion(source: TextFile, manifest: JsonObject): void {
  const version = own(manifest, 'version');
  const needed = `${OLDEST} to ${NEWEST} are understood`;
  const major = typeof version === 'string' ? /^(\d{1,6})\.\d+\.\d+/.exec(version)?.[1] : undefined;
  if (major === undefined) {
    const found = typeof version === 'string' ? `is "${version}"` : `is ${kindOf(version)}`;
    throw manifestRefusal(source, ['version'], `the schema version ${found}; versions ${needed}`);
  }
  const newer = Number(major) > NEWEST;
  if (!newer && Number(major) >= OLDEST) return;
  throw refusal({
    file: source.file,
    at: locate(source.text, ['version']),
    problem: `the schema version is ${version}; versions ${needed}`,
    fix: newer ? 'use a newer cdk-nines' : 'synthesise with CDK 2',
  });
}

function artifactOf(source: TextFile, artifacts: JsonObject, id: string): Artifact {
  const body = own(artifacts, id);
  const path = ['artifacts', id];
  if (!isObject(body)) throw manifestRefusal(source, path, `artifact ${id} is ${kindOf(body)}`);
  const type = own(body, 'type');
  if (typeof type !== 'string') throw manifestRefusal(source, path, `artifact ${id} has no type`);
  return { id, type, body, properties: ownObject(body, 'properties') };
}

/**
 * A string that an artifact or its properties may hold.
 *
 * @throws ConfigurationError when something else is there
 */
export function optionalText(
  manifest: Manifest,
  artifact: Artifact,
  holder: 'body' | 'properties',
  key: string,
): string | undefined {
  const value = own(artifact[holder], key);
  if (value === undefined || typeof value === 'string') return value;
  const path = ['artifacts', artifact.id, ...(holder === 'properties' ? ['properties'] : []), key];
  throw manifestRefusal(manifest, path, `${key} of ${artifact.id} is ${kindOf(value)}, and must be a string`);
}

/** A string that the properties of an artifact must hold. @throws ConfigurationError when they do not */
export function requiredText(manifest: Manifest, artifact: Artifact, key: string): string {
  const value = optionalText(manifest, artifact, 'properties', key);
  if (value !== undefined) return value;
  throw manifestRefusal(manifest, ['artifacts', artifact.id], `artifact ${artifact.id} has no ${key}`);
}

/** A mapping of strings among the properties. @throws ConfigurationError when something else is there */
export function textsOf(
  manifest: Manifest,
  artifact: Artifact,
  key: string,
): Record<string, string> | undefined {
  const value = own(artifact.properties, key);
  if (value === undefined) return undefined;
  const path = ['artifacts', artifact.id, 'properties', key];
  if (!isObject(value)) throw manifestRefusal(manifest, path, `${key} of ${artifact.id} is ${kindOf(value)}`);
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      if (typeof text === 'string') return [name, text];
      throw manifestRefusal(manifest, [...path, name], `${name} is ${kindOf(text)}, and must be a string`);
    }),
  );
}

/** Ids of the artifacts that an artifact waits for. */
export function dependenciesOf(artifact: Artifact): string[] {
  const list = own(artifact.body, 'dependencies');
  return isList(list) ? list.filter((id) => typeof id === 'string') : [];
}

/** The error for a manifest, at the line of a key. */
export function manifestRefusal(source: TextFile, path: readonly string[], problem: string): Error {
  return refusal({
    file: source.file,
    at: locate(source.text, path),
    problem,
    fix: 'synthesise the app again',
  });
}
