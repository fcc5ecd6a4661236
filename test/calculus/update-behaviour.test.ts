import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { PERHAPS_REPLACING_PROPERTIES, REPLACING_PROPERTIES } from '../../lib/calculus/update-behaviour';
import { expectFresh, ROOT } from '../support/fresh';
import { renderUpdateBehaviour } from '../support/update-behaviour';

describe('the update behaviour of what holds data', () => {
  it('is that of the resource schemas', () => {
    const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const file = 'lib/calculus/update-behaviour.ts';
    const text = execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
      cwd: ROOT,
      input: renderUpdateBehaviour(),
      encoding: 'utf8',
    });
    expectFresh(file, text);
  });

  it('replaces a database for another user name, and perhaps for another engine', () => {
    expect(REPLACING_PROPERTIES['AWS::RDS::DBInstance']).toContain('MasterUsername');
    expect(REPLACING_PROPERTIES['AWS::DynamoDB::Table']).toContain('TableName');
    expect(PERHAPS_REPLACING_PROPERTIES['AWS::RDS::DBInstance']).toContain('Engine');
  });
});
