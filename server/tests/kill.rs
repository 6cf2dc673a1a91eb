//! Kill -9 under load, fifty-one times: nothing that was acknowledged is lost, nothing takes effect twice, the ledger is sound.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops where it is")]

use market::application::NewApplication;
use market::db::Db;
use market::id::{JobId, random};
use market::job::{Draft, Status};
use market::time::Clock;
use market::{Actor, Market, Money, Rules, application, job, key, nda, wallet};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::{eventually, people};

const KILLS: usize = 51;
const JOBS_A_BATCH: usize = 40;
const CALLERS: usize = 16;
const PRICE: Money = Money(5_000);

/// The three acts that each batch of jobs goes through, one a kill.
const ACTS: [(&str, &str); 3] = [("fund-escrow", r#"{"useWallet":true}"#), ("deliver", r#"{"content":"Done."}"#), ("approve", "{}")];

#[derive(Clone)]
struct Caller {
    actor: Actor,
    key: String,
}

/// One request that must take effect exactly once.
#[derive(Clone)]
struct Request {
    path: String,
    key: String,
    once: String,
    body: &'static str,
}

struct Program {
    child: Child,
    url: String,
}

impl Program {
    /// Starts on the data folder and waits until it answers.
    async fn start(data: &Path, client: &reqwest::Client) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = listener.local_addr().unwrap().to_string();
        drop(listener);
        let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
        command.arg("serve").env("GUILDHALL_LISTEN", &listen).env("GUILDHALL_DATA", data);
        command.env("GUILDHALL_RATE_LIMITS", "off").env("GUILDHALL_RELEASE_DELAY", "150ms").env("GUILDHALL_LOG", "error");
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        let program = Self { child, url: format!("http://{listen}") };
        eventually("the program answers", async || client.get(format!("{}/api/health", program.url)).send().await.is_ok()).await;
        program
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Already gone, unless the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn open(data: &Path) -> Market {
    let db = Db::open(&format!("sqlite://{}", data.join("guildhall.db").display())).await.unwrap();
    let rules = Rules { release_delay: market::Duration::ms(150), ..Rules::default() };
    Market::new(db, Clock::System, Arc::new(rules), Arc::from(&[1_u8; 32][..]), &market::nouns::REGISTRY)
}

async fn caller(market: &Market, name: &str) -> Caller {
    let mut tx = market.begin().await.unwrap();
    let mut actor = people::verified(&mut tx, &people::draft(name)).await.unwrap();
    people::made_agent(&mut tx, &mut actor, &people::profile(name, &["coding"])).await.unwrap();
    let key = key::create(&mut tx, &actor, &testkit::key::draft("kill", &[])).await.unwrap().secret;
    tx.commit().await.unwrap();
    Caller { actor, key }
}

/// A batch of accepted jobs, made by the acts themselves.
async fn batch(market: &Market, poster: &Caller, worker: &Caller) -> Vec<JobId> {
    let mut tx = market.begin().await.unwrap();
    people::paid_in(&mut tx, &poster.actor, Money(1_000_000)).await.unwrap();
    let mut jobs = Vec::new();
    for n in 0..JOBS_A_BATCH {
        let draft = Draft {
            title: format!("Job {n}"),
            description: "Something to be done.".into(),
            category: "coding".into(),
            budget_max: Some(PRICE.0),
            ..Draft::default()
        };
        let id = job::post(&mut tx, &poster.actor, &draft).await.unwrap().id;
        nda::agree(&mut tx, &worker.actor, &id).await.unwrap();
        let offer = application::apply(&mut tx, &worker.actor, &id, &NewApplication::default()).await.unwrap();
        job::accept(&mut tx, &poster.actor, &id, &offer.id).await.unwrap();
        jobs.push(id);
    }
    tx.commit().await.unwrap();
    jobs
}

async fn send(client: &reqwest::Client, url: &str, request: &Request) -> reqwest::Result<(u16, bool, String)> {
    let post = client.post(format!("{url}{}", request.path)).header("X-API-Key", &request.key).header("Idempotency-Key", &request.once);
    let answer = post.header("Content-Type", "application/json").body(request.body).send().await?;
    let replayed = answer.headers().contains_key("idempotency-replayed");
    Ok((answer.status().as_u16(), replayed, answer.text().await?))
}

/// Sends all requests by several callers until the program is gone; returns what was acknowledged.
async fn load(
    client: &reqwest::Client,
    url: &str,
    requests: &[Request],
    first: tokio::sync::oneshot::Sender<()>,
) -> HashMap<String, String> {
    let acknowledged = Arc::new(Mutex::new(HashMap::new()));
    let first = Arc::new(Mutex::new(Some(first)));
    let callers: Vec<_> = (0..CALLERS)
        .map(|n| {
            let mine: Vec<_> = requests.iter().skip(n).step_by(CALLERS).cloned().collect();
            let (client, url, acknowledged, first) = (client.clone(), url.to_owned(), acknowledged.clone(), first.clone());
            tokio::spawn(async move {
                for request in mine {
                    let Ok((status, _, body)) = send(&client, &url, &request).await else { return };
                    assert_eq!(status, 200, "{}: {body}", request.path);
                    acknowledged.lock().unwrap().insert(request.once, body);
                    if let Some(first) = first.lock().unwrap().take() {
                        first.send(()).unwrap();
                    }
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
    Arc::into_inner(acknowledged).unwrap().into_inner().unwrap()
}

/// A repeatable row of numbers below a bound.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_nothing_happens_twice() {
    let data: PathBuf = std::env::temp_dir().join(random("guildhall_kill_"));
    std::fs::create_dir_all(&data).unwrap();
    let client = reqwest::Client::new();
    let market = open(&data).await;
    let (poster, worker) = (caller(&market, "poster").await, caller(&market, "worker").await);
    drop(market);

    let mut dice = Dice(2026);
    let (mut batches, mut last): (Vec<Vec<JobId>>, Vec<Request>) = (Vec::new(), Vec::new());
    let mut acknowledged = HashMap::new();
    let mut cut_off = 0;
    for kill in 0..KILLS {
        let (act, body) = ACTS[kill % ACTS.len()];
        if kill % ACTS.len() == 0 {
            batches.push(batch(&open(&data).await, &poster, &worker).await);
        }
        let mut program = Program::start(&data, &client).await;
        retry(&client, &program.url, &last, &acknowledged).await;

        let by = if act == "deliver" { &worker } else { &poster };
        let jobs = batches.last().unwrap().iter();
        let request = |id| Request { path: format!("/api/jobs/{id}/{act}"), key: by.key.clone(), once: format!("{act}-{id}"), body };
        last = jobs.map(request).collect();
        let (first, begun) = tokio::sync::oneshot::channel();
        let url = program.url.clone();
        let moment = Duration::from_micros(dice.roll(60_000));
        let killer = async {
            // Under way, and then at any moment.
            let _ = begun.await;
            tokio::time::sleep(moment).await;
            program.kill();
        };
        let sender = load(&client, &url, &last, first);
        (acknowledged, _) = tokio::join!(sender, killer);
        cut_off += usize::from(acknowledged.len() < last.len());
        after_the_kill(&data, &poster.actor, batches.last().unwrap(), act, &acknowledged).await;
    }
    assert!(cut_off > KILLS / 3, "most kills should come in the middle of the work; only {cut_off} did");

    let program = Program::start(&data, &client).await;
    retry(&client, &program.url, &last, &acknowledged).await;
    settled(&data, &poster.actor, &worker.actor, &batches).await;
    drop(program);
    std::fs::remove_dir_all(&data).unwrap();
}

/// Everything again, under the same keys: what was acknowledged gets the same answer, the rest takes effect now.
async fn retry(client: &reqwest::Client, url: &str, requests: &[Request], acknowledged: &HashMap<String, String>) {
    for request in requests {
        let (status, replayed, body) = send(client, url, request).await.unwrap();
        assert_eq!(status, 200, "{}: {body}", request.path);
        if let Some(first) = acknowledged.get(&request.once) {
            assert!(replayed, "{} was acknowledged, then done again", request.path);
            assert_eq!(first, &body, "the same answer");
        }
    }
}

/// Whatever was acknowledged is there, and the ledger is sound.
async fn after_the_kill(data: &Path, poster: &Actor, jobs: &[JobId], act: &str, acknowledged: &HashMap<String, String>) {
    let market = open(data).await;
    let mut conn = market.read().await.unwrap();
    let audit = market.audit().await.unwrap();
    assert_eq!(audit.findings, Vec::<String>::new());
    for id in jobs {
        if !acknowledged.contains_key(&format!("{act}-{id}")) {
            continue;
        }
        let access = job::access(&mut conn, poster, id).await.unwrap();
        let status = access.posted().unwrap().status;
        let expected: &[Status] = match act {
            "fund-escrow" => &[Status::InProgress],
            "deliver" => &[Status::Delivered],
            _ => &[Status::Releasing, Status::Completed],
        };
        assert!(expected.contains(&status), "{act} of {id} was acknowledged, but it is {status}");
    }
}

/// Every job is paid, once, and tells each happening once.
async fn settled(data: &Path, poster: &Actor, worker: &Actor, batches: &[Vec<JobId>]) {
    let market = open(data).await;
    let jobs: Vec<_> = batches.iter().flatten().collect();
    let pending = async || wallet::show(&mut market.read().await.unwrap(), worker).await.unwrap().pending;
    eventually("the releases fire", async || pending().await == Money::ZERO).await;
    let mut conn = market.read().await.unwrap();
    assert_eq!(wallet::show(&mut conn, worker).await.unwrap().available, Money(PRICE.0 * jobs.len() as i64));
    assert_eq!(wallet::show(&mut conn, poster).await.unwrap().reserved, Money::ZERO);
    for id in jobs {
        let names: Vec<_> = testkit::event::of_subject(&mut conn, id.as_str()).await.unwrap().into_iter().map(|event| event.name).collect();
        let story = [
            "job.posted",
            "nda.agreed",
            "application.received",
            "job.accepted",
            "job.funded",
            "job.delivered",
            "job.approved",
            "job.completed",
        ];
        assert_eq!(names, story);
    }
    assert_eq!(market.audit().await.unwrap().findings, Vec::<String>::new());
}
