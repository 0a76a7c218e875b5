//! Pages in a real browser: what people see of them, press in them, and what browsers say of them.
//!
//! `chromium` is the browser and its driver, `window` one window with what a person does in it, `site`
//! a product's own pages with its token route. A test ends with `window.ends()`, which holds the page to
//! what every page is held to: no error, no violation of its policy, nothing that axe finds.

mod buttons;
mod chromium;
mod dialogs;
mod driver;
mod hostile;
mod lists;
mod my;
mod outage;
mod paint;
#[cfg(unix)]
mod react;
mod script;
mod site;
mod stream;
pub(crate) mod window;
