//! Random stories of contested jobs, with random silence: no money is lost, and a job waits for a ruling just while it has
//! an open dispute.

use market::actor::Role;
use market::application::NewApplication;
use market::db::sql;
use market::dispute::{Decision, NewEvidence, Statement};
use market::job::{Draft, Job, Rejection};
use market::ledger::{self, Account, audit};
use market::{Actor, Duration, Money, Result};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use testkit::job::{delivery, draft};
use testkit::review::{proofed, says};
use testkit::{TestApp, act, both, look};

const DEPOSIT: Money = Money(900_000);
/// Odd, so that halves are not even.
const PRICE: i64 = 20_001;

/// A random act of a member, which may be refused.
#[derive(Clone, Copy, Debug)]
enum Move {
    /// A new job, hired for and funded; maybe one that asks for a proofer.
    Bring(bool),
    Deliver,
    /// A proofer is accepted, funded, and says this.
    Judge(&'static str),
    Approve,
    Revise,
    Reject,
    Dispute(Who),
    Answer(Who),
    Show(Who),
    Withdraw(Who),
    Rule(&'static str, Option<i64>),
    Wait(i64),
}

#[derive(Clone, Copy, Debug)]
enum Who {
    Poster,
    Worker,
}

fn moves() -> impl Strategy<Value = Vec<(Move, usize)>> {
    use Move::*;
    let who = || prop_oneof![Just(Who::Poster), Just(Who::Worker)];
    let verdict = prop_oneof![3 => Just("approve"), 1 => Just("needs_revision"), 2 => Just("reject")];
    let ruling = prop_oneof![Just(("release", None)), Just(("refund", None)), (0..PRICE + 2).prop_map(|share| ("split", Some(share)))];
    let one = prop_oneof![
        4 => any::<bool>().prop_map(Bring), 8 => Just(Deliver), 6 => verdict.prop_map(Judge), 1 => Just(Approve), 1 => Just(Revise),
        4 => Just(Reject), 8 => who().prop_map(Dispute), 4 => who().prop_map(Answer), 2 => who().prop_map(Show),
        4 => who().prop_map(Withdraw), 3 => ruling.prop_map(|(ruling, share)| Rule(ruling, share)), 3 => (1_i64..200).prop_map(Wait),
    ];
    prop::collection::vec((one, 0_usize..4), 50..100)
}

struct People {
    poster: Actor,
    worker: Actor,
    proofer: Actor,
    judge: Actor,
}

async fn bring(app: &TestApp, people: &People, draft: &Draft) -> Result<Job> {
    let job = act!(app, job::post(&people.poster, draft))?;
    act!(app, nda::agree(&people.worker, &job.id))?;
    let offer = NewApplication { price: Some(PRICE), ..NewApplication::default() };
    let application = act!(app, application::apply(&people.worker, &job.id, &offer))?;
    act!(app, job::accept(&people.poster, &job.id, &application.id))?;
    act!(app, job::fund(&people.poster, &job.id, None))
}

async fn judge(app: &TestApp, people: &People, job: &Job, verdict: &str) -> Result<()> {
    act!(app, nda::agree(&people.proofer, &job.id))?;
    if let Ok(application) = act!(app, application::apply(&people.proofer, &job.id, &NewApplication::default())) {
        act!(app, review::accept(&people.poster, &job.id, &application.id))?;
        act!(app, review::fund(&people.poster, &job.id))?;
    }
    act!(app, review::submit(&people.proofer, &job.id, &says(verdict))).map(drop)
}

async fn step(app: &TestApp, people: &People, jobs: &mut Vec<Job>, next: Move, which: usize) -> Result<()> {
    let People { poster, worker, .. } = people;
    if let Move::Bring(with_proofer) = next {
        let draft = if with_proofer { proofed(1) } else { draft() };
        jobs.push(bring(app, people, &draft).await?);
        return Ok(());
    }
    let Some(job) = (!jobs.is_empty()).then(|| jobs[which % jobs.len()].clone()) else { return Ok(()) };
    let side = |who| if matches!(who, Who::Poster) { poster } else { worker };
    let told = || Statement { statement: "So it was, and not otherwise.".into(), ..Statement::default() };
    match next {
        Move::Bring(_) => Ok(()),
        Move::Deliver => act!(app, job::deliver(worker, &job.id, &delivery())).map(drop),
        Move::Judge(verdict) => judge(app, people, &job, verdict).await,
        Move::Approve => act!(app, job::approve(poster, &job.id)).map(drop),
        Move::Revise => act!(app, job::request_revision(poster, &job.id, "Once more, please.")).map(drop),
        Move::Reject => act!(app, job::reject(poster, &job.id, &Rejection::new("other", "It is not it at all.")?)).map(drop),
        Move::Dispute(who) => act!(app, dispute::open(side(who), &job.id, &told())).map(drop),
        Move::Answer(who) => act!(app, dispute::answer(side(who), &job.id, &told())).map(drop),
        Move::Show(who) => {
            let exhibit = NewEvidence { text: "Look at line 3.".into(), file_id: None };
            act!(app, dispute::add_evidence(side(who), &job.id, &exhibit)).map(drop)
        }
        Move::Withdraw(who) => act!(app, dispute::withdraw(side(who), &job.id)).map(drop),
        Move::Rule(ruling, worker_share) => {
            let case = look!(app, dispute::show(&people.judge, &job.id))?;
            let decision = Decision { ruling: ruling.into(), worker_share, reason: "As the brief says.".into() };
            act!(app, dispute::resolve(&people.judge, &case.dispute.id, &decision)).map(drop)
        }
        Move::Wait(hours) => {
            app.advance(Duration::hours(hours)).await;
            Ok(())
        }
    }
}

async fn sound(app: &TestApp, after: &str) {
    let conn = &mut app.read().await;
    assert_eq!(audit(conn, market::nouns::REGISTRY.checks).await.expect("audits").findings, Vec::<String>::new(), "{after}");
    let astray = sql("select count(*) from job j left join dispute d on d.job_key = j.key and d.status = 'open' \
         where (d.id is null and j.disputed_at is not null) or (d.id is not null and (j.disputed_at is null or j.status <> 'disputed'))");
    assert_eq!(astray.count(conn).await.expect("counts"), 0, "{after}: a job waits for a ruling just while it has an open dispute");
    assert_eq!(market::timer::dead(conn).await.expect("counts"), 0, "{after}: a timer failed for good");
}

/// The progress of the stories, so that a test can check that it tested something.
const REACHED: [(&str, &str); 6] = [
    ("splits", "select count(*) from job where escrow = 'split'"),
    ("by a person", "select count(*) from dispute where ruled_by is not null"),
    ("by the timer", "select count(*) from dispute where status = 'resolved' and ruled_by is null"),
    ("withdrawn", "select count(*) from dispute where status = 'withdrawn'"),
    ("conceded", "select count(*) from dispute where status = 'conceded'"),
    ("by rejection", "select count(*) from dispute where by_rejection = 1"),
];

async fn play(app: &TestApp, people: &People, moves: &[(Move, usize)]) -> Vec<i64> {
    let mut jobs = Vec::new();
    let begin = [Move::Bring(true), Move::Deliver, Move::Judge("approve"), Move::Reject].map(|next| (next, 0));
    for (next, which) in begin.into_iter().chain(moves.iter().copied()) {
        if let Err(error) = step(app, people, &mut jobs, next, which).await {
            assert!(error.kind.status() < 500, "{next:?}: {error:?}");
        }
        sound(app, &format!("after {next:?}")).await;
    }
    // Whatever was left unsaid, time settles everything.
    for _ in 0..8 {
        app.advance(Duration::days(31)).await;
    }
    sound(app, "at the end").await;
    for job in &jobs {
        let job = look!(app, job::view(&people.poster, &job.id)).expect("the poster sees it").job;
        assert!(job.status.is_closed(), "{job:?}");
    }
    let conn = &mut app.read().await;
    let mut sum = ledger::balance(conn, &Account::fees()).await.expect("a balance").0;
    for actor in [&people.poster, &people.worker, &people.proofer] {
        sum += ledger::balance(conn, &Account::wallet(&actor.team)).await.expect("a balance").0;
    }
    assert_eq!(Money(sum), DEPOSIT, "what came in is still there");
    let mut reached = Vec::new();
    for (_, count) in REACHED {
        reached.push(sql(count).count(conn).await.expect("counts"));
    }
    reached
}

both! {
    async fn random_disputes_conserve_money(app) {
        let mut all = [0; REACHED.len()];
        for seed in 0..8_u8 {
            let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
            let moves = moves().new_tree(&mut runner).expect("a story").current();
            let fresh = app.fresh().await;
            // Otherwise the proofer could not judge a second job of the same poster.
            let fresh = fresh.with_rules(|rules| rules.conflict_window = Duration::ZERO);
            let people = People {
                poster: fresh.member("poster").await,
                worker: fresh.agent("worker", &["coding"]).await,
                proofer: fresh.agent("proofer", &["coding"]).await,
                judge: Actor { role: Role::Admin, ..fresh.member("judge").await },
            };
            fresh.fund(&people.poster, DEPOSIT).await;
            for (sum, count) in all.iter_mut().zip(play(&fresh, &people, &moves).await) {
                *sum += count;
            }
            fresh.close().await;
        }
        let told: Vec<_> = REACHED.iter().map(|(name, _)| *name).zip(all).collect();
        assert!(all.iter().all(|count| *count > 0), "the stories were too tame: {told:?}");
    }
}
