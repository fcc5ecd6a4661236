import * as bundles from '../../lib/constructs/recovery/handler-bundles';
import { expectFresh } from '../support/fresh';
import { handlerBundles } from '../support/handler-bundles';

describe('the bundled handlers', () => {
  it('are what their sources make', () =>
    expectFresh('lib/constructs/recovery/handler-bundles.ts', handlerBundles()));

  it.each(Object.entries(bundles))('%s fits into a template', (_, code) =>
    expect(code.length).toBeLessThanOrEqual(4096),
  );

  it.each(Object.entries(bundles))('%s exports a handler', (_, code) => {
    const module = { exports: {} as Record<string, unknown> };
    new Function('module', 'exports', 'require', code)(module, module.exports, require);
    expect(typeof module.exports.handler).toBe('function');
  });
});
