//! The table of tricks, `tests/ssrf.tsv`: every row that is to be blocked is refused and connects to nothing private.

use super::{Canary, Names, PATIENT, PUBLIC, Server, moved};
use crate::client::Client;
use crate::failure::Failure;
use crate::policy::Policy;
use crate::target::{Target, TargetError};
use http::HeaderMap;
use std::net::IpAddr;
use std::sync::Arc;
use url::{Host, Url};

const TABLE: &str = include_str!("../../../tests/ssrf.tsv");
const ROWS: usize = 154;
const REFUSED: Failure = Failure::Refused(TargetError::NotPublic);

struct Row {
    id: &'static str,
    url: String,
    is_blocked: bool,
    kind: &'static str,
}

fn rows() -> Vec<Row> {
    let row = |line: &'static str| {
        let columns: Vec<_> = line.split('\t').collect();
        let [id, url, verdict, kind] = columns[..] else { panic!("{line}") };
        assert!(matches!(verdict, "block" | "allow"), "{line}");
        Row { id, url: unescaped(url), is_blocked: verdict == "block", kind }
    };
    let rows: Vec<_> = TABLE.lines().skip(1).map(row).collect();
    assert_eq!(rows.len(), ROWS);
    rows
}

/// Decodes `\\`, `\t` and `\n`, which the table writes so that a row stays a line.
fn unescaped(text: &str) -> String {
    let (mut decoded, mut characters) = (String::new(), text.chars());
    while let Some(character) = characters.next() {
        decoded.push(match character {
            '\\' => match characters.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('\\') => '\\',
                other => panic!("{other:?} is no escape"),
            },
            other => other,
        });
    }
    decoded
}

/// The policy that lets the most through in production, so that a row is refused for its own trick. It allows the canary's port.
fn policy(canary: &Canary) -> Policy {
    let own = Url::parse("https://own-public-name.example").expect("an address");
    Policy::production().allowing_http().allowing_ports(vec![canary.port()]).refusing_own(own.as_str())
}

/// Returns true if only the answer of the name server, or of the server, shows the trick.
fn shows_later(kind: &str) -> bool {
    matches!(kind, "public-dns-to-private" | "rebinding" | "mixed-answers" | "redirect")
}

fn answers(kind: &str) -> Arc<Names> {
    match kind {
        "rebinding" => Names::new(&[&[PUBLIC], &["127.0.0.1"]]),
        "mixed-answers" => Names::new(&[&[PUBLIC, "::1"]]),
        "redirect" => Names::new(&[&[PUBLIC]]),
        _ => Names::new(&[&["127.0.0.1"]]),
    }
}

/// Returns the address of a row with the canary's port; none if the port is a part of the row's trick.
fn aimed(row: &Row, canary: &Canary) -> Option<String> {
    if matches!(row.kind, "port" | "self") {
        return None;
    }
    let mut url = Url::parse(&row.url).ok()?;
    url.set_port(Some(canary.port())).ok()?;
    Some(url.into())
}

async fn post(client: &Client, url: &str) -> Result<u16, Failure> {
    client.post(url, HeaderMap::new(), "{}").await.map(|answer| answer.status)
}

#[tokio::test]
async fn every_blocked_row_is_refused_and_connects_to_nothing() {
    let (server, canary) = (Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await, Canary::new());
    for row in rows().iter().filter(|row| row.is_blocked && !matches!(row.kind, "rebinding" | "redirect")) {
        let names = answers(row.kind);
        let client = moved(policy(&canary), names.clone(), &server, &canary);
        for url in [Some(row.url.clone()), aimed(row, &canary)].into_iter().flatten() {
            let failed = post(&client, &url).await;
            assert!(matches!(failed, Err(Failure::Refused(_))), "row {}: {url:?}: {failed:?}", row.id);
        }
        assert_eq!(names.asked() > 0, shows_later(row.kind), "row {}: refused before its name is looked up", row.id);
        assert!(!canary.is_disturbed(), "row {}", row.id);
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn the_rows_of_later_tricks_reach_the_public_server_alone() {
    for row in rows().iter().filter(|row| matches!(row.kind, "rebinding" | "redirect")) {
        let canary = Canary::new();
        let head = if row.url.contains("/307?") { "307 Temporary Redirect" } else { "302 Found" };
        let location = format!("http://127.0.0.1:{}/", canary.port());
        let text = format!("HTTP/1.1 {head}\r\nlocation: {location}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        let server = Server::answering(&text).await;
        let client = moved(policy(&canary), answers(row.kind), &server, &canary);

        let status = post(&client, &row.url).await.expect("an answer of the public server");
        assert_eq!(status, head[..3].parse::<u16>().expect("a status"), "row {}", row.id);
        if row.kind == "rebinding" {
            assert_eq!(post(&client, &row.url).await, Err(REFUSED), "row {}", row.id);
        }
        assert_eq!(server.requests().len(), 1, "row {}", row.id);
        assert!(!canary.is_disturbed(), "row {}", row.id);
    }
}

#[tokio::test]
async fn every_allowed_row_passes() {
    // The server speaks no TLS, so a request by `https` that got there fails at this step.
    let (server, canary) = (Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await, Canary::new());
    for row in rows().iter().filter(|row| !row.is_blocked) {
        let target = Target::read(&row.url, &policy(&canary)).unwrap_or_else(|refused| panic!("row {}: {refused}", row.id));
        assert_eq!(Target::read(&row.url, &Policy::production()).is_ok(), target.as_str().starts_with("https:"), "row {}", row.id);
        let url = target.into_url();
        if matches!(url.host(), Some(Host::Domain(_))) {
            let client = moved(policy(&canary), Names::new(&[&[PUBLIC]]), &server, &canary);
            let before = server.connections();
            assert_eq!(post(&client, url.as_str()).await, Err(Failure::Tls), "row {}", row.id);
            assert!(server.connections() > before, "row {}", row.id);
        }
    }
    assert!(!canary.is_disturbed());
}

#[tokio::test]
async fn the_sandbox_blocks_every_row_that_is_not_this_machine() {
    let canary = Canary::new();
    let own = Url::parse("https://own-public-name.example").expect("an address");
    let policy = Policy::sandbox().refusing_own(own.as_str());
    let mut reaching = 0;
    for row in rows().iter().filter(|row| row.is_blocked && !shows_later(row.kind)) {
        let Ok(target) = Target::read(&row.url, &policy) else { continue };
        reaching += 1;
        let url = target.into_url();
        let is_this_machine = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
            Some(Host::Domain(name)) => name.trim_end_matches('.').rsplit('.').next() == Some("localhost"),
            None => false,
        };
        assert!(is_this_machine, "row {}: {url}", row.id);
    }
    assert!(reaching > 0, "the sandbox is for this machine");

    // A request that gets through disturbs the canary, so the silence above says something.
    let client = Client::new(policy, PATIENT, Names::new(&[&["127.0.0.1"]])).expect("a client");
    let url = format!("http://localhost:{}/", canary.port());
    let posting = post(&client, &url);
    let seen = async {
        while !canary.is_disturbed() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = posting => panic!("the canary never answers: {answer:?}"),
        () = seen => {}
    }
}
