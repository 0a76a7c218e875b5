//! How a random command is put to the engine, and how a refusal is written down.

use super::story::{Asked, What};
use probity::answer;
use probity::core::Name;
use probity::core::command::{Act, ActorKind};
use probity::core::decide::Problem;
use probity::core::view::Reader;
use probity::engine::{Ask, Doing, Key, OnlyIf, Refused};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// What is asked, with how it is told.
pub(super) fn ask(asked: &Asked) -> Ask {
    let reader = match asked.by.kind {
        ActorKind::Customer => Reader::Customer,
        ActorKind::Product | ActorKind::Engine => Reader::Product,
    };
    let (doing, told) = match asked.what.clone() {
        What::Act(act) => (Doing::Act(act.clone()), act),
        What::Put(new, changes) => (Doing::Put(new, changes.clone()), Act::UpdateCustomer(changes)),
        What::Question(run) => {
            let id = Name::new(&format!("question_{run}"));
            (Doing::Question { id, run, text: "Why?".to_owned() }, Act::Release { run })
        }
    };
    let only_if = asked.only_if.map(|seq| -> OnlyIf {
        Box::new(move |customer| match customer.seq % 60 {
            last if last == seq => Ok(()),
            _ => Err(Problem::Forbidden),
        })
    });
    Ask {
        environment: asked.environment,
        whose: asked.whose.clone(),
        doing,
        by: asked.by.clone(),
        only_if,
        key: asked.key.clone().map(|key| Key { key, fingerprint: fingerprint(&asked.what) }),
        render: Some(Box::new(move |done| {
            let body = answer::body(&done.desk, done.customer, &told, done.answer, reader);
            let status = if done.opened { 201 } else { answer::status(&told) };
            Ok(answer::Reply { status, body: body.to_string() })
        })),
    }
}

fn fingerprint(what: &What) -> [u8; 32] {
    let mut hasher = DefaultHasher::new();
    format!("{what:?}").hash(&mut hasher);
    let mut fingerprint = [0; 32];
    fingerprint[..8].copy_from_slice(&hasher.finish().to_le_bytes());
    fingerprint
}

/// A refusal with everything that is told of it.
pub(super) fn refusal(refused: &Refused, what: &What) -> String {
    match (refused, what) {
        (Refused::Denied(denial, view), What::Act(Act::StartRun(request))) => {
            let desk = view.desk().unwrap();
            answer::to_json(&desk.denial(denial, request)).to_string()
        }
        (Refused::Problem(problem), _) => format!("{problem:?}: {}", problem.detail()),
        (Refused::KeyReused | Refused::Denied(..), _) => refused.to_string(),
        (other, _) => panic!("{what:?}: {other}"),
    }
}
