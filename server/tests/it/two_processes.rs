//! Two programs on one PostgreSQL under load, killed in turn: their streams miss no event, and tell none twice.
//!
//! `TWO_PROCESSES=100000,20` sets how many events there are and how often one of the programs is killed: a quarter of an hour on two cores.

use crate::child::{Served, program, run};
use crate::postgres::database;
use crate::test_server::Folder;
use market::db::Db;
use market::time::Clock;
use market::{Market, Rules, key};
use reqwest::{Client, StatusCode};
use sqlx::{Connection, PgConnection};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::{eventually, people};
use tokio::sync::watch;

const CALLERS: usize = 16;
const READERS: usize = 4;
/// The most jobs that one team posts: each post counts the unfunded jobs of its team.
const JOBS_OF_A_TEAM: usize = 500;
/// The longest silence on a stream after which its reader connects again.
const SILENCE: Duration = Duration::from_secs(5);
/// The longest time that the readers take to hear the last event.
const TO_THE_END: Duration = Duration::from_secs(60);
const JOB: &str = r#"{"title":"Parse invoices","description":"All fixtures pass.","category":"coding","budget_max":48000}"#;

/// The number of events, and of kills.
fn sizes() -> (usize, usize) {
    let Ok(asked) = std::env::var("TWO_PROCESSES") else { return (1_500, 4) };
    let (events, kills) = asked.split_once(',').expect("TWO_PROCESSES is two numbers with a comma");
    (events.parse().expect("a number of events"), kills.parse().expect("a number of kills"))
}

/// The two programs.
struct Pair {
    folder: Folder,
    database: String,
    served: [Mutex<Option<Served>>; 2],
}

impl Pair {
    /// Kills one of them, if it runs, and starts it.
    fn restart(&self, n: usize) {
        let mut place = self.served[n].lock().unwrap();
        drop(place.take());
        let mut command = program();
        command.args(["--listen", "127.0.0.1:0", "--rate-limits", "off", "--database", &self.database]);
        command.env("GUILDHALL_UNFUNDED_JOBS_MAX", JOBS_OF_A_TEAM.to_string()).arg("--data").arg(self.folder.path());
        *place = Some(Served::of(command));
    }

    fn url(&self, n: usize) -> String {
        self.served[n % 2].lock().unwrap().as_ref().unwrap().url.clone()
    }
}

/// Posts a job by whichever program answers, under one key: it takes effect once.
async fn post(client: &Client, pair: &Pair, key: &str, n: usize) {
    for attempt in n.. {
        let url = tokio::task::block_in_place(|| pair.url(attempt));
        let post = client.post(format!("{url}/api/agent/jobs")).header("X-API-Key", key).header("Idempotency-Key", format!("job-{n}"));
        let Ok(answer) = post.header("Content-Type", "application/json").body(JOB).send().await else { continue };
        if answer.status() == StatusCode::CREATED {
            return;
        }
        assert!(answer.status().is_server_error(), "{}", answer.text().await.unwrap_or_default());
    }
}

/// Reads the numbers of a stream's events, connecting again wherever it breaks, until there are `all`.
async fn listen(client: &Client, pair: &Pair, key: &str, n: usize, all: usize, ready: &AtomicUsize) -> Vec<i64> {
    let (mut last, mut heard) = (None::<i64>, Vec::new());
    for attempt in n.. {
        let url = tokio::task::block_in_place(|| pair.url(attempt));
        let mut ask = client.get(format!("{url}/api/agent/events?types=job.available")).header("X-API-Key", key);
        if let Some(last) = last {
            ask = ask.header("Last-Event-ID", last.to_string());
        }
        let Ok(mut stream) = ask.send().await else { continue };
        let mut text = String::new();
        while let Ok(Ok(Some(bytes))) = tokio::time::timeout(SILENCE, stream.chunk()).await {
            text.push_str(std::str::from_utf8(&bytes).unwrap());
            while let Some((message, rest)) = text.split_once("\n\n") {
                assert!(!message.contains("event: reset"), "it goes on where it was: {message}");
                if let Some(id) = message.lines().find_map(|line| line.strip_prefix("id: ")) {
                    let id = id.parse().unwrap();
                    match last.replace(id) {
                        None => drop(ready.fetch_add(1, Ordering::Relaxed)),
                        Some(before) if message.contains("data: ") => {
                            assert!(id > before, "{id} comes after {before}");
                            heard.push(id);
                        }
                        Some(before) => assert_eq!(id, before, "a stream begins where it was"),
                    }
                }
                text = rest.to_owned();
            }
            if heard.len() >= all {
                return heard;
            }
        }
    }
    heard
}

/// A member with an agent and a key.
async fn caller(market: &Market, name: &str) -> String {
    let mut tx = market.begin().await.unwrap();
    let mut actor = people::verified(&mut tx, &people::draft(name)).await.unwrap();
    people::made_agent(&mut tx, &mut actor, &people::profile(name, &["coding"])).await.unwrap();
    let key = key::create(&mut tx, &actor, &testkit::key::draft("two", &[])).await.unwrap().secret;
    tx.commit().await.unwrap();
    key
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_of_two_programs_miss_nothing_and_tell_nothing_twice() {
    let (events, kills) = sizes();
    let database = database().await;
    let db = Db::open(&database).await.unwrap();
    let market = Market::new(db, Clock::System, Arc::new(Rules::default()), Arc::from(&[1_u8; 32][..]), &market::nouns::REGISTRY);
    let worker = caller(&market, "worker").await;
    let mut posters = Vec::new();
    for n in 0..events.div_ceil(JOBS_OF_A_TEAM) {
        posters.push(caller(&market, &format!("poster-{n}")).await);
    }
    let posters = Arc::new(posters);
    drop(market);
    let pair = Arc::new(Pair { folder: Folder::new(), database, served: [Mutex::new(None), Mutex::new(None)] });
    pair.restart(0);
    pair.restart(1);

    let (ready, next, posted) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), watch::Sender::new(0));
    let readers: Vec<_> = (0..READERS)
        .map(|n| {
            let (client, pair, worker, ready) = (Client::new(), pair.clone(), worker.clone(), ready.clone());
            tokio::spawn(async move { listen(&client, &pair, &worker, n, events, &ready).await })
        })
        .collect();
    eventually("the readers listen", async || ready.load(Ordering::Relaxed) == READERS).await;
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (client, pair, posters, posted, next) = (Client::new(), pair.clone(), posters.clone(), posted.clone(), next.clone());
            tokio::spawn(async move {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= events {
                        break;
                    }
                    post(&client, &pair, &posters[n % posters.len()], n).await;
                    posted.send_modify(|posted| *posted += 1);
                }
            })
        })
        .collect();
    for kill in 0..kills {
        let enough = (kill + 1) * events / (kills + 1);
        posted.subscribe().wait_for(|posted| *posted >= enough).await.unwrap();
        tokio::task::block_in_place(|| pair.restart(kill % 2));
    }
    for caller in callers {
        caller.await.unwrap();
    }
    let mut connection = PgConnection::connect(&pair.database).await.unwrap();
    let told: Vec<i64> =
        sqlx::query_scalar("select seq from event where type = 'job.posted' order by seq").fetch_all(&mut connection).await.unwrap();
    assert_eq!(told.len(), events, "each job was posted once");
    for reader in readers {
        let heard = tokio::time::timeout(TO_THE_END, reader).await.expect("the readers hear the last event").unwrap();
        assert_eq!(heard, told);
    }
    let holes: i64 = sqlx::query_scalar("select max(seq) - count(*) from event").fetch_one(&mut connection).await.unwrap();
    assert_eq!(holes, 0, "the numbers have no holes");
    let (ended, said) = run(&["ledger", "verify", "--database", &pair.database], &[]);
    assert!(ended == 0 && said.contains("the ledger is sound"), "{said}");
}
