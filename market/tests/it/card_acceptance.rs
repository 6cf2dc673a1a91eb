//! Card acceptances: a paid checkout accepts and funds at once, or leaves its money in the wallet.

use market::card_acceptance::{self, Chosen};
use market::deposit::Deposit;
use market::id::ApplicationId;
use market::job::{Escrow, Status};
use market::ledger::{self, Account};
use market::payment::Sandbox;
use market::{Actor, Duration, Kind, Money, Result};
use testkit::job::JobFixture;
use testkit::{TestApp, act, both};

async fn start(app: &TestApp, by: &Actor, fixture: &JobFixture, application: &ApplicationId) -> Result<Deposit> {
    let provider = Sandbox::new("http://127.0.0.1".into());
    card_acceptance::start(&app.market, &provider, by, &fixture.job.id, Chosen { application, seen: None }, "").await
}

async fn available(app: &TestApp, actor: &Actor) -> Money {
    ledger::balance(&mut app.read().await, &Account::wallet(&actor.team)).await.expect("a balance")
}

async fn pay(app: &TestApp, deposit: &Deposit) {
    act!(app, deposit::pay(&deposit.id)).expect("pays");
    for _ in 0..5 {
        app.advance(Duration::minutes(1)).await;
    }
}

both! {
    async fn a_paid_checkout_accepts_and_funds(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let before = available(app, &fixture.poster).await;
        let checkout = start(app, &fixture.poster, &fixture, &application).await.expect("opens");
        let again = start(app, &fixture.poster, &fixture, &application).await.expect("finds");
        assert_eq!(again.id, checkout.id, "asked again, it is the same checkout");
        assert_eq!(fixture.look(app).await.status, Status::Open, "nothing is accepted before it is paid");
        pay(app, &checkout).await;
        let job = fixture.look(app).await;
        assert_eq!((job.status, job.escrow, job.application_id.clone()), (Status::InProgress, Escrow::Held, Some(application)));
        assert_eq!(checkout.amount, job.price.map(|price| job.cost_at(price).total()).expect("a price"));
        assert_eq!(available(app, &fixture.poster).await, before);
    }

    async fn a_card_pays_the_price_that_was_read(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let provider = Sandbox::new("http://127.0.0.1".into());
        let chosen = Chosen { application: &application, seen: Some(Money(39_000)) };
        let error = card_acceptance::start(&app.market, &provider, &fixture.poster, &fixture.job.id, chosen, "").await;
        assert_eq!(error.expect_err("it was 400.00").code.as_ref(), "offer_changed");
    }

    async fn a_job_that_moved_on_leaves_the_money_in_the_wallet(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let before = available(app, &fixture.poster).await;
        let checkout = start(app, &fixture.poster, &fixture, &application).await.expect("opens");
        act!(app, job::cancel(&fixture.poster, &fixture.job.id, None)).expect("cancels");
        pay(app, &checkout).await;
        assert_eq!(fixture.look(app).await.status, Status::Cancelled);
        assert_eq!(available(app, &fixture.poster).await, Money(before.0 + checkout.amount.0));
        assert!(app.happenings(checkout.id.as_str()).await.contains(&"card_acceptance.missed".to_owned()));
    }

    async fn only_the_poster_opens_one(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        for other in [&fixture.worker, &app.member("stranger").await] {
            let error = start(app, other, &fixture, &application).await.expect_err("is not theirs");
            assert!(matches!(error.kind, Kind::NotFound | Kind::Forbidden), "{error:?}");
        }
        let error = start(app, &fixture.poster, &fixture, &"prop_none".into()).await.expect_err("no such application");
        assert_eq!(error.kind, Kind::NotFound);
    }
}
