import { basename } from 'node:path';
import { AWS_REGIONS } from '../calculus/aws-regions';

/** The region that the name of a file tells, such as `incident-eu-west-1.json`; undefined where it tells none or several. */
export function regionInName(file: string): string | undefined {
  const name = basename(file);
  const named = AWS_REGIONS.map(({ code }) => code).filter((code) =>
    new RegExp(`(^|[^a-z0-9])${code}([^0-9]|$)`).test(name),
  );
  return named.length === 1 ? named[0] : undefined;
}
