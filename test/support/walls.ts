import { dirname, join, normalize } from 'node:path';
import { importsOf } from './imports';

/** What one room may import besides its own files. */
export interface Room {
  /** Rooms on floors below. */
  readonly rooms: readonly string[];

  /** Packages; Node's own modules are named with their prefix. */
  readonly packages: readonly string[];
}

const CDK = ['aws-cdk-lib', 'constructs'];

/** The house, from the ground up. A file imports from its own room or from the rooms named here, never upward. */
export const ROOMS: Readonly<Record<string, Room>> = {
  errors: { rooms: [], packages: [] },
  calculus: { rooms: ['errors'], packages: [] },
  objectives: { rooms: ['errors', 'calculus'], packages: [] },
  assembly: {
    rooms: ['errors', 'calculus'],
    packages: ['node:fs', 'node:path', 'node:buffer', 'node:url', 'node:util', 'yaml'],
  },
  // Objectives of OpenSLO are files of YAML that an app reads.
  constructs: {
    rooms: ['errors', 'calculus', 'objectives'],
    packages: [...CDK, 'node:crypto', 'node:path', 'yaml'],
  },
  assessment: { rooms: ['errors', 'calculus', 'objectives', 'assembly'], packages: [] },
  // Signatures of records are verified offline, by Node's own cryptography.
  records: {
    rooms: ['errors', 'calculus', 'objectives', 'assembly'],
    packages: ['node:crypto', 'node:path', 'yaml'],
  },
  audit: { rooms: ['errors', 'calculus', 'objectives', 'assembly', 'assessment', 'records'], packages: [] },
  evidence: {
    rooms: ['errors', 'calculus', 'objectives', 'assembly', 'assessment', 'records', 'audit'],
    // Hashes name things in formats that want short names; nothing is read. Preact escapes what stands in HTML.
    packages: ['node:crypto', 'preact', 'preact-render-to-string'],
  },
  synth: {
    rooms: ['errors', 'calculus', 'objectives', 'assembly', 'assessment', 'records', 'audit'],
    packages: [...CDK, 'cdk-nag', 'node:fs', 'node:path', 'node:v8'],
  },
  testing: {
    rooms: ['errors', 'calculus', 'objectives', 'assembly', 'assessment', 'records', 'audit'],
    packages: [...CDK],
  },
  cli: {
    rooms: ['errors', 'calculus', 'objectives', 'assembly', 'assessment', 'records', 'audit', 'evidence'],
    packages: ['node:fs', 'node:path', 'commander', 'picocolors'],
  },
  // The runtime of a canary brings its own library along, as that of Lambda does the SDK.
  handlers: { rooms: [], packages: ['@aws/synthetics-playwright'] },
};

/** The generated entry points: what the package shows. */
const ENTRY_POINTS: Readonly<Record<string, readonly string[]>> = {
  'lib/index.ts': ['errors', 'objectives', 'constructs', 'synth', 'calculus'],
  'lib/calculus/index.ts': ['calculus'],
  'lib/audit/index.ts': ['audit', 'assembly'],
};

/** What a start in `bin` may import that is no room. */
const BESIDE_BIN = new Set(['../package.json', './compiled']);

/** The imports of a file that break a wall, each with a sentence. Type imports, `require` and `import()` count. */
export function brokenWalls(file: string, source: string): readonly string[] {
  return importsOf(source).flatMap((specifier) => {
    const problem = specifier.startsWith('.')
      ? relativeProblem(file, specifier)
      : packageProblem(file, specifier);
    return problem === undefined ? [] : [`${file} imports ${specifier}: ${problem}`];
  });
}

function relativeProblem(file: string, specifier: string): string | undefined {
  const target = roomOf(normalize(join(dirname(file), specifier)));
  const allowed = allowedRooms(file);
  if (allowed === undefined)
    return specifier.includes('lib/') ? 'apps use the package by its name' : undefined;
  if (target === undefined)
    return file.startsWith('bin/') && BESIDE_BIN.has(specifier) ? undefined : 'it leaves lib';
  if (target === roomOf(file) || allowed.includes(target)) return undefined;
  return `${roomOf(file) ?? file} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other room'}`;
}

function allowedRooms(file: string): readonly string[] | undefined {
  if (ENTRY_POINTS[file]) return ENTRY_POINTS[file];
  if (file === 'bin/nines.ts') return ['cli'];
  if (file === 'bin/start.ts') return ['synth'];
  return ROOMS[roomOf(file) ?? '']?.rooms;
}

function packageProblem(file: string, specifier: string): string | undefined {
  const name = packageOf(specifier);
  const room = roomOf(file);
  if (room === undefined) return undefined;
  if (name === 'cdk-nag' && file !== 'lib/synth/nag.ts')
    return 'cdk-nag is optional: only lib/synth/nag.ts loads it';
  if (ROOMS[room]?.packages.includes(name)) return undefined;
  return `${room} uses ${ROOMS[room]?.packages.join(', ') || 'no package'}`;
}

function roomOf(file: string): string | undefined {
  return /^lib\/([a-z]+)(?:\/|\.ts$|$)/.exec(file)?.[1];
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
