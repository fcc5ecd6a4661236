// Loads the built library and has its plug-in judge templates: `node plug-in.cjs FOLDER`.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

// What V8 compiled counts only for processes with the same flags.
process.env.NINES_NO_V8_FLAGS = '1';
const library = require('../dist/lib/index.js');
const { App } = require('aws-cdk-lib/core');

const loaded = Object.keys(library).filter((name) => library[name] === undefined);
if (loaded.length > 0) throw new Error(`the library exports no ${loaded.join(', ')}`);

const folder = process.argv[2];
const templatePaths = readdirSync(folder).map((file) => join(folder, file));
const stackTemplates = templatePaths.map((templatePath) => ({ templatePath, stackConstructPath: '' }));
const { violations } = new library.NinesChecks().validate({
  appConstruct: new App(),
  templatePaths,
  stackTemplates,
});
if (violations.length === 0) throw new Error('the plug-in found nothing in the samples');
