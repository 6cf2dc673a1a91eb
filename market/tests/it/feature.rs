//! Featured jobs: what they cost, where they stand, and that it ends.

use market::actor::Credential;
use market::db::sql;
use market::job::{Draft, Filter, Status};
use market::ledger::{Account, Reason};
use market::{Actor, Duration, Kind, Money, Paging};
use testkit::job::{JobFixture, draft};
use testkit::{TestApp, act, both, look, read};

/// The open jobs as anybody sees them.
async fn open(app: &TestApp) -> Vec<String> {
    let page = read!(app, job::open(&Filter::default(), Paging::first(10))).unwrap();
    page.items.into_iter().map(|card| card.id.0).collect()
}

/// Another open job of the same poster's, a minute younger than the last.
async fn younger(app: &TestApp, poster: &Actor) -> String {
    app.pass(Duration::minutes(1));
    act!(app, job::post(poster, &draft())).unwrap().id.0
}

async fn fees(app: &TestApp) -> Money {
    market::ledger::balance(&mut app.read().await, &Account::fees()).await.unwrap()
}

both! {
    async fn a_featured_job_stands_first_until_its_days_are_over(app) {
        let fixture = JobFixture::open(app).await;
        let (old, new) = (fixture.job.id.clone(), younger(app, &fixture.poster).await);
        assert_eq!(open(app).await, [new.as_str(), old.as_str()]);

        let job = act!(app, job::feature(&fixture.poster, &old, None)).unwrap();
        assert_eq!(job.featured(), Some(app.now().after(Duration::days(7))), "a week, if nobody says");
        assert_eq!((fixture.available(app).await.0, fees(app).await), (Money(99_300), Money(700)));
        let page = read!(app, job::open(&Filter::default(), Paging::first(1))).unwrap();
        assert_eq!((page.total, &page.items[0].id, page.items[0].featured()), (2, &old, job.featured()));
        let lines = read!(app, wallet::transactions(&fixture.poster, Paging::first(1))).unwrap();
        assert_eq!((lines.items[0].reason, lines.items[0].amount), (Reason::Feature, Money(-700)));
        assert!(lines.items[0].id.starts_with(&format!("feature:{old}:")), "{}", lines.items[0].id);
        let seen = read!(app, job::available(&fixture.worker, &Filter::default(), Paging::first(1))).unwrap();
        assert_eq!(seen.items[0].id, old, "for agents too");

        app.advance(Duration::ms(Duration::days(7).as_ms() - 1)).await;
        assert_eq!(open(app).await[0], old.as_str());
        let before = read!(app, event::latest()).unwrap();
        app.advance(Duration::ms(1)).await;
        assert_eq!(open(app).await, [new.as_str(), old.as_str()]);
        assert!(read!(app, event::latest()).unwrap() > before, "lists that are kept until something happens are drawn anew");
        assert_eq!(app.happenings(old.as_str()).await, ["job.posted", "job.featured", "job.unfeatured"]);
        assert_eq!(fixture.look(app).await.featured_until, None);
    }

    async fn featuring_again_adds_days(app) {
        let fixture = JobFixture::open(app).await;
        let id = &fixture.job.id;
        act!(app, job::feature(&fixture.poster, id, Some(1))).unwrap();
        let job = act!(app, job::feature(&fixture.poster, id, Some(2))).unwrap();
        assert_eq!(job.featured(), Some(app.now().after(Duration::days(3))));
        assert_eq!(fees(app).await, Money(300));
        app.advance(Duration::days(2)).await;
        assert_eq!(fixture.look(app).await.featured(), job.featured(), "one timer, the last one");
        app.advance(Duration::days(1)).await;
        assert_eq!(fixture.look(app).await.featured(), None);
        let job = act!(app, job::feature(&fixture.poster, id, Some(1))).unwrap();
        assert_eq!(job.featured(), Some(app.now().after(Duration::days(1))), "from now, not from what is over");
    }

    async fn only_an_open_job_by_its_poster_who_can_pay(app) {
        let fixture = JobFixture::open(app).await;
        let id = &fixture.job.id;
        for days in [0, -1, 31, i64::MAX] {
            assert_eq!(act!(app, job::feature(&fixture.poster, id, Some(days))).unwrap_err().fields[0].name, "days");
        }
        assert_eq!(act!(app, job::feature(&fixture.worker, id, None)).unwrap_err().code, "not_found");
        let mut narrow = fixture.poster.clone();
        narrow.credential = Credential::Key { id: "key_1".into(), scopes: vec!["jobs:write".into()] };
        assert_eq!(act!(app, job::feature(&narrow, id, None)).unwrap_err().code, "missing_scope");
        let poor = app.member("poor").await;
        let job = act!(app, job::post(&poor, &draft())).unwrap();
        let error = act!(app, job::feature(&poor, &job.id, None)).unwrap_err();
        assert_eq!(error.code, "insufficient_funds");
        assert_eq!(look!(app, job::view(&poor, &job.id)).unwrap().job.featured_until, None, "nothing happened");
        let funded = JobFixture::funded(app).await;
        let error = act!(app, job::feature(&funded.poster, &funded.job.id, None)).unwrap_err();
        assert_eq!((error.code.as_ref(), error.facts.unwrap()["status"].as_str()), ("wrong_status", Some("in_progress")));
    }

    async fn no_day_is_sold_that_begins_after_the_job_closes(app) {
        let fixture = JobFixture::open(app).await;
        let deadline = app.now().after(Duration::hours(60));
        let short = act!(app, job::post(&fixture.poster, &Draft { deadline: Some(deadline.to_string()), ..draft() })).unwrap();
        let error = act!(app, job::feature(&fixture.poster, &short.id, Some(4))).unwrap_err();
        assert_eq!((error.kind, error.fields[0].name.as_ref()), (Kind::Invalid, "days"));
        assert!(error.fields[0].message.contains("give 3 at the most"), "{error:?}");
        assert_eq!(error.facts.unwrap()["most"], 3);
        act!(app, job::feature(&fixture.poster, &short.id, Some(1))).unwrap();
        act!(app, job::feature(&fixture.poster, &short.id, Some(3))).unwrap_err();
        let job = act!(app, job::feature(&fixture.poster, &short.id, None)).unwrap();
        assert_eq!(job.featured(), Some(app.now().after(Duration::days(3))), "as many as there are, if nobody says");
        let error = act!(app, job::feature(&fixture.poster, &short.id, None)).unwrap_err();
        assert!(error.fields[0].name == "days" && error.fields[0].message.contains("until it closes"), "{error:?}");
        assert_eq!(fees(app).await, Money(300), "what was refused cost nothing");
        // A job without a deadline is listed for thirty days.
        let job = act!(app, job::feature(&fixture.poster, &fixture.job.id, Some(30))).unwrap();
        assert_eq!(job.featured_days_max(app.now()), 0);
    }

    async fn a_job_that_left_the_list_ends_it_in_silence(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let id = &fixture.job.id;
        act!(app, job::feature(&fixture.poster, id, Some(1))).unwrap();
        let job = act!(app, job::accept(&fixture.poster, id, &application)).unwrap();
        assert_eq!((job.status, job.featured()), (Status::PendingEscrow, None));
        app.advance(Duration::days(1)).await;
        assert_eq!(fixture.look(app).await.featured_until, None);
        assert!(!app.happenings(id.as_str()).await.contains(&"job.unfeatured".to_owned()));
    }

    async fn an_operator_may_give_it_away(app) {
        let free = app.with_rules(|rules| rules.feature_fee = Money::ZERO);
        let poor = free.member("poor").await;
        let job = act!(free, job::post(&poor, &draft())).unwrap();
        assert!(act!(free, job::feature(&poor, &job.id, None)).unwrap().featured().is_some());
        assert_eq!(fees(&free).await, Money::ZERO);
    }

    async fn a_list_is_read_in_its_order_from_the_index(app) {
        let plan = "explain query plan select j.id from job j where j.status = 'open' and j.hidden_at is null \
             order by j.featured_until is null, j.key desc limit 20";
        if app.url().starts_with("sqlite") {
            #[derive(serde::Deserialize)]
            struct Step { detail: String }
            let steps: Vec<Step> = sql(plan).all(&mut app.read().await).await.unwrap();
            let plan: Vec<_> = steps.into_iter().map(|step| step.detail).collect();
            assert!(plan.join(" ").contains("job_open") && !plan.join(" ").contains("TEMP B-TREE"), "{plan:?}");
        }
    }
}
