import type { Leaning } from '../../assessment/topology/view';
import type { DrawnComponent } from './folded';

/** A rectangle in pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A zone of a region: a column of its panel. */
export interface ZoneColumn extends Area {
  readonly zone: string;
  readonly label: string;
}

/** A region, or what stands in none. */
export interface Panel extends Area {
  /** Undefined for what stands in no region, or in several. */
  readonly region: string | undefined;
  readonly label: string;
  readonly zones: readonly ZoneColumn[];

  /** How many of its components are drawn together with alike ones. */
  readonly folded: number;
}

/** What a component has in one zone. */
export interface Cell extends Area {
  readonly zone: string;
  readonly label: string;
}

/** A component. */
export interface Box extends Area {
  readonly component: DrawnComponent;

  /** The places of all that it stands for among the components of the topology. */
  readonly indexes: readonly number[];
  readonly title: string;
  readonly subtitle: string;
  readonly cells: readonly Cell[];
}

/** From a component to one that it leans on. */
export interface Line {
  readonly path: string;
  readonly leaning: Leaning;

  /** The tip of the arrow, and whether it points down, else to the right. */
  readonly tip: { readonly x: number; readonly y: number; readonly down: boolean };
}

/** A topology with a place for everything. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly panels: readonly Panel[];
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}
