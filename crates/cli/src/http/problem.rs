//! Refusals as the API tells them: those of every door, and requests whose shape does not fit.

pub(crate) use probity::problem::{Trouble, Unproven, title};

use super::shape::Invalid;

impl From<Invalid> for Trouble {
    fn from(invalid: Invalid) -> Self {
        Self::invalid(&invalid.field, &invalid.reason)
    }
}
