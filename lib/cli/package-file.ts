import { join } from 'node:path';
import { isObject, own } from '../assembly/source/json';
import { parse } from '../assembly/source/parse';
import { readText, statusIfAny } from '../assembly/source/text-file';

/** Whether the package.json of a folder asks for this package. */
export function dependsOnUs(folder: string): boolean {
  const file = join(folder, 'package.json');
  if (!statusIfAny(file)) return false;
  const manifest = parse(readText(file));
  return ['dependencies', 'devDependencies'].some((key) => {
    const packages = isObject(manifest) ? own(manifest, key) : undefined;
    return isObject(packages) && own(packages, 'cdk-nines') !== undefined;
  });
}

/** The lock files that people commit, and what installs just what they say. */
const INSTALLERS: readonly (readonly [file: string, command: string])[] = [
  ['package-lock.json', 'npm ci --no-audit --no-fund'],
  ['npm-shrinkwrap.json', 'npm ci --no-audit --no-fund'],
  ['pnpm-lock.yaml', 'corepack pnpm install --frozen-lockfile'],
  ['yarn.lock', 'corepack yarn install'],
  ['package.json', 'npm install --no-audit --no-fund'],
];

/** What installs the packages of a folder; undefined where it has none. */
export function installCommand(folder: string): string | undefined {
  if (!statusIfAny(join(folder, 'package.json'))) return undefined;
  return INSTALLERS.find(([file]) => statusIfAny(join(folder, file)))?.[1];
}
