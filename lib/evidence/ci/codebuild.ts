import { auditing, type PipelineFile, type PipelineOptions, preparation } from './kit';

/** A build specification whose tests appear in a report group. */
export function codebuildSpec(options: PipelineOptions): readonly PipelineFile[] {
  const { folder } = options;
  // Each command runs in a shell of its own, in the folder of the last one.
  const prepare = [...(folder === '.' ? [] : [`cd '${folder}'`]), ...preparation(options)];
  const audit = auditing(options, [{ format: 'junit', file: 'nines.junit.xml' }]);
  const list = (commands: readonly string[]) =>
    commands.map((command) => `      - ${JSON.stringify(command)}\n`).join('');
  const text = `# Audits every change for high availability. Written by nines scaffold codebuild; it is yours to change.
# Its role needs codebuild:CreateReportGroup, CreateReport, UpdateReport and BatchPutTestCases for the report.
version: 0.2

phases:
  install:
    runtime-versions:
      nodejs: 22
  build:
    commands:
${list([...prepare, ...audit])}
reports:
  nines:
    files:
      - nines.junit.xml
    base-directory: "${folder}"
    file-format: JUNITXML
`;
  return [{ path: 'buildspec.nines.yml', text }];
}
