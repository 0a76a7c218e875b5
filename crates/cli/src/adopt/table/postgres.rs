//! A table of a PostgreSQL database: one transaction that can only read, in which the table stands still,
//! and a cursor. Cells come as text, as the server writes them.
//!
//! Without TLS: on the same machine or network, or through a tunnel. What the address holds is never shown.

use super::{Raw, Take};
use crate::adopt::Columns;
use crate::adopt::columns::Role;
use crate::answer::Failure;
use crate::exit::Exit;
use tokio::runtime::Runtime;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Client, Config, Error, NoTls, SimpleQueryMessage, SimpleQueryRow};

/// How many rows are fetched at once.
const FETCHED: usize = 1_000;

/// A table as it was when it was opened.
pub(crate) struct Postgres {
    runtime: Runtime,
    client: Client,
    /// As it stands in a query.
    table: String,
    header: Vec<String>,
}

impl Postgres {
    /// Opens a table: `users`, or `billing.users`.
    pub(super) fn open(url: &str, table: Option<&str>) -> Result<Self, Failure> {
        let table = table.ok_or_else(|| {
            let what = "a database has many tables, and none was named";
            Failure::new(Exit::USAGE, "no_table", what, "name it: --table users")
        })?;
        let mut config: Config = url.parse().map_err(|error: Error| {
            let what = format!("the address of the database cannot be read: {}", words(&error));
            let fix = "write it as postgres://user@host:5432/database";
            Failure::new(Exit::USAGE, "no_url", what, fix)
        })?;
        if config.get_ssl_mode() == SslMode::Require {
            let what = "the address asks for TLS, which probity does not speak with PostgreSQL";
            let fix = "reach it on its own machine or through a tunnel, and write sslmode=disable; or \
                       export the table: \\copy users to 'credits.csv' csv header";
            return Err(Failure::new(Exit::USAGE, "no_tls", what, fix));
        }
        if let Ok(password) = std::env::var("PGPASSWORD")
            && config.get_password().is_none()
        {
            config.password(password);
        }
        config.ssl_mode(SslMode::Disable).application_name("probity adopt");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| no_database(&error.to_string()))?;
        let table = quoted(table);
        let opened = runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await?;
            tokio::spawn(connection);
            let begin = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";
            client.batch_execute(begin).await?;
            let statement = client.prepare(&format!("SELECT * FROM {table} LIMIT 0")).await?;
            let header = statement.columns().iter().map(|column| column.name().to_owned());
            let header: Vec<String> = header.collect();
            Ok::<_, Error>((client, header))
        });
        let (client, header) = opened.map_err(|error| no_database(&words(&error)))?;
        Ok(Self { runtime, client, table, header })
    }

    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    pub(super) fn each(&mut self, columns: &Columns, take: &mut Take<'_>) -> Result<(), Failure> {
        let roles: Vec<Role> = columns.names().map(|(role, _)| role).collect();
        let wanted: Vec<String> = columns.names().map(|(_, name)| identifier(name)).collect();
        let select = format!("SELECT {} FROM {}", wanted.join(", "), self.table);
        self.ask(&format!("DECLARE adopted NO SCROLL CURSOR FOR {select}"))?;
        let mut place = 0;
        loop {
            let rows = self.ask(&format!("FETCH {FETCHED} FROM adopted"))?;
            let count = rows.len();
            for row in rows {
                place += 1;
                let mut cells: [Option<String>; 5] = Default::default();
                for (n, role) in roles.iter().enumerate() {
                    if let Some(slot) = cells.get_mut(*role as usize) {
                        let cell = row.get(n).map(str::trim).filter(|cell| !cell.is_empty());
                        *slot = cell.map(str::to_owned);
                    }
                }
                take(Raw { place, cells: Ok(cells) })?;
            }
            if count < FETCHED {
                break;
            }
        }
        self.ask("CLOSE adopted").map(drop)
    }

    fn ask(&self, query: &str) -> Result<Vec<SimpleQueryRow>, Failure> {
        let said = self.runtime.block_on(self.client.simple_query(query));
        let said = said.map_err(|error| no_database(&words(&error)))?;
        let rows = said.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        Ok(rows.collect())
    }
}

/// What went wrong, as the server says it; never what was asked of it.
fn words(error: &Error) -> String {
    if let Some(said) = error.as_db_error() {
        return said.message().to_owned();
    }
    let cause = std::error::Error::source(error);
    cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
}

fn no_database(why: &str) -> Failure {
    let what = format!("the table cannot be read: {why}");
    let fix = "check the address, --table and --columns, and that this user may SELECT from it";
    Failure::new(Exit::NO_INPUT, "cannot_read", what, fix)
}

/// A table's name for a query, perhaps with its schema before a point.
fn quoted(table: &str) -> String {
    let parts: Vec<String> = table.splitn(2, '.').map(identifier).collect();
    parts.join(".")
}

fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_quotes() {
        assert_eq!(quoted("billing.users"), r#""billing"."users""#);
        assert_eq!(quoted("a\"; drop table b; --"), r#""a""; drop table b; --""#);
    }

    #[test]
    fn addresses_that_ask_for_tls_are_told_what_to_do() {
        let failure = |url: &str| Postgres::open(url, Some("users")).err().unwrap();
        assert_eq!(failure("postgres://a:secret@h/d?sslmode=require").code, "no_tls");
        let said = failure("postgres://a:secret@h:no/d");
        assert_eq!(said.code, "no_url");
        assert!(!said.message.contains("secret"), "{}", said.message);
        assert_eq!(Postgres::open("postgres://h/d", None).err().unwrap().code, "no_table");
    }
}
