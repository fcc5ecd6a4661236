import type { Json } from './event-run';

type Item = Readonly<Record<string, Json>>;

const numberOf = (value: Json) => Number(value?.N);
const isSame = (one: Json, other: Json) => JSON.stringify(one) === JSON.stringify(other);

/** A table of DynamoDB as far as `GetItem` and `UpdateItem` need it: conditions of `AND` and `OR`, and SET, REMOVE and ADD. */
export class MemoryTable {
  readonly items = new Map<string, Item>();

  get({ Key }: Json): Json {
    const Item = this.items.get(Key.id.S);
    return Item ? { Item } : {};
  }

  update(input: Json): Json {
    const { Key, UpdateExpression, ConditionExpression, ReturnValues } = input;
    useAll(input);
    const known = this.items.get(Key.id.S);
    if (ConditionExpression && !holds(ConditionExpression, known ?? {}, input))
      throw Object.assign(new Error('no'), { name: 'ConditionalCheckFailedException' });
    const item: Record<string, Json> = { ...known, id: Key.id };
    const clauses = String(UpdateExpression).matchAll(/(SET|REMOVE|ADD) (.*?)(?= (?:SET|REMOVE|ADD) |$)/g);
    for (const [, clause, body = ''] of clauses)
      for (const action of body.split(/,(?![^(]*\))/)) change(item, `${clause} ${action}`, input);
    this.items.set(Key.id.S, item);
    if (ReturnValues === 'ALL_OLD') return known ? { Attributes: known } : {};
    return ReturnValues === 'ALL_NEW' ? { Attributes: item } : {};
  }
}

/** DynamoDB refuses names and values that no expression uses, and a map of names without any. */
function useAll({ UpdateExpression, ConditionExpression = '', ...given }: Json): void {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = given;
  const keys = [names, values].flatMap((map) => Object.keys(map ?? {}));
  const used = `${UpdateExpression} ${ConditionExpression}`;
  const idle = keys.filter((key) => !new RegExp(`${key}\\b`).test(used));
  if (idle.length > 0 || (names && Object.keys(names).length === 0))
    throw new Error(`ValidationException: ${idle} unused in ${used}`);
}

function change(
  item: Record<string, Json>,
  action: string,
  { ExpressionAttributeValues, ...input }: Json,
): void {
  const nameOf = (name = '') => {
    const found = name.startsWith('#') ? input.ExpressionAttributeNames?.[name] : name;
    if (!/^[\w|]+$/.test(found ?? '') || (!name.startsWith('#') && !/^[a-z]/i.test(name)))
      throw new Error(`ValidationException: ${action}`);
    return found;
  };
  const given = (value = '') => {
    const found = ExpressionAttributeValues[value];
    if (found === undefined) throw new Error(`ValidationException: ${value} of ${action}`);
    return found;
  };
  const first = /^SET (\S+)=if_not_exists\((\S+),(:\w+)\)$/.exec(action);
  const set = /^SET (\S+)=(:\w+)$/.exec(action);
  const removed = /^REMOVE (\S+)$/.exec(action);
  const added = /^ADD (\S+) (:\w+)$/.exec(action);
  if (first) item[nameOf(first[1])] = item[nameOf(first[2])] ?? given(first[3]);
  else if (set) item[nameOf(set[1])] = given(set[2]);
  else if (removed) delete item[nameOf(removed[1])];
  else if (added) {
    const [name, by] = [nameOf(added[1]), numberOf(given(added[2]))];
    item[name] = { N: String((item[name] ? numberOf(item[name]) : 0) + by) };
  } else throw new Error(`ValidationException: ${action}`);
}

function holds(condition: string, item: Item, { ExpressionAttributeValues: values }: Json): boolean {
  const term = (text: string): boolean => {
    const [, missing] = /^attribute_not_exists\((\w+)\)$/.exec(text) ?? [];
    if (missing) return item[missing] === undefined;
    const [, name = '', relation, value = ''] = /^(\w+)(=|<)(:\w+)$/.exec(text) ?? [];
    if (!relation) throw new Error(`ValidationException: ${text}`);
    if (item[name] === undefined) return false;
    return relation === '='
      ? isSame(item[name], values[value])
      : numberOf(item[name]) < numberOf(values[value]);
  };
  const all = (text: string) =>
    text
      .replace(/^\(|\)$/g, '')
      .split(' AND ')
      .every(term);
  return condition
    .split(' OR ')
    .some((each) => (each.startsWith('(') ? all(each) : each.split(' AND ').every(term)));
}
