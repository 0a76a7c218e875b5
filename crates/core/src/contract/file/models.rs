//! Section `models`: classes of models, cheapest first, by what they mean to a customer.

use super::contract::{not_empty, table};
use super::reader::Reader;
use super::section::{Section, named};
use super::shape::{Key, Keys, Kind, Shape, rule};
use super::suggest::quoted;
use super::tree::{Node, Value};
use crate::contract::{ModelClass, Table, plain_model_name};
use crate::id::Name;
use std::collections::BTreeMap;

/// The keys of a class of models.
pub(super) static MODEL_CLASS: Keys = Keys {
    of: "a class of models",
    list: &[
        Key::new("means", Shape::Text, rule::WORDS, "What it is in the customer's words.")
            .required()
            .example("fast everyday models"),
        Key::new(
            "are",
            Shape::List(&Shape::Text),
            rule::ORDER,
            "The models in it, by their names.",
        )
        .required()
        .example("[gpt-4o-mini]"),
    ],
};

/// The one class of a contract without `models`.
pub(super) fn any() -> Table<ModelClass> {
    let id = Name::new("any");
    let class =
        ModelClass { id: id.clone(), means: "any model".to_owned(), are: Vec::new(), any: true };
    let mut table = Table::default();
    let _ = table.push(id, class);
    table
}

/// Reads `models`.
pub(super) fn models(r: &mut Reader<'_>, node: &Node) -> Option<Table<ModelClass>> {
    not_empty(r, node, "Define at least one class of models, or delete the section.");
    each_in_one_class(r, node);
    let rows = named(r, node, Kind::New("model class"), class)?;
    Some(table(Some(rows)))
}

/// Reads one class.
fn class(r: &mut Reader<'_>, id: &Name, node: &Node) -> Option<ModelClass> {
    let s = Section::open(r, node, &MODEL_CLASS)?;
    let means = s.text(r, "means").unwrap_or_default();
    let are = s.get(r, "are", |r, node| r.list(node, |r, item| r.text(item)));
    Some(ModelClass { id: id.clone(), means, are: are.unwrap_or_default(), any: false })
}

/// Reports models that stand in two classes: which ceiling they are under would be a guess.
fn each_in_one_class(r: &mut Reader<'_>, node: &Node) {
    let Value::Map(map) = &node.value else { return };
    let mut first: BTreeMap<String, &Node> = BTreeMap::new();
    for entry in map.entries() {
        let Some(Value::List(items)) = entry.value.get("are").map(|are| &are.value) else {
            continue;
        };
        for item in items {
            let Value::Scalar(model) = &item.value else { continue };
            let plain = plain_model_name(&model.text).to_ascii_lowercase();
            let Some(earlier) = first.insert(plain, item) else { continue };
            let message = format!("{} stands in two places.", quoted(&model.text));
            r.contradiction(item, Some(earlier), message, "Delete one of the two.");
        }
    }
}
