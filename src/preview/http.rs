//! The little of HTTP/1.1 that a browser on the same machine needs: one request a connection, one answer, no bodies of requests.
//! The head is read by `httparse`, the parser of the usual servers; those themselves are too much here (see `Cargo.toml`).

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// Most bytes of a request's head.
const HEAD: usize = 16 << 10;

/// Most header lines of a request.
const HEADERS: usize = 64;

/// Most connections at a time: pages that wait for a change hold one each.
const CONNECTIONS: usize = 128;

/// Longest that a request may take to come in, and an answer to go out.
const PATIENCE: Duration = Duration::from_secs(15);

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// `GET`.
    pub(super) method: String,
    /// Path and query as they were sent.
    pub(super) target: String,
    /// Values of all `Host` headers.
    pub(super) hosts: Vec<String>,
}

/// A status: number and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Status(pub(super) u16, pub(super) &'static str);

impl Status {
    pub(super) const OK: Self = Self(200, "OK");
    pub(super) const BAD_REQUEST: Self = Self(400, "Bad Request");
    pub(super) const NOT_FOUND: Self = Self(404, "Not Found");
    pub(super) const METHOD_NOT_ALLOWED: Self = Self(405, "Method Not Allowed");
    pub(super) const URI_TOO_LONG: Self = Self(414, "URI Too Long");
    pub(super) const MISDIRECTED: Self = Self(421, "Misdirected Request");
    pub(super) const HEAD_TOO_LARGE: Self = Self(431, "Request Header Fields Too Large");
    pub(super) const UNAVAILABLE: Self = Self(503, "Service Unavailable");
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: Status,
    /// `Content-Type`.
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// A short text.
    pub(super) fn text(status: Status, text: &str) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", body: format!("{text}\n").into_bytes() }
    }
}

/// Sent with every answer: nothing is kept, guessed, framed or taken in by pages of others, and nobody learns which page was open.
const ALWAYS: &str = "Connection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
    Content-Security-Policy: frame-ancestors 'none'\r\nCross-Origin-Resource-Policy: same-origin\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n";

/// Answers connections until it is dropped.
#[derive(Debug)]
pub(super) struct Server {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Answers what comes in at a listener; the function is given the request and the listener's address.
    pub(super) fn start(
        listener: TcpListener,
        answer: impl Fn(&Request, SocketAddr) -> Answer + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let is_over = Arc::new(AtomicBool::new(false));
        let (answer, open) = (Arc::new(answer), Arc::new(AtomicUsize::new(0)));
        let ends = Arc::clone(&is_over);
        let accepting = std::thread::Builder::new().name("preview".to_owned()).spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::Relaxed) {
                    return;
                }
                let (Ok(stream), answer, place) = (stream, Arc::clone(&answer), Place::take(&open)) else { continue };
                // Without a thread the connection is closed, and the browser asks again.
                let _ = std::thread::Builder::new().spawn(move || {
                    let busy = || Answer::text(Status::UNAVAILABLE, "连接太多 / too many connections");
                    // Who has gone away is told nothing.
                    let _ = serve(stream, |request| place.as_ref().map_or_else(busy, |_| answer(request, address)));
                });
            }
        })?;
        Ok(Self { address, is_over, accepting: Some(accepting) })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        // Wakes the thread that accepts.
        let is_woken = TcpStream::connect(self.address).is_ok();
        if let Some(accepting) = self.accepting.take().filter(|_| is_woken) {
            let _ = accepting.join();
        }
    }
}

/// One of the connections that may be open.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Option<Self> {
        let place = Self(Arc::clone(open));
        (open.fetch_add(1, Ordering::Relaxed) < CONNECTIONS).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Reads the request of a connection and answers it.
fn serve(mut stream: TcpStream, answer: impl FnOnce(&Request) -> Answer) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = read(&mut stream)?;
    let has_body = request.as_ref().map_or(true, |request| request.method != "HEAD");
    let Answer { status, kind, body } =
        request.map_or_else(|status| Answer::text(status, status.1), |request| answer(&request));
    let Status(number, words) = status;
    let allow = if status == Status::METHOD_NOT_ALLOWED { "Allow: GET, HEAD\r\n" } else { "" };
    let length = body.len();
    let mut sent =
        format!("HTTP/1.1 {number} {words}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{allow}{ALWAYS}\r\n")
            .into_bytes();
    if has_body {
        sent.extend(body);
    }
    stream.write_all(&sent)?;
    // What was not read, such as the body of a POST, must be gone before the connection closes, or the answer is lost with it.
    stream.shutdown(Shutdown::Write)?;
    io::copy(&mut stream.take(HEAD as u64), &mut io::sink())?;
    Ok(())
}

/// The request of a connection, or with which status it is refused.
fn read(stream: &mut impl Read) -> io::Result<Result<Request, Status>> {
    let mut head = Vec::new();
    let mut part = [0; 4096];
    loop {
        let length = stream.read(&mut part)?;
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(&part[..length]);
        match parse(&head) {
            Ok(None) if head.len() >= HEAD => return Ok(Err(Status::HEAD_TOO_LARGE)),
            Ok(None) => {}
            Ok(Some(request)) => return Ok(Ok(request)),
            Err(status) => return Ok(Err(status)),
        }
    }
}

/// The request in a head; none where it is not whole yet.
fn parse(head: &[u8]) -> Result<Option<Request>, Status> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Status::HEAD_TOO_LARGE),
        Err(_) => return Err(Status::BAD_REQUEST),
    }
    let hosts = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    Ok(Some(Request {
        method: request.method.unwrap_or_default().to_owned(),
        target: request.path.unwrap_or_default().to_owned(),
        hosts: hosts.map(|header| String::from_utf8_lossy(header.value).into_owned()).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(head: &[u8]) -> Result<Request, Status> {
        let mut head = head;
        read(&mut head).unwrap_or(Err(Status(0, "the connection ended")))
    }

    #[test]
    fn a_request_is_read_with_its_hosts() {
        let request = asked(b"GET /a?b HTTP/1.1\r\nHost: x:1\r\nAccept: */*\r\nhost: y\r\n\r\n");
        let expected =
            Request { method: "GET".into(), target: "/a?b".into(), hosts: vec!["x:1".to_owned(), "y".to_owned()] };
        assert_eq!(request, Ok(expected));
    }

    #[test]
    fn what_is_no_request_is_refused_and_what_is_not_whole_ends_with_the_connection() {
        let long = [b"GET /".as_slice(), &vec![b'a'; HEAD]].concat();
        let many = [b"GET / HTTP/1.1\r\n".as_slice(), &b"a: b\r\n".repeat(HEADERS + 1), b"\r\n"].concat();
        for (head, status) in [
            (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(), Status::BAD_REQUEST),
            (b"GET / HTTP/9.9\r\n\r\n", Status::BAD_REQUEST),
            (b"GET /\x00 HTTP/1.1\r\n\r\n", Status::BAD_REQUEST),
            (b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n", Status::BAD_REQUEST),
            (&long, Status::HEAD_TOO_LARGE),
            (&many, Status::HEAD_TOO_LARGE),
            (b"GET / HTTP/1.1\r\nHost: x", Status(0, "the connection ended")),
            (b"", Status(0, "the connection ended")),
        ] {
            assert_eq!(asked(head), Err(status), "{}", String::from_utf8_lossy(&head[..head.len().min(60)]));
        }
    }
}
