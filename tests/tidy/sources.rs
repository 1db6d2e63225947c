//! Shape of source files: opening lines, sizes, forbidden markers.
