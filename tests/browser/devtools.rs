//! A small client of the `DevTools` protocol: JSON messages with a NUL after each, over the two pipes that Chromium opens with
//! `--remote-debugging-pipe`. Method names and parameters are those of the protocol; what a check needs is in [`Tab`].

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The browser reads the protocol from descriptor 3 and writes it to 4; the shell lays our pipes there. The browser ends
/// when the pipe of this process closes, and then its folder is of no use.
const START: &str = r#"trap '' INT; folder=$1; shift; "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null; rm -rf "$folder""#;

/// No window, no sandbox (which root has not), nothing of the browser's own business.
const SWITCHES: [&str; 14] = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
];

/// A running Chromium.
pub(crate) struct Browser {
    to: Mutex<ChildStdin>,
    last: AtomicU64,
    routes: Arc<Mutex<Routes>>,
}

/// Where answers and events go.
#[derive(Default)]
struct Routes {
    answers: HashMap<u64, Sender<Value>>,
    sessions: HashMap<String, Sender<Value>>,
}

impl Browser {
    /// Starts a browser that keeps its things in `folder`, which is removed when this process ends.
    pub(crate) fn start(chromium: &Path, folder: &Path) -> Self {
        let mut child = Command::new("sh")
            .args(["-c", START])
            .arg(chromium)
            .arg(folder)
            .args(SWITCHES)
            .arg(format!("--user-data-dir={}", folder.join("profile").display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell starts");
        let to = child.stdin.take().expect("its input is piped");
        let from = child.stdout.take().expect("its output is piped");
        let routes = Arc::new(Mutex::new(Routes::default()));
        let reader = Arc::clone(&routes);
        std::thread::spawn(move || {
            deliver(from, &reader);
            let _ = child.wait();
        });
        Self { to: Mutex::new(to), last: AtomicU64::new(0), routes }
    }

    /// One call and its answer.
    ///
    /// Panics where the browser refuses or does not answer: a test that fails.
    fn call(&self, session: Option<&str>, method: &str, params: &Value) -> Value {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let (sender, receiver) = channel();
        self.routes.lock().unwrap().answers.insert(id, sender);
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.to.lock().unwrap().write_all(&bytes).expect("the browser runs");
        let answer = receiver.recv_timeout(PATIENCE);
        let mut answer = answer.unwrap_or_else(|why| panic!("Chromium: no answer to {method}: {why}"));
        assert!(answer.get("error").is_none(), "Chromium: {method}: {}", answer["error"]);
        answer["result"].take()
    }

    /// A new tab of its own.
    pub(crate) fn tab(&self) -> Tab<'_> {
        let target = self.call(None, "Target.createTarget", &json!({ "url": "about:blank" }))["targetId"].take();
        let attached = self.call(None, "Target.attachToTarget", &json!({ "targetId": target, "flatten": true }));
        let session = attached["sessionId"].as_str().unwrap().to_owned();
        let (sender, events) = channel();
        self.routes.lock().unwrap().sessions.insert(session.clone(), sender);
        let tab = Tab { browser: self, target, session, events };
        for domain in ["Page", "Runtime", "Network", "Log", "Audits", "DOM"] {
            tab.call(&format!("{domain}.enable"), &json!({}));
        }
        // Scroll bars of the desktop would take their width from the page.
        tab.call("Emulation.setScrollbarsHidden", &json!({ "hidden": true }));
        tab
    }
}

/// Hands each message to who waits for it, until the browser closes its end.
fn deliver(from: ChildStdout, routes: &Mutex<Routes>) {
    let mut from = BufReader::new(from);
    let mut bytes = Vec::new();
    while from.read_until(0, &mut bytes).is_ok_and(|length| length > 0) {
        bytes.pop();
        let Ok(message) = serde_json::from_slice::<Value>(&bytes) else {
            eprintln!("Chromium: no JSON: {}", String::from_utf8_lossy(&bytes));
            break;
        };
        bytes.clear();
        let mut routes = routes.lock().unwrap();
        // Nobody waits any more where a test failed or a tab was closed.
        if let Some(id) = message["id"].as_u64() {
            let _ = routes.answers.remove(&id).map(|waiting| waiting.send(message));
        } else if let Some(session) = message["sessionId"].as_str() {
            let _ = routes.sessions.get(session).map(|tab| tab.send(message.clone()));
        }
    }
    // Who still waits sees the sender gone.
    *routes.lock().unwrap() = Routes::default();
}

/// A tab of the browser.
pub(crate) struct Tab<'a> {
    browser: &'a Browser,
    target: Value,
    session: String,
    events: Receiver<Value>,
}

impl Tab<'_> {
    /// One call of the protocol in this tab.
    pub(crate) fn call(&self, method: &str, params: &Value) -> Value {
        self.browser.call(Some(&self.session), method, params)
    }

    /// Opens a file and waits until it is loaded; what the browser told meanwhile, in its order.
    pub(crate) fn open(&self, file: &Path) -> Vec<Value> {
        // What came late of the page before is not this one's.
        self.events.try_iter().for_each(drop);
        let answer = self.call("Page.navigate", &json!({ "url": url_of(file) }));
        assert!(answer.get("errorText").is_none(), "{}: {}", file.display(), answer["errorText"]);
        let mut events = Vec::new();
        loop {
            let event = self.events.recv_timeout(PATIENCE);
            let event = event.unwrap_or_else(|why| panic!("{}: was not loaded: {why}", file.display()));
            let loaded = event["method"] == "Page.loadEventFired";
            events.push(event);
            if loaded {
                return events;
            }
        }
    }

    /// What the browser told since.
    pub(crate) fn told(&self) -> Vec<Value> {
        self.events.try_iter().collect()
    }

    /// The value of an expression of JavaScript, or of the promise that it gives.
    pub(crate) fn evaluate(&self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.call("Runtime.evaluate", &params);
        let thrown = &answer["exceptionDetails"];
        assert!(thrown.is_null(), "JavaScript: {}", thrown["exception"]["description"]);
        answer["result"]["value"].take()
    }

    /// A function of JavaScript called with a value.
    pub(crate) fn apply(&self, function: &str, argument: &Value) -> Value {
        self.evaluate(&format!("({function})({argument})"))
    }

    /// A screen of so many pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// Medium (`screen`, `print`) and colour scheme (`light`, `dark`).
    pub(crate) fn look(&self, medium: &str, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.call("Emulation.setEmulatedMedia", &json!({ "media": medium, "features": features }));
    }
}

impl Drop for Tab<'_> {
    fn drop(&mut self) {
        // After a failure the browser may be gone: no second panic.
        if !std::thread::panicking() {
            self.browser.call(None, "Target.closeTarget", &json!({ "targetId": self.target }));
        }
        if let Ok(mut routes) = self.browser.routes.lock() {
            routes.sessions.remove(&self.session);
        }
    }
}

/// The address of a file.
pub(crate) fn url_of(file: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let path = file.to_str().expect("names of the tests are UTF-8").bytes();
    let escaped = path.map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    format!("file://{}", escaped.collect::<String>())
}

/// Chromium under one of its names, or what `MANYI_CHROMIUM` names.
pub(crate) fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("MANYI_CHROMIUM") {
        return Some(named.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    let folders = std::env::var_os("PATH")?;
    names
        .iter()
        .find_map(|name| std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file()))
}
