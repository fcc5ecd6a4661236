import { Graph } from '../../lib/assembly/graph';
import { load } from '../../lib/assembly/source/load';
import { audit } from '../../lib/audit/engine';
import type { Rule } from '../../lib/audit/rule';
import { RULES } from '../../lib/audit/rules';

/** How many rules are shown. */
const SHOWN = 15;

/** Prints the rules that take longest on an app, each with its time and its share of the audit. */
export function printSlowestRules(folder: string): void {
  const times = new Map<string, number>();
  const timed = RULES.map(
    (rule): Rule => ({
      ...rule,
      check: (resource, context) => {
        const start = process.hrtime.bigint();
        try {
          return rule.check(resource, context);
        } finally {
          times.set(rule.id, (times.get(rule.id) ?? 0) + Number(process.hrtime.bigint() - start) / 1e6);
        }
      },
    }),
  );
  const { apps } = load([folder]);
  const start = process.hrtime.bigint();
  audit(
    apps.map((app) => new Graph(app)),
    { rules: timed, today: new Date('2026-01-01') },
  );
  const all = Number(process.hrtime.bigint() - start) / 1e6;
  const ranked = [...times].sort(([, a], [, b]) => b - a);
  const rules = ranked.reduce((sum, [, time]) => sum + time, 0);
  console.log(`\naudit ${all.toFixed(0)} ms, of it rules ${rules.toFixed(0)} ms; the slowest:`);
  // What several rules ask of the whole app counts for the first that asks.
  for (const [id, time] of ranked.slice(0, SHOWN))
    console.log(
      `${id.padEnd(8)} ${time.toFixed(0).padStart(6)} ms ${((100 * time) / all).toFixed(1).padStart(6)} %`,
    );
}

if (require.main === module) printSlowestRules(process.argv[2] ?? 'cdk.out');
