//! Random stories of reviewed jobs, with random silence: no money is lost, and every seat is settled.

use market::application::{Kind, NewApplication};
use market::db::sql;
use market::job::{Draft, Job, Rejection};
use market::ledger::{self, Account};
use market::review::Change;
use market::{Actor, Duration, Error, Money, Paging, Result};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use testkit::job::delivery;
use testkit::review::{proofed, says};
use testkit::{TestApp, act, both, look};

const DEPOSIT: Money = Money(500_000);

/// A random act of a member, which may be refused.
#[derive(Clone, Copy, Debug)]
enum Move {
    Post {
        proofers: i64,
        tie_break: bool,
    },
    Hire,
    Deliver,
    Apply(usize),
    Seat,
    FundProof,
    /// As many apply, are accepted and funded as the job wants, if nothing is in the way.
    Panel,
    Judge(usize, &'static str),
    Reduce(i64),
    Approve,
    Override,
    Reject,
    Wait(i64),
}

fn moves() -> impl Strategy<Value = Vec<(Move, usize)>> {
    use Move::*;
    let verdict = prop_oneof![3 => Just("approve"), 2 => Just("needs_revision"), 1 => Just("reject")];
    let one = prop_oneof![
        2 => (1_i64..5, any::<bool>()).prop_map(|(proofers, tie_break)| Post { proofers, tie_break }),
        5 => Just(Hire), 8 => Just(Deliver), 6 => (0_usize..6).prop_map(Apply), 6 => Just(Seat), 4 => Just(FundProof), 6 => Just(Panel),
        80 => ((0_usize..6), verdict).prop_map(|(n, verdict)| Judge(n, verdict)),
        2 => (1_i64..4).prop_map(Reduce), 1 => Just(Approve), 1 => Just(Override), 1 => Just(Reject), 3 => (1_i64..40).prop_map(Wait),
    ];
    prop::collection::vec((one, 0_usize..3), 60..160)
}

struct People {
    poster: Actor,
    worker: Actor,
    proofers: Vec<Actor>,
}

async fn hire(app: &TestApp, people: &People, job: &Job) -> Result<()> {
    act!(app, nda::agree(&people.worker, &job.id))?;
    let offer = NewApplication { price: Some(20_001), ..NewApplication::default() };
    let application = act!(app, application::apply(&people.worker, &job.id, &offer))?;
    act!(app, job::accept(&people.poster, &job.id, &application.id))?;
    act!(app, job::fund(&people.poster, &job.id, None)).map(drop)
}

async fn seat(app: &TestApp, people: &People, job: &Job) -> Result<()> {
    let offers = look!(app, application::list(&people.poster, &job.id, Paging::first(100)))?.items;
    let waiting =
        |offer: &&market::application::Application| offer.kind == Kind::Proof && offer.status == market::application::Status::Pending;
    match offers.iter().find(waiting) {
        Some(offer) => act!(app, review::accept(&people.poster, &job.id, &offer.id)).map(drop),
        None => Err(Error::not_found("proofer")),
    }
}

async fn panel(app: &TestApp, people: &People, job: &Job) -> Result<()> {
    for proofer in &people.proofers {
        act!(app, nda::agree(proofer, &job.id))?;
        // A proofer who applied before, or is too late, is refused; the others may still be enough.
        let _ = act!(app, application::apply(proofer, &job.id, &NewApplication::default()));
    }
    while act!(app, review::fund(&people.poster, &job.id)).is_err_and(|error| error.code == "proofers_missing") {
        seat(app, people, job).await?;
    }
    Ok(())
}

async fn step(app: &TestApp, people: &People, jobs: &mut Vec<Job>, next: Move, which: usize) -> Result<()> {
    let People { poster, worker, proofers } = people;
    if let Move::Post { proofers, tie_break } = next {
        let job = act!(app, job::post(poster, &Draft { tie_break: Some(tie_break), ..proofed(proofers) }))?;
        jobs.push(job);
        return Ok(());
    }
    let Some(job) = (!jobs.is_empty()).then(|| jobs[which % jobs.len()].clone()) else { return Ok(()) };
    match next {
        Move::Post { .. } => Ok(()),
        Move::Hire => hire(app, people, &job).await,
        Move::Deliver => act!(app, job::deliver(worker, &job.id, &delivery())).map(drop),
        Move::Apply(n) => {
            act!(app, nda::agree(&proofers[n], &job.id))?;
            act!(app, application::apply(&proofers[n], &job.id, &NewApplication::default())).map(drop)
        }
        Move::Seat => seat(app, people, &job).await,
        Move::Panel => panel(app, people, &job).await,
        Move::FundProof => act!(app, review::fund(poster, &job.id)).map(drop),
        Move::Judge(n, verdict) => act!(app, review::submit(&proofers[n], &job.id, &says(verdict))).map(drop),
        Move::Reduce(count) => {
            let change = Change { proofer_count: Some(count), ..Change::default() };
            act!(app, review::change_settings(poster, &job.id, &change)).map(drop)
        }
        Move::Approve => act!(app, job::approve(poster, &job.id)).map(drop),
        Move::Override => act!(app, job::approve_anyway(poster, &job.id)).map(drop),
        Move::Reject => act!(app, job::reject(poster, &job.id, &Rejection::new("other", "It is not it at all.")?)).map(drop),
        Move::Wait(hours) => {
            app.advance(Duration::hours(hours)).await;
            Ok(())
        }
    }
}

/// The progress of a story, so that a test can check that it tested something.
#[derive(Debug, Default)]
struct Reached {
    paid: i64,
    freed: i64,
    rounds: i64,
}

async fn play(app: &TestApp, people: &People, moves: &[(Move, usize)]) -> Reached {
    let mut jobs = Vec::new();
    let begin = [Move::Post { proofers: 3, tie_break: true }, Move::Hire, Move::Deliver, Move::Panel].map(|next| (next, 0));
    for (n, (next, which)) in begin.into_iter().chain(moves.iter().copied()).enumerate() {
        if let Err(error) = step(app, people, &mut jobs, next, which).await {
            assert!(error.kind.status() < 500, "{next:?}: {error:?}");
        }
        // A broken invariant stays broken, so an occasional check finds it and costs less than checking after every act.
        if n.is_multiple_of(4) {
            let audit = app.market.audit().await.expect("audits");
            assert_eq!(audit.findings, Vec::<String>::new(), "after {next:?}");
        }
    }
    // Whatever was left unsaid, time settles everything.
    for _ in 0..8 {
        app.advance(Duration::days(31)).await;
    }
    for job in &jobs {
        let job = look!(app, job::view(&people.poster, &job.id)).expect("the poster sees it").job;
        assert!(job.status.is_closed(), "{job:?}");
    }
    let conn = &mut app.read().await;
    let mut sum = ledger::balance(conn, &Account::fees()).await.expect("a balance").0;
    for actor in [&people.poster, &people.worker].into_iter().chain(&people.proofers) {
        sum += ledger::balance(conn, &Account::wallet(&actor.team)).await.expect("a balance").0;
    }
    assert_eq!(Money(sum), DEPOSIT, "what came in is still there");
    let open = sql("select count(*) from proof_seat where status not in ('paid', 'freed')").count(conn).await.expect("counts");
    assert_eq!(open, 0, "every seat is settled");
    Reached {
        paid: sql("select count(*) from proof_seat where status = 'paid'").count(conn).await.expect("counts"),
        freed: sql("select count(*) from proof_seat where status = 'freed'").count(conn).await.expect("counts"),
        rounds: sql("select count(*) from proof_round").count(conn).await.expect("counts"),
    }
}

both! {
    async fn random_reviews_conserve_money_and_settle_every_seat(app) {
        let mut all = Reached::default();
        for seed in 0..10_u8 {
            let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
            let moves = moves().new_tree(&mut runner).expect("a story").current();
            let fresh = app.fresh().await;
            // Otherwise nobody could judge a second job of the same poster.
            let fresh = fresh.with_rules(|rules| rules.conflict_window = Duration::ZERO);
            let mut people =
                People { poster: fresh.member("poster").await, worker: fresh.agent("worker", &["coding"]).await, proofers: Vec::new() };
            for n in 0..6 {
                people.proofers.push(fresh.agent(&format!("proofer{n}"), &["coding"]).await);
            }
            fresh.fund(&people.poster, DEPOSIT).await;
            let reached = play(&fresh, &people, &moves).await;
            (all.paid, all.freed, all.rounds) = (all.paid + reached.paid, all.freed + reached.freed, all.rounds + reached.rounds);
            fresh.close().await;
        }
        assert!(all.paid > 10 && all.freed > 2 && all.rounds > 2, "the stories were too tame: {all:?}");
    }
}
