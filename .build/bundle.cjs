// Makes one file of many, and lists what of others is in it.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { build } = require('esbuild');

/** Gives what went into it: each file with what it imports. */
exports.bundle = async (options) => {
  const { metafile } = await build({
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    metafile: true,
    legalComments: 'none',
    ...options,
  });
  return metafile.inputs;
};

/** What of other packages is bundled, with the licence text of each. */
exports.licences = (files) => {
  const packages = new Set(
    files.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter(Boolean),
  );
  return [...packages]
    .sort()
    .map((name) => {
      const { version, license } = JSON.parse(
        readFileSync(join('node_modules', name, 'package.json'), 'utf8'),
      );
      return `${name} ${version} (${license})\n\n${readFileSync(join('node_modules', name, 'LICENSE'), 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
};
