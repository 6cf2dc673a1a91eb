//! Featured jobs: what they cost, where they stand, and that it ends.

use market::actor::Credential;
use market::db::sql;
use market::job::{Draft, Filter, Status};
use market::ledger::{Account, Reason};
use market::{Actor, Duration, Kind, Money, Paging};
use testkit::job::{JobFixture, draft};
use testkit::{TestApp, act, both, read};

/// The open jobs as anybody sees them.
async fn open(world: &TestApp) -> Vec<String> {
    let page = read!(world, job::open(&Filter::default(), Paging::first(10))).unwrap();
    page.items.into_iter().map(|card| card.id.0).collect()
}

/// Another open job of the same poster's, a minute younger than the last.
async fn younger(world: &TestApp, poster: &Actor) -> String {
    world.pass(Duration::minutes(1));
    act!(world, job::post(poster, &draft())).unwrap().id.0
}

async fn fees(world: &TestApp) -> Money {
    market::ledger::balance(&mut world.read().await, &Account::fees()).await.unwrap()
}

both! {
    async fn a_featured_job_stands_first_until_its_days_are_over(world) {
        let story = JobFixture::open(world).await;
        let (old, new) = (story.job.id.clone(), younger(world, &story.poster).await);
        assert_eq!(open(world).await, [new.as_str(), old.as_str()]);

        let job = act!(world, job::feature(&story.poster, &old, None)).unwrap();
        assert_eq!(job.featured(), Some(world.now().after(Duration::days(7))), "a week, if nobody says");
        assert_eq!((story.available(world).await.0, fees(world).await), (Money(99_300), Money(700)));
        let page = read!(world, job::open(&Filter::default(), Paging::first(1))).unwrap();
        assert_eq!((page.total, &page.items[0].id, page.items[0].featured()), (2, &old, job.featured()));
        let lines = read!(world, wallet::transactions(&story.poster, Paging::first(1))).unwrap();
        assert_eq!((lines.items[0].reason, lines.items[0].amount), (Reason::Feature, Money(-700)));
        assert!(lines.items[0].id.starts_with(&format!("feature:{old}:")), "{}", lines.items[0].id);
        let seen = read!(world, job::available(&story.worker, &Filter::default(), Paging::first(1))).unwrap();
        assert_eq!(seen.items[0].id, old, "for agents too");

        world.advance(Duration::ms(Duration::days(7).as_ms() - 1)).await;
        assert_eq!(open(world).await[0], old.as_str());
        let before = read!(world, event::latest()).unwrap();
        world.advance(Duration::ms(1)).await;
        assert_eq!(open(world).await, [new.as_str(), old.as_str()]);
        assert!(read!(world, event::latest()).unwrap() > before, "lists that are kept until something happens are drawn anew");
        assert_eq!(world.happenings(old.as_str()).await, ["job.posted", "job.featured", "job.unfeatured"]);
        assert_eq!(story.look(world).await.featured_until, None);
    }

    async fn featuring_again_adds_days(world) {
        let story = JobFixture::open(world).await;
        let id = &story.job.id;
        act!(world, job::feature(&story.poster, id, Some(1))).unwrap();
        let job = act!(world, job::feature(&story.poster, id, Some(2))).unwrap();
        assert_eq!(job.featured(), Some(world.now().after(Duration::days(3))));
        assert_eq!(fees(world).await, Money(300));
        world.advance(Duration::days(2)).await;
        assert_eq!(story.look(world).await.featured(), job.featured(), "one timer, the last one");
        world.advance(Duration::days(1)).await;
        assert_eq!(story.look(world).await.featured(), None);
        let job = act!(world, job::feature(&story.poster, id, Some(1))).unwrap();
        assert_eq!(job.featured(), Some(world.now().after(Duration::days(1))), "from now, not from what is over");
    }

    async fn only_an_open_job_by_its_poster_who_can_pay(world) {
        let story = JobFixture::open(world).await;
        let id = &story.job.id;
        for days in [0, -1, 31, i64::MAX] {
            assert_eq!(act!(world, job::feature(&story.poster, id, Some(days))).unwrap_err().fields[0].name, "days");
        }
        assert_eq!(act!(world, job::feature(&story.worker, id, None)).unwrap_err().code, "not_found");
        let mut narrow = story.poster.clone();
        narrow.credential = Credential::Key { id: "key_1".into(), scopes: vec!["jobs:write".into()] };
        assert_eq!(act!(world, job::feature(&narrow, id, None)).unwrap_err().code, "missing_scope");
        let poor = world.member("poor").await;
        let job = act!(world, job::post(&poor, &draft())).unwrap();
        let error = act!(world, job::feature(&poor, &job.id, None)).unwrap_err();
        assert_eq!(error.code, "insufficient_funds");
        assert_eq!(read!(world, job::view(&poor, &job.id)).unwrap().job.featured_until, None, "nothing happened");
        let funded = JobFixture::funded(world).await;
        let error = act!(world, job::feature(&funded.poster, &funded.job.id, None)).unwrap_err();
        assert_eq!((error.code.as_ref(), error.facts.unwrap()["status"].as_str()), ("wrong_status", Some("in_progress")));
    }

    async fn no_day_is_sold_that_begins_after_the_job_closes(world) {
        let story = JobFixture::open(world).await;
        let deadline = world.now().after(Duration::hours(60));
        let short = act!(world, job::post(&story.poster, &Draft { deadline: Some(deadline.to_string()), ..draft() })).unwrap();
        let error = act!(world, job::feature(&story.poster, &short.id, Some(4))).unwrap_err();
        assert_eq!((error.kind, error.fields[0].name.as_ref()), (Kind::Invalid, "days"));
        assert!(error.fields[0].message.contains("give 3 at the most"), "{error:?}");
        assert_eq!(error.facts.unwrap()["most"], 3);
        act!(world, job::feature(&story.poster, &short.id, Some(1))).unwrap();
        act!(world, job::feature(&story.poster, &short.id, Some(3))).unwrap_err();
        let job = act!(world, job::feature(&story.poster, &short.id, None)).unwrap();
        assert_eq!(job.featured(), Some(world.now().after(Duration::days(3))), "as many as there are, if nobody says");
        let error = act!(world, job::feature(&story.poster, &short.id, None)).unwrap_err();
        assert!(error.fields[0].name == "days" && error.fields[0].message.contains("until it closes"), "{error:?}");
        assert_eq!(fees(world).await, Money(300), "what was refused cost nothing");
        // A job without a deadline is listed for thirty days.
        let job = act!(world, job::feature(&story.poster, &story.job.id, Some(30))).unwrap();
        assert_eq!(job.featured_days_most(world.now()), 0);
    }

    async fn a_job_that_left_the_list_ends_it_in_silence(world) {
        let (story, application) = JobFixture::applied(world).await;
        let id = &story.job.id;
        act!(world, job::feature(&story.poster, id, Some(1))).unwrap();
        let job = act!(world, job::accept(&story.poster, id, &application)).unwrap();
        assert_eq!((job.status, job.featured()), (Status::PendingEscrow, None));
        world.advance(Duration::days(1)).await;
        assert_eq!(story.look(world).await.featured_until, None);
        assert!(!world.happenings(id.as_str()).await.contains(&"job.unfeatured".to_owned()));
    }

    async fn an_operator_may_give_it_away(world) {
        let free = world.with_rules(|rules| rules.feature_fee = Money::ZERO);
        let poor = free.member("poor").await;
        let job = act!(free, job::post(&poor, &draft())).unwrap();
        assert!(act!(free, job::feature(&poor, &job.id, None)).unwrap().featured().is_some());
        assert_eq!(fees(&free).await, Money::ZERO);
    }

    async fn a_list_is_read_in_its_order_from_the_index(world) {
        let plan = "explain query plan select j.id from job j where j.status = 'open' \
             order by j.featured_until is null, j.created_at desc, j.id limit 20";
        if world.url().starts_with("sqlite") {
            #[derive(serde::Deserialize)]
            struct Step { detail: String }
            let steps: Vec<Step> = sql(plan).all(&mut world.read().await).await.unwrap();
            let plan: Vec<_> = steps.into_iter().map(|step| step.detail).collect();
            assert!(plan.join(" ").contains("job_open") && !plan.join(" ").contains("TEMP B-TREE"), "{plan:?}");
        }
    }
}
