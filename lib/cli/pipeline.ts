import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from '../assembly/source/printable';
import { BASELINE_FILE } from '../audit/baseline-file';
import type { FailOn } from '../audit/report';
import { ConfigurationError } from '../errors';
import { isPlainPath, type PipelineFile, type PipelineOptions } from '../evidence/ci/kit';
import { belowRoot, rootOf } from './checkout';
import { dependsOnUs, installCommand } from './package-file';
import type { PipelineKind } from './pipeline-kinds';

/** What a pipeline is written for. */
export interface PipelineRequest {
  /** The folder of the app. */
  readonly folder: string;

  /** The root of the checkout. @default - found above the folder */
  readonly root?: string;

  /** What is audited, from the folder. @default - `cdk.out` of a CDK app, else the folder */
  readonly path?: string;
  readonly failOn: FailOn;

  /** @default - that in the folder, if there is one */
  readonly baseline?: string;

  /** @default - `nines.config.yaml` in the folder, if there is one */
  readonly config?: string;
  readonly version: string;
}

/** The files of a pipeline, and what a person still has to do. */
export interface Pipeline {
  readonly root: string;
  readonly files: readonly PipelineFile[];
  readonly advice: readonly string[];
}

/** Makes a pipeline for a folder by what stands in it. */
export function pipelineFor(kind: PipelineKind, request: PipelineRequest): Pipeline {
  const root = request.root ?? rootOf(request.folder);
  const options = optionsFor(request, root);
  const foreign = options.synthesise && options.install === undefined;
  const language = foreign ? ['add what installs the app before cdk synth: it has no package.json'] : [];
  for (const path of [options.folder, options.path, options.baseline, options.config]) {
    if (path !== undefined && !isPlainPath(path)) refuse(path);
  }
  const { files, advice } = filesOf(kind, options, root);
  return { root, files, advice: [...advice, ...language] };
}

function optionsFor(request: PipelineRequest, root: string): PipelineOptions {
  const { folder, failOn, config, version } = request;
  const has = (file: string) => existsSync(join(folder, file));
  const isApp = has('cdk.json');
  const install = installCommand(folder);
  const baseline = request.baseline ?? (has(BASELINE_FILE) ? BASELINE_FILE : undefined);
  return {
    folder: belowRoot(folder, root),
    path: request.path ?? (isApp ? 'cdk.out' : '.'),
    synthesise: isApp,
    ...(install !== undefined && { install }),
    installed: dependsOnUs(folder),
    version,
    failOn,
    ...(baseline !== undefined && { baseline }),
    ...(config !== undefined && { config }),
  };
}

function filesOf(kind: PipelineKind, options: PipelineOptions, root: string): Omit<Pipeline, 'root'> {
  if (kind === 'github') {
    const { githubWorkflow } = require('../evidence/ci/github') as typeof import('../evidence/ci/github');
    return { files: githubWorkflow(options), advice: [] };
  }
  if (kind === 'codebuild') {
    const { codebuildSpec } =
      require('../evidence/ci/codebuild') as typeof import('../evidence/ci/codebuild');
    const [file] = codebuildSpec(options);
    return {
      files: file ? [file] : [],
      advice: [`name ${file?.path ?? ''} as the build specification of a CodeBuild project`],
    };
  }
  const { GITLAB_INCLUDE, gitlabPipeline } =
    require('../evidence/ci/gitlab') as typeof import('../evidence/ci/gitlab');
  const files = gitlabPipeline(options);
  if (!existsSync(join(root, '.gitlab-ci.yml')))
    return { files: [...files, { path: '.gitlab-ci.yml', text: GITLAB_INCLUDE }], advice: [] };
  return { files, advice: [`add to .gitlab-ci.yml: ${GITLAB_INCLUDE.trim()}`] };
}

function refuse(path: string): never {
  throw new ConfigurationError({
    path: printable(path) || '""',
    problem: 'is no path that every shell and pipeline reads the same',
    fix: 'use letters, digits, spaces and . / _ - @ + only',
  });
}
