//! Which column of a table is what: found by their names, set by `--columns`, always shown.
//!
//! Names and e-mail addresses of people are taken over only where somebody says so.

use crate::answer::Failure;
use crate::exit::Exit;
use crate::replay::role::plain_name;

/// What a column is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// Whose.
    Customer,
    /// How many credits.
    Balance,
    /// Their plan, in the table's words.
    Plan,
    /// Their name.
    Name,
    /// Their e-mail address: kept among the notes.
    Email,
}

impl Role {
    /// All of them, in the order of their cells.
    pub(crate) const ALL: [Self; 5] =
        [Self::Customer, Self::Balance, Self::Plan, Self::Name, Self::Email];

    /// As it is typed.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Balance => "balance",
            Self::Plan => "plan",
            Self::Name => "name",
            Self::Email => "email",
        }
    }

    /// The names it is known by, the surest first.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Customer => &[
                "customer",
                "customer_id",
                "user_id",
                "account_id",
                "org_id",
                "organization_id",
                "team_id",
                "workspace_id",
                "tenant_id",
                "user",
                "account",
                "id",
                "uid",
                "uuid",
            ],
            Self::Balance => &[
                "balance",
                "credits",
                "credit_balance",
                "credits_balance",
                "credits_remaining",
                "remaining_credits",
                "credits_left",
                "available_credits",
                "credit",
            ],
            Self::Plan => &["plan", "tier", "plan_id", "plan_name", "subscription_plan"],
            Self::Name | Self::Email => &[],
        }
    }
}

/// The place of each role's column, in the order of [`Role::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    places: [Option<usize>; 5],
    header: Vec<String>,
}

impl Columns {
    /// Finds the columns; what a person says comes first, and `-` says that there is none.
    ///
    /// # Errors
    /// A word is no role, a name no column, or one that is needed is not found.
    pub(crate) fn choose(header: &[String], said: &[(String, String)]) -> Result<Self, Failure> {
        let mut places = [None; 5];
        let mut spoken = [false; 5];
        for (word, name) in said {
            let role = Role::ALL.iter().position(|role| role.word() == word);
            let role = role.ok_or_else(|| no_role(word))?;
            let place = if name == "-" { None } else { Some(place(header, name)?) };
            if let (Some(slot), Some(spoken)) = (places.get_mut(role), spoken.get_mut(role)) {
                (*slot, *spoken) = (place, true);
            }
        }
        for (n, role) in Role::ALL.into_iter().enumerate() {
            if spoken.get(n) != Some(&false) {
                continue;
            }
            let taken: Vec<usize> = places.iter().flatten().copied().collect();
            let called = |wanted: &&str| {
                let mut named =
                    header.iter().enumerate().filter(|(_, h)| plain_name(h) == **wanted);
                let first = named.next().map(|(place, _)| place);
                first.filter(|place| named.next().is_none() && !taken.contains(place))
            };
            if let Some(slot) = places.get_mut(n) {
                *slot = role.names().iter().find_map(called);
            }
        }
        let columns = Self { places, header: header.to_vec() };
        for role in [Role::Customer, Role::Balance] {
            if columns.place(role).is_none() {
                return Err(missing(role, header));
            }
        }
        Ok(columns)
    }

    /// Where a role's column is.
    pub(crate) fn place(&self, role: Role) -> Option<usize> {
        self.places.get(role as usize).copied().flatten()
    }

    /// The names of the columns that are read, by role.
    pub(crate) fn names(&self) -> impl Iterator<Item = (Role, &str)> {
        let named = |role| Some((role, self.header.get(self.place(role)?)?.as_str()));
        Role::ALL.into_iter().filter_map(named)
    }

    /// `customer ← user_id, balance ← credits`
    pub(crate) fn told(&self) -> String {
        let each: Vec<String> =
            self.names().map(|(role, name)| format!("{} ← {name}", role.word())).collect();
        each.join(", ")
    }
}

fn place(header: &[String], name: &str) -> Result<usize, Failure> {
    let mut named = header.iter().enumerate().filter(|(_, own)| *own == name);
    let (first, second) = (named.next(), named.next());
    match (first, second) {
        (Some((place, _)), None) => Ok(place),
        (Some(_), Some(_)) => Err(Failure::new(
            Exit::ERRORS,
            "columns",
            format!("more than one column is called `{name}`"),
            "rename one of them, so that it is clear which is meant",
        )),
        (None, _) => Err(Failure::new(
            Exit::ERRORS,
            "columns",
            format!("the table has no column `{name}`; it has {}", listed(header)),
            "name one of these with --columns",
        )),
    }
}

fn no_role(word: &str) -> Failure {
    let words: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
    Failure::new(
        Exit::USAGE,
        "columns",
        format!("`{word}` is nothing that a column can be"),
        format!("write --columns ROLE=COLUMN,… with these roles: {}", words.join(", ")),
    )
}

fn missing(role: Role, header: &[String]) -> Failure {
    let word = role.word();
    Failure::new(
        Exit::ERRORS,
        "columns",
        format!("no column is known to be the {word}; the table has {}", listed(header)),
        format!("say which: --columns {word}=COLUMN"),
    )
}

fn listed(header: &[String]) -> String {
    let most = header.iter().take(30).map(|name| format!("`{name}`"));
    let more = if header.len() > 30 { ", …" } else { "" };
    format!("{}{more}", most.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(header: &[&str], said: &[(&str, &str)]) -> Result<String, String> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        let said: Vec<_> = said.iter().map(|(r, c)| ((*r).to_owned(), (*c).to_owned())).collect();
        let columns = Columns::choose(&header, &said);
        columns.map(|columns| columns.told()).map_err(|failure| failure.message)
    }

    #[test]
    fn names_say_it_and_a_person_says_it_better() {
        let header = ["id", "email", "userId", "tier", "credits"];
        assert_eq!(
            chosen(&header, &[]).unwrap(),
            "customer ← userId, balance ← credits, plan ← tier"
        );
        let said = [("customer", "id"), ("plan", "-"), ("email", "email")];
        assert_eq!(
            chosen(&header, &said).unwrap(),
            "customer ← id, balance ← credits, email ← email"
        );
    }

    #[test]
    fn what_is_not_known_is_asked_for() {
        let no = |header: &[&str], said: &[(&str, &str)]| chosen(header, said).unwrap_err();
        assert_eq!(
            no(&["who", "credits"], &[]),
            "no column is known to be the customer; the table has `who`, `credits`"
        );
        assert!(no(&["id", "credits"], &[("balance", "cents")]).contains("no column `cents`"));
        assert!(no(&["id", "credits"], &[("colour", "id")]).contains("`colour`"));
        assert!(no(&["id", "credits", "credits"], &[]).contains("the balance"));
        assert!(no(&["id", "a", "a"], &[("balance", "a")]).contains("more than one"));
        assert!(no(&["id", "credits"], &[("balance", "-")]).contains("the balance"));
    }
}
