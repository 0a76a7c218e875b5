//! Commands with their whole answers, as text files under `tests/cmd`.

/// `TRYCMD=overwrite cargo test -p probity-cli` writes the answers anew; read the difference.
#[test]
fn every_command_answers_as_written() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
