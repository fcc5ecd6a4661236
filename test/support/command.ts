import { run } from '../../lib/cli/run';

/** Runs the command as a user would, and gives what it wrote. */
export async function nines(...args: readonly string[]) {
  const written = { out: '', err: '' };
  const world = {
    out: (text: string) => {
      written.out += text;
    },
    err: (text: string) => {
      written.err += text;
    },
    env: { NO_COLOR: '1' },
    isTerminal: false,
  };
  const code = await run(args, world, '1.2.3');
  return { code, ...written };
}

/** A database in one zone, so that there is something to find. */
export const SINGLE_AZ = {
  Resources: {
    Db: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { Engine: 'postgres', MultiAZ: false, DBInstanceClass: 'db.m6g.large' },
    },
  },
};
