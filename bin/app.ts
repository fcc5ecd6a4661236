// The reference app: a service of tier 1 in two regions. `examples/active-passive` explains it.
import '../examples/active-passive/app';
