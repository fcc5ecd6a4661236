// Jest's transform: esbuild turns TypeScript into CommonJS. It does not hoist jest.mock: pass dependencies in instead.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync, version } = require('esbuild');

const SELF = readFileSync(__filename);

module.exports = {
  process(source, file) {
    const loader = file.endsWith('x') ? 'tsx' : 'ts';
    // A map inside the code, with the source inside the map, would be read and parsed again by every test file.
    const { code, map } = transformSync(source, {
      loader,
      format: 'cjs',
      target: 'node20',
      sourcemap: 'external',
      sourcesContent: false,
      sourcefile: file,
    });
    return { code, map };
  },
  getCacheKey: (source, file) =>
    createHash('sha1').update(SELF).update(version).update(file).update(source).digest('hex'),
};
