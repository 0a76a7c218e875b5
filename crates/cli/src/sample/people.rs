//! The customers of a sample log: a few use a lot, most use little, one runs away.

use super::random::{Random, Weighted};
use super::shop::Shop;

/// How many results of a customer are remembered, to be opened again.
const REMEMBERED: usize = 6;

const FIRST: &str = "amber brave calm clear copper coral crisp dusty early fern gentle golden green \
                     hazel ivory jade keen lilac lively lunar maple mellow misty noble ocean olive \
                     pearl quiet rapid river rosy rustic sage silver simple sunny swift tidy upper \
                     velvet vivid warm wild winter wise young";
const SECOND: &str = "badger beaver bison crane curlew deer dove eagle egret falcon finch fox gecko \
                      gull hare hawk heron ibex jay koala lark lemur lion lynx marten mole moose \
                      newt otter owl panda pony puffin quail raven robin seal shrew sparrow stoat \
                      stork swan tern toad trout vole wren yak";

/// One customer.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Their id in the log.
    pub(crate) id: String,
    /// Their plan, by place.
    pub(crate) plan: usize,
    /// The last results: the action's place and the number of the thing.
    pub(crate) results: Vec<(usize, u64)>,
}

impl Person {
    /// Remembers a result; the oldest makes room.
    pub(crate) fn remember(&mut self, action: usize, thing: u64) {
        if self.results.len() == REMEMBERED {
            self.results.remove(0);
        }
        self.results.push((action, thing));
    }
}

/// All customers.
#[derive(Clone, Debug)]
pub(crate) struct People {
    /// By place; special terms first.
    pub(crate) all: Vec<Person>,
    weights: Weighted,
}

impl People {
    /// So many customers of a shop.
    pub(crate) fn of(shop: &Shop, customers: u64, random: &mut Random) -> Self {
        let plans = Weighted::new(shop.plans.iter().map(|plan| plan.weight));
        let special = shop.special.iter().map(|(id, plan)| (id.clone(), *plan));
        let others = (0..).map(|n| (name(n), None));
        let count = usize::try_from(customers.max(1)).unwrap_or(1);
        let all: Vec<_> = special
            .chain(others)
            .take(count)
            .map(|(id, plan)| Person {
                id,
                plan: plan.unwrap_or_else(|| plans.pick(random)),
                results: Vec::new(),
            })
            .collect();
        // How much each uses falls as one over the rank: a heavy tail.
        let weights = Weighted::new((0..all.len() as u64).map(|rank| 1_000_000_000 / (rank + 12)));
        Self { all, weights }
    }

    /// Somebody, the heavy users more often.
    pub(crate) fn somebody(&self, random: &mut Random) -> usize {
        self.weights.pick(random)
    }

    /// Who runs away with an action: somebody on credits whose plan offers it, not the heaviest user.
    pub(crate) fn runaway(&self, shop: &Shop, action: usize) -> usize {
        let suits = |person: &Person| {
            shop.plans.get(person.plan).is_some_and(|plan| {
                plan.is_on_credits && plan.offers.get(action).copied().unwrap_or(false)
            })
        };
        let from = (shop.special.len() + 11).min(self.all.len().saturating_sub(1));
        let others = self.all.iter().enumerate().skip(from);
        others.filter(|(_, person)| suits(person)).map(|(n, _)| n).next().unwrap_or(from)
    }
}

/// `amber-otter`, `brave-lynx`, …, all different; after the last pair with a number.
fn name(n: usize) -> String {
    let first: Vec<_> = FIRST.split_whitespace().collect();
    let second: Vec<_> = SECOND.split_whitespace().collect();
    let pairs = first.len() * second.len();
    // A step that shares no factor with the number of pairs meets every pair once.
    let mixed = (n % pairs) * 1_009 % pairs;
    let pick = |list: &[&'static str], at: usize| list.get(at).copied().unwrap_or("some");
    let pair =
        format!("{}-{}", pick(&first, mixed / second.len()), pick(&second, mixed % second.len()));
    match n / pairs {
        0 => pair,
        round => format!("{pair}-{}", round + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_all_different() {
        let names: std::collections::BTreeSet<_> = (0..10_000).map(name).collect();
        assert_eq!(names.len(), 10_000);
        assert_eq!(name(0), "amber-badger");
    }
}
