/** Where pipelines run. */
export type PipelineKind = 'github' | 'gitlab' | 'codebuild';

export const PIPELINES: readonly PipelineKind[] = ['github', 'gitlab', 'codebuild'];
