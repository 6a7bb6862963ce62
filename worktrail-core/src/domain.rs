//! Values that cannot be wrong, and the rules of the case.
