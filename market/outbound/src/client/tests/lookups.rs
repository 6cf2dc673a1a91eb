//! Name servers that do not answer: they hold up the requests of one caller alone.

use super::{Client, PATIENT, Policy};
use crate::failure::Failure;
use crate::resolver::SystemLookup;
use crate::target::TargetError;
use http::HeaderMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};

/// The look-ups that hang now, the most that did, and whether they still do.
static HANGING: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);
static GATE: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

/// A name server that answers to names that begin with `slow` when the gate opens, and to all others at once: with a private address.
fn find(name: &str) -> io::Result<Vec<SocketAddr>> {
    if name.starts_with("slow") {
        MOST.fetch_max(HANGING.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let mut is_open = GATE.0.lock().expect("no test panics here");
        while !*is_open {
            is_open = GATE.1.wait(is_open).expect("no test panics here");
        }
        HANGING.fetch_sub(1, Ordering::SeqCst);
    }
    Ok(vec![SocketAddr::new([10, 0, 0, 1].into(), 0)])
}

#[tokio::test]
async fn a_callers_slow_name_servers_hold_up_its_own_requests_alone() {
    let client = Client::new(Policy::production(), PATIENT, Arc::new(SystemLookup::finding_by(find))).expect("a client");
    let refused = Err(Failure::Refused(TargetError::NotPublic));
    let mut slow = tokio::task::JoinSet::new();
    for n in 0..100 {
        let client = client.clone();
        slow.spawn(async move { client.post_for("greedy", &format!("https://slow{n}.example.com/"), HeaderMap::new(), "{}").await });
    }
    while HANGING.load(Ordering::SeqCst) < 8 {
        tokio::task::yield_now().await;
    }
    for n in 0..50 {
        let quick = client.post_for("modest", &format!("https://quick{n}.example.com/"), HeaderMap::new(), "{}").await;
        assert_eq!(quick, refused, "it was looked up and checked");
    }
    assert_eq!(MOST.load(Ordering::SeqCst), 8, "a hundred wait, eight are looked up");
    *GATE.0.lock().expect("no test panics here") = true;
    GATE.1.notify_all();
    while let Some(ended) = slow.join_next().await {
        assert_eq!(ended.expect("no request panics"), refused, "it goes on when its turn comes");
    }
}
