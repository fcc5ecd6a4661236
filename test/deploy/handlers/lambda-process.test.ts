import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invoke } from './lambda-process';

const folder = mkdtempSync(join(tmpdir(), 'nines-function-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const account = {
  endpoint: 'http://localhost:1',
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  folder,
};
const call = (body: string) =>
  invoke(account, {
    code: `module.exports = { handler: async (event) => { ${body} } };`,
    environment: { TABLE: 'memory' },
    event: { number: 7 },
  });

test('a function has its event and its environment, and what it writes and answers is told', async () => {
  const said = await call(
    'process.stdout.write(JSON.stringify({ table: process.env.TABLE }) + "\\n"); return event.number;',
  );
  expect(said).toEqual({ result: 7, lines: [{ table: 'memory' }] });
});

test('a function that answers nothing has no result', async () => {
  expect(await call('')).toEqual({ result: null, lines: [] });
});

test('fails when the function fails, with what it said', async () => {
  await expect(call('throw new Error("no memory");')).rejects.toThrow(/ended with code 1:.*no memory/s);
});
