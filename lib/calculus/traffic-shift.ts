const NAMED =
  /^CodeDeployDefault\.(?:Lambda|ECS)(AllAtOnce|Canary|Linear)(?:(\d+)Percent)?(?:Every)?(?:(\d+)Minutes?)?$/;

/**
 * Minutes from the first request to a new version until all go there, by the name of a configuration of CodeDeploy; undefined for
 * those of instances, which take as long as they take.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 */
export function shiftByName(name: string): number | undefined {
  const [, kind, percent = 100, minutes = 0] = NAMED.exec(name) ?? [];
  if (kind === undefined) return undefined;
  return Number(minutes) * (kind === 'Linear' ? stepsOf(Number(percent)) : 1);
}

/** After the first step of so many per cent so many waits follow. */
export function stepsOf(percent: number): number {
  return Math.ceil(100 / percent) - 1;
}
