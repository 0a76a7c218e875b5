//! Answers: what is said of a state, in the shapes that leave the program.
//!
//! Views read; they decide nothing and write nothing. They are worked out after a decision, outside
//! whatever writes it.

pub mod words;
