// Jest's transform: esbuild turns TypeScript into CommonJS. It does not hoist jest.mock: pass dependencies in instead.
const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

module.exports = {
  process(source, file) {
    const loader = file.endsWith('x') ? 'tsx' : 'ts';
    return transformSync(source, {
      loader,
      format: 'cjs',
      target: 'node20',
      sourcemap: 'inline',
      sourcefile: file,
    });
  },
  getCacheKey: (source, file) => createHash('sha1').update(version).update(file).update(source).digest('hex'),
};
