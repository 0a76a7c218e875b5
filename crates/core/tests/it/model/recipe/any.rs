//! Any recipe: what random contracts look like, the simplest first, so that they shrink.

use super::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Any recipe, the simplest first.
pub fn recipes() -> impl Strategy<Value = Recipe> {
    let zone =
        prop_oneof![3 => Just("UTC"), 1 => Just("Europe/Berlin"), 1 => Just("America/New_York")];
    let actions = vec(action().boxed(), 1..5);
    let plans = vec(plan().boxed(), 1..4);
    (zone, actions, plans, rules().boxed(), private()).prop_map(
        |(zone, actions, plans, rules, private)| Recipe { zone, actions, plans, rules, private },
    )
}

fn length(longest: Length) -> impl Strategy<Value = Length> {
    let all = [
        Length::new(20, TimeUnit::Second),
        Length::new(10, TimeUnit::Minute),
        Length::new(1, TimeUnit::Hour),
        Length::new(1, TimeUnit::Day),
        Length::new(3, TimeUnit::Day),
        Length::new(1, TimeUnit::Month),
    ];
    let few = all.into_iter().filter(|l| l.roughly_seconds() <= longest.roughly_seconds()).count();
    (0..few).prop_map(move |i| all[i])
}

fn days() -> impl Strategy<Value = Length> {
    (1u32..40).prop_map(|n| Length::new(n, TimeUnit::Day))
}

fn per() -> impl Strategy<Value = Per> {
    prop_oneof![2 => Just(Per::Day), 3 => Just(Per::Month), 1 => Just(Per::Week)]
}

fn sometimes<S: Strategy>(of: S) -> impl Strategy<Value = Option<S::Value>> {
    option::weighted(0.3, of)
}

fn price() -> impl Strategy<Value = PriceRecipe> {
    prop_oneof![
        1 => Just(PriceRecipe::Free),
        4 => (1u32..12).prop_map(PriceRecipe::Fixed),
        2 => (1u32..4, option::of(1u32..6), 0u32..12, option::of(1u64..8)).prop_map(
            |(each, at_least, more, up_to)| PriceRecipe::Each { each, at_least, more, up_to }
        ),
    ]
}

fn action() -> impl Strategy<Value = ActionRecipe> {
    let hour = Length::new(1, TimeUnit::Hour);
    let month = Length::new(1, TimeUnit::Month);
    (
        price(),
        option::of(1u32..4),
        option::of(2u32..6),
        any::<bool>(),
        sometimes(length(month)),
        option::of((1u32..3, length(month))),
        proptest::bool::weighted(0.2),
        proptest::bool::weighted(0.15),
        proptest::bool::weighted(0.15),
        length(hour),
    )
        .prop_map(
            |(
                price,
                after_allowance,
                parts,
                once,
                same_again,
                free_redo,
                harsh,
                needs,
                exploring,
                too_slow_after,
            )| {
                ActionRecipe {
                    price,
                    after_allowance,
                    parts,
                    once,
                    same_again,
                    free_redo,
                    harsh,
                    needs,
                    exploring,
                    too_slow_after,
                }
            },
        )
}

fn plan() -> impl Strategy<Value = PlanRecipe> {
    let runs_on =
        prop_oneof![5 => Just(RunsOn::Credits), 2 => Just(RunsOn::OwnKey), 1 => Just(RunsOn::Us)];
    let plan_price = prop_oneof![
        3 => PlanRecipe::options(),
        1 => PlanRecipe::options().prop_map(|_| PlanPriceRecipe::OnYourKey),
    ];
    (
        runs_on,
        option::of((0u32..40, prop_oneof![3 => Just(Per::Month), 1 => Just(Per::Year)])),
        option::of(1u32..80),
        prop_oneof![Just(Per::Month), Just(Per::Year)],
        prop_oneof![2 => Just(255u8), 1 => any::<u8>()],
        sometimes(0u8..2),
        vec(sometimes((0u64..4, per())), 0..5),
        vec(sometimes(plan_price), 0..5),
        proptest::bool::weighted(0.7),
        sometimes(0u32..3),
    )
        .prop_map(
            |(
                runs_on,
                price,
                credits,
                credits_per,
                offers,
                best_model,
                allowances,
                prices,
                top_ups,
                key_cap,
            )| {
                PlanRecipe {
                    runs_on,
                    price,
                    credits,
                    credits_per,
                    offers,
                    best_model,
                    allowances,
                    prices,
                    top_ups,
                    key_cap,
                }
            },
        )
}

impl PlanRecipe {
    fn options() -> impl Strategy<Value = PlanPriceRecipe> {
        prop_oneof![
            (0u32..8).prop_map(PlanPriceRecipe::Credits),
            Just(PlanPriceRecipe::OnYourKey),
            (1u32..8).prop_map(PlanPriceRecipe::CreditsAndKey),
        ]
    }
}

fn rules() -> impl Strategy<Value = Rules> {
    let day = Length::new(1, TimeUnit::Day);
    let month = Length::new(1, TimeUnit::Month);
    let expiry = || prop_oneof![1 => Just(Expiry::Never), 3 => days().prop_map(Expiry::After)];
    let times = (length(day), 1u32..4, length(month));
    let treatment = prop_oneof![3 => Just(Treatment::Charge), 1 => Just(Treatment::Free), 1 => Just(Treatment::Share)];
    let credit =
        (any::<bool>(), expiry(), sometimes(length(month)), sometimes(1u32..120), expiry(), days());
    let limits = (
        sometimes((2u32..60, per())),
        prop_oneof![2 => Just(1_000u32), 1 => 1u32..5],
        sometimes((1u32..4, 0u32..12)),
        sometimes((any::<u8>(), 0u64..4, per(), option::of(0u8..2))),
    );
    let changes = (any::<bool>(), option::of((days(), any::<bool>())), any::<bool>());
    (times, treatment, credit, limits, changes).prop_map(
        |(times, abandoned, credit, limits, changes)| {
            let (at_latest, same_item_fails, corrections) = times;
            let (coarse, gift, rolls_over, keep_at_most, bought, refunds_last) = credit;
            let (spend_cap, at_once, unusual_day, experiments) = limits;
            let (two_models, worse, better_waits) = changes;
            Rules {
                at_latest,
                same_item_fails,
                corrections,
                abandoned,
                coarse,
                gift,
                rolls_over,
                keep_at_most,
                bought,
                refunds_last,
                spend_cap,
                at_once,
                unusual_day,
                experiments,
                two_models,
                worse,
                better_waits,
            }
        },
    )
}

fn mode() -> impl Strategy<Value = Mode> {
    prop_oneof![9 => Just(Mode::Enforce), 1 => Just(Mode::Announce), 1 => Just(Mode::Shadow)]
}

/// How the contract is operated; several follow each other in one world.
pub fn private() -> BoxedStrategy<Private> {
    (
        mode(),
        vec(sometimes(mode()), 0..5),
        vec(sometimes(mode()), 0..4),
        prop_oneof![5 => Just(100u32), 1 => 0u32..100],
        (sometimes((1u32..4, per())), sometimes(1u32..4)),
        proptest::bool::weighted(0.2),
        proptest::bool::weighted(0.8),
    )
        .prop_map(|(default, actions, plans, share, we_pay, surge, costs)| Private {
            default,
            actions,
            plans,
            share,
            we_pay,
            surge,
            costs,
        })
        .boxed()
}
