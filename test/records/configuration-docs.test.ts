import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { PRESETS } from '../../lib/audit/presets';
import { VOCABULARY } from '../../lib/audit/vocabulary';
import { parseConfig } from '../../lib/records/config';
import schema from '../../schemas/config-1.schema.json';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'configuration.md'), 'utf8');
const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];

describe('docs/configuration.md', () => {
  it('shows a configuration that is read, and that its schema describes', () => {
    const config = parseConfig(example, 'nines.config.yaml', VOCABULARY);
    expect(Object.keys(config).sort()).toEqual(
      [
        'assumptions',
        'ignore',
        'overrides',
        'parameters',
        'presets',
        'records',
        'requireSignatures',
        'rules',
        'services',
        'tier',
      ].sort(),
    );
    expect(new Ajv2020({ strict: false }).compile(schema)(parse(example))).toBe(true);
  });

  it('names every preset', () => {
    const named = Object.keys(PRESETS).filter((name) => !name.startsWith('tier-'));
    for (const name of named) expect(page).toContain(`\`${name}\``);
  });

  it('names every key', () => {
    for (const name of Object.keys(schema.properties).filter((key) => key !== 'schema'))
      expect(page).toContain(`\`${name}\``);
  });
});
