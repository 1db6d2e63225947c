//! How programs end.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;

#[test]
fn a_program_with_nothing_left_to_do_ends_by_itself() {
    let temp = TempDir::new("end");
    let mut program = Program::run_source(CORONA, &temp, "console.log('ready');");
    assert_eq!(program.line(), "ready");
    let ended = program.finish();
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "", ""));
}
