import type { Construct } from 'constructs';
import type { RegionStack, RegionStackProps } from './region-stack';

/** Makes the stack of one region. A class that extends {@link RegionStack} is one. */
export type RegionStackClass = new (scope: Construct, id: string, props: RegionStackProps) => RegionStack;
