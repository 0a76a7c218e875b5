//! `stripe`: a service that believes a secret, and events signed with it by the recipe's own lines.

use super::Stage;

#[test]
fn credits_are_bought_and_a_plan_begins_as_the_recipe_says() {
    let stage = Stage::new();
    stage.has("contracts/jobscout");
    stage.plays("stripe.md", &[]);
}
