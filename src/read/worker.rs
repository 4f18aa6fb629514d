//! Files of the formats that must be loaded whole are read in a process of their own, whose memory is capped: an allocation
//! that fails aborts a process, which nothing within it can prevent. One that dies costs its file and is replaced.
//!
//! A process serves many files one after another. Each message on its pipes is a length and as many bytes: first the budget,
//! then the file; back comes the answer.

use std::io::{BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{ReadError, SheetResult, contained, range};
use crate::config::Budget;

/// The word on the command line that makes the program such a process.
pub const SUBCOMMAND: &str = "read-whole";

/// The processes that read files for this one.
#[derive(Debug)]
pub struct Workers {
    program: PathBuf,
    idle: Mutex<Vec<Worker>>,
}

/// What such a process answers.
#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Sheets(Vec<SheetResult>),
    Encrypted,
    Corrupt(String),
}

/// How a process failed.
enum Failure {
    Died { of_memory: bool },
    TookTooLong,
    CannotStart,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    to: ChildStdin,
    answers: Receiver<Vec<u8>>,
    is_fresh: bool,
}

impl Workers {
    /// Processes of a program that serves when it is called with [`SUBCOMMAND`].
    #[must_use]
    pub fn of(program: PathBuf) -> Self {
        Self { program, idle: Mutex::default() }
    }

    /// Reads an .xls file.
    pub(super) fn xls(&self, bytes: &[u8], budget: &Budget) -> Result<Vec<SheetResult>, ReadError> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let first = match idle {
            Some(worker) => self.ask(worker, bytes, budget),
            None => self.ask_new(bytes, budget),
        };
        let answer = match first {
            // What an earlier file left behind must not decide over this one: only a new process tells.
            Err((Failure::Died { .. }, false)) => self.ask_new(bytes, budget),
            answer => answer,
        };
        match answer {
            Ok(Answer::Sheets(sheets)) => Ok(sheets),
            Ok(Answer::Encrypted) => Err(ReadError::Encrypted),
            Ok(Answer::Corrupt(why)) => Err(ReadError::Corrupt(why)),
            Err((Failure::Died { of_memory: true }, _)) => Err(ReadError::TooLarge(format!(
                "读取所需内存超过限额 / it needs more memory than the limit of {} bytes",
                budget.worker_bytes
            ))),
            Err((Failure::Died { of_memory: false }, _)) => {
                Err(ReadError::Corrupt("读取进程中断 / the process that read it died".to_owned()))
            }
            Err((Failure::TookTooLong, _)) => Err(ReadError::TooSlow(budget.worker_seconds)),
            // Nothing would cap the memory of this process.
            Err((Failure::CannotStart, _)) => Err(ReadError::Io(std::io::Error::other(
                "读 .xls 的进程启动不了；请另存为 .xlsx 再放回 / the process that reads .xls cannot be started; save the file as .xlsx",
            ))),
        }
    }

    fn ask_new(&self, bytes: &[u8], budget: &Budget) -> Result<Answer, (Failure, bool)> {
        let worker = Worker::start(&self.program, budget).ok_or((Failure::CannotStart, true))?;
        self.ask(worker, bytes, budget)
    }

    /// The answer, or how it failed and whether the process was a new one.
    fn ask(&self, mut worker: Worker, bytes: &[u8], budget: &Budget) -> Result<Answer, (Failure, bool)> {
        match worker.ask(bytes, budget) {
            Ok(answer) => {
                worker.is_fresh = false;
                if let Ok(mut idle) = self.idle.lock() {
                    idle.push(worker);
                }
                Ok(answer)
            }
            Err(failure) => Err((failure, worker.is_fresh)),
        }
    }
}

impl Worker {
    fn start(program: &std::path::Path, budget: &Budget) -> Option<Self> {
        let mut child = Command::new(program)
            .args([SUBCOMMAND, &budget.worker_bytes.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let (to, from) = (child.stdin.take()?, child.stdout.take()?);
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            let mut from = BufReader::new(from);
            while let Some(message) = receive(&mut from) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Some(Self { child, to, answers, is_fresh: true })
    }

    fn ask(&mut self, bytes: &[u8], budget: &Budget) -> Result<Answer, Failure> {
        let asked = postcard::to_stdvec(budget)
            .is_ok_and(|budget| send(&mut self.to, &budget).is_ok() && send(&mut self.to, bytes).is_ok());
        let answer = if asked {
            self.answers.recv_timeout(Duration::from_secs(budget.worker_seconds))
        } else {
            Err(RecvTimeoutError::Disconnected)
        };
        let answer = match answer {
            Ok(answer) => postcard::from_bytes(&answer).ok().filter(Answer::is_sound),
            Err(RecvTimeoutError::Timeout) => return Err(Failure::TookTooLong),
            Err(RecvTimeoutError::Disconnected) => return Err(Failure::Died { of_memory: self.died_of_memory() }),
        };
        answer.ok_or(Failure::Died { of_memory: false })
    }

    /// An allocation that fails aborts; a system out of memory kills.
    #[cfg(unix)]
    fn died_of_memory(&mut self) -> bool {
        use std::os::unix::process::ExitStatusExt;
        let signal = self.child.wait().ok().and_then(|status| status.signal());
        matches!(signal, Some(6 | 9))
    }

    #[cfg(not(unix))]
    fn died_of_memory(&mut self) -> bool {
        self.child.wait().is_ok_and(|status| !status.success())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // One that is gone already cannot be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    fn is_sound(&self) -> bool {
        match self {
            Self::Sheets(sheets) => sheets.iter().flatten().all(super::sheet::Sheet::is_sound),
            _ => true,
        }
    }
}

fn send(to: &mut impl Write, message: &[u8]) -> std::io::Result<()> {
    to.write_all(&(message.len() as u64).to_le_bytes())?;
    to.write_all(message)?;
    to.flush()
}

fn receive(from: &mut impl Read) -> Option<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length).ok()?;
    let length = u64::from_le_bytes(length);
    let mut message = Vec::new();
    // What was announced and never came is no message.
    let read = from.take(length).read_to_end(&mut message).ok()?;
    (read as u64 == length).then_some(message)
}

/// Serves files from the standard input until it ends; memory is capped first.
///
/// # Errors
/// When the pipes break.
pub fn serve(memory: u64) -> std::io::Result<()> {
    cap(memory)?;
    let mut seconds: u64 = 0;
    let (mut from, mut to) = (std::io::stdin().lock(), std::io::stdout().lock());
    while let (Some(budget), Some(bytes)) = (receive(&mut from), receive(&mut from)) {
        let Ok(budget) = postcard::from_bytes::<Budget>(&budget) else { break };
        // Who asked may be gone and cannot end this process any more. No file before took longer than its limit.
        seconds = seconds.saturating_add(budget.worker_seconds).saturating_add(1);
        cap_time(seconds)?;
        let read = contained(|| range::xls(&bytes, &budget));
        let answer = match read {
            Some(Ok(sheets)) => Answer::Sheets(sheets),
            Some(Err(ReadError::Encrypted)) => Answer::Encrypted,
            Some(Err(ReadError::Corrupt(why))) => Answer::Corrupt(why),
            Some(Err(other)) => Answer::Corrupt(other.to_string()),
            None => Answer::Corrupt(super::INNER.to_owned()),
        };
        let message = postcard::to_stdvec(&answer).map_err(std::io::Error::other)?;
        send(&mut to, &message)?;
    }
    Ok(())
}

/// Caps the memory of this process. Systems without such a limit are left as they are.
#[cfg(unix)]
fn cap(memory: u64) -> std::io::Result<()> {
    let memory = memory.max(FLOOR);
    let (_, highest) = rlimit::getrlimit(rlimit::Resource::AS)?;
    rlimit::setrlimit(rlimit::Resource::AS, memory.min(highest), highest)
}

/// Caps the time that this process may compute, in seconds from its start.
#[cfg(unix)]
fn cap_time(seconds: u64) -> std::io::Result<()> {
    let (_, highest) = rlimit::getrlimit(rlimit::Resource::CPU)?;
    rlimit::setrlimit(rlimit::Resource::CPU, seconds.min(highest), highest)
}

#[cfg(not(unix))]
fn cap_time(_: u64) -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn cap(_: u64) -> std::io::Result<()> {
    Ok(())
}

/// Memory that the program itself takes before it reads anything.
#[cfg(unix)]
const FLOOR: u64 = 256 << 20;
