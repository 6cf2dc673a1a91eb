//! Tests of the client on real connections. Servers and canaries listen on this machine; a test that needs a public address moves the
//! connection to one of them after the check.

mod answers;
mod lookups;
mod proxies;
mod rebinding;
mod server;
mod table;
mod tls;

use super::Client;
use crate::limits::Limits;
use crate::policy::Policy;
use crate::resolver::{CheckedLookup, SystemLookup};
use kernel::time::Duration;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use server::{Canary, Server};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A public address, which no test connects to.
const PUBLIC: &str = "93.184.216.34";
/// A time that no test reaches unless something is wrong.
const LONG: Duration = Duration::seconds(30);
/// A time that a test waits for.
const SHORT: Duration = Duration::ms(150);

/// Limits that only a fault exceeds.
const PATIENT: Limits = Limits { connect: LONG, total: LONG, body_bytes_max: Limits::DELIVERY.body_bytes_max };

/// A name server that gives one answer after the other to any name, and the last one forever.
struct Names {
    answers: Mutex<Vec<Vec<IpAddr>>>,
    asked: AtomicUsize,
}

impl Names {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let address = |text: &&str| text.parse().expect(text);
        let answers = answers.iter().rev().map(|answer| answer.iter().map(address).collect()).collect();
        Arc::new(Self { answers: Mutex::new(answers), asked: AtomicUsize::new(0) })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Resolve for Names {
    fn resolve(&self, _: Name) -> Resolving {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut answers = self.answers.lock().expect("no test panics here");
        let answer = if answers.len() > 1 { answers.pop() } else { answers.last().cloned() };
        let found = answer.unwrap_or_default().into_iter().map(|address| SocketAddr::new(address, 0));
        Box::pin(async move { Ok(Box::new(found) as Addrs) })
    }
}

/// Moves connections after the check: those to public addresses to a server, all others to the canary.
struct Moved {
    checked: CheckedLookup,
    server: SocketAddr,
    canary: SocketAddr,
}

impl Resolve for Moved {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, server, canary) = (self.checked.resolve(name), self.server, self.canary);
        Box::pin(async move {
            let public: IpAddr = PUBLIC.parse()?;
            Ok(Box::new(found.await?.map(move |address| if address.ip() == public { server } else { canary })) as Addrs)
        })
    }
}

/// Returns a client that asks `names`, and whose connections to the public address reach the server.
fn moved(policy: Policy, names: Arc<Names>, server: &Server, canary: &Canary) -> Client {
    let policy = Arc::new(policy);
    let moved = Moved {
        checked: CheckedLookup::new(names, policy.clone()),
        server: on_this_machine(server.port()),
        canary: on_this_machine(canary.port()),
    };
    Client::resolving_by(Arc::new(moved), policy, PATIENT).expect("a client")
}

/// Returns a client of the sandbox with the system's names.
fn sandbox(limits: Limits) -> Client {
    Client::new(Policy::sandbox(), limits, Arc::new(SystemLookup::new())).expect("a client")
}

fn on_this_machine(port: u16) -> SocketAddr {
    SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port)
}
