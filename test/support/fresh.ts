import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's root. */
export const ROOT = join(__dirname, '..', '..');

/** What a generated file should hold; `UPDATE=1` writes it. */
export function expectFresh(file: string, text: string): void {
  const path = join(ROOT, file);
  if (process.env.UPDATE === '1') writeFileSync(path, text);
  const found = existsSync(path) ? readFileSync(path, 'utf8') : '';
  expect(found === text ? 'fresh' : `${file} is stale: run UPDATE=1 npm test`).toBe('fresh');
}
