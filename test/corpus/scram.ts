import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What SCRAM says of one event: its own words for Birnbaum, criticality, RAW and RRW. */
export interface ScramImportance {
  readonly name: string;
  readonly MIF: number;
  readonly CIF: number;
  readonly RAW: number;
  readonly RRW: number;
}

export interface ScramResult {
  readonly probability: number;

  /** How many products it lists, up to the order asked for. */
  readonly products: number;
  readonly importance: readonly ScramImportance[];
}

/** Runs SCRAM, by decision diagrams, on Open-PSA models: one result for each top event. Missing SCRAM is a failure. */
export function scram(
  models: readonly string[],
  options: readonly string[] = ['--importance', 'true'],
): readonly ScramResult[] {
  const folder = mkdtempSync(join(tmpdir(), 'nines-scram-'));
  try {
    const files = models.map((model, index) => {
      const file = join(folder, `${index}.xml`);
      writeFileSync(file, model);
      return file;
    });
    const run = spawnSync('scram', ['--bdd', '--probability', 'true', ...options, ...files], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    if (run.error) throw new Error(`scram does not run (${run.error.message}): apt-get install scram`);
    if (run.status !== 0) throw new Error(`scram refuses: ${run.stderr}`);
    return results(run.stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function results(report: string): readonly ScramResult[] {
  const tops = [...report.matchAll(/<sum-of-products ([^>]*)>/g)].map(([, written = '']) =>
    attributes(written),
  );
  const importance = [...report.matchAll(/<importance ([^>]*)>([\s\S]*?)<\/importance>/g)];
  return tops.map((top) => {
    const own = importance.find(([, written = '']) => attributes(written).get('name') === top.get('name'));
    return {
      probability: Number(top.get('probability')),
      products: Number(top.get('products')),
      importance: [...(own?.[2] ?? '').matchAll(/<basic-event ([^>]*)\/>/g)].map(([, written = '']) =>
        eventOf(attributes(written)),
      ),
    };
  });
}

function eventOf(found: ReadonlyMap<string, string>): ScramImportance {
  const number = (name: string) => Number(found.get(name));
  return {
    name: found.get('name') ?? '',
    MIF: number('MIF'),
    CIF: number('CIF'),
    RAW: number('RAW'),
    RRW: number('RRW'),
  };
}

function attributes(written: string): ReadonlyMap<string, string> {
  return new Map(
    [...written.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
}
