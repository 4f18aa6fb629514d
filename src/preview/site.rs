//! Which answer a request gets: a file of the output, what a page needs to reload itself, or why there is nothing.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::percent_decode_str;

use super::http::{Answer, Request, Status};
use super::page::{self, Own};
use super::shown::Shown;

/// Where the script of the pages lies; no path of an output begins with a full stop.
pub(super) const SCRIPT: &str = "/.manyi/reload.js";

/// Where pages ask for a change.
pub(super) const STATE: &str = "/.manyi/state";

/// Longest path and query.
const TARGET: usize = 2048;

/// How long a page waits for a change before it asks again.
const WAITED: Duration = Duration::from_secs(25);

/// How long a page that is just being replaced is waited for.
const REPLACED: Duration = Duration::from_secs(60);

const HTML: &str = "text/html; charset=utf-8";

/// What kind of file a path's ending says, for the browser; anything else is bytes to be saved.
const KINDS: [(&str, &str); 8] = [
    (".html", HTML),
    (".csv", "text/csv; charset=utf-8"),
    (".json", "application/json"),
    (".css", "text/css; charset=utf-8"),
    (".svg", "image/svg+xml"),
    (".png", "image/png"),
    (".txt", "text/plain; charset=utf-8"),
    (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

/// Answers requests.
#[derive(Debug)]
pub(super) struct Site {
    shown: Arc<Shown>,
}

impl Site {
    pub(super) fn new(shown: Arc<Shown>) -> Self {
        Self { shown }
    }

    /// The answer to a request that came in at an address.
    pub(super) fn answer(&self, request: &Request, at: SocketAddr) -> Answer {
        let Some(host) = own_host(&request.hosts, at) else {
            let text = format!(
                "请打开 http://{at}/ ：这里只回答对本机的请求 / open http://{at}/ : only requests to this machine are answered"
            );
            return Answer::text(Status::MISDIRECTED, &text);
        };
        if !["GET", "HEAD"].contains(&request.method.as_str()) {
            return Answer::text(Status::METHOD_NOT_ALLOWED, "只能读取 / reading only");
        }
        if request.target.len() > TARGET {
            return Answer::text(Status::URI_TOO_LONG, "地址太长 / the address is too long");
        }
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        match path {
            SCRIPT => Answer {
                status: Status::OK,
                kind: "text/javascript; charset=utf-8",
                body: include_bytes!("reload.js").to_vec(),
            },
            STATE => self.state(query),
            _ => self.file(path, host),
        }
    }

    /// What is shown, once it is not what the page knows.
    fn state(&self, query: &str) -> Answer {
        let known =
            |key: &str| query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('=')).unwrap_or("");
        let now = self.shown.once_not(known("output"), known("error"), WAITED);
        Answer {
            status: Status::OK,
            kind: "application/json",
            // Of three texts nothing can fail to be written.
            body: serde_json::to_vec(&now.state()).unwrap_or_default(),
        }
    }

    /// A file of the output, as the browser names it. A path is looked up as it stands among those of the manifest: there is
    /// nothing to be resolved, and nothing to escape by.
    fn file(&self, path: &str, host: &str) -> Answer {
        let now = self.shown.now();
        if now.output.is_none() {
            let own = if now.error.is_some() { Own::Failed } else { Own::Building };
            return Answer { status: Status::UNAVAILABLE, kind: HTML, body: page::own(own, &now, host).into_bytes() };
        }
        let named = path.strip_prefix('/').and_then(|path| percent_decode_str(path).decode_utf8().ok());
        let found = named.and_then(|named| {
            let path =
                if named.is_empty() || named.ends_with('/') { format!("{named}index.html") } else { named.into() };
            let bytes = match now.output.as_ref()?.read(&path) {
                Ok(bytes) => bytes?,
                // It is listed and gone: another output takes its place.
                Err(_) => self.shown.once_built(REPLACED).output?.read(&path).ok()??,
            };
            Some((path, bytes))
        });
        let Some((path, bytes)) = found else {
            return Answer {
                status: Status::NOT_FOUND,
                kind: HTML,
                body: page::own(Own::Missing, &now, host).into_bytes(),
            };
        };
        let kind =
            KINDS.iter().find(|(ending, _)| path.ends_with(ending)).map_or("application/octet-stream", |kind| kind.1);
        let body = match String::from_utf8(bytes) {
            Ok(html) if kind == HTML => page::reloading(&html, &now, host).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        Answer { status: Status::OK, kind, body }
    }
}

/// The host that was asked for, where it is this machine by a name that no other site can have: a page of another site whose
/// name was pointed here has its own.
fn own_host(hosts: &[String], at: SocketAddr) -> Option<&str> {
    let [host] = hosts else { return None };
    let known = ["127.0.0.1", "localhost"];
    let is_own = known.iter().any(|name| {
        let with_port = format!("{name}:{}", at.port());
        host.eq_ignore_ascii_case(&with_port) || at.port() == 80 && host.eq_ignore_ascii_case(name)
    });
    is_own.then_some(host)
}
