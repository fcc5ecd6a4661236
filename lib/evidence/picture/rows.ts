import type { DrawnComponent } from './folded';

/** Components that stand side by side. */
export type Row = readonly DrawnComponent[];

/** One row for each component, but one for alike ones that stand in one zone each: three gateways in three zones. */
export function rowsOf(components: readonly DrawnComponent[]): readonly Row[] {
  const rows: DrawnComponent[][] = [];
  for (const component of components) {
    const zone = onlyZone(component);
    const row = zone === undefined ? undefined : rows.find((each) => takes(each, component, zone));
    if (row) row.push(component);
    else rows.push([component]);
  }
  return rows;
}

/** The zone of what stands in one only. */
export function onlyZone({ zones }: DrawnComponent): string | undefined {
  return zones.length === 1 ? zones[0]?.zone : undefined;
}

function takes(row: Row, { resource }: DrawnComponent, zone: string): boolean {
  return row.every((each) => {
    const taken = onlyZone(each);
    return taken !== undefined && taken !== zone && each.resource.type === resource.type;
  });
}
