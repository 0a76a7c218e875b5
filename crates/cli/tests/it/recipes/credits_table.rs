//! `from-a-credits-table`: the product beside it, a fake AI, and every credit accounted for at its end.

use super::Stage;
use std::fs;

#[test]
fn a_product_moves_over_as_the_recipe_says() {
    let stage = Stage::new();
    stage.has("examples/credits-table");
    stage.plays("from-a-credits-table.md", &[]);
    let left = stage.folder.path().join("answers/balances.csv");
    assert_eq!(fs::read_to_string(left).unwrap().lines().count(), 41);
}
