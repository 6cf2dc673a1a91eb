//! Pages of the sandbox: the mail that was kept instead of sent. They answer only under this machine's own names.

use crate::error_response::error_response;
use crate::request::id_of;
use crate::site;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, StatusCode, header};
use market::Error;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// The number of mails on the list, newest first.
const EMAILS_MAX: usize = 100;
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The header of the site's pages, without the parts that need a script or a signed-in member.
const BAR: &str = "<a class=\"skip\" href=\"#main\">Skip to content</a><header class=\"bar\"><div class=\"bar-in\">\
    <a class=\"brand\" href=\"/\">Guildhall</a><nav class=\"nav\" aria-label=\"Main\"><a href=\"/jobs\">Jobs</a>\
    <a href=\"/sandbox/mail\" aria-current=\"page\">Sandbox mail</a></nav></div></header>";
const FOOT: &str = "<footer class=\"foot\"><div class=\"foot-in\"><a href=\"/\">How it works</a><a href=\"/docs\">API</a>\
    <a href=\"/llms.txt\">llms.txt</a><span>MIT or Apache-2.0</span></div></footer>";

/// The folder of mails, and the origin whose links are made clickable.
type MailFolder = Arc<(PathBuf, String)>;

pub(crate) fn routes(folder: PathBuf, base_url: &str) -> Router {
    let letters: MailFolder = Arc::new((folder, base_url.to_owned()));
    Router::new().route("/sandbox/mail", get(list)).route("/sandbox/mail/{id}", get(show)).with_state(letters)
}

/// Refuses foreign host names: one that resolves to this machine is an attempt to read the sandbox through a browser (DNS
/// rebinding).
pub(crate) async fn local_names_only(request: Request, next: Next) -> Response {
    if is_local(request.headers()) {
        return next.run(request).await;
    }
    let message = "The sandbox answers under the names of this machine only, like localhost and 127.0.0.1.";
    error_response(request.uri().path(), id_of(&request), &Error::forbidden("foreign_host", message))
}

fn is_local(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST) else { return true };
    let Ok(host) = host.to_str() else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let named = name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost");
    named || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

async fn list(State(letters): State<MailFolder>) -> Response {
    let read = tokio::task::spawn_blocking(move || newest(&letters.0)).await;
    let rows: String = read.unwrap_or_default().iter().map(StoredEmail::row).collect();
    let body = match rows.is_empty() {
        true => {
            "<div class=\"empty\"><h3>No mail yet</h3><p>Sign up, and the email that confirms the address is here.</p></div>".to_owned()
        }
        false => {
            format!("<table class=\"table\"><thead><tr><th>Email</th><th>To</th><th>Sent</th></tr></thead><tbody>{rows}</tbody></table>")
        }
    };
    page(StatusCode::OK, "Mail", &body)
}

async fn show(State(letters): State<MailFolder>, Path(id): Path<String>) -> Response {
    let named = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let base_url = letters.1.clone();
    let read = tokio::task::spawn_blocking(move || named.then(|| StoredEmail::read(&letters.0.join(format!("{id}.eml")))).flatten());
    let Some(letter) = read.await.ok().flatten() else {
        return page(StatusCode::NOT_FOUND, "No such email", "<p><a href=\"/sandbox/mail\">All mail</a></p>");
    };
    let body = format!(
        "<p class=\"soft\">To {} · {}</p><pre class=\"code mt-4\">{}</pre><p class=\"mt-4\"><a href=\"/sandbox/mail\">All mail</a></p>",
        escaped(letter.header("To")),
        escaped(letter.header("Date")),
        linked(&letter.text, &base_url),
    );
    page(StatusCode::OK, letter.header("Subject"), &body)
}

fn newest(folder: &PathBuf) -> Vec<StoredEmail> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let dated = |entry: fs::DirEntry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()));
    let mut files: Vec<_> = entries.flatten().filter_map(dated).filter(|(_, path)| path.extension().is_some_and(|e| e == "eml")).collect();
    files.sort_by(|one, other| other.cmp(one));
    files.iter().take(EMAILS_MAX).filter_map(|(_, path)| StoredEmail::read(path)).collect()
}

/// A mail as it was kept.
struct StoredEmail {
    id: String,
    head: String,
    text: String,
}

impl StoredEmail {
    fn read(path: &std::path::Path) -> Option<Self> {
        let whole = fs::read_to_string(path).ok()?;
        let (head, text) = whole.split_once("\r\n\r\n")?;
        Some(Self { id: path.file_stem()?.to_str()?.to_owned(), head: head.to_owned(), text: text.replace("\r\n", "\n") })
    }

    fn header(&self, name: &str) -> &str {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
    }

    fn row(&self) -> String {
        let [subject, to, date] = ["Subject", "To", "Date"].map(|name| escaped(self.header(name)));
        format!("<tr><td><a href=\"/sandbox/mail/{}\">{subject}</a></td><td class=\"lead\">{to}</td><td>{date}</td></tr>", self.id)
    }
}

fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let options = site::options();
    let title = escaped(title);
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} · Guildhall sandbox</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"/favicon.svg\">\
         <link rel=\"stylesheet\" href=\"{}\"></head><body>{BAR}<main class=\"page\" id=\"main\">\
         <div class=\"page-head\"><div><h1>{title}</h1></div></div>\
         <div class=\"notice wait mb-6\"><p>Sandbox: this mail was kept here and not sent.</p></div>{body}</main>{FOOT}</body></html>",
        options.css_path(),
    );
    (status, [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}

/// Turns links to our own origin into anchors and escapes the rest.
fn linked(text: &str, base_url: &str) -> String {
    let word = |word: &str| match word.starts_with(base_url) {
        true => format!("<a href=\"{0}\">{0}</a>", escaped(word)),
        false => escaped(word),
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine() {
        let local = |host: &str| is_local(&HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]));
        for host in ["localhost", "LOCALHOST:3000", "a.localhost:1", "127.0.0.1:3000", "127.1.2.3", "[::1]:3000"] {
            assert!(local(host), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example:3000", "localhost.evil.example", "10.0.0.1", "[::2]:3000", ""] {
            assert!(!local(host), "{host}");
        }
    }

    #[test]
    fn only_our_own_links_live() {
        let text = linked("see http://a.example/x?b=1&c=<i> or\nhttp://b.example/", "http://a.example");
        assert_eq!(
            text,
            "see <a href=\"http://a.example/x?b=1&amp;c=&lt;i&gt;\">http://a.example/x?b=1&amp;c=&lt;i&gt;</a> or\nhttp://b.example/"
        );
    }
}
