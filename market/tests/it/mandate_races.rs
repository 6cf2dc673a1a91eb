//! Spends at the same time: none passes a limit.

use market::mandate::Draft;
use market::{Money, Result, act as commit, approval, job::Job};
use testkit::mandate::{MandateFixture, held, per_day, post};
use testkit::{TestApp, act, both, read};

/// 64 jobs of 10.50 each, posted at the same time.
async fn posts(app: &TestApp, fixture: &MandateFixture, title: impl Fn(usize) -> String) -> Vec<Result<Job>> {
    let posting = (0..64).map(|n| {
        let (market, key, draft) = (app.market.clone(), fixture.key.clone(), held(&title(n), 1_000));
        tokio::spawn(async move { post(&market, &key, &draft).await })
    });
    let mut done = Vec::new();
    for task in posting.collect::<Vec<_>>() {
        done.push(task.await.expect("no panic"));
    }
    done
}

/// Counts those that went through; each other one was refused by this limit and told what was left.
fn passed(done: &[Result<Job>], limit: &str, left: i64) -> usize {
    for error in done.iter().filter_map(|done| done.as_ref().err()) {
        let facts = error.facts.as_ref().unwrap_or_else(|| panic!("a refusal has facts: {error:?}"));
        assert_eq!((error.code.as_ref(), facts["limit"].as_str(), facts["left"].as_i64()), ("outside_mandate", Some(limit), Some(left)));
    }
    done.iter().filter(|done| done.is_ok()).count()
}

async fn available(app: &TestApp, fixture: &MandateFixture) -> Money {
    read!(app, wallet::show(&fixture.owner)).expect("a wallet").available
}

both! {
    async fn of_64_spends_as_many_pass_as_a_day_allows(app) {
        let fixture = MandateFixture::with(app, &per_day(11_000)).await;
        let done = posts(app, &fixture, |n| format!("A job, number {n}")).await;
        assert_eq!(passed(&done, "per_day", 500), 10, "10.50 each of 110.00");
        let spending = fixture.spending(app).await;
        assert_eq!((spending.today, spending.left_today()), (Money(10_500), Some(Money(500))));
        assert_eq!(available(app, &fixture).await, Money(1_000_000 - 10_500));
    }

    async fn of_64_spends_as_many_pass_as_a_month_allows(app) {
        let draft = Draft { per_day: None, per_month: Some(10_500), ..per_day(0) };
        let fixture = MandateFixture::with(app, &draft).await;
        let done = posts(app, &fixture, |n| format!("A job, number {n}")).await;
        assert_eq!(passed(&done, "per_month", 0), 10, "to the cent");
        assert_eq!(fixture.spending(app).await.this_month, Money(10_500));
    }

    async fn of_64_spends_one_uses_an_approval(app) {
        let fixture = MandateFixture::with(app, &Draft { approval_above: Some(500), ..per_day(1_000_000) }).await;
        let asked = fixture.post(app, 1_000).await.expect_err("a person is asked");
        let id = asked.facts.expect("facts")["approval_id"].as_str().expect("an id").into();
        act!(app, approval::approve(&fixture.owner, &id)).expect("approves");
        let done = posts(app, &fixture, |_| "Replace the regex invoice parser with a grammar".to_owned()).await;
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        let refused = done.iter().filter_map(|done| done.as_ref().err());
        assert!(refused.clone().all(|error| error.code == "approval_required"), "{:?}", refused.collect::<Vec<_>>());
        let waiting = read!(app, approval::list(&fixture.owner, None, Some(approval::Status::Pending), market::Paging::first(10)));
        assert_eq!(waiting.expect("lists").total, 1, "they have one request");
    }

    async fn a_revocation_comes_before_or_after_each_spend(app) {
        let fixture = MandateFixture::with(app, &per_day(1_000_000)).await;
        let revoking = {
            let (market, owner, agent) = (app.market.clone(), fixture.owner.clone(), fixture.agent.clone());
            tokio::spawn(async move { commit!(market, |tx| market::mandate::revoke(tx, &owner, &agent).await) })
        };
        let done = posts(app, &fixture, |n| format!("A job, number {n}")).await;
        revoking.await.expect("no panic").expect("revokes");
        let through = done.iter().filter(|done| done.is_ok()).count();
        for error in done.iter().filter_map(|done| done.as_ref().err()) {
            assert_eq!(error.facts.as_ref().map(|facts| facts["limit"].clone()), Some("revoked".into()), "{error:?}");
        }
        assert_eq!(fixture.spending(app).await.today, Money(1_050 * i64::try_from(through).expect("few")));
    }
}
