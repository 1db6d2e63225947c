//! Tests of the sources themselves: the rules that no compiler keeps.

mod sources;
