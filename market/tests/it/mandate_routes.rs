//! Each act that takes money from the wallet asks the mandate.

use market::application::NewApplication;
use market::card_acceptance::{self, Chosen};
use market::id::ApplicationId;
use market::job::{Draft as JobDraft, Job, Status};
use market::mandate::{Act, Draft};
use market::payment::Sandbox;
use market::{Actor, Duration, Money};
use testkit::job::{delivery, draft};
use testkit::mandate::{MandateFixture, held, per_day, refused};
use testkit::review::{FEE, proofed, says};
use testkit::{TestApp, act, both, look, read};

async fn offer(app: &TestApp, worker: &Actor, job: &Job, price: i64) -> ApplicationId {
    let offer = NewApplication { cover_letter: "I can.".into(), price: Some(price) };
    act!(app, application::apply(worker, &job.id, &offer)).expect("applies").id
}

/// The acts and sums of an agent's spends, the oldest first.
async fn spent(app: &TestApp, fixture: &MandateFixture) -> Vec<(Act, i64)> {
    fixture.spending(app).await.last.iter().rev().map(|line| (line.act, line.amount.0)).collect()
}

both! {
    async fn a_job_is_funded_within_the_mandate(app) {
        let fixture = MandateFixture::with(app, &per_day(40_000)).await;
        let worker = app.agent("Botty", &["coding"]).await;
        let open = JobDraft { confidential: Some(false), ..draft() };
        let job = act!(app, job::post(&fixture.key, &open)).expect("a listing takes nothing");
        let application = offer(app, &worker, &job, 40_000).await;
        let key = &fixture.key;
        let too_much = act!(app, job::accept_and_fund(key, &job.id, &application, None));
        assert_eq!(refused(too_much), ("per_day".into(), Some(40_000)), "420.00 with the fee");
        act!(app, job::accept(key, &job.id, &application)).expect("choosing takes nothing");
        assert_eq!(refused(act!(app, job::fund(key, &job.id, None))), ("per_day".into(), Some(40_000)));
        fixture.set(app, &per_day(42_000)).await.expect("sets");
        act!(app, job::fund(key, &job.id, None)).expect("to the cent");
        assert_eq!(spent(app, &fixture).await, [(Act::Fund, 42_000)]);
    }

    async fn nobody_is_chosen_whom_the_mandate_does_not_allow(app) {
        let fixture = MandateFixture::free(app).await;
        let worker = app.agent("Botty", &["coding"]).await;
        let job = act!(app, job::post(&fixture.key, &JobDraft { confidential: Some(false), ..draft() })).expect("posts");
        let application = offer(app, &worker, &job, 100).await;
        let (team, agent) = (worker.team.to_string(), worker.agent.clone().expect("an agent").to_string());
        let key = &fixture.key;
        for draft in [
            Draft { blocked: vec![team.clone()], ..per_day(9_000) },
            Draft { blocked: vec![agent.clone()], allowed: vec![team.clone()], ..per_day(9_000) },
            Draft { allowed: vec!["team_x".into()], ..per_day(9_000) },
        ] {
            fixture.set(app, &draft).await.expect("sets");
            assert_eq!(refused(act!(app, job::accept(key, &job.id, &application))).0, "counterparties");
            assert_eq!(refused(read!(app, job::quote(key, &job.id, &application, None))).0, "counterparties", "by card neither");
        }
        fixture.set(app, &Draft { allowed: vec![agent], ..per_day(9_000) }).await.expect("sets");
        act!(app, job::accept_and_fund(key, &job.id, &application, None)).expect("it is allowed");
    }

    async fn a_held_budget_is_spent_and_not_given_back(app) {
        let fixture = MandateFixture::with(app, &Draft { per_task: Some(12_000), ..per_day(30_000) }).await;
        let worker = app.agent("Botty", &["coding"]).await;
        let job = fixture.post(app, 10_000).await.expect("105.00 are held");
        let key = &fixture.key;
        let edit = async |cents: i64| act!(app, job::edit(key, &job.id, &held("Another title", cents)));
        edit(8_000).await.expect("21.00 come back");
        edit(9_000).await.expect("10.50 more");
        assert_eq!(refused(edit(10_000).await), ("per_task".into(), Some(450)), "115.50 were spent on it");
        let application = offer(app, &worker, &job, 9_500).await;
        let dearer = act!(app, job::accept_at(key, &job.id, &application, Some(Money(9_500))));
        assert_eq!(refused(dearer), ("per_task".into(), Some(450)), "5.25 more");
        let cheaper = offer(app, &worker, &job, 5_000).await;
        act!(app, job::accept(key, &job.id, &cheaper)).expect("42.00 come back");
        assert_eq!(spent(app, &fixture).await, [(Act::Post, 10_500), (Act::Edit, 1_050)]);
        let writing = JobDraft { category: "writing".into(), ..held("A text about grammars", 1_000) };
        let job = act!(app, job::post(key, &writing)).expect("posts");
        fixture.set(app, &Draft { categories: vec!["writing".into()], ..per_day(30_000) }).await.expect("sets");
        let moved = act!(app, job::edit(key, &job.id, &JobDraft { category: "coding".into(), ..writing }));
        assert_eq!(refused(moved).0, "categories", "held money does not change its category");
    }

    async fn proofers_and_days_at_the_top_are_spends(app) {
        let fixture = MandateFixture::with(app, &per_day(44_000)).await;
        let worker = app.agent("Botty", &["coding"]).await;
        let key = &fixture.key;
        let open = JobDraft { confidential: Some(false), ..proofed(1) };
        let job = act!(app, job::post(key, &open)).expect("posts");
        act!(app, job::feature(key, &job.id, Some(1))).expect("a day at the top");
        let application = offer(app, &worker, &job, 40_000).await;
        act!(app, job::accept_and_fund(key, &job.id, &application, None)).expect("funds");
        let other = act!(app, job::post(key, &open)).expect("posts");
        fixture.set(app, &per_day(42_500)).await.expect("sets");
        assert_eq!(refused(act!(app, job::feature(key, &other.id, Some(7)))).0, "per_day");
        act!(app, job::deliver(&worker, &job.id, &delivery())).expect("delivers");
        let proofer = app.agent("Prue", &["coding"]).await;
        let proposal = act!(app, application::apply(&proofer, &job.id, &NewApplication::default())).expect("applies").id;
        act!(app, review::accept(key, &job.id, &proposal)).expect("a seat");
        fixture.set(app, &Draft { blocked: vec![proofer.team.to_string()], ..per_day(44_000) }).await.expect("sets");
        assert_eq!(refused(act!(app, review::fund(key, &job.id))).0, "counterparties");
        fixture.set(app, &per_day(42_000)).await.expect("sets");
        assert_eq!(refused(act!(app, review::fund(key, &job.id))), ("per_day".into(), Some(0)));
        fixture.set(app, &per_day(44_000)).await.expect("sets");
        act!(app, review::fund(key, &job.id)).expect("funds the proofer");
        let day = app.market.rules.feature_fee;
        assert_eq!(spent(app, &fixture).await, [(Act::Feature, day.0), (Act::Fund, 42_000), (Act::Review, FEE.0)]);
        assert_eq!(fixture.spending(app).await.today, Money(day.0 + 42_000 + FEE.0));
    }
    async fn a_round_that_starts_by_itself_is_a_spend_too(app) {
        let fixture = MandateFixture::with(app, &per_day(42_000 + 2 * FEE.0)).await;
        let (worker, proofer) = (app.agent("Botty", &["coding"]).await, app.agent("Prue", &["coding"]).await);
        let key = &fixture.key;
        let job = act!(app, job::post(key, &JobDraft { confidential: Some(false), proof_rounds: Some(3), ..proofed(1) })).expect("posts");
        let application = offer(app, &worker, &job, 40_000).await;
        act!(app, job::accept_and_fund(key, &job.id, &application, None)).expect("funds");
        let deliver = async || act!(app, job::deliver(&worker, &job.id, &delivery())).expect("delivers").0.status;
        let send_back = async || act!(app, review::submit(&proofer, &job.id, &says("needs_revision"))).expect("judges");
        deliver().await;
        let proposal = act!(app, application::apply(&proofer, &job.id, &NewApplication::default())).expect("applies").id;
        act!(app, review::accept(key, &job.id, &proposal)).expect("a seat");
        act!(app, review::fund(key, &job.id)).expect("funds the first round");
        send_back().await;
        assert_eq!(deliver().await, Status::InReview, "the second one is within the mandate");
        assert_eq!(fixture.spending(app).await.left_today(), Some(Money::ZERO));
        send_back().await;
        assert_eq!(deliver().await, Status::PendingProof, "the third one is not, and waits to be funded");
        assert_eq!(refused(act!(app, review::fund(key, &job.id))), ("per_day".into(), Some(0)));
        act!(app, review::fund(&fixture.owner, &job.id)).expect("a person may");
        assert_eq!(spent(app, &fixture).await, [(Act::Fund, 42_000), (Act::Review, FEE.0), (Act::Review, FEE.0)]);
    }

    async fn a_card_is_paid_by_a_person_and_its_checkout_asks_the_mandate(app) {
        let fixture = MandateFixture::with(app, &per_day(10_000)).await;
        let worker = app.agent("Botty", &["coding"]).await;
        let key = &fixture.key;
        let job = act!(app, job::post(key, &JobDraft { confidential: Some(false), ..draft() })).expect("posts");
        let application = offer(app, &worker, &job, 40_000).await;
        let chosen = Chosen { application: &application, seen: None };
        let provider = Sandbox::new("http://127.0.0.1".into());
        let start = async || card_acceptance::start(&app.market, &provider, key, &job.id, chosen, "").await;
        for draft in [
            Draft { is_enabled: false, ..per_day(10_000) },
            Draft { categories: vec!["writing".into()], ..per_day(10_000) },
            Draft { blocked: vec![worker.team.to_string()], ..per_day(10_000) },
        ] {
            fixture.set(app, &draft).await.expect("sets");
            refused(start().await);
        }
        fixture.set(app, &per_day(10_000)).await.expect("sets");
        let checkout = start().await.expect("a person may pay what the bot may not spend");
        act!(app, deposit::pay(&checkout.id)).expect("pays");
        app.advance(Duration::minutes(1)).await;
        assert_eq!(look!(app, job::view(&fixture.owner, &job.id)).expect("shows").job.status, Status::InProgress);
        assert_eq!(spent(app, &fixture).await, [], "nothing left the wallet that was there");
    }
}
