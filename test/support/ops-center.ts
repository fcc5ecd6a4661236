import type { Json } from './event-run';

/** Fewer than AWS gives at once, so that whoever reads must turn pages. */
const PAGE = 2;

/** What still keeps another item of the same incident from being opened. */
const UNDONE = ['Open', 'InProgress'];

/** By what AWS can filter, of those that are used here, all with `Equal`. */
const FILTERS: Readonly<Record<string, (item: Json, value: string) => boolean>> = {
  Status: (item, value) => item.Status === value,
  Source: (item, value) => item.Source === value,
  OperationalData: (item, value) => {
    const wanted = JSON.parse(value);
    const { Type, Value } = item.OperationalData[wanted.key] ?? {};
    return Type === 'SearchableString' && Value === wanted.value;
  },
};

/**
 * OpsCenter of AWS Systems Manager as far as one item for each incident needs it.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-working-deduplication.html
 */
export class OpsCenter {
  readonly items: Json[] = [];

  /** What EventBridge was given to open items with. */
  readonly inputs: Json[] = [];

  /** By EventBridge, whose target has the fields in small letters. */
  open(input: Json): void {
    this.inputs.push(input);
    const { title, severity, source, operationalData } = input;
    const data = Object.entries<Json>(operationalData).map(([key, { type = 'String', value }]) => [
      key,
      { Type: type, Value: value },
    ]);
    const OperationalData = Object.fromEntries(data);
    const dedup = (item: Json) => JSON.parse(item.OperationalData['/aws/dedup'].Value).dedupString;
    const isKnown = (item: Json) =>
      UNDONE.includes(item.Status) && dedup(item) === dedup({ OperationalData });
    if (this.items.some(isKnown)) return;
    const OpsItemId = `oi-${this.items.length + 1}`;
    this.items.push({
      OpsItemId,
      Status: 'Open',
      Title: title,
      Severity: severity,
      Source: source,
      OperationalData,
    });
  }

  describe({ OpsItemFilters = [], NextToken: token = '0' }: Json): Json {
    const found = this.items.filter((item) =>
      OpsItemFilters.every(({ Key, Values, Operator }: Json) => {
        const filter = FILTERS[Key];
        if (!filter || Operator !== 'Equal') throw new Error(`ValidationException: ${Key} ${Operator}`);
        return Values.some((value: string) => filter(item, value));
      }),
    );
    const end = Number(token) + PAGE;
    return {
      OpsItemSummaries: found.slice(Number(token), end),
      ...(end < found.length && { NextToken: String(end) }),
    };
  }

  update({ OpsItemId, Status }: Json): Json {
    const item = this.items.find((each) => each.OpsItemId === OpsItemId);
    if (!item) throw Object.assign(new Error(OpsItemId), { name: 'OpsItemNotFoundException' });
    item.Status = Status;
    return {};
  }

  statuses(): string[] {
    return this.items.map(({ Status }) => Status);
  }
}
