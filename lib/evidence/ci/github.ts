import { auditing, type PipelineFile, type PipelineOptions, preparation } from './kit';

/** Actions by the commit of their release: a tag can be moved, a commit cannot. */
const ACTIONS = {
  checkout: 'actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955 # v4.3.0',
  setupNode: 'actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0',
  uploadArtifact: 'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2',
  downloadArtifact: 'actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0',
  uploadSarif: 'github/codeql-action/upload-sarif@181d5eefc20863364f96762470ba6f862bdef56b # v3.29.2',
} as const;

/** A workflow that needs no token beyond reading the checkout; its second job, for code scanning, is off at first. */
export function githubWorkflow(options: PipelineOptions): readonly PipelineFile[] {
  const reports = [
    { format: 'sarif', file: 'nines.sarif' },
    { format: 'markdown', file: 'nines.md' },
  ] as const;
  const step = (command: string) => `      - run: ${command}\n`;
  const [sarif = '', markdown = '', deciding = ''] = auditing(options, reports, '$RUNNER_TEMP/').map(
    // Single quotes would keep the shell from reading the variable.
    (command) => command.replace(/'(\$RUNNER_TEMP\/[^']*)'/, '"$1"'),
  );
  const text = `# Audits every change for high availability. Written by nines scaffold github; it is yours to change.
name: nines
on:
  pull_request:
  push:
    branches: [main, master]

permissions:
  contents: read

jobs:
  audit:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    defaults:
      run:
        shell: bash
        working-directory: "${options.folder}"
    steps:
      - uses: ${ACTIONS.checkout}
        with:
          persist-credentials: false
      - uses: ${ACTIONS.setupNode}
        with:
          node-version: "22"
${preparation(options).map(step).join('')}      - name: nines audit
        run: |
          ${sarif}
          ${markdown}
          cat "$RUNNER_TEMP/nines.md" >> "$GITHUB_STEP_SUMMARY"
          ${deciding}
      - if: always()
        uses: ${ACTIONS.uploadArtifact}
        with:
          name: nines
          path: |
            \${{ runner.temp }}/nines.sarif
            \${{ runner.temp }}/nines.md
          if-no-files-found: warn

  # Shows findings at the line of the program that made them. Set the repository variable NINES_CODE_SCANNING to true.
  code-scanning:
    needs: audit
    if: >-
      always() && vars.NINES_CODE_SCANNING == 'true' &&
      (github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository)
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      actions: read
      contents: read
      security-events: write
    steps:
      - uses: ${ACTIONS.downloadArtifact}
        with:
          name: nines
      - uses: ${ACTIONS.uploadSarif}
        with:
          sarif_file: nines.sarif
          category: nines
`;
  return [{ path: '.github/workflows/nines.yml', text }];
}
