import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/**
 * Gives the function that names files from the root of the checkout, as the sites that show reports do: the nearest
 * folder with `.git` at or above the working directory, else that directory.
 */
export function locator(): (file: string) => string {
  const working = resolve('');
  const root = rootOf(working);
  return (file) => {
    const path = resolve(working, file);
    const below = relative(root, path);
    const outside = below.startsWith('..') || isAbsolute(below);
    return (outside ? path : below).split(sep).join('/');
  };
}

/** The root of the checkout that a folder is in, else the folder itself. */
export function rootOf(folder: string): string {
  return checkoutAbove(resolve(folder)) ?? resolve(folder);
}

/** A folder from a root above it, with forward slashes; `.` for the root and for what is not below it. */
export function belowRoot(folder: string, root: string): string {
  const below = relative(root, resolve(folder));
  const outside = below === '' || below.startsWith('..') || isAbsolute(below);
  return outside ? '.' : below.split(sep).join('/');
}

function checkoutAbove(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : checkoutAbove(parent);
}
