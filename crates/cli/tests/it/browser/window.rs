//! One window of the browser, and what a person does in it. Everything waits for what it needs.

use super::chromium::{self, Room};
use super::driver::Driver;
pub(crate) use super::driver::Key;
use crate::packages::npm;
use crate::support::repository;
use base64::Engine as _;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use tempfile::TempDir;

/// How long something may take to appear.
const PATIENCE: u64 = 10_000;

/// Kept from before the page's own scripts run: what its policy forbade.
const WATCHING: &str = "globalThis.__forbidden = []; addEventListener('securitypolicyviolation', \
    (e) => __forbidden.push(`${e.effectiveDirective}: ${e.blockedURI} ${e.sourceFile}`));";

/// What finds a node by selectors that go into shadow roots, `probity-price >>> .words`.
pub(super) const FIND: &str = "const find = (path, at = document) => { for (const step of path.split('>>>')) { \
    if (!at) return null; at = (at.shadowRoot ?? at).querySelector(step.trim()); } return at; };";

/// A window.
pub(crate) struct Window {
    driver: Driver,
    /// Taken away after the browser has ended.
    _profile: TempDir,
    _room: Room,
    /// Messages that belong to what is tested: each holds one of these.
    expected: Vec<&'static str>,
    has_ended: bool,
}

/// How large a window is.
#[derive(Clone, Copy)]
pub(crate) enum Size {
    Phone,
    Desktop,
}

/// The source of axe.
fn axe() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let folder = packages();
        fs::read_to_string(folder.join("node_modules/axe-core/axe.min.js")).expect("axe")
    })
}

/// The folder with the packages of these tests.
pub(crate) fn packages() -> PathBuf {
    let list: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "browser"].iter().collect();
    npm("browser", &list)
}

impl Window {
    /// A new window, as large as a desktop's, light.
    pub(crate) fn open() -> Self {
        Self::opened(false)
    }

    /// The same, telling what it loads.
    pub(crate) fn watched() -> Self {
        Self::opened(true)
    }

    /// What a watched window has loaded since it was last asked.
    pub(crate) fn events(&self) -> Vec<Value> {
        self.driver.events()
    }

    fn opened(is_watched: bool) -> Self {
        let room = Room::wait();
        let profile = tempfile::tempdir().expect("a folder");
        let driver = chromium::open(&profile, is_watched);
        let expected = Vec::new();
        let window = Self { driver, _profile: profile, _room: room, expected, has_ended: false };
        window.tells("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCHING }));
        window.is(Size::Desktop, "light");
        window
    }

    /// Tells the browser something in its own protocol.
    #[track_caller]
    pub(crate) fn tells(&self, method: &str, params: Value) -> Value {
        self.driver.tells(method, &params)
    }

    /// From now on it is of this size, light or dark.
    pub(crate) fn is(&self, size: Size, scheme: &str) {
        let (width, height, mobile) = match size {
            Size::Phone => (390, 844, true),
            Size::Desktop => (1280, 900, false),
        };
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 2, "mobile": mobile,
        });
        self.tells("Emulation.setDeviceMetricsOverride", metrics);
        let scheme = json!([{ "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.tells("Emulation.setEmulatedMedia", json!({ "features": scheme }));
    }

    /// Messages that hold this belong to what is tested.
    pub(crate) fn expects(&mut self, message: &'static str) {
        self.expected.push(message);
    }

    /// Opens a page.
    pub(crate) fn goes(&self, url: &str) {
        self.driver.goes(url);
    }

    /// What a script returns; `find` goes into shadow roots.
    pub(crate) fn says(&self, script: &str) -> Value {
        self.driver.runs(&format!("{FIND} {script}"))
    }

    /// Waits until an expression is true of the page, and says what it is; `find` goes into shadow roots.
    #[track_caller]
    pub(crate) fn until(&self, expression: &str) -> Value {
        let script = format!(
            "{FIND} const done = arguments[arguments.length - 1], ends = Date.now() + {PATIENCE}; \
             const look = () => {{ let found; try {{ found = {expression}; }} catch (e) {{ \
             if (Date.now() > ends) return done({{ failed: String(e) }}); }} \
             if (found) return done({{ found }}); \
             if (Date.now() > ends) return done({{ failed: 'never' }}); setTimeout(look, 15); }}; look();"
        );
        let said = self.driver.waits(&script);
        if let Some(failed) = said.get("failed") {
            let page = self.text();
            panic!("{failed}: {expression}\non the page:\n{page}\n{:#?}", self.messages());
        }
        said["found"].clone()
    }

    /// Waits until this is there and holds these words; answers with all of its text.
    #[track_caller]
    pub(crate) fn reads(&self, path: &str, words: &str) -> String {
        let (path, words) = (json!(path), json!(words));
        let has = format!(
            "(() => {{ const at = find({path}); const text = at && (at.innerText ?? at.textContent); \
             return text?.includes({words}) && [text]; }})()"
        );
        self.until(&has)[0].as_str().unwrap_or_default().to_owned()
    }

    /// Waits until this is no longer there, or not to be seen.
    #[track_caller]
    pub(crate) fn is_gone(&self, path: &str) {
        let path = json!(path);
        self.until(&format!("!find({path})?.checkVisibility()"));
    }

    /// Does something with a node that is there to be seen; again where it was drawn anew meanwhile.
    #[track_caller]
    fn with(&self, path: &str, does: impl Fn(&str) -> Result<(), String>) {
        let name = json!(path);
        let script = format!("{FIND} return find({name});");
        for _ in 0..5 {
            self.until(&format!("find({name})?.checkVisibility()"));
            match does(&script) {
                Ok(()) => return,
                Err(error) => assert!(error.contains("stale"), "{path}: {error}"),
            }
        }
        panic!("{path} never stands still");
    }

    /// Presses it, as a person does: it must be there to be seen.
    #[track_caller]
    pub(crate) fn presses(&self, path: &str) {
        self.with(path, |script| self.driver.presses(script));
    }

    /// Types into it, in place of what is there.
    #[track_caller]
    pub(crate) fn types(&self, path: &str, text: &str) {
        self.with(path, |script| self.driver.types(script, text));
    }

    /// Presses keys, wherever the keyboard is.
    pub(crate) fn keys(&self, keys: &[Key]) {
        for key in keys {
            self.driver.key(*key);
        }
    }

    /// All text of the page, that of the elements too.
    pub(crate) fn text(&self) -> String {
        let walk = "const walk = (at) => [...at.childNodes].map((n) => n.nodeType === 3 ? n.data : \
            n.nodeName === 'STYLE' || n.nodeName === 'SCRIPT' ? '' : \
            (n.shadowRoot ? walk(n.shadowRoot) : '') + walk(n) + ' ').join(''); \
            return walk(document.body).replace(/\\s+/g, ' ');";
        self.says(walk).as_str().unwrap_or_default().to_owned()
    }

    /// Keeps a picture of the whole page, for people to look at: `target/screenshots/NAME.png`.
    pub(crate) fn pictures(&self, name: &str) {
        let folder = repository().join("target/screenshots");
        fs::create_dir_all(&folder).expect("a folder");
        let size = self.tells("Page.getLayoutMetrics", json!({}))["cssContentSize"].clone();
        let clip = json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"],
            "scale": 1 });
        let params = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.tells("Page.captureScreenshot", params);
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(picture["data"].as_str().unwrap_or_default())
            .expect("base64");
        fs::write(folder.join(format!("{name}.png")), bytes).expect("kept");
    }

    /// Pictures of how it is now, wide and narrow, light and dark.
    pub(crate) fn pictures_of_all(&self, name: &str) {
        let sizes = [(Size::Phone, "phone"), (Size::Desktop, "desktop")];
        for (size, wide) in sizes {
            for scheme in ["light", "dark"] {
                self.is(size, scheme);
                self.pictures(&format!("{name}-{wide}-{scheme}"));
                self.accessible();
            }
        }
        self.is(Size::Desktop, "light");
    }

    /// Nothing that axe finds.
    #[track_caller]
    pub(crate) fn accessible(&self) {
        if self.says("return typeof axe;") == "undefined" {
            self.driver.runs(axe());
        }
        let run = "const done = arguments[arguments.length - 1]; axe.run(document).then((r) => \
            done(r.violations.flatMap((v) => v.nodes.map((n) => \
            `${v.id}: ${n.target} ${n.html.slice(0, 160)} ${n.failureSummary}`))), \
            (e) => done([String(e)]));";
        let found = self.driver.waits(run);
        assert_eq!(found, json!([]), "{found:#}");
    }

    /// What the browser complains of and nothing explains.
    fn messages(&self) -> Vec<String> {
        let all = self.driver.messages().into_iter();
        let bad = all.filter(|(level, _)| matches!(level.as_str(), "SEVERE" | "WARNING"));
        let bad = bad.map(|(_, message)| message);
        bad.filter(|message| !self.expected.iter().any(|known| message.contains(known))).collect()
    }

    /// The end of a test: nothing was wrong with the page.
    #[track_caller]
    pub(crate) fn ends(mut self) {
        self.accessible();
        assert_eq!(self.says("return __forbidden;"), json!([]), "forbidden by the page's policy");
        let messages = self.messages();
        assert!(messages.is_empty(), "{messages:#?}");
        self.has_ended = true;
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        assert!(std::thread::panicking() || self.has_ended, "a test that asked nothing at its end");
    }
}
