//! Starts the spec runner with the binary that cargo has just built. A test of the package `corona`, because cargo
//! tells only those where it is.

fn main() {
    corona_tests::spec::main(std::path::Path::new(env!("CARGO_BIN_EXE_corona")))
}
