// Makes a few files of the compiled library: a synthesis would look for several hundred small ones.
const { cpSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { join, relative, resolve } = require('node:path');
const { bundle } = require('./bundle.cjs');
const { entryOf, sourcesOf } = require('./entries.cjs');

const LIB = 'dist/lib';
const START = `${LIB}/library.js`;

/** What package.json exports. */
const INDEX = `${LIB}/index.js`;
const ENTRIES = [INDEX, `${LIB}/calculus/index.js`, `${LIB}/audit/index.js`, `${LIB}/synth/nag.js`];

/** What the user's app has itself: a second copy would have classes of its own. */
const external = ['aws-cdk-lib', 'constructs', 'cdk-nag', './library.js'];

/** Gives the names of the files that went into it. */
exports.bundleLibrary = async () => {
  const sources = new Map(ENTRIES.map((file) => [file, [...sourcesOf(file).values()]]));
  const modules = [...new Set([...sources.values()].flat())];
  const { '<stdin>': _, ...inputs } = await bundle({ stdin: listOf(modules), external, write: false });
  const parts = partsOf(inputs, sources.get(INDEX));
  const code = (source) => `library.${parts.get(source)}["${source}"]()`;
  const entries = ENTRIES.map((file) => [file, entryOf(file, START, code)]);
  const outdir = resolve('dist', 'parts');
  for (const part of new Set(parts.values())) await bundlePart(part, parts, join(outdir, `${part}.js`));
  removeScripts();
  cpSync(outdir, LIB, { recursive: true });
  rmSync(outdir, { recursive: true });
  await bundle({ entryPoints: ['bin/library.ts'], outfile: START, external: ['./*.js'] });
  for (const [file, text] of entries) writeFileSync(file, text);
  return Object.keys(inputs);
};

/**
 * The part of each file: what judges apps, what builds them, and what both have in common, so that neither loads the
 * other and no class is there twice.
 */
function partsOf(inputs, exported) {
  const isJudge = (file) => /^dist\/lib\/(?:synth|audit)\//.test(file);
  const judging = reachedFrom(Object.keys(inputs).filter(isJudge), inputs);
  const building = reachedFrom(
    exported.filter((file) => !isJudge(file)),
    inputs,
  );
  const partOf = (file) => (!judging.has(file) ? 'building' : building.has(file) ? 'common' : 'judging');
  return new Map(Object.keys(inputs).map((file) => [file, partOf(file)]));
}

function reachedFrom(files, inputs) {
  const reached = new Set(files);
  for (const file of reached)
    for (const { path, external } of inputs[file].imports) if (!external) reached.add(path);
  return reached;
}

function bundlePart(part, parts, outfile) {
  const files = [...parts.keys()].filter((file) => parts.get(file) === part);
  const plugins = [otherParts(part, parts)];
  // Names and lines stay, for whoever reads a stack trace or what a security review is about.
  return bundle({ stdin: listOf(files), external, plugins, outfile, minify: false });
}

/** A file that hands out modules by name, each loaded when it is asked for. */
function listOf(files) {
  const lines = files.map((file) => `exports["${file}"] = () => require("./${file}");`);
  return { contents: lines.join('\n'), resolveDir: resolve('.') };
}

/** Has a part ask another for what is there. */
function otherParts(part, parts) {
  const namespace = 'part';
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ path, pluginData, ...options }) => {
        if (pluginData === namespace) return;
        const found = await build.resolve(path, { ...options, pluginData: namespace });
        const file = relative('.', found.path);
        return [part, undefined].includes(parts.get(file)) ? found : { path: file, namespace };
      });
      build.onLoad({ filter: /./, namespace }, ({ path }) => ({
        contents: `module.exports = require("./library.js").${parts.get(path)}["${path}"]();`,
        resolveDir: LIB,
      }));
    },
  };
}

/** The declarations stay. */
function removeScripts() {
  for (const file of readdirSync(LIB, { encoding: 'utf8', recursive: true }))
    if (file.endsWith('.js')) rmSync(join(LIB, file));
}
