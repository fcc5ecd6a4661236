import type { Resource } from '../assembly/resource';
import { Unknown } from '../assembly/value';
import { type RunTimeRead, runTimeReadsOf } from '../assembly/wiring/run-time-reads';
import { type Modelling, nameOf } from './modelling';

const KEY = 'AWS::KMS::Key';
const PARAMETER = 'AWS::SSM::Parameter';

/** How what runs somebody's code is started. */
export interface Started {
  /** Whether each run starts anew, so that it needs what is read at its start. @default - what was started runs on */
  readonly eachTime?: boolean;
}

/**
 * The secrets and keys that code cannot do without. Whether it keeps what it has read is in its code: it is taken to ask each
 * time.
 */
export function readBy(
  resource: Resource,
  model: Modelling,
  { eachTime = false }: Started = {},
): readonly Resource[] {
  const reads = runTimeReadsOf(resource).filter((read) => !isKeyOfOthers(read));
  return reads
    .filter((read) => counts(read, resource, { model, eachTime }))
    .map(({ to, certain, atStart }) => {
      if (!atStart)
        model.assume(
          `${nameOf(resource)} is taken to ask for ${nameOf(to)} at each call${certain instanceof Unknown ? `: ${certain.reason}` : ', and to keep nothing of it'}`,
          resource,
        );
      return to;
    });
}

function counts(
  { to, atStart }: RunTimeRead,
  resource: Resource,
  { model, eachTime }: { readonly model: Modelling; readonly eachTime: boolean },
): boolean {
  if (to.type === PARAMETER) {
    model.assume(
      `${nameOf(resource)} reads ${nameOf(to)}: no agreement on parameters of Systems Manager was read, and it is not counted`,
      resource,
    );
    return false;
  }
  if (!atStart || eachTime) return true;
  model.assume(
    `${nameOf(resource)} needs ${nameOf(to)} only where it starts: what runs goes on without it, and it is not counted`,
    resource,
  );
  return false;
}

/** A key that a role may use, and with which something of the app is encrypted, counts with that. */
function isKeyOfOthers({ to, named }: RunTimeRead): boolean {
  if (to.type !== KEY || named) return false;
  return to.stack.graph.mentionsOf(to).some(({ from }) => !/^AWS::(IAM|KMS)::/.test(from.type));
}
