//! The HTTP API as its clients meet it: a real server in this process, on a port of its own.

mod browsers;
mod errors;
mod events;
mod examples;
mod hostile;
mod idempotency;
mod killed;
mod margin;
mod my;
mod order;
mod own_keys;
mod pages;
mod port;
mod publishing;
mod race;
mod reports;
mod serve;
pub(crate) mod served;
mod shadow;
mod shapes;
mod shapes_money;
pub(crate) mod started;
mod statement;
mod stories;
pub(crate) mod terms;
mod tokens;
mod trouble;
