//! Which column of a log plays which role: guessed from names and values, set by `--map`, shown.
//!
//! A guess is always shown before it is used. Nothing here reads a file: it is given the names of
//! the columns and a few values of each.

use super::numbers;
use super::outcomes;
use super::role::{Role, plain_name};
use super::shapes::Shape;
use super::times;
use probity_core::RunId;
use std::fmt::Write as _;

/// A column, with some of its values that are not empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its header; in JSON the keys that lead to it, joined by points.
    pub(crate) name: String,
    /// The first values that are not empty.
    pub(crate) sample: Vec<String>,
}

/// A column and the keys to follow inside its cells, where they hold JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The header, or the first key.
    pub(crate) column: String,
    /// The keys inside.
    pub(crate) path: Vec<String>,
}

impl Source {
    /// A column by its name; a name that no column has is split at its points.
    fn named(text: &str, columns: &[Column]) -> Option<Self> {
        let has = |name: &str| columns.iter().any(|c| c.name == name);
        let leads = |name: &str| {
            let inside = format!("{name}.");
            columns.iter().any(|c| c.name.starts_with(&inside))
        };
        if has(text) && !text.contains('.') {
            return Some(Self { column: text.to_owned(), path: Vec::new() });
        }
        let mut keys = text.split('.').map(String::from);
        let column = keys.next()?;
        let path: Vec<_> = keys.collect();
        if path.is_empty() || !(has(&column) || leads(&column)) {
            return has(text).then(|| Self { column: text.to_owned(), path: Vec::new() });
        }
        Some(Self { column, path })
    }

    /// As it is written in `--map`.
    pub(crate) fn text(&self) -> String {
        self.path.iter().fold(self.column.clone(), |text, key| text + "." + key)
    }
}

/// The roles of a log's columns.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// The tool the log comes from.
    pub(crate) shape: Shape,
    /// By role: the first that a row fills is read.
    sources: [Vec<Source>; Role::COUNT],
    unused: Vec<String>,
    /// Headers that more than one column has: the first of them is read.
    repeated: Vec<String>,
    /// Times have no zone and are read as UTC.
    pub(crate) zone_assumed: bool,
}

/// What stands in the way of replaying a log with these columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ColumnsError {
    /// `--map` names no role.
    NoSuchRole(String),
    /// `--map` names no column.
    NoSuchColumn {
        /// What was asked for.
        asked: String,
        /// What there is.
        has: Vec<String>,
    },
    /// `--map` names a column of which there are several.
    Repeated(String),
    /// A role that a replay cannot do without has no column.
    Missing {
        /// Which.
        roles: Vec<Role>,
        /// What there is.
        has: Vec<String>,
    },
}

impl Columns {
    /// Guesses the roles, then sets those that a person says (`ROLE=COLUMN`, or `ROLE=` for none).
    ///
    /// # Errors
    /// [`ColumnsError`] where a mapping is wrong; missing roles are told apart.
    pub(crate) fn choose(
        columns: &[Column],
        action_ids: &[&str],
        said: &[(String, String)],
    ) -> Result<Self, ColumnsError> {
        let (columns, repeated) = told_apart(columns);
        let columns = columns.as_slice();
        let shape = Shape::of(columns);
        let mut sources = shape.sources(columns);
        let mut taken: Vec<String> = sources.iter().flatten().map(Source::text).collect();
        let roles = said.iter().map(|(word, _)| {
            Role::parse(word).ok_or_else(|| ColumnsError::NoSuchRole(word.clone()))
        });
        let roles = roles.collect::<Result<Vec<_>, _>>()?;
        for (role, (_, text)) in roles.iter().zip(said) {
            let source = Source::named(text, columns);
            if source.is_none() && !text.is_empty() {
                return Err(ColumnsError::NoSuchColumn {
                    asked: text.clone(),
                    has: names(columns),
                });
            }
            if let Some(source) = source.as_ref().filter(|s| repeated.contains(&s.column)) {
                return Err(ColumnsError::Repeated(source.column.clone()));
            }
            taken.extend(source.as_ref().map(Source::text));
            set(&mut sources, *role, source);
        }
        if shape == Shape::Own {
            let guess = Guess { columns, action_ids };
            for role in Role::ALL.into_iter().filter(|role| !roles.contains(role)) {
                let found = guess.role(role, &taken);
                taken.extend(found.iter().map(|c| c.name.clone()));
                set(&mut sources, role, found.and_then(|c| Source::named(&c.name, columns)));
            }
        }
        let is_used = |name: &String| {
            taken
                .iter()
                .any(|t| t.strip_prefix(name).is_some_and(|t| t.is_empty() || t.starts_with('.')))
        };
        let unused = columns.iter().map(|c| &c.name).filter(|name| !is_used(name));
        let time = sources.first().and_then(|all| all.first()).map(Source::text);
        let zone_assumed = columns.iter().any(|c| {
            Some(&c.name) == time.as_ref() && c.sample.iter().any(|v| !times::has_zone(v))
        });
        Ok(Self { shape, sources, unused: unused.cloned().collect(), repeated, zone_assumed })
    }

    /// The column of a role.
    pub(crate) fn source(&self, role: Role) -> Option<&Source> {
        self.sources.get(role as usize)?.first()
    }

    /// The roles that have a column, with it and with those that are read where it is empty.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = (Role, &[Source])> {
        let all = Role::ALL.into_iter().zip(&self.sources);
        all.filter(|(_, own)| !own.is_empty()).map(|(role, own)| (role, own.as_slice()))
    }

    /// Headers that more than one column has.
    pub(crate) fn repeated(&self) -> &[String] {
        &self.repeated
    }

    /// The columns that play no role.
    pub(crate) fn unused(&self) -> &[String] {
        &self.unused
    }

    /// The roles a replay cannot do without that have no column.
    pub(crate) fn missing(&self) -> Vec<Role> {
        let tells_action = [Role::Action, Role::Route, Role::Model];
        let mut roles: Vec<_> = [Role::Time, Role::Customer]
            .into_iter()
            .filter(|r| self.source(*r).is_none())
            .collect();
        if tells_action.iter().all(|role| self.source(*role).is_none()) {
            roles.push(Role::Action);
        }
        roles
    }

    /// Is there a column for every role a replay cannot do without?
    ///
    /// # Errors
    /// [`ColumnsError::Missing`] where there is not.
    pub(crate) fn complete(&self, columns: &[Column]) -> Result<(), ColumnsError> {
        let roles = self.missing();
        if roles.is_empty() {
            return Ok(());
        }
        Err(ColumnsError::Missing { roles, has: names(columns) })
    }

    /// `time ← created_at`, `customer ← end_user, else user`: a text for each role.
    pub(crate) fn each(&self) -> Vec<String> {
        let text = |(role, own): (Role, &[Source])| format!("{} ← {}", role.word(), said(own));
        self.chosen().map(text).collect()
    }

    /// `time ← created_at, customer ← user_id; not used: note`
    pub(crate) fn describe(&self) -> String {
        let mut text = self.each().join(", ");
        if !self.unused.is_empty() {
            let _ = write!(text, "; not used: {}", self.unused.join(", "));
        }
        text
    }
}

/// `end_user, else user`
pub(crate) fn said(sources: &[Source]) -> String {
    let texts: Vec<_> = sources.iter().map(Source::text).collect();
    texts.join(", else ")
}

fn set(sources: &mut [Vec<Source>; Role::COUNT], role: Role, source: Option<Source>) {
    if let Some(slot) = sources.get_mut(role as usize) {
        *slot = source.into_iter().collect();
    }
}

/// The columns without those whose header another has before them, and such headers.
fn told_apart(columns: &[Column]) -> (Vec<Column>, Vec<String>) {
    let mut own: Vec<Column> = Vec::new();
    let mut repeated: Vec<String> = Vec::new();
    for column in columns {
        if !own.iter().any(|before| before.name == column.name) {
            own.push(column.clone());
        } else if !repeated.contains(&column.name) {
            repeated.push(column.name.clone());
        }
    }
    (own, repeated)
}

fn names(columns: &[Column]) -> Vec<String> {
    columns.iter().map(|c| c.name.clone()).collect()
}

/// Guessing from names, checked against values.
struct Guess<'a> {
    columns: &'a [Column],
    action_ids: &'a [&'a str],
}

impl<'a> Guess<'a> {
    fn role(&self, role: Role, taken: &[String]) -> Option<&'a Column> {
        let free = || self.columns.iter().filter(|c| !taken.contains(&c.name));
        if role == Role::Action
            && let Some(column) = free().find(|c| most(c, |v| self.action_ids.contains(&v)))
        {
            return Some(column);
        }
        // Ids of our own runs are nothing else, whatever the column is called.
        if role == Role::Id
            && let Some(column) = free().find(|c| most(c, is_run))
        {
            return Some(column);
        }
        // A column that is called as the role itself, or by a name that means nothing else, is
        // taken whatever it holds: a cell that cannot be read is counted, not guessed away.
        let exact = || free().find(|c| may_play(role, c) && role.is_word(&plain_name(&c.name)));
        let fits = |column: &&Column| self.has_values_for(role, column);
        let fitting =
            || role.names().find_map(|n| free().filter(fits).find(|c| is_called(c, role, n)));
        let sure = || {
            let mut names = role.sure_names();
            names.find_map(|n| free().filter(|c| may_play(role, c)).find(|c| is_called(c, role, n)))
        };
        exact().or_else(fitting).or_else(sure)
    }

    /// Do its values suit the role?
    fn has_values_for(&self, role: Role, column: &Column) -> bool {
        if column.sample.is_empty() {
            return may_play(role, column);
        }
        match role {
            Role::Time => most(column, |v| times::time(v).is_some()),
            Role::Outcome => most(column, |v| outcomes::known(v).is_some()),
            // Only noughts and ones say whether something arrived, not how much.
            Role::Parts => {
                most(column, is_count)
                    && column.sample.iter().any(|value| !matches!(value.trim(), "0" | "1"))
            }
            Role::Quantity | Role::TokensIn | Role::TokensOut | Role::TokensCached => {
                most(column, is_count)
            }
            // Decimal commas are not read, yet the column is the one that is meant.
            Role::Cost | Role::Charged => {
                most(column, |v| numbers::trillionths(v).is_some() || numbers::has_odd_comma(v))
            }
            Role::CacheHit | Role::Cancelled | Role::Allowed => {
                most(column, |v| numbers::yes_or_no(v).is_some())
            }
            _ => true,
        }
    }
}

/// A column without any values plays a role only where emptiness means something.
fn may_play(role: Role, column: &Column) -> bool {
    !column.sample.is_empty() || !matches!(role, Role::Time | Role::Customer | Role::Outcome)
}

fn is_run(value: &str) -> bool {
    RunId::parse(value.trim()).is_some()
}

/// A whole number, or what was meant as one.
fn is_count(cell: &str) -> bool {
    numbers::count(cell).is_some() || numbers::has_odd_comma(cell)
}

/// Is the column called so? Counts of tokens are also found inside other objects (`usage.input_tokens`).
fn is_called(column: &Column, role: Role, name: &str) -> bool {
    let is_nested_count = matches!(role, Role::TokensIn | Role::TokensOut | Role::TokensCached);
    let last = column.name.rsplit('.').next().unwrap_or_default();
    plain_name(&column.name) == name || (is_nested_count && plain_name(last) == name)
}

/// Does more than half of a column's sample pass?
fn most(column: &Column, passes: impl Fn(&str) -> bool) -> bool {
    let n = column.sample.iter().filter(|value| passes(value.trim())).count();
    n * 2 > column.sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(list: &[(&str, &[&str])]) -> Vec<Column> {
        let column = |(name, sample): &(&str, &[&str])| Column {
            name: (*name).to_owned(),
            sample: sample.iter().map(|v| (*v).to_owned()).collect(),
        };
        list.iter().map(column).collect()
    }

    fn describe(list: &[(&str, &[&str])], said: &[(&str, &str)]) -> String {
        let said: Vec<_> = said.iter().map(|(r, c)| ((*r).to_owned(), (*c).to_owned())).collect();
        Columns::choose(&columns(list), &["tailor", "search"], &said).unwrap().describe()
    }

    #[test]
    fn names_and_values_tell_the_roles() {
        let table: &[(&str, &[&str])] = &[
            ("Created At", &["2026-11-01 10:00:00"]),
            ("userId", &["u1"]),
            ("Job", &["tailor", "search", "tailor"]),
            ("status", &["ok", "error"]),
            ("amount", &["0.50"]),
            ("note", &["hello"]),
        ];
        assert_eq!(
            describe(table, &[]),
            "time ← Created At, customer ← userId, action ← Job, outcome ← status, \
             charged ← amount; not used: note"
        );
    }

    #[test]
    fn a_name_whose_values_do_not_suit_is_left() {
        let table: &[(&str, &[&str])] = &[
            ("date", &["Monday"]),
            ("at", &["1795428000"]),
            ("customer", &[]),
            ("account", &["a"]),
            ("result", &["green"]),
            ("amount", &["cheap"]),
            ("action", &["press"]),
        ];
        assert_eq!(
            describe(table, &[]),
            "time ← at, customer ← account, action ← action; \
             not used: date, customer, result, amount"
        );
    }

    #[test]
    fn a_name_that_means_one_thing_is_taken_whatever_it_holds() {
        let table: &[(&str, &[&str])] = &[
            ("created_at", &["1795428000", "0", "1"]),
            ("customer", &["ana"]),
            ("action", &["search"]),
            ("status", &["green", "blue"]),
            ("quantity", &["-5", "1e3", "2.5", "10", "10"]),
            ("amount", &["a lot"]),
        ];
        assert_eq!(
            describe(table, &[]),
            "time ← created_at, customer ← customer, action ← action, outcome ← status, \
             quantity ← quantity; not used: amount"
        );
    }

    #[test]
    fn how_much_arrived_is_known_by_several_names_and_a_flag_is_not_taken_for_it() {
        let role = |name: &str, values: &[&str]| {
            let table: &[(&str, &[&str])] =
                &[("time", &["1795428000"]), ("customer", &["ana"]), (name, values)];
            describe(table, &[]).replace("time ← time, customer ← customer", "")
        };
        for name in ["parts", "delivered", "arrived", "done_pages", "pagesDone", "sections"] {
            assert_eq!(role(name, &["12", "1", "0"]), format!(", parts ← {name}"));
        }
        assert_eq!(role("delivered", &["1", "0", "1"]), "; not used: delivered");
        assert_eq!(role("arrived", &["2026-10-01"]), "; not used: arrived");
        assert_eq!(role("parts", &["1", "1"]), ", parts ← parts");
    }

    #[test]
    fn of_columns_with_one_name_the_first_is_read() {
        let table: &[(&str, &[&str])] = &[
            ("time", &["1795428000"]),
            ("customer", &["ana"]),
            ("cost", &["x"]),
            ("cost", &["0.5"]),
        ];
        let chosen = Columns::choose(&columns(table), &[], &[]).unwrap();
        assert_eq!(chosen.repeated(), ["cost"]);
        assert_eq!(chosen.describe(), "time ← time, customer ← customer, cost ← cost");
        let said = [("cost".into(), "cost".into())];
        let error = Columns::choose(&columns(table), &[], &said).unwrap_err();
        assert_eq!(error, ColumnsError::Repeated("cost".into()));
    }

    #[test]
    fn what_a_person_says_comes_first() {
        let table: &[(&str, &[&str])] =
            &[("time", &["1795428000"]), ("user", &["u"]), ("team", &["t"]), ("meta", &["{}"])];
        assert_eq!(
            describe(
                table,
                &[("customer", "team"), ("artifact", "meta.draft.id"), ("time", "time")]
            ),
            "time ← time, customer ← team, artifact ← meta.draft.id; not used: user"
        );
        assert_eq!(describe(table, &[("customer", "")]), "time ← time; not used: user, team, meta");
        let error = |role: &str, column: &str| {
            Columns::choose(&columns(table), &[], &[(role.into(), column.into())]).unwrap_err()
        };
        assert_eq!(error("colour", "team"), ColumnsError::NoSuchRole("colour".into()));
        assert!(
            matches!(error("customer", "tram"), ColumnsError::NoSuchColumn { has, .. } if has.len() == 4)
        );
    }

    #[test]
    fn nested_counts_are_found() {
        let table: &[(&str, &[&str])] = &[
            ("ts", &["1795428000"]),
            ("user.id", &["u"]),
            ("usage.input_tokens", &["5"]),
            ("usage.output_tokens", &["7"]),
        ];
        assert_eq!(
            describe(table, &[]),
            "time ← ts, customer ← user.id, tokens_in ← usage.input_tokens, \
             tokens_out ← usage.output_tokens"
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        let table = columns(&[("when", &["1795428000"]), ("who", &["u"])]);
        let chosen = Columns::choose(&table, &[], &[]).unwrap();
        let ColumnsError::Missing { roles, has } = chosen.complete(&table).unwrap_err() else {
            panic!("other error")
        };
        assert_eq!(roles, [Role::Time, Role::Customer, Role::Action]);
        assert_eq!(has, ["when", "who"]);
    }
}
