//! Two programs on one PostgreSQL: whichever writes and sends them, an endpoint gets each delivery once, and soon.

use crate::bot::Bot;
use crate::child::{Served, program};
use crate::postgres::database;
use crate::receiver::{Receiver, Seen};
use crate::test_server::Folder;
use market::db::Db;
use market::time::Clock;
use market::{Market, Rules, key};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use testkit::people;

const EVENTS: usize = 300;
const CALLERS: usize = 6;
/// The number of events that are waited for one by one.
const SINGLE: usize = 20;

/// A verified member's key.
async fn made_key(database: &str) -> String {
    let db = Db::open(database).await.unwrap();
    let market = Market::new(db, Clock::System, Arc::new(Rules::default()), Arc::from(&[1_u8; 32][..]), &market::nouns::REGISTRY);
    let mut tx = market.begin().await.unwrap();
    let actor = people::verified(&mut tx, &people::draft("ada")).await.unwrap();
    let key = key::create(&mut tx, &actor, &testkit::key::draft("two", &[])).await.unwrap().secret;
    tx.commit().await.unwrap();
    key
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_gets_each_event_once_and_soon() {
    let (folder, database, receiver) = (Folder::new(), database().await, Receiver::open());
    let key = made_key(&database).await;
    let served = ["here", "there"].map(|name| {
        let mut command = program();
        let secret = "0123456789abcdef0123456789abcdef";
        command.args(["--listen", "127.0.0.1:0", "--rate-limits", "off", "--database", &database, "--secret", secret]);
        command.env("GUILDHALL_UNFUNDED_JOBS_MAX", "1000").arg("--data").arg(folder.path().join(name));
        Served::of(command)
    });
    let bots = Arc::new(served.each_ref().map(|served| Bot::of_key(served.url.clone(), key.clone())));
    let (one, _) = bots[0].hears(&receiver, "/one").await;
    let (two, _) = bots[1].hears(&receiver, "/two").await;
    let begun = Instant::now();
    for n in 0..SINGLE {
        bots[n % 2].posts().await;
        receiver.until(2 * (n + 1)).await;
    }
    // Each would take a second if the programs looked by themselves instead of waking each other.
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let bots = bots.clone();
            tokio::spawn(async move {
                for n in 0..(EVENTS - SINGLE).div_ceil(CALLERS) {
                    bots[(caller + n) % 2].posts().await;
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
    let all = SINGLE + (EVENTS - SINGLE).div_ceil(CALLERS) * CALLERS;
    for (id, path) in [(&one, "/one"), (&two, "/two")] {
        bots[0].until_delivered(id, all).await;
        let seen = receiver.at(path);
        assert_eq!((seen.len(), seen.iter().map(Seen::id).collect::<BTreeSet<_>>().len()), (all, all), "{path}");
    }
    for served in served {
        served.terminate();
        assert_eq!(served.wait().code(), Some(0));
    }
}
