//! Pages as they are served: with a script that reloads them, and a policy that lets it, and nothing else, act.
//!
//! Pages forbid all scripts but their own by a `Content-Security-Policy` in their head. That policy stays in force; it is given
//! one more source, the exact address of the preview's script, and the script may ask one address for changes.

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};
use tera::{Context, Tera};

use super::shown::Now;
use super::site::{SCRIPT, STATE};

/// A page of the preview's own, where there is none of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// The first build is under way.
    Building,
    /// The first build failed.
    Failed,
    /// The output has no such page.
    Missing,
}

/// A page of the output that reloads itself. `host` is where it is asked for, such as `127.0.0.1:8321`.
pub(super) fn reloading(html: &str, now: &Now, host: &str) -> String {
    with_script(html, host, &format!(r#"data-output="{}""#, now.output_print()))
}

/// A page of the preview's own; it reloads when anything changes.
pub(super) fn own(own: Own, now: &Now, host: &str) -> String {
    let (zh, en) = match own {
        Own::Building => ("正在生成", "Building"),
        Own::Failed => ("还没有生成", "Not built yet"),
        Own::Missing => ("没有这一页", "No such page"),
    };
    let mut context = Context::new();
    context.insert("zh", zh);
    context.insert("en", en);
    context.insert("error", now.error.as_deref().unwrap_or(""));
    context.insert("has_index", &(own == Own::Missing));
    // The template is our own, and each text that it names is given: a test draws all three.
    let html = Tera::one_off(include_str!("own.html"), &context, true).unwrap_or_default();
    let known = format!(r#"data-own="" data-output="{}" data-error="{}""#, now.output_print(), now.error_print());
    with_script(&html, host, &known)
}

/// A page with the script at the end of its head, and its policies amended.
fn with_script(html: &str, host: &str, known: &str) -> String {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut made = String::with_capacity(html.len() + 1024);
    let mut copied = 0;
    let mut end_of_head = html.len();
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) if *tag.name == b"body" => {
                end_of_head = tag.span.start;
                break;
            }
            Token::EndTag(tag) if *tag.name == b"head" => {
                end_of_head = tag.span.start;
                break;
            }
            Token::StartTag(tag) => {
                if let Some(policy) = policy(&tag) {
                    made.push_str(&html[copied..tag.span.start]);
                    made.push_str(&meta(&amended(&policy, host)));
                    copied = tag.span.end;
                }
            }
            _ => {}
        }
    }
    made.push_str(&html[copied..end_of_head]);
    let script = format!("<script src=\"{SCRIPT}\" {known} defer=\"\"></script>\n");
    made + &script + &html[end_of_head..]
}

/// The policy that a tag states.
fn policy(tag: &StartTag<usize>) -> Option<String> {
    let attribute = |name: &[u8]| {
        let value = tag.attributes.iter().find(|(key, _)| key.as_slice() == name)?.1;
        Some(String::from_utf8_lossy(value).into_owned())
    };
    let is_policy = *tag.name == b"meta"
        && attribute(b"http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"));
    if is_policy { attribute(b"content") } else { None }
}

fn meta(policy: &str) -> String {
    let policy = policy.replace('&', "&amp;").replace('"', "&quot;");
    format!(r#"<meta http-equiv="Content-Security-Policy" content="{policy}"/>"#)
}

/// A policy that allows besides what it allows the script, and the script's question.
fn amended(policy: &str, host: &str) -> String {
    let mut directives: Vec<Vec<&str>> =
        policy.split(';').map(|directive| directive.split_ascii_whitespace().collect()).collect();
    directives.retain(|directive: &Vec<&str>| !directive.is_empty());
    let sources = [("script-src", format!("http://{host}{SCRIPT}")), ("connect-src", format!("http://{host}{STATE}"))];
    for (name, source) in &sources {
        let stated = |name: &str| directives.iter().position(|directive| directive[0].eq_ignore_ascii_case(name));
        match (stated(name), stated("default-src")) {
            (Some(own), _) => allow(&mut directives[own], source),
            (None, Some(default)) => {
                // The default holds no more once there is a directive of its own: it is said again.
                let mut own = [&[*name], &directives[default][1..]].concat();
                allow(&mut own, source);
                directives.push(own);
            }
            (None, None) => {}
        }
    }
    directives.iter().map(|directive| directive.join(" ")).collect::<Vec<_>>().join("; ")
}

/// Adds a source to a directive.
fn allow<'s>(directive: &mut Vec<&'s str>, source: &'s str) {
    directive.retain(|word| !word.eq_ignore_ascii_case("'none'"));
    directive.push(source);
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "127.0.0.1:8321";
    const SCRIPT_SOURCE: &str = "http://127.0.0.1:8321/.manyi/reload.js";
    const STATE_SOURCE: &str = "http://127.0.0.1:8321/.manyi/state";

    #[test]
    fn a_policy_keeps_what_it_says_and_gets_two_addresses() {
        assert_eq!(
            amended("default-src 'none'; style-src 'unsafe-inline'; img-src data:", HOST),
            format!(
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {SCRIPT_SOURCE}; \
                 connect-src {STATE_SOURCE}"
            )
        );
        assert_eq!(
            amended("script-src 'sha256-abc=';connect-src 'none';", HOST),
            format!("script-src 'sha256-abc=' {SCRIPT_SOURCE}; connect-src {STATE_SOURCE}")
        );
        assert_eq!(
            amended("default-src 'self' data:", HOST),
            format!(
                "default-src 'self' data:; script-src 'self' data: {SCRIPT_SOURCE}; \
                 connect-src 'self' data: {STATE_SOURCE}"
            )
        );
        assert_eq!(amended("img-src data:", HOST), "img-src data:", "what is not restricted need not be allowed");
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_head_and_the_rest_is_as_it_was() {
        let before = "<!DOCTYPE html>\n<html><head><title>满意 </head></title><!-- <meta http-equiv=\"Content-Security-Policy\" \
                      content=\"x\"> -->";
        let style = "<style>a::after { content: '</head><body>'; }</style>";
        let after = "</head><body>翠湖花园 </head><script>x</script></body></html>";
        let html =
            format!("{before}<META content='default-src \"none\"' HTTP-EQUIV=content-security-policy>{style}{after}");
        let made = with_script(&html, HOST, "data-output=\"1\"");
        let policy = r#"<meta http-equiv="Content-Security-Policy" content="default-src &quot;none&quot;; "#;
        assert!(made.starts_with(&format!("{before}{policy}")), "{made}");
        let script = "<script src=\"/.manyi/reload.js\" data-output=\"1\" defer=\"\"></script>\n";
        assert!(made.ends_with(&format!("{style}{script}{after}")), "{made}");
    }

    #[test]
    fn pages_of_our_own_are_drawn_and_well_formed() {
        let shown = super::super::shown::Shown::new(None);
        shown.failed("<b>&\"坏\"");
        for (page, text) in [(Own::Building, "正在生成"), (Own::Failed, "还没有生成"), (Own::Missing, "没有这一页")]
        {
            let html = own(page, &shown.now(), HOST);
            assert!(html.contains(text) && html.contains("data-own") && html.contains("&lt;b&gt;"), "{html}");
            roxmltree::Document::parse(&html.replace("<!DOCTYPE html>", "")).unwrap();
        }
    }

    #[test]
    fn a_page_without_a_head_gets_the_script_all_the_same() {
        for html in ["", "翠湖花园", "<p>x", "<html><body>x"] {
            assert!(with_script(html, HOST, "").contains("<script src=\"/.manyi/reload.js\""), "{html}");
        }
    }
}
