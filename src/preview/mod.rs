//! `manyi preview`: the output in the browser while input, config, procedures, templates and texts are worked on.
//!
//! One thread builds and watches: a build, then waiting until a file that a run reads differs from what it was when the build
//! began, then the next build. Another accepts connections, on the loopback interface only, and answers each from the output as
//! its manifest lists it. What both share is [`shown::Shown`]: which output stands, and why the last build failed.
//!
//! Files are watched by looking at their size and time of change: that works on shared drives and has nothing to run out of.
//! The pages in `output/` are not touched; what a page needs to reload itself is put in while it is served, see [`page`].

mod http;
mod page;
mod shown;
mod site;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::pipeline::{Outcome, Phase, Progress, RunError, Settings, run};
use crate::publish::{PublishError, Published, Publisher};
use http::Server;
use shown::Shown;
use site::Site;
use watch::{Watched, rest};

/// How many ports are tried after the one that was asked for.
const FURTHER_PORTS: u16 = 20;

/// How long a build waits for another run to finish with the output.
const LOCKED: Duration = Duration::from_secs(2);

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// No port can be had.
    #[error(
        "不能在 127.0.0.1:{port} 上提供预览：{source}；请用 --port 另选一个 / cannot serve on 127.0.0.1:{port}: {source}; choose another \
         by --port"
    )]
    Port {
        /// The port.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// The output folder is another's, or cannot be written.
    #[error(transparent)]
    Publish(#[from] PublishError),
}

/// Is told what happens.
pub trait Told: Sync {
    /// Is told how far a build has come.
    fn progress(&self) -> &dyn Progress;
    /// These files have changed; a build follows.
    fn changed(&self, files: &[PathBuf]);
    /// A build was published.
    fn built(&self, outcome: &Outcome);
    /// A build was not published; the previous output stands.
    fn failed(&self, error: &RunError);
}

/// A preview that is being served; it ends when it is dropped.
#[derive(Debug)]
pub struct Preview {
    settings: Settings,
    shown: Arc<Shown>,
    server: Server,
}

impl Preview {
    /// Serves what stands in the output folder. Where the port is taken the next free one is used; 0 is any.
    ///
    /// # Errors
    /// When no port can be had, or the output folder may not be written.
    pub fn open(settings: Settings, port: u16) -> Result<Self, PreviewError> {
        // Refused at once, not in the browser: a folder of somebody else.
        match Publisher::open(&settings.output) {
            Ok(_) | Err(PublishError::Locked(_)) => {}
            Err(error) => return Err(error.into()),
        }
        let shown = Arc::new(Shown::new(Published::of(&settings.output)));
        let listener = listener(port).map_err(|source| PreviewError::Port { port, source })?;
        let site = Site::new(Arc::clone(&shown));
        let server = Server::start(listener, move |request, at| site.answer(request, at))
            .map_err(|source| PreviewError::Port { port, source })?;
        Ok(Self { settings, shown, server })
    }

    /// Where it is served.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Builds, and builds again whenever a file that a run reads has changed, until it is to stop. A build that is under way
    /// then publishes nothing.
    pub fn run(&self, stop: &AtomicBool, told: &dyn Told) {
        let mut watched = Watched::of(&self.settings);
        let mut is_waiting_for_lock = false;
        while !stop.load(Ordering::Relaxed) {
            let before = watched.stamps();
            self.shown.building();
            let outcome = run(&self.settings, &Stoppable { progress: told.progress(), stop });
            let is_locked = matches!(outcome, Err(RunError::Publish(PublishError::Locked(_))));
            match outcome {
                Ok(outcome) => {
                    self.shown.built(Published::of(&self.settings.output));
                    told.built(&outcome);
                }
                Err(RunError::Stopped) => return,
                Err(error) => {
                    self.shown.failed(&error.to_string());
                    if !(is_locked && is_waiting_for_lock) {
                        told.failed(&error);
                    }
                }
            }
            is_waiting_for_lock = is_locked;
            if is_locked {
                rest(LOCKED, stop);
                continue;
            }
            let Some(changed) = watched.changed(&before, stop) else { return };
            told.changed(&changed);
        }
    }
}

impl Drop for Preview {
    /// Who waits for a change need not wait any longer.
    fn drop(&mut self) {
        self.shown.end();
    }
}

/// A listener on the port, else on the next free one; always on the loopback interface and on no other.
fn listener(port: u16) -> io::Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    for tried in port..=port.saturating_add(FURTHER_PORTS) {
        match bind(tried) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            bound => return bound,
        }
    }
    bind(0)
}

/// The progress of a build that ends when it is to stop.
struct Stoppable<'a> {
    progress: &'a dyn Progress,
    stop: &'a AtomicBool,
}

impl Progress for Stoppable<'_> {
    fn phase(&self, name: Phase, steps: usize) {
        self.progress.phase(name, steps);
    }

    fn step(&self) {
        self.progress.step();
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
