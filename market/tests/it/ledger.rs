//! The ledger under pressure: races, random stories, and a thief with a database client.

use market::application::NewApplication;
use market::db::sql;
use market::id::{JobId, TeamId};
use market::job::{Draft, Job, Rejection, Status};
use market::ledger::{Account, Entry, Reason, audit};
use market::{Actor, Duration, Kind, Money, Result, job, ledger};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::future::Future;
use testkit::job::{JobFixture, delivery, draft};
use testkit::{TestApp, act, both, look};

/// Starts `n` of them at once and counts how many went well; any other failure than these kinds fails the test.
async fn race<F: Future<Output = Result<T>> + Send + 'static, T: Send + 'static>(
    n: usize,
    expected: &[Kind],
    one: impl Fn(usize) -> F,
) -> usize {
    let racers: Vec<_> = (0..n).map(|i| tokio::spawn(one(i))).collect();
    let mut won = 0;
    for racer in racers {
        match racer.await.expect("does not panic") {
            Ok(_) => won += 1,
            Err(error) => assert!(expected.contains(&error.kind), "{error:?}"),
        }
    }
    won
}

both! {
    async fn of_64_accepts_one_wins(app) {
        let (fixture, _) = JobFixture::applied(app).await;
        let mut offers = Vec::new();
        for n in 0..4 {
            let rival = app.agent(&format!("rival{n}"), &["coding"]).await;
            act!(app, nda::agree(&rival, &fixture.job.id)).unwrap();
            offers.push(act!(app, application::apply(&rival, &fixture.job.id, &NewApplication::default())).unwrap().id);
        }
        let won = race(64, &[Kind::Conflict], |i| {
            let (market, actor, id, offer) = (app.market.clone(), fixture.poster.clone(), fixture.job.id.clone(), offers[i % 4].clone());
            async move {
                let mut tx = market.begin().await?;
                job::accept(&mut tx, &actor, &id, &offer).await?;
                tx.commit().await
            }
        });
        assert_eq!(won.await, 1);
        let accepted = sql("select count(*) from application where status = 'accepted'").count(&mut app.read().await).await.unwrap();
        assert_eq!(accepted, 1);
    }

    async fn of_64_funds_one_pays(app) {
        let fixture = JobFixture::accepted(app).await;
        let won = race(64, &[Kind::Conflict], |_| {
            let (market, actor, id) = (app.market.clone(), fixture.poster.clone(), fixture.job.id.clone());
            async move {
                let mut tx = market.begin().await?;
                job::fund(&mut tx, &actor, &id, None).await?;
                tx.commit().await
            }
        });
        assert_eq!(won.await, 1);
        assert_eq!(fixture.available(app).await.0, Money(58_000));
    }

    async fn of_64_spenders_none_overdraws(app) {
        let team = app.member("rich").await.team;
        let mut tx = app.market.begin().await.unwrap();
        ledger::post(&mut tx, &deposit("cs_seed", &team, Money(1_000))).await.unwrap();
        tx.commit().await.unwrap();
        let won = race(64, &[Kind::InsufficientFunds], |_| {
            let (market, team) = (app.market.clone(), team.clone());
            async move {
                let mut tx = market.begin().await?;
                let spend = Entry::new(Reason::Refund, JobId::new().as_str()).debit(Account::wallet(&team), Money(100));
                ledger::post(&mut tx, &spend.credit(Account::fees(), Money(100))).await?;
                tx.commit().await
            }
        });
        assert_eq!(won.await, 10);
        assert_eq!(ledger::balance(&mut app.read().await, &Account::wallet(&team)).await.unwrap(), Money::ZERO);
    }

    /// Every kind of act on jobs at once, some two to a transaction: they may be refused, but none waits for another in a circle.
    async fn mixed_acts_never_deadlock(app) {
        let mut fixtures = Vec::new();
        for _ in 0..6 {
            fixtures.push(JobFixture::applied(app).await);
        }
        let instant = app.with_rules(|rules| rules.release_delay = Duration::ZERO);
        // A worker whose offer was declined by a cancellation knows of the job no more.
        let won = race(48, &[Kind::Conflict, Kind::Forbidden, Kind::NotFound], |i| {
            let (fixture, offer) = &fixtures[i % 6];
            let (market, offer) = (instant.market.clone(), offer.clone());
            let (poster, worker, id) = (fixture.poster.clone(), fixture.worker.clone(), fixture.job.id.clone());
            async move {
                let mut tx = market.begin().await?;
                match i / 6 {
                    0 | 1 => {
                        job::accept(&mut tx, &poster, &id, &offer).await?;
                        job::fund(&mut tx, &poster, &id, None).await?;
                    }
                    2 => drop(job::cancel(&mut tx, &poster, &id, None).await?),
                    3 | 4 => drop(job::deliver(&mut tx, &worker, &id, &delivery()).await?),
                    _ => drop(job::approve(&mut tx, &poster, &id).await?),
                }
                tx.commit().await
            }
        });
        assert!(won.await >= 6, "each job was hired for or cancelled");
    }

    async fn an_audit_of_a_busy_market_is_of_one_moment(app) {
        let (market, payer) = (app.market.clone(), app.member("payer").await);
        let busy = tokio::spawn(async move {
            for _ in 0..60 {
                let mut tx = market.begin().await.unwrap();
                let checkout = testkit::people::deposit(&mut tx, &payer, 500).await.unwrap();
                market::deposit::pay(&mut tx, &checkout.id).await.unwrap();
                tx.commit().await.unwrap();
            }
        });
        while !busy.is_finished() {
            let audit = app.market.audit().await.unwrap();
            assert_eq!(audit.findings, Vec::<String>::new());
        }
        busy.await.unwrap();
    }

    async fn an_entry_posts_once(app) {
        let team = app.member("one").await.team;
        let entry = deposit("cs_same", &team, Money(500));
        for expected in [None, Some("already_posted")] {
            let mut tx = app.market.begin().await.unwrap();
            let posted = ledger::post(&mut tx, &entry).await;
            assert_eq!(posted.as_ref().err().map(|error| error.code.as_ref()), expected);
            if posted.is_ok() {
                tx.commit().await.unwrap();
            }
        }
        assert_eq!(ledger::balance(&mut app.read().await, &Account::wallet(&team)).await.unwrap(), Money(500));
    }

    async fn the_audit_finds_each_theft(app) {
        JobFixture::approved(app).await;
        let sound = app.market.audit().await.unwrap();
        assert!(sound.is_sound() && sound.entries == 2, "{sound:?}");
        for (theft, found) in [
            ("update account set balance = balance + 1 where purpose = 'fees' or id like 'wallet:%'", "differs from its legs"),
            ("update account set balance = balance - 1 where purpose = 'escrow'", "should hold its job's cost"),
            ("update leg set amount = amount + 1 where amount > 0", "does not sum to zero"),
            ("update entry set posted_at = '2020-01-01T00:00:00.000Z' where seq = 1", "The chain breaks at entry 1"),
            ("update entry set hash = 'x' where seq = 2", "The chain breaks at entry 2"),
            ("update chain_head set hash = 'x' where chain = 'entry'", "The chain ends at"),
            ("update job set escrow = 'released'", "settled job but holds"),
            ("update job set status = 'completed'", "closed with its money held"),
            ("delete from leg where entry_key = 1", "missing"),
        ] {
            let mut tx = app.market.begin().await.unwrap();
            assert!(sql(theft).run(&mut tx).await.unwrap() > 0, "{theft}");
            let findings = audit(&mut tx, market::nouns::REGISTRY.checks).await.unwrap().findings.join("\n");
            assert!(findings.contains(found), "{theft} was found as: {findings}");
        }
    }
}

/// Money from outside into a team's wallet.
fn deposit(id: &str, team: &TeamId, amount: Money) -> Entry {
    Entry::new(Reason::Deposit, id).debit(Account::provider(), amount).credit(Account::wallet(team), amount)
}

/// A random act of a member, which may be refused.
#[derive(Clone, Copy, Debug)]
enum Move {
    Post,
    Apply,
    Accept,
    Fund,
    Deliver,
    Approve,
    Revise,
    Reject,
    Cancel,
    Wait(i64),
}

fn moves() -> impl Strategy<Value = Vec<(Move, usize)>> {
    use Move::*;
    let one = prop_oneof![
        2 => Just(Post), 4 => Just(Apply), 4 => Just(Accept), 4 => Just(Fund), 4 => Just(Deliver),
        3 => Just(Approve), 1 => Just(Revise), 1 => Just(Reject), 1 => Just(Cancel), 2 => (1_i64..400).prop_map(Wait),
    ];
    prop::collection::vec((one, 0_usize..4), 1..60)
}

async fn play(app: &TestApp, poster: &Actor, worker: &Actor, moves: &[(Move, usize)]) {
    let mut jobs: Vec<Job> = Vec::new();
    for &(next, which) in moves {
        let Some(id) = (!jobs.is_empty()).then(|| jobs[which % jobs.len()].id.clone()) else {
            jobs.push(act!(app, job::post(poster, &draft())).expect("posts"));
            continue;
        };
        let refused = match next {
            Move::Post => {
                act!(app, job::post(poster, &Draft { budget_max: Some(100 + which as i64), ..draft() })).map(|job| jobs.push(job))
            }
            Move::Apply => {
                let _ = act!(app, nda::agree(worker, &id));
                act!(app, application::apply(worker, &id, &NewApplication { price: Some(20_001), ..NewApplication::default() })).map(drop)
            }
            Move::Accept => {
                let offers = look!(app, application::list(poster, &id, market::Paging::first(1))).unwrap().items;
                let Some(offer) = offers.first() else { continue };
                act!(app, job::accept(poster, &id, &offer.id)).map(drop)
            }
            Move::Fund => act!(app, job::fund(poster, &id, None)).map(drop),
            Move::Deliver => act!(app, job::deliver(worker, &id, &delivery())).map(drop),
            Move::Approve => act!(app, job::approve(poster, &id)).map(drop),
            Move::Revise => act!(app, job::request_revision(poster, &id, "Once more, please.")).map(drop),
            Move::Reject => act!(app, job::reject(poster, &id, &Rejection::new("other", "It is not it at all.").unwrap())).map(drop),
            Move::Cancel => act!(app, job::cancel(poster, &id, None)).map(drop),
            Move::Wait(hours) => {
                app.advance(Duration::hours(hours)).await;
                Ok(())
            }
        };
        if let Err(error) = refused {
            assert!(error.kind.status() < 500, "{next:?}: {error:?}");
        }
        let audit = app.market.audit().await.unwrap();
        assert_eq!(audit.findings, Vec::<String>::new(), "after {next:?}");
    }
    // Whatever was left unsaid, time settles everything and no money is lost.
    for _ in 0..6 {
        app.advance(Duration::days(31)).await;
    }
    let ends = [Status::Completed, Status::Cancelled, Status::Expired];
    for job in &jobs {
        let job = look!(app, job::view(poster, &job.id)).unwrap().job;
        assert!(ends.contains(&job.status), "{job:?}");
    }
    let conn = &mut app.read().await;
    let mut sum = ledger::balance(conn, &Account::fees()).await.unwrap().0;
    for actor in [poster, worker] {
        sum += ledger::balance(conn, &Account::wallet(&actor.team)).await.unwrap().0;
    }
    assert_eq!(sum, 100_000, "what came in is still there");
}

both! {
    async fn random_stories_conserve_money(app) {
        for seed in 0..12_u8 {
            let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
            let moves = moves().new_tree(&mut runner).expect("a story").current();
            let fresh = app.fresh().await;
            let (poster, worker) = (fresh.member("poster").await, fresh.agent("worker", &["coding"]).await);
            fresh.fund(&poster, Money(100_000)).await;
            play(&fresh, &poster, &worker, &moves).await;
            fresh.close().await;
        }
    }
}
