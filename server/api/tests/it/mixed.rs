//! Random stories of jobs that are posted, hired, delivered, disputed and paid in two dialects at once: no money is lost.

use crate::ask::Answer;
use crate::test_api::{Person, TestApi};
use market::ledger::{self, Account};
use market::{Duration, Money};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use reqwest::Method;
use serde_json::{Value, json};

const DEPOSIT: Money = Money(900_000);

/// The dialect that an act is sent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speaks {
    Gigiac,
    Agentgigs,
}

/// A random act, which may be refused.
#[derive(Clone, Copy, Debug)]
enum Move {
    Post,
    /// An offer of so many dollars.
    Propose(i64),
    /// The poster accepts, and funds what is not held.
    Accept,
    /// A new budget in dollars.
    Budget(i64),
    Withdraw,
    Deliver,
    Revise,
    Approve,
    Reject,
    Cancel,
    TakeDown,
    Contest,
    Answer,
    Wait(i64),
}

fn moves() -> impl Strategy<Value = Vec<(Move, Speaks, usize)>> {
    use Move::*;
    let one = prop_oneof![
        5 => Just(Post), 9 => (1_i64..600).prop_map(Propose), 9 => Just(Accept), 3 => (1_i64..600).prop_map(Budget), 1 => Just(Withdraw),
        9 => Just(Deliver), 2 => Just(Revise), 5 => Just(Approve), 3 => Just(Reject), 3 => Just(Cancel), 1 => Just(TakeDown),
        3 => Just(Contest), 2 => Just(Answer), 3 => (1_i64..120).prop_map(Wait),
    ];
    let speaks = prop_oneof![Just(Speaks::Gigiac), Just(Speaks::Agentgigs)];
    prop::collection::vec((one, speaks, 0_usize..4), 40..70)
}

struct Story<'w> {
    app: &'w TestApi,
    poster: Person,
    worker: Person,
    /// The jobs, each with its task id.
    jobs: Vec<(String, String)>,
}

impl Story<'_> {
    async fn post(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.app.post(path).by(who).json(body).send().await
    }

    async fn patch(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.app.ask(Method::PATCH, path).by(who).json(body).send().await
    }

    async fn begin(&mut self, speaks: Speaks) -> Answer {
        let draft = json!({ "title": "Parse invoices", "description": "Replace the regex parser.", "category": "coding" });
        let with = |name: &str, value: i64| {
            let mut body = draft.clone();
            body[name] = json!(value);
            body
        };
        let answer = match speaks {
            Speaks::Gigiac => self.post(&self.poster, "/api/tasks", with("budget", 480)).await,
            Speaks::Agentgigs => self.post(&self.poster, "/api/agent/jobs", with("budget_max", 48_000)).await,
        };
        if answer.status == 201 {
            let id = answer.text("/id");
            let hex: String = id.trim_start_matches("task_").replace('-', "");
            let uuid = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-");
            self.jobs.push((uuid, format!("task_{hex}")));
        }
        answer
    }

    /// The newest proposal and the newest deliverable of a task, as its poster sees them.
    async fn known(&self, task: &str) -> (Value, Value) {
        let shown = self.app.get(&format!("/api/tasks/{task}/detail")).by(&self.poster).send().await;
        (shown.body["proposals"][0]["id"].clone(), shown.body["deliverables"][0]["id"].clone())
    }

    async fn step(&mut self, next: Move, speaks: Speaks, which: usize) -> Option<Answer> {
        if let Move::Post = next {
            return Some(self.begin(speaks).await);
        }
        if let Move::Wait(hours) = next {
            self.app.advance(Duration::hours(hours)).await;
            return None;
        }
        let (job, task) = self.jobs.get(which % self.jobs.len().max(1))?.clone();
        Some(match speaks {
            Speaks::Gigiac => self.by_gigiac(next, &task).await,
            Speaks::Agentgigs => self.by_agentgigs(next, &job, &task).await,
        })
    }

    async fn by_gigiac(&self, next: Move, task: &str) -> Answer {
        let (proposal, work) = self.known(task).await;
        let decide = async |decision: Value| {
            let mut decision = decision;
            decision["id"] = work.clone();
            self.patch(&self.poster, "/api/deliverables", decision).await
        };
        let of_task = |act: &str| format!("/api/tasks/{task}/{act}");
        match next {
            Move::Propose(dollars) => {
                self.post(&self.worker, &of_task("nda"), json!({})).await;
                let body = json!({ "task_id": task, "cover_letter": "I can.", "proposed_amount": dollars });
                self.post(&self.worker, "/api/proposals", body).await
            }
            Move::Accept => self.post(&self.poster, &format!("/api/proposals/{}/accept", text(&proposal)), json!({})).await,
            Move::Budget(dollars) => self.patch(&self.poster, &format!("/api/tasks/{task}"), json!({ "budget": dollars })).await,
            Move::Withdraw => self.patch(&self.worker, "/api/proposals", json!({ "id": proposal, "status": "withdrawn" })).await,
            Move::Deliver => self.post(&self.worker, "/api/deliverables", json!({ "task_id": task, "content": "The grammar." })).await,
            Move::Revise => decide(json!({ "status": "revision_requested", "message": "Two things are missing." })).await,
            Move::Approve => decide(json!({ "status": "accepted" })).await,
            Move::Reject => decide(json!({ "status": "rejected", "reason": "incomplete", "message": "Half of it is missing." })).await,
            Move::TakeDown => self.app.ask(Method::DELETE, &format!("/api/tasks/{task}")).by(&self.poster).send().await,
            Move::Contest => self.post(&self.worker, &of_task("contest"), json!({ "statement": "I did what it asks." })).await,
            _ => self.post(&self.poster, &of_task("cancel"), json!({ "reason": "We found it done already." })).await,
        }
    }

    async fn by_agentgigs(&self, next: Move, job: &str, task: &str) -> Answer {
        let at = |act: &str| format!("/api/jobs/{job}/{act}");
        let (proposal, _) = self.known(task).await;
        match next {
            Move::Propose(dollars) => {
                self.post(&self.worker, &at("nda"), json!({})).await;
                self.post(&self.worker, &at("apply"), json!({ "cover_letter": "I can.", "proposed_price": dollars * 100 })).await
            }
            Move::Accept => {
                let chosen = json!({ "applicationId": proposal });
                let accepted = self.post(&self.poster, &format!("/api/agent/jobs/{job}/accept-application"), chosen.clone()).await;
                if accepted.status == 200 { self.post(&self.poster, &at("fund-escrow"), chosen).await } else { accepted }
            }
            Move::Budget(dollars) => {
                let body = json!({ "title": "Parse invoices", "description": "In a better way.", "category": "coding", "budget_max": dollars * 100 });
                self.app.ask(Method::PUT, &format!("/api/agent/jobs/{job}")).by(&self.poster).json(body).send().await
            }
            Move::Withdraw => self.post(&self.worker, &at(&format!("applications/{}/withdraw", text(&proposal))), json!({})).await,
            Move::Deliver => self.post(&self.worker, &at("deliver"), json!({ "content": "The grammar." })).await,
            Move::Revise => self.post(&self.poster, &at("request-revision"), json!({ "message": "Two things are missing." })).await,
            Move::Approve => self.post(&self.poster, &at("approve"), json!({})).await,
            Move::Reject => {
                self.post(&self.poster, &at("reject"), json!({ "reason": "incomplete", "message": "Half of it is missing." })).await
            }
            Move::Contest => self.post(&self.worker, &at("dispute"), json!({ "statement": "I did what it asks." })).await,
            Move::Answer => self.post(&self.poster, &at("dispute/answer"), json!({ "statement": "It is not what I asked for." })).await,
            _ => self.post(&self.poster, &at("cancel"), json!({ "reason": "We found it done already." })).await,
        }
    }
}

fn text(id: &Value) -> &str {
    id.as_str().unwrap_or("none")
}

/// The statuses that the stories have to end in, so that they are not too tame.
async fn play(app: &TestApi, seed: u8, ends: &mut Vec<String>) {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    let moves = moves().new_tree(&mut runner).expect("a story").current();
    let (poster, worker) = (app.poster("Ada", DEPOSIT).await, app.agent("Bob", &["coding"]).await);
    let mut story = Story { app, poster, worker, jobs: Vec::new() };
    let begin = [(Move::Post, Speaks::Gigiac, 0), (Move::Post, Speaks::Agentgigs, 1)];
    for (next, speaks, which) in begin.into_iter().chain(moves) {
        if let Some(answer) = story.step(next, speaks, which).await {
            assert!(answer.status < 500, "{next:?} in {speaks:?}: {}", answer.text);
        }
        let audit = app.market.audit().await.expect("audits");
        assert!(audit.is_sound(), "after {next:?} in {speaks:?}: {audit:?}");
    }
    // Time settles what was left unsaid.
    for _ in 0..8 {
        app.advance(Duration::days(31)).await;
    }
    let mut sum = ledger::balance(&mut app.read().await, &Account::fees()).await.expect("a balance").0;
    for person in [&story.poster, &story.worker] {
        sum += ledger::balance(&mut app.read().await, &Account::wallet(&person.actor.team)).await.expect("a balance").0;
    }
    assert_eq!(Money(sum), DEPOSIT, "what came in is still there");
    for (_, task) in &story.jobs {
        ends.push(app.get(&format!("/api/tasks/{task}")).by(&story.poster).send().await.with(200).text("/status"));
    }
}

#[tokio::test]
async fn mixed_dialects_conserve_money() {
    let mut ends = Vec::new();
    for seed in 0..6_u8 {
        let app = TestApi::new().await;
        play(&app, seed, &mut ends).await;
        app.close().await;
    }
    for end in ["completed", "cancelled", "expired"] {
        assert!(ends.iter().any(|one| one == end), "no story ended {end}: {ends:?}");
    }
}
