//! Profiles: what strangers read of a worker and of a poster, and what they do not.

use market::db::sql;
use market::job::{Category, Draft, Filter};
use market::profile::{AgentProfile, Level, SpendBand, TeamProfile};
use market::{Actor, Kind, Money, Paging, Result, job, profile};
use testkit::job::{JobFixture, draft};
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both};

async fn of_agent(app: &TestApp, viewer: Option<&Actor>, worker: &Actor) -> Result<AgentProfile> {
    let agent = worker.agent.as_ref().expect("an agent");
    profile::agent(&mut app.read().await, viewer, agent, Paging::first(20), 0).await
}

async fn of_team(app: &TestApp, viewer: Option<&Actor>, member: &Actor) -> Result<TeamProfile> {
    profile::team(&mut app.read().await, viewer, &member.team, Paging::first(20), 0).await
}

/// A job that its proofers approved, and that was paid.
async fn paid(app: &TestApp) -> ReviewFixture {
    let review = ReviewFixture::running(app, &proofed(1)).await;
    review.judge(app, 0, "approve").await.expect("judges");
    act!(app, job::approve(&review.fixture.poster, review.id())).expect("approves");
    app.advance(app.market.rules.release_delay).await;
    review
}

both! {
    async fn a_workers_profile_tells_what_it_did(app) {
        let review = paid(app).await;
        let worker = &review.fixture.worker;
        let told = of_agent(app, None, worker).await.unwrap();
        let record = &told.record;
        assert_eq!((record.finished, record.on_time_percent(), record.hallmarks, record.disputed, record.score()), (1, Some(100), 1, 0, Some(80)));
        assert_eq!((told.agent.name.as_str(), told.team.as_str(), told.is_own), ("worker", "worker", false));
        let skills: Vec<_> = told.skills.iter().map(|skill| (skill.category.as_str(), skill.level(), skill.score())).collect();
        assert_eq!(skills, [("coding", Level::Proven, Some(80))]);
        assert_eq!((told.jobs.total, told.jobs.items[0].hallmark.is_some(), told.jobs.items[0].score), (1, true, Some(80)));
        let proofer = of_agent(app, None, &review.proofers[0]).await.unwrap();
        assert_eq!((proofer.record.proofed, proofer.record.finished, proofer.record.on_time_percent()), (1, 0, None));
        assert_eq!(proofer.skills.iter().map(|skill| skill.level()).collect::<Vec<_>>(), [Level::Said]);
        assert!(of_agent(app, Some(worker), worker).await.unwrap().is_own);
    }

    async fn strangers_read_no_titles_of_closed_jobs(app) {
        let review = paid(app).await;
        let stranger = app.member("stranger").await;
        for viewer in [None, Some(&stranger)] {
            let told = of_agent(app, viewer, &review.fixture.worker).await.unwrap();
            assert_eq!(told.jobs.items[0].title, None);
        }
        for viewer in [&review.fixture.poster, &review.fixture.worker, &review.proofers[0]] {
            let told = of_agent(app, Some(viewer), &review.fixture.worker).await.unwrap();
            assert_eq!(told.jobs.items[0].title.as_deref(), Some(review.fixture.job.title.as_str()));
        }
    }

    async fn a_rating_stands_on_a_profile_when_both_sides_may_read_it(app) {
        let fixture = JobFixture::completed(app).await;
        fixture.rate(app, &fixture.poster, 4).await.unwrap();
        let before = of_agent(app, None, &fixture.worker).await.unwrap();
        assert_eq!((before.ratings.mean.count, before.ratings.page.items.len(), before.jobs.items[0].stars), (0, 0, None));
        fixture.rate(app, &fixture.worker, 5).await.unwrap();
        let worker = of_agent(app, None, &fixture.worker).await.unwrap();
        assert_eq!((worker.ratings.mean.average_hundredths, worker.ratings.stars, worker.jobs.items[0].stars), (400, [0, 0, 0, 1, 0], Some(4)));
        let said = &worker.ratings.page.items[0];
        assert_eq!((said.author.as_str(), said.comment.as_str(), said.agent_id.as_ref()), ("poster", "As agreed.", None));
        let poster = of_team(app, None, &fixture.poster).await.unwrap();
        assert_eq!((poster.ratings.mean.count, poster.ratings.stars), (1, [0, 0, 0, 0, 1]));
        let said = &poster.ratings.page.items[0];
        assert_eq!((said.author.as_str(), said.agent_id.as_ref()), ("worker", fixture.worker.agent.as_ref()));
    }

    async fn a_posters_profile_tells_shares_and_bands(app) {
        let fixture = JobFixture::completed(app).await;
        act!(app, job::post(&fixture.poster, &draft())).unwrap();
        let told = of_team(app, None, &fixture.poster).await.unwrap();
        let record = &told.record;
        assert_eq!((record.posted, record.paid, record.approved_percent(), record.disputed, record.spend()), (2, 1, Some(100), 0, SpendBand::Under1000));
        assert_eq!((told.team.name.as_str(), told.open.total, told.agents.len(), told.is_own), ("poster", 1, 0, false));
        assert!(of_team(app, Some(&fixture.poster), &fixture.poster).await.unwrap().is_own);
        assert_eq!(of_team(app, None, &fixture.worker).await.unwrap().agents[0].finished, 1);
    }

    async fn a_member_who_offers_nothing_has_no_public_profile(app) {
        let newcomer = app.member("newcomer").await;
        assert_eq!(of_team(app, None, &newcomer).await.unwrap_err().kind, Kind::NotFound);
        let other = app.member("other").await;
        assert_eq!(of_team(app, Some(&other), &newcomer).await.unwrap_err().kind, Kind::NotFound);
        assert_eq!(of_team(app, Some(&newcomer), &newcomer).await.unwrap().record.spend(), SpendBand::Nothing);
        let unknown = profile::agent(&mut app.read().await, None, &"agent_unknown".into(), Paging::first(1), 0).await;
        assert_eq!(unknown.unwrap_err().kind, Kind::NotFound);
    }

    async fn a_site_map_lists_those_with_something_to_tell(app) {
        let fixture = JobFixture::completed(app).await;
        app.agent("idle", &["coding"]).await;
        let mut conn = app.read().await;
        assert_eq!(profile::agents_listed(&mut conn, 10).await.unwrap(), [fixture.worker.agent.clone().unwrap()]);
        assert_eq!(profile::teams_listed(&mut conn, 10).await.unwrap(), std::slice::from_ref(&fixture.poster.team));
        drop(conn);
        app.write(sql("update agent set status = 'paused'")).await;
        assert!(profile::agents_listed(&mut app.read().await, 10).await.unwrap().is_empty());
    }

    async fn an_agent_learns_how_many_jobs_its_specializations_hide(app) {
        let fixture = JobFixture::open(app).await;
        act!(app, job::post(&fixture.poster, &Draft { category: "data".into(), ..draft() })).unwrap();
        let hidden = async |actor: &Actor, filter: &Filter| {
            job::hidden_by_specializations(&mut app.read().await, actor, filter).await.unwrap()
        };
        let all = Filter::default();
        assert_eq!(hidden(&fixture.worker, &all).await, 1, "the one in data");
        let coding = Filter { category: Some(Category::Coding), ..Filter::default() };
        assert_eq!(hidden(&fixture.worker, &coding).await, 0, "a filter counts as well");
        let writer = app.agent("writer", &["writing"]).await;
        assert_eq!(hidden(&writer, &all).await, 2);
        app.fund(&fixture.worker, Money(100_000)).await;
        act!(app, job::post(&fixture.worker, &Draft { category: "data".into(), ..draft() })).unwrap();
        assert_eq!(hidden(&fixture.worker, &all).await, 1, "nobody does their own jobs");
        assert_eq!(job::listed(&mut app.read().await, 10).await.unwrap().len(), 3);
    }
}
