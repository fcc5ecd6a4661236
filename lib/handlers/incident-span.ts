import type { Call } from './aws-call';
import type { Claim } from './incident-memory';
import { updateItem } from './update-item';

/** So long an alarm holds an incident open: the end of one that is deleted while it fires never comes. */
const LONGEST_HOLD = 86_400_000;
const BEGINS = ',#0=if_not_exists(#0,:s),openedAt=if_not_exists(openedAt,:s)';

/**
 * Keeps which alarms of a service fire, of those that are told. An incident lasts from the first of them to the end of the last,
 * however many there are.
 *
 * @returns the milliseconds that the incident took, to whoever ended it and once only
 * @throws whatever the API throws
 */
export async function spanOf(call: Call, service: string, claimed: Claim): Promise<number | undefined> {
  const { table, key, stateAt: at, isOpen, expires: e } = claimed;
  const item = { table, key: `service|${service}` };
  const change = `SET expiresAt=:e${isOpen ? BEGINS : ' REMOVE #0'} ADD changes :n`;
  const values = { e, n: 1, ...(isOpen && { s: at }) };
  const kept = (await updateItem(call, item, change, { names: [key], values, gives: 'ALL_NEW' })) ?? {};
  // The name of an alarm is a hash; whatever else is kept has a shorter one.
  const fires = Object.keys(kept).filter((name) => name.length === key.length);
  const since = (name: string) => Number(kept[name]);
  const names = fires.filter((name) => name !== key && at - since(name) > LONGEST_HOLD);
  const lost = names.map((_, index) => `,#${index}`).join('');
  const held = fires.filter((name) => !names.includes(name));
  if (isOpen) {
    const s = Math.min(...held.map(since));
    if (lost)
      await updateItem(call, item, `SET openedAt=:s REMOVE ${lost.slice(1)}`, { names, values: { s } });
    return undefined;
  }
  const { openedAt, changes: c = 0 } = kept;
  if (held[0] || !openedAt) return undefined;
  const ends = { condition: 'changes=:c', names, values: { c } };
  const ended = await updateItem(call, item, `REMOVE openedAt${lost}`, ends);
  // Of what an alarm began whose end never came, the end is not known either.
  return ended && !lost ? Math.max(0, at - Number(openedAt)) : undefined;
}
