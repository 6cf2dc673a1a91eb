//! Floods: callers at many addresses send one request after another, as fast as they are answered.

use super::{Attack, MET_NOTHING, Scale};
use crate::wire::{ask, request, source};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout_at};

/// The range of these attackers' addresses.
const RANGE: u8 = 2;
/// The bytes of an uploaded file.
const FILE: usize = 1 << 20;
/// The bytes of a form.
const FORM: usize = 60 << 10;
/// The pause of a caller between two requests: a network is slower than this machine's own.
const PAUSE: Duration = Duration::from_millis(20);

#[derive(Default)]
struct Counts {
    done: AtomicUsize,
    refused: AtomicUsize,
    broken: AtomicUsize,
    /// Requests for which the program has no route, or whose body it does not know.
    strayed: AtomicUsize,
}

pub(super) async fn run(attack: Attack, to: SocketAddr, keys: &[String], scale: Scale, lasts: Duration) -> String {
    let (counts, end) = (Arc::new(Counts::default()), Instant::now() + lasts);
    let callers = (scale.sockets / 200).clamp(8, 64);
    let mut running = JoinSet::new();
    for caller in 0..callers {
        let (counts, key) = (counts.clone(), keys[caller % keys.len()].clone());
        running.spawn(async move {
            let flood = async {
                for n in 0_usize.. {
                    let request = made(attack, caller * 1_000_000 + n, &key);
                    let count = match ask(source(RANGE, caller), to, &request).await {
                        Ok(answer) if matches!(answer.status, 404 | 405 | 415) => &counts.strayed,
                        Ok(answer) if answer.status < 400 => &counts.done,
                        Ok(_) => &counts.refused,
                        Err(_) => &counts.broken,
                    };
                    count.fetch_add(1, Ordering::Relaxed);
                    sleep(PAUSE).await;
                }
            };
            // The end of the attack ends its callers.
            let _ = timeout_at(end, flood).await;
        });
    }
    running.join_all().await;
    let [done, refused, broken] = [&counts.done, &counts.refused, &counts.broken].map(|count| count.load(Ordering::Relaxed));
    if done + refused == 0 || counts.strayed.load(Ordering::Relaxed) > 0 {
        return MET_NOTHING.to_owned();
    }
    format!("{callers} addresses, {done} done, {refused} refused, {broken} broken off")
}

fn made(attack: Attack, n: usize, key: &str) -> Vec<u8> {
    let (key, job) = key.split_once(' ').unwrap_or((key, ""));
    let json =
        |path: &str, body: serde_json::Value| request("POST", path, "content-type: application/json\r\n", body.to_string().as_bytes());
    match attack {
        Attack::SignUps => {
            let email = format!("flood{n}@example.com");
            json("/v1/auth/signup", serde_json::json!({ "name": "Flood", "email": email, "password": "correct horse battery" }))
        }
        Attack::Logins => json("/v1/auth/login", serde_json::json!({ "email": "caller1@example.com", "password": format!("guess {n}") })),
        Attack::Forms => {
            let body = format!("title=x&description={}", "x".repeat(FORM));
            let headers = "content-type: application/x-www-form-urlencoded\r\naccept: text/html\r\n";
            request("POST", "/_fn/jobs/post", headers, body.as_bytes())
        }
        Attack::Searches => request("GET", &format!("/jobs?q=word{n}"), "accept: text/html\r\n", b""),
        _ => {
            let head = "--soak\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\ncontent-type: text/plain\r\n\r\n";
            let body = [head.as_bytes(), &vec![b'x'; FILE], b"\r\n--soak--\r\n"].concat();
            let headers = format!("x-api-key: {key}\r\ncontent-type: multipart/form-data; boundary=soak\r\n");
            request("POST", &format!("/api/agent/jobs/{job}/attachments"), &headers, &body)
        }
    }
}
