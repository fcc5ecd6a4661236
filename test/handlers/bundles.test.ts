import { join } from 'node:path';
import { expectFresh, ROOT } from '../support/fresh';
import { BUNDLES, handlerBundles } from '../support/handler-bundles';

describe.each(Object.entries(BUNDLES))('the bundled handlers of %s', (file, handlers) => {
  it('are what their sources make', () => expectFresh(file, handlerBundles(file)));

  const codeOf = (name: string) => (require(join(ROOT, file)) as Record<string, string>)[name] ?? '';

  it.each(Object.keys(handlers))('%s fits into a template', (name) =>
    expect(codeOf(name).length).toBeLessThanOrEqual(6_000),
  );

  it.each(Object.keys(handlers))('%s exports a handler', (name) => {
    const module = { exports: {} as Record<string, unknown> };
    new Function('module', 'exports', 'require', codeOf(name))(module, module.exports, require);
    expect(typeof module.exports.handler).toBe('function');
  });
});
