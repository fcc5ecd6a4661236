import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFaultTree } from '../../lib/calculus/fault-tree/compiled-tree';
import type { BasicEvent, FaultTree, Gate } from '../../lib/calculus/fault-tree/fault-tree';
import { quantify } from '../../lib/calculus/fault-tree/quantify';
import { renderOpenPsa } from '../../lib/evidence/open-psa';

/** A tree under construction. */
interface Draft {
  readonly gates: Map<string, Gate>;
  readonly events: Map<string, BasicEvent>;
}

const TASKS = [0, 1, 2, 3, 4, 5];

/** Services of one region: six tasks in three zones of which four are needed, a database and its standby, and more. */
function region(name: string, services: number, { gates, events }: Draft): readonly string[] {
  const event = (id: string, probability: number, shared = false) => {
    events.set(id, { probability, shared });
    return id;
  };
  event(name, 1e-5, true);
  for (const zone of [0, 1, 2]) event(`${name}-az${zone}`, 1e-4, true);
  return Array.from({ length: services }, (_, index) => {
    const id = `${name}-s${index}`;
    const lost = (part: string, zone: number, probability: number) => {
      const gate = `${id}-${part}-lost`;
      gates.set(gate, { type: 'or', inputs: [`${name}-az${zone}`, event(`${id}-${part}`, probability)] });
      return gate;
    };
    const tasks = TASKS.map((task) => lost(`task${task}`, task % 3, 5e-3));
    gates.set(`${id}-tasks`, { type: 'atleast', min: 3, inputs: tasks });
    gates.set(`${id}-db`, { type: 'and', inputs: [lost('primary', 0, 1e-3), lost('standby', 1, 1e-3)] });
    const inputs = [
      name,
      `${id}-tasks`,
      `${id}-db`,
      event(`${id}-balancer`, 1e-7),
      event(`${id}-queue`, 1e-7),
    ];
    gates.set(id, { type: 'or', inputs });
    return id;
  });
}

/** Any service down in all of some regions, or DNS. */
function app(services: number, regions: number): FaultTree {
  const draft: Draft = { gates: new Map(), events: new Map([['dns', { probability: 1e-6, shared: true }]]) };
  const all = Array.from({ length: regions }, (_, index) => region(`r${index}`, services, draft));
  const down = Array.from({ length: services }, (_, index) => {
    const inputs = all.map((names) => names[index] ?? '');
    draft.gates.set(`s${index}`, { type: 'and', inputs });
    return `s${index}`;
  });
  draft.gates.set('top', { type: 'or', inputs: ['dns', ...down] });
  return { top: 'top', ...draft };
}

interface Case {
  readonly services: number;
  readonly regions: number;
}

const CASES: readonly Case[] = [
  { services: 10, regions: 1 },
  { services: 1_000, regions: 1 },
  { services: 10, regions: 2 },
  { services: 1_000, regions: 2 },
];

/** SCRAM is given so many milliseconds. */
const SCRAM_TIMEOUT = Number(process.env.BENCH_SCRAM_TIMEOUT ?? 60_000);

function seconds(work: () => unknown): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** One row, in a process of its own, so that its peak memory is its own. */
function row({ services, regions }: Case): string {
  const tree = app(services, regions);
  let compiled = compileFaultTree({ ...tree, gates: new Map(), top: 'dns' });
  const build = seconds(() => {
    compiled = compileFaultTree(tree);
  });
  const probability = seconds(() => compiled.probability());
  const importance = seconds(() => compiled.conditionals());
  const all = seconds(() => quantify(tree));
  const limited = seconds(() => quantify(tree, { maxOrder: 3 }));
  const peak = process.resourceUsage().maxRSS / 1024;
  const cells = [build, probability, importance, build + probability + importance, all, limited].map((time) =>
    `${time.toFixed(2)} s`.padStart(10),
  );
  return `${String(tree.events.size).padStart(7)} ${String(regions).padStart(8)} ${String(compiled.diagram.table.count).padStart(9)} ${cells.join(' ')} ${peak.toFixed(0).padStart(7)} MB ${scramTime(tree)}`;
}

function scramTime(tree: FaultTree): string {
  const folder = mkdtempSync(join(tmpdir(), 'nines-bench-scram-'));
  try {
    const file = join(folder, 'model.xml');
    writeFileSync(file, [...renderOpenPsa(tree)].join(''));
    const args = ['--bdd', '--probability', 'true', '--importance', 'true', '--limit-order', '1', file];
    let outcome: string | undefined;
    const time = seconds(() => {
      const options = { stdio: 'ignore', timeout: SCRAM_TIMEOUT, killSignal: 'SIGKILL' } as const;
      const { error, status } = spawnSync('scram', args, options);
      if (error) outcome = 'code' in error && error.code === 'ENOENT' ? 'not installed' : 'over';
      else if (status !== 0) outcome = 'failed after';
    });
    return outcome === 'not installed' ? outcome : `${outcome ?? ''} ${time.toFixed(2)} s`.padStart(12);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long fault trees take, and how much memory. */
export function faultTrees(): void {
  console.log(
    '\n events  regions     nodes      build  probability importance  together  with all cut sets  to order 3   memory   SCRAM, products of order 1',
  );
  for (const index of CASES.keys()) {
    const tsx = join(__dirname, '..', '..', 'node_modules', 'tsx', 'dist', 'cli.mjs');
    spawnSync(process.execPath, [tsx, __filename, String(index)], { stdio: 'inherit' });
  }
}

const asked = CASES[Number(process.argv[2] ?? Number.NaN)];
if (require.main === module) {
  if (asked) console.log(row(asked));
  else faultTrees();
}
