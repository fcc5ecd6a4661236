import { auditing, type PipelineFile, type PipelineOptions, preparation } from './kit';

/** The job, which the pipeline of the project includes. */
export const GITLAB_JOB = '.gitlab/nines.gitlab-ci.yml';

/** What a pipeline says to have the job. */
export const GITLAB_INCLUDE = `include: [{ local: ${GITLAB_JOB} }]\n`;

/** A job with findings as tests and as code quality in the merge request. */
export function gitlabPipeline(options: PipelineOptions): readonly PipelineFile[] {
  const reports = [
    { format: 'junit', file: 'nines.junit.xml' },
    { format: 'gitlab', file: 'nines.codequality.json' },
  ] as const;
  const { folder } = options;
  const commands = [
    ...(folder === '.' ? [] : [`cd '${folder}'`]),
    ...preparation(options),
    ...auditing(options, reports),
  ];
  const inFolder = (file: string) => (folder === '.' ? file : `${folder}/${file}`);
  const text = `# Audits every change for high availability. Written by nines scaffold gitlab; it is yours to change.
# Included from .gitlab-ci.yml.
nines:
  stage: test
  image: node:22
  needs: []
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
${commands.map((command) => `    - ${JSON.stringify(command)}\n`).join('')}  artifacts:
    when: always
    expire_in: 30 days
    paths:
      - "${inFolder('nines.junit.xml')}"
      - "${inFolder('nines.codequality.json')}"
    reports:
      junit: "${inFolder('nines.junit.xml')}"
      codequality: "${inFolder('nines.codequality.json')}"
`;
  return [{ path: GITLAB_JOB, text }];
}
