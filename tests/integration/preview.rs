//! `manyi preview`: the output in the browser, built again when a file changes; nothing but the output is served.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use manyi::pipeline::{Outcome, Phase, Progress, RunError, Silent};
use manyi::preview::{Preview, Told};
use manyi::publish::{Manifest, PublishError, Publisher};

use crate::case::{Case, REGISTER, book, rows_of};
use crate::tree::assert_same;

/// Longest wait for something that must come: builds of other tests may have all processors.
const PATIENCE: Duration = Duration::from_secs(300);

/// The program serving a case, and the lines that it says.
struct Served {
    program: Child,
    said: Receiver<String>,
    address: SocketAddr,
}

impl Served {
    fn start(case: &Case, arguments: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_manyi"))
            .args(["preview", "--input", "input", "--output", "output"])
            .args(arguments)
            .current_dir(case.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (says, said) = channel();
        let lines = BufReader::new(program.stderr.take().unwrap()).lines();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| says.send(line)));
        let mut served = Self { program, said, address: (Ipv4Addr::LOCALHOST, 0).into() };
        let line = served.wait_for("http://");
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap();
        served.address = address.parse().unwrap();
        served
    }

    /// The next line with a text in it.
    #[track_caller]
    fn wait_for(&self, text: &str) -> String {
        loop {
            let line =
                self.said.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("「{text}」 was not said: {error}"));
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Waits until what is shown is not this, as a page does.
    #[track_caller]
    fn state_after(&self, output: &str, error: &str) -> serde_json::Value {
        loop {
            let answer = get(self.address, &format!("/.manyi/state?output={output}&error={error}"));
            let state: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            if (state["output"].as_str(), state["error"].as_str()) != (Some(output), Some(error)) {
                return state;
            }
        }
    }

    /// Waits for the first build and gives its print.
    #[track_caller]
    fn built(&self) -> String {
        self.state_after("", "")["output"].as_str().unwrap().to_owned()
    }

    /// Ends it as Ctrl-C does, and gives the exit code.
    #[cfg(unix)]
    fn interrupt(mut self) -> Option<i32> {
        let id = self.program.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.program.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// An answer as it came over the wire.
struct Got {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(key, _)| *key == name).map(|(_, value)| value).next().unwrap_or("")
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// Sends bytes and gives the answer, up to the end of the connection.
fn send(to: SocketAddr, bytes: &[u8]) -> Got {
    let mut stream = TcpStream::connect(to).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(bytes).unwrap();
    let mut came = Vec::new();
    stream.read_to_end(&mut came).unwrap();
    let end = came.windows(4).position(|part| part == b"\r\n\r\n").expect("an answer has a head");
    let head = String::from_utf8(came[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Got { status, head, body: came[end + 4..].to_vec() }
}

fn ask(to: SocketAddr, method: &str, target: &str) -> Got {
    send(to, format!("{method} {target} HTTP/1.1\r\nHost: {to}\r\n\r\n").as_bytes())
}

fn get(to: SocketAddr, target: &str) -> Got {
    ask(to, "GET", target)
}

#[test]
fn files_of_the_output_are_served_as_they_are_and_pages_with_one_script_more() {
    let case =
        Case::good().with_csv("坏.csv", &rows_of(&[REGISTER[0], &["T-9", "翠湖花园", "不详", "", "", "", "", ""]]));
    let served = Served::start(&case, &["--port", "0"]);
    let print = served.built();
    let files = case.output();
    let mut kinds = std::collections::BTreeSet::new();
    for (path, bytes) in files.iter().filter(|(path, _)| !path.starts_with('.')) {
        let got = get(served.address, &format!("/{path}"));
        assert_eq!(got.status, 200, "{path}");
        kinds.insert(got.header("Content-Type").to_owned());
        assert_eq!(got.header("Content-Length"), got.body.len().to_string(), "{path}");
        for (name, value) in [("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store")] {
            assert_eq!(got.header(name), value, "{path}");
        }
        if path.ends_with(".html") {
            let script = format!("<script src=\"/.manyi/reload.js\" data-output=\"{print}\" defer=\"\"></script>\n");
            let [reload, state] =
                ["reload.js", "state"].map(|name| format!(" http://{}/.manyi/{name}", served.address));
            let text = got.text().replacen(&script, "", 1).replacen(&reload, "", 1).replacen(&state, "", 1);
            // Directives that the page did not have.
            let text = text.replacen("; script-src;", ";", 1).replacen("; connect-src\"", "\"", 1);
            assert!(text.as_bytes() == bytes, "{path} differs by more than the script and its permission");
        } else {
            assert!(got.body == *bytes, "{path}");
        }
        let head = ask(served.address, "HEAD", &format!("/{path}"));
        assert_eq!((head.status, head.head, head.body.len()), (200, got.head, 0), "{path}");
    }
    let expected = [
        "application/json",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text/csv; charset=utf-8",
        "text/html; charset=utf-8",
    ];
    assert!(expected.iter().all(|kind| kinds.contains(*kind)), "{kinds:?}");
    assert_eq!(get(served.address, "/").body, get(served.address, "/index.html?a=b#c").body);
    let script = get(served.address, "/.manyi/reload.js");
    assert_eq!((script.status, script.header("Content-Type")), (200, "text/javascript; charset=utf-8"));
    let missing = get(served.address, "/2025-99/nothing.html");
    assert_eq!(missing.status, 404);
    for text in ["没有这一页", "No such page", "href=\"/\"", "/.manyi/reload.js"] {
        assert!(missing.text().contains(text), "{}", missing.text());
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        let got = ask(served.address, method, "/index.html");
        assert_eq!((got.status, got.header("Allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn nothing_outside_of_the_output_is_served_whatever_the_path() {
    const SECRET: &str = "a secret of another folder";
    let case = Case::good();
    fs::write(case.path("secret.txt"), SECRET).unwrap();
    let served = Served::start(&case, &["--port", "0"]);
    served.built();
    fs::write(case.path("output/unlisted.html"), SECRET).unwrap();
    fs::write(case.path("output/.gitkeep"), SECRET).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(case.path("secret.txt"), case.path("output/link.txt")).unwrap();
        // A listed file, and a folder on the way to one, that became links to elsewhere.
        fs::remove_file(case.path("output/data/facts.csv")).unwrap();
        std::os::unix::fs::symlink(case.path("secret.txt"), case.path("output/data/facts.csv")).unwrap();
        fs::rename(case.path("output/quality"), case.path("moved")).unwrap();
        fs::write(case.path("moved/index.html"), SECRET).unwrap();
        std::os::unix::fs::symlink(case.path("moved"), case.path("output/quality")).unwrap();
    }
    let absolute = case.path("secret.txt").display().to_string();
    let (long, deep) = (format!("/{}", "a".repeat(9000)), format!("{}secret.txt", "/..".repeat(400)));
    let with_host = format!("http://{}/index.html", served.address);
    let targets = [
        "/../secret.txt",
        "/../../secret.txt",
        "/data/../../secret.txt",
        "/./../secret.txt",
        "//secret.txt",
        "//../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/.%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%u002e%u002e/secret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/data\\facts.csv",
        "/data%5cfacts.csv",
        "/../secret.txt%00.html",
        "/index.html%00",
        "/index.html/",
        "/index.html/../../secret.txt",
        "/C:/secret.txt",
        "/file:///secret.txt",
        "/~/secret.txt",
        "/.gitkeep",
        "/.manyi-lock",
        "/.manyi/",
        "/.manyi/reload.js/../../../secret.txt",
        "/unlisted.html",
        "/INDEX.HTML",
        "/index.html ",
        "/index.html.",
        "/link.txt",
        "/data",
        "/data/",
        "/..;/secret.txt",
        "../secret.txt",
        "secret.txt",
        "*",
        "/%",
        "/%zz",
        "/%ff",
        &absolute,
        &with_host,
        &long,
        &deep,
    ];
    let links: &[&str] = if cfg!(unix) { &["/data/facts.csv", "/quality/index.html", "/quality/"] } else { &[] };
    for target in targets.iter().chain(links) {
        let got = get(served.address, target);
        let is_refused = [400, 404, 414].contains(&got.status);
        assert!(is_refused && !got.text().contains(SECRET), "{target}: {} {}", got.status, got.text());
    }
    let raw: [&[u8]; 4] = [
        b"GET /../secret.txt\r\n\r\n",
        b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        &[b"GET / HTTP/1.1\r\nX: ".as_slice(), &vec![b'x'; 1 << 16]].concat(),
    ];
    for bytes in raw {
        let got = send(served.address, bytes);
        assert!([400, 431].contains(&got.status), "{} {}", got.status, got.head);
    }
    // It has come to no harm.
    assert_eq!(get(served.address, "/index.html").status, 200);
}

#[test]
fn only_requests_for_this_machine_by_its_own_names_are_answered() {
    let case = Case::good();
    let served = Served::start(&case, &["--port", "0"]);
    served.built();
    let port = served.address.port();
    let with = |lines: &str| send(served.address, format!("GET / HTTP/1.1\r\n{lines}\r\n").as_bytes()).status;
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("LocalHost:{port}")] {
        assert_eq!(with(&format!("Host: {host}\r\n")), 200, "{host}");
    }
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("127.0.0.1:{port}.evil.example"),
        format!("evil@127.0.0.1:{port}"),
        format!("127.0.0.1:{port}/"),
        "127.0.0.1".to_owned(),
        "localhost".to_owned(),
        format!("127.0.0.1:{}", port.wrapping_add(1)),
        format!("0.0.0.0:{port}"),
        format!("[::1]:{port}"),
        String::new(),
    ] {
        assert_eq!(with(&format!("Host: {host}\r\n")), 421, "{host}");
    }
    assert_eq!(with(""), 421, "no host at all");
    assert_eq!(with(&format!("Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n")), 421, "two hosts");
    // Bound to one address: not even the machine's other loopback addresses reach it.
    #[cfg(target_os = "linux")]
    assert!(TcpStream::connect((Ipv4Addr::new(127, 0, 0, 2), port)).is_err(), "it listens on more than 127.0.0.1");
}

#[test]
fn a_changed_file_is_built_again_and_a_lock_file_is_not() {
    let case = Case::good();
    let served = Served::start(&case, &["--port", "0"]);
    let first = served.built();
    let count = |served: &Served| {
        let facts = get(served.address, "/data/facts.csv");
        facts.text().lines().filter(|line| line.contains("complaint.received,")).count()
    };
    let before = count(&served);
    // What Excel and WPS leave beside an open workbook, and write while they save it.
    for name in ["~$投诉登记.xlsx", ".~投诉登记.xlsx", "7A31C000.tmp"] {
        fs::write(case.path("input").join(name), b"\x05admin").unwrap();
    }
    let mut rows = rows_of(REGISTER);
    rows.extend(rows_of(&[&["T-4", "柏杨新村", "2025-04-02 09:00", "2-101", "电梯故障", "停梯", "工程部", ""]]));
    // As they save: a new file takes the place of the old one.
    let bytes = book(&rows);
    fs::write(case.path("input/新.tmp"), &bytes).unwrap();
    fs::rename(case.path("input/新.tmp"), case.path("input/投诉登记.xlsx")).unwrap();
    let state = served.state_after(&first, "");
    assert_eq!(state["error"], "");
    assert!(count(&served) > before);
    // One file, and no build for any other before it.
    let changed = served.wait_for("有变动");
    assert!(changed.ends_with("投诉登记.xlsx"), "{changed}");
    // The same again is a build with the same bytes: nothing for a page to reload.
    let second = state["output"].as_str().unwrap().to_owned();
    fs::write(case.path("input/投诉登记.xlsx"), &bytes).unwrap();
    served.wait_for("有变动");
    fs::write(case.path("input/manyi.toml"), "[organisation]\nname = \"甲公司\"\n").unwrap();
    let third = served.state_after(&second, "");
    assert_ne!(third["output"], first.as_str());
    assert!(get(served.address, "/").text().contains("甲公司"));
}

#[test]
fn templates_texts_and_own_profiles_are_built_again_too() {
    let case = Case::good();
    fs::create_dir_all(case.path("mine/words")).unwrap();
    fs::write(case.path("input/manyi.toml"), "[use]\ncomplaint = \"ours\"\n").unwrap();
    let profile = |within: &str| {
        let text = format!("extends = \"complaint-classes\"\n[[deadline]]\nid = \"response\"\nwithin = \"{within}\"\n");
        fs::create_dir_all(case.path("input/profiles")).unwrap();
        fs::write(case.path("input/profiles/ours.toml"), text).unwrap();
    };
    profile("12 h");
    let served = Served::start(&case, &["--port", "0", "--templates", "mine", "--lang", "en"]);
    let mut print = served.built();
    let mut changed = |name: &str| {
        let said = served.wait_for("Changed: ");
        assert!(said.ends_with(name), "{said}");
        let state = served.state_after(&print, "");
        assert_eq!(state["error"], "", "{state}");
        state["output"].as_str().unwrap().clone_into(&mut print);
    };
    profile("1 min");
    changed("ours.toml");
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let base = fs::read_to_string(root.join("templates/base.html")).unwrap();
    fs::write(case.path("mine/base.html"), base.replace("</main>", "<p>of our own</p></main>")).unwrap();
    changed("base.html");
    assert!(get(served.address, "/").text().contains("<p>of our own</p>"));
    let texts = fs::read_to_string(root.join("src/report/words/en/common.toml")).unwrap();
    let (key, _) =
        texts.lines().find_map(|line| line.split_once(" = \"").filter(|(_, text)| !text.contains('{'))).unwrap();
    fs::write(case.path("mine/words/en.toml"), format!("{key} = \"Words of our own\"\n")).unwrap();
    let said = served.wait_for("Changed: ");
    assert!(said.ends_with("en.toml"), "{said}");
}

#[test]
fn a_failed_build_keeps_the_last_output_and_is_told_in_the_browser_and_on_the_terminal() {
    let case = Case::good();
    let served = Served::start(&case, &["--port", "0"]);
    let print = served.built();
    let before = case.output();
    let page = get(served.address, "/").body;
    fs::write(case.path("input/manyi.toml"), "[organisation]\nnam = \"<b>\"\n").unwrap();
    let state = served.state_after(&print, "");
    assert_eq!(state["output"], print.as_str(), "the output stands");
    let text = state["text"].as_str().unwrap();
    assert!(text.contains("manyi.toml") && text.contains("是不是「name」") && text.contains("line 2"), "{text}");
    served.wait_for("unknown field `nam`");
    served.wait_for("改好之后会自动再试");
    assert!(get(served.address, "/").body == page, "the page is another one");
    assert_same(&before, &case.output(), "the output");
    assert!(get(served.address, "/nothing.html").text().contains("是不是「name」"), "a page of our own says why");
    fs::write(case.path("input/manyi.toml"), "[organisation]\nname = \"甲公司\"\n").unwrap();
    let state = served.state_after(&print, state["error"].as_str().unwrap());
    assert_eq!((state["error"].as_str(), state["text"].as_str()), (Some(""), Some("")));
    assert_ne!(state["output"], print.as_str());
}

#[test]
fn before_the_first_output_stands_the_page_says_why_there_is_none() {
    let case = Case::new();
    let served = Served::start(&case, &["--port", "0"]);
    let state = served.state_after("", "");
    let got = get(served.address, "/2025-03/any.html");
    assert_eq!(got.status, 503);
    for text in ["还没有生成", "Not built yet", "里没有表格", "/.manyi/reload.js"] {
        assert!(got.text().contains(text), "{}", got.text());
    }
    roxmltree::Document::parse(&got.text().replace("<!DOCTYPE html>", "")).unwrap();
    fs::write(case.path("input/投诉登记.xlsx"), book(&rows_of(REGISTER))).unwrap();
    served.state_after("", state["error"].as_str().unwrap());
    assert_eq!(get(served.address, "/").status, 200);
}

#[test]
fn a_port_that_is_taken_is_told_and_the_next_free_one_is_used() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let case = Case::good();
    let served = Served::start(&case, &["--port", &port.to_string(), "--lang", "en"]);
    assert_ne!(served.address.port(), port);
    served.built();
    assert_eq!(get(served.address, "/").status, 200);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_and_leaves_a_whole_output() {
    let case = Case::good();
    let served = Served::start(&case, &["--port", "0"]);
    served.built();
    assert_eq!(served.interrupt(), Some(0));
    let files = case.output();
    let manifest: Manifest = serde_json::from_slice(&files["data/manifest.json"]).unwrap();
    assert_eq!(files.len(), manifest.files.len() + 1, "something was left behind");
    for file in &manifest.files {
        assert_eq!(blake3::hash(&files[&file.path]).to_hex().as_str(), file.blake3, "{}", file.path);
    }
    // Where nothing was ever published that is what the exit code says.
    let case = Case::new();
    let served = Served::start(&case, &["--port", "0"]);
    served.state_after("", "");
    assert_eq!(served.interrupt(), Some(1));
}

#[test]
fn the_folder_of_somebody_else_is_refused_at_once() {
    let case = Case::good();
    fs::create_dir(case.path("output")).unwrap();
    fs::write(case.path("output/家庭照片.jpg"), "x").unwrap();
    let ended = case.program(&["preview", "--input", "input", "--output", "output", "--port", "0"]);
    ended.expect(1).says(&["没有满意的清单", "choose an empty folder"]);
}

/// Passes on what it is told.
struct Teller<'a> {
    says: Sender<String>,
    progress: &'a dyn Progress,
}

impl Told for Teller<'_> {
    fn progress(&self) -> &dyn Progress {
        self.progress
    }

    fn changed(&self, files: &[PathBuf]) {
        let _ = self.says.send(format!("changed {}", files.len()));
    }

    fn built(&self, outcome: &Outcome) {
        let _ = self.says.send(format!("built {}", outcome.summary.files));
    }

    fn failed(&self, error: &RunError) {
        let _ = self.says.send(format!("failed {}", matches!(error, RunError::Publish(PublishError::Locked(_)))));
    }
}

/// Asks to stop when the pages are being made.
struct StopsWhileRendering<'a>(&'a AtomicBool);

impl Progress for StopsWhileRendering<'_> {
    fn phase(&self, name: Phase, _: usize) {
        if name == Phase::Rendering {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    fn step(&self) {}
}

#[test]
fn a_build_that_is_stopped_publishes_nothing() {
    let case = Case::good();
    case.run(&["--quiet"]).expect(0);
    let before = case.output();
    fs::write(case.path("input/manyi.toml"), "[organisation]\nname = \"甲公司\"\n").unwrap();
    let preview = Preview::open(case.settings(), 0).unwrap();
    let stop = AtomicBool::new(false);
    let (says, said) = channel();
    preview.run(&stop, &Teller { says, progress: &StopsWhileRendering(&stop) });
    assert_eq!(said.iter().collect::<Vec<_>>(), [""; 0], "neither built nor failed");
    assert_same(&before, &case.output(), "the output");
}

#[test]
fn another_run_is_waited_for() {
    let case = Case::good();
    case.run(&["--quiet"]).expect(0);
    let other = Publisher::open(&case.path("output")).unwrap();
    let preview = Preview::open(case.settings(), 0).unwrap();
    let stop = AtomicBool::new(false);
    let (says, said) = channel();
    std::thread::scope(|scope| {
        let (preview, stop) = (&preview, &stop);
        scope.spawn(move || preview.run(stop, &Teller { says, progress: &Silent }));
        assert_eq!(said.recv_timeout(PATIENCE).unwrap(), "failed true");
        drop(other);
        assert_eq!(said.recv_timeout(PATIENCE).unwrap(), "built 1", "told once, and built without any change");
        stop.store(true, Ordering::Relaxed);
    });
}
