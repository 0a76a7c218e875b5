//! Literals of a deployment: what every form reads is what its pattern says.

use super::literals::forms;
