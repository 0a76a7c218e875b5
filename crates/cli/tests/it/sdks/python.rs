//! The Python SDK: its own tests, in the environments that its lists pin.

use crate::packages;
use std::path::PathBuf;
use std::process::Command;

fn sdk() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "sdk", "python"].iter().collect()
}

/// Runs its tests with the packages of this list; they say what went wrong.
fn passes(list: &str, tests: &[&str]) {
    let list = sdk().join("requirements").join(list);
    let name = format!("sdk-{}", list.file_stem().unwrap().to_string_lossy());
    let out = Command::new(packages::pypi(&name, &list))
        .args(["-m", "pytest", "-p", "no:cacheprovider"])
        .args(tests)
        .current_dir(sdk())
        .env("PROBITY_BIN", env!("CARGO_BIN_EXE_probity"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("Python runs");
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success(), "{said}\n{}", String::from_utf8_lossy(&out.stderr));
    assert!(said.contains(" passed"), "{said}");
}

#[test]
fn the_python_sdk_passes_its_own_tests() {
    passes("dev.txt", &[]);
}

#[test]
fn the_python_sdk_sees_the_calls_of_litellm() {
    passes("litellm.txt", &["tests/test_litellm.py"]);
}
