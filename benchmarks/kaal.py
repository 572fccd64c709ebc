"""A process that only loads numpy and Arrow: the floor under the start of a command."""

import numpy as np
import pyarrow.compute as pc

assert np.int64 is not None
assert pc.function_registry() is not None
