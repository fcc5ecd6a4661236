import { resolve } from 'node:path';
import { App, Stage, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';

// Runs the app that is named on the command line, with the packs of cdk-nag, without a change to it.
const { synth } = Stage.prototype;
const seen = new Set<Stage>();

Stage.prototype.synth = function synthWithNag(options) {
  if (App.isApp(this) && !seen.has(this)) {
    seen.add(this);
    const packs = [AwsSolutionsChecks, NIST80053R5Checks, HIPAASecurityChecks];
    Validations.of(this).addPlugins(...packs.map((Pack) => new Pack(this as App)));
  }
  return synth.call(this, options);
};

require(resolve(process.argv[2] ?? ''));
