//! One request, as it is handed to what answers it: who asks, the ids in its path, its query and
//! its body, the key it came with.

use super::app::{App, Caller};
use super::problem::Trouble;
use super::read::Read;
use super::routes::{Does, Route};
use super::shape::{Field, Invalid, Kind, Shape};
use probity::engine::{Key, Whose};
use probity_core::{Name, RunId};
use serde_json::{Map, Value};
use tokio::time::Instant;
use zeroize::Zeroize;

/// One request.
pub(crate) struct Asked {
    pub(crate) route: &'static Route,
    pub(crate) caller: Caller,
    pub(crate) ids: Vec<String>,
    query: Map<String, Value>,
    body: Map<String, Value>,
    pub(crate) key: Option<Key>,
    /// When it was asked: nobody waits for ever.
    pub(crate) since: Instant,
}

impl Asked {
    pub(crate) fn new(
        route: &'static Route,
        caller: Caller,
        ids: Vec<String>,
        body: Map<String, Value>,
    ) -> Self {
        Self { route, caller, ids, query: Map::new(), body, key: None, since: Instant::now() }
    }

    /// Reads what stands behind the question mark.
    ///
    /// # Errors
    /// What is no parameter here, or has no value that fits.
    pub(crate) fn read_query(&mut self, query: Option<&str>) -> Result<(), Trouble> {
        self.query = read_query(query.unwrap_or_default(), self.route.query)?;
        Ok(())
    }

    /// An id of the path.
    pub(crate) fn id(&self, n: usize) -> &str {
        self.ids.get(n).map_or("", String::as_str)
    }

    /// The query.
    pub(crate) const fn query(&self) -> Read<'_> {
        Read(&self.query)
    }

    /// The body, its shape not looked at.
    pub(crate) const fn raw(&self) -> Read<'_> {
        Read(&self.body)
    }

    /// The body, its shape checked.
    pub(crate) fn body(&self) -> Result<Read<'_>, Trouble> {
        if let Some(shape) = self.route.body {
            shape.check(&self.body, "")?;
        }
        Ok(Read(&self.body))
    }

    /// That nothing is said in the body.
    pub(crate) fn nothing(&self) -> Result<(), Trouble> {
        Ok(super::wire::EMPTY.check(&self.body, "")?)
    }

    /// The customer in the path.
    pub(crate) fn customer(&self) -> Result<Name, Trouble> {
        self.caller.customer(self.id(0))
    }

    /// The customer in the body; with a token it is the token's where none is named.
    pub(crate) fn customer_in(&self, body: Read<'_>) -> Result<Name, Trouble> {
        match (body.text("customer"), &self.caller.bound) {
            (Some(id), _) => self.caller.customer(id),
            (None, Some(bound)) => Ok(bound.customer.clone()),
            (None, None) => Err(Invalid::new("customer", "is missing: say whose run it is").into()),
        }
    }

    /// The run in the path.
    pub(crate) fn run(&self) -> Result<RunId, Trouble> {
        RunId::parse(self.id(0)).ok_or_else(|| Trouble::not_found("run"))
    }

    /// Whoever has a run; for a token only its customer.
    pub(crate) fn of_run(&self, run: RunId) -> Whose {
        Whose::Run(run, self.caller.bound.as_ref().map(|bound| bound.customer.clone()))
    }

    /// In whose scope its key is, nobody's for what an environment is told; None where that cannot
    /// be told.
    pub(crate) fn scope(&self, app: &App) -> Option<Whose> {
        let path = self.route.path;
        if matches!(self.route.does, Does::Own(_)) {
            return Some(Whose::nobody());
        }
        if path.starts_with("/v1/customers/{id}") {
            return self.customer().ok().map(Whose::Customer);
        }
        if path.starts_with("/v1/runs/{id}") {
            return self.run().ok().map(|run| self.of_run(run));
        }
        if path.starts_with("/v1/quotes/{quote}") {
            let quote = app.quote(self.caller.environment, self.id(0))?;
            return self.caller.customer(&quote.customer).ok().map(Whose::Customer);
        }
        self.customer_in(self.raw()).ok().map(Whose::Customer)
    }
}

impl Drop for Asked {
    /// What must be kept nowhere is wiped.
    fn drop(&mut self) {
        let values = self.body.values_mut().filter(|_| self.route.has_secret);
        for value in values {
            if let Value::String(text) = value {
                text.zeroize();
            }
        }
    }
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { route, ids, .. } = self;
        f.debug_struct("Asked")
            .field("route", &route.path)
            .field("ids", ids)
            .finish_non_exhaustive()
    }
}

/// Reads a query by the table of what may stand in it.
fn read_query(query: &str, fields: &'static [Field]) -> Result<Map<String, Value>, Invalid> {
    let mut values = Map::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name);
        let text = decoded(value);
        let kind = fields.iter().find(|field| field.name == name).map(|field| field.kind);
        let value = match kind {
            Some(Kind::Count) => {
                text.parse::<u64>().map_or(Value::String(text), |n| Value::Number(n.into()))
            }
            Some(Kind::Flag) => text.parse::<bool>().map_or(Value::String(text), Value::Bool),
            _ => Value::String(text),
        };
        if values.insert(name.clone(), value).is_some() {
            return Err(Invalid::new(name, "stands there twice"));
        }
    }
    // An empty cursor begins at the beginning.
    if values.get("cursor").and_then(Value::as_str) == Some("") {
        values.remove("cursor");
    }
    let shape = Shape { name: "Query", says: "", fields };
    shape.check(&values, "")?;
    Ok(values)
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
