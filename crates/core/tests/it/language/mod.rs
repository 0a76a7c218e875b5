//! Reading contract files: what parses, what is refused, and exactly how it is said.

mod cases;
mod compiled;
mod mutations;
mod places;
