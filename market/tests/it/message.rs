//! Messages on a job, and who reads them.

use market::application::NewApplication;
use market::id::TeamId;
use market::message::{Message, Role};
use market::{Actor, Duration, Error, Kind, Page, Paging, Result};
use testkit::job::{JobFixture, delivery};
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, look};

fn bodies(page: Result<Page<Message>>) -> Vec<String> {
    page.expect("hears").items.into_iter().map(|said| said.body).collect()
}

fn code(error: Error) -> String {
    error.code.into_owned()
}

both! {
    async fn poster_and_worker_talk(app) {
        let fixture = JobFixture::funded(app).await;
        let said = fixture.say(app, &fixture.worker, " Net or gross?\n").await.unwrap();
        assert_eq!((said.role, said.author.as_str(), said.mine, said.body.as_str()), (Role::Worker, "worker", true, "Net or gross?"));
        assert_eq!(said.created_at, app.now());
        // The clock stands still: their order is their own.
        for n in 0..12 {
            fixture.say(app, &fixture.poster, &format!("Net, {n}.")).await.unwrap();
        }
        let heard = fixture.heard_by(app, &fixture.worker).await.unwrap();
        assert_eq!((heard.total, heard.items.len(), heard.items[0].body.as_str(), heard.items[9].body.as_str()), (13, 10, "Net, 11.", "Net, 2."));
        assert_eq!((heard.items[0].role, heard.items[0].mine), (Role::Poster, false));
        let rest = look!(app, message::list(&fixture.poster, &fixture.job.id, Paging { limit: 10, offset: 10 })).unwrap();
        assert_eq!(rest.items.iter().map(|said| (said.role, said.mine)).collect::<Vec<_>>(), [(Role::Poster, true), (Role::Poster, true), (Role::Worker, false)]);
    }

    async fn its_event_is_for_those_who_hear_it(app) {
        let fixture = JobFixture::funded(app).await;
        let said = fixture.say(app, &fixture.worker, &format!("Net\nor {}", "gross ".repeat(50))).await.unwrap();
        let events = testkit::event::of_subject(&mut app.read().await, said.id.as_str()).await.unwrap();
        assert_eq!(events.len(), 1);
        let facts: serde_json::Value = events[0].facts().unwrap();
        assert_eq!((events[0].name.as_str(), facts["job_id"].as_str(), facts["author_role"].as_str()), ("job.message", Some(fixture.job.id.as_str()), Some("worker")));
        let preview = facts["preview"].as_str().unwrap();
        assert!(preview.starts_with("Net or gross gross") && preview.ends_with('…') && preview.chars().count() <= 141, "{preview}");
        assert_eq!(audience(app, said.id.as_str()).await, [fixture.poster.team.clone(), fixture.worker.team.clone()].into());
    }

    async fn nobody_else_hears_them(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let loser = app.agent("loser", &["coding"]).await;
        act!(app, nda::agree(&loser, &fixture.job.id)).unwrap();
        act!(app, application::apply(&loser, &fixture.job.id, &NewApplication::default())).unwrap();
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &application)).unwrap();
        act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).unwrap();
        for stranger in [loser, app.member("stranger").await] {
            assert_eq!(fixture.heard_by(app, &stranger).await.unwrap_err().kind, Kind::NotFound);
            assert_eq!(fixture.say(app, &stranger, "Hello?").await.unwrap_err().kind, Kind::NotFound);
        }
    }

    async fn a_proofer_hears_nothing_before_its_own_verdict(app) {
        let review = ReviewFixture::running(app, &proofed(3)).await;
        let fixture = &review.fixture;
        let said = fixture.say(app, &fixture.worker, "Line 14 is as the brief says.").await.unwrap();
        let sides = std::collections::BTreeSet::from([fixture.poster.team.clone(), fixture.worker.team.clone()]);
        assert_eq!(audience(app, said.id.as_str()).await, sides);
        for proofer in &review.proofers {
            assert_eq!(code(fixture.heard_by(app, proofer).await.unwrap_err()), "blind_review");
            assert_eq!(code(fixture.say(app, proofer, "What do the others think?").await.unwrap_err()), "blind_review");
        }
        review.judge(app, 0, "approve").await.unwrap();
        assert_eq!(bodies(fixture.heard_by(app, &review.proofers[0]).await), ["Line 14 is as the brief says."]);
        assert_eq!(code(fixture.heard_by(app, &review.proofers[1]).await.unwrap_err()), "blind_review", "its own is not in");
        let said = fixture.say(app, &review.proofers[0], "Line 14 is fine.").await.unwrap();
        assert_eq!((said.role, said.author.as_str()), (Role::Proofer, "proofer0"));
        let heard = [fixture.poster.team.clone(), review.proofers[0].team.clone()].into();
        assert_eq!(audience(app, said.id.as_str()).await, heard, "nobody who is blind, nor the worker before the consensus");
        assert_eq!(bodies(fixture.heard_by(app, &fixture.worker).await), ["Line 14 is as the brief says."]);

        // Proofers and the worker don't learn each other's names here.
        let authors = async |who: &Actor| {
            let page = fixture.heard_by(app, who).await.expect("hears");
            page.items.into_iter().map(|said| said.author).collect::<Vec<_>>()
        };
        assert_eq!(authors(&fixture.poster).await, ["proofer0", "worker"]);
        assert_eq!(authors(&review.proofers[0]).await, ["proofer0", "The worker"]);
        review.judge(app, 1, "needs_revision").await.unwrap();
        review.judge(app, 2, "needs_revision").await.unwrap();
        assert_eq!(authors(&fixture.worker).await, ["A proofer", "worker"], "the round is decided");
        let told = testkit::event::of_subject(&mut app.read().await, said.id.as_str()).await.unwrap();
        assert_eq!((told.len(), told[1].name.as_str(), &told[1].team_id), (2, "job.message", &fixture.worker.team), "and told as it is");
        assert!(told.iter().all(|event| !event.payload.contains("proofer0")), "without a name");

        // The next round makes them blind again.
        act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).unwrap();
        assert_eq!(code(fixture.heard_by(app, &review.proofers[0]).await.unwrap_err()), "blind_review");
        let said = fixture.say(app, &fixture.worker, "Line 14 is mended.").await.unwrap();
        assert_eq!(audience(app, said.id.as_str()).await.len(), 2);
    }

    async fn there_has_to_be_somebody_to_talk_to(app) {
        let (fixture, _) = JobFixture::applied(app).await;
        assert_eq!(code(fixture.say(app, &fixture.poster, "Hello?").await.unwrap_err()), "conversation_closed");
        assert_eq!(fixture.say(app, &fixture.worker, "Hello?").await.unwrap_err().kind, Kind::NotFound);
        assert_eq!(bodies(fixture.heard_by(app, &fixture.poster).await), [""; 0]);
    }

    async fn who_is_chosen_later_hears_nothing_of_before(app) {
        let fixture = JobFixture::accepted(app).await;
        fixture.say(app, &fixture.poster, "To the first.").await.unwrap();
        app.advance(app.market.rules.funding_window).await;
        assert_eq!(fixture.heard_by(app, &fixture.worker).await.unwrap_err().kind, Kind::NotFound, "no longer chosen");
        let second = app.agent("second", &["coding"]).await;
        act!(app, nda::agree(&second, &fixture.job.id)).unwrap();
        let offer = act!(app, application::apply(&second, &fixture.job.id, &NewApplication::default())).unwrap();
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &offer.id)).unwrap();
        fixture.say(app, &second, "From the second.").await.unwrap();
        assert_eq!(bodies(fixture.heard_by(app, &second).await), ["From the second."]);
        assert_eq!(bodies(fixture.heard_by(app, &fixture.poster).await), ["From the second.", "To the first."]);
    }

    async fn ninety_days_after_the_end_all_is_said(app) {
        let fixture = JobFixture::approved(app).await;
        app.advance(Duration::hours(24)).await;
        app.pass(Duration::ms(Duration::days(90).as_ms() - 1));
        fixture.say(app, &fixture.worker, "Thanks.").await.unwrap();
        app.pass(Duration::ms(1));
        assert_eq!(code(fixture.say(app, &fixture.poster, "You are welcome.").await.unwrap_err()), "conversation_closed");
        assert_eq!(bodies(fixture.heard_by(app, &fixture.poster).await), ["Thanks."]);
    }

    async fn keys_need_their_scopes(app) {
        let fixture = JobFixture::funded(app).await;
        let reader = Actor {
            credential: market::actor::Credential::Key { id: "key_1".into(), scopes: vec!["jobs:read".into()] },
            ..fixture.worker.clone()
        };
        assert_eq!(code(fixture.say(app, &reader, "Hello?").await.unwrap_err()), "missing_scope");
        assert!(fixture.heard_by(app, &reader).await.is_ok());
    }

    async fn many_at_once_are_all_numbered(app) {
        let fixture = JobFixture::funded(app).await;
        let talk: Vec<_> = (0..24)
            .map(|n| {
                let (market, who, id) = (app.market.clone(), if n % 2 == 0 { &fixture.poster } else { &fixture.worker }.clone(), fixture.job.id.clone());
                tokio::spawn(async move {
                    loop {
                        let mut tx = market.begin().await?;
                        match market::message::send(&mut tx, &who, &id, "Hello!").await {
                            Ok(_) => return tx.commit().await,
                            Err(error) if error.is_transient() => {}
                            Err(error) => return Err(error),
                        }
                    }
                })
            })
            .collect();
        for one in talk {
            one.await.unwrap().unwrap();
        }
        assert_eq!(fixture.heard_by(app, &fixture.poster).await.unwrap().total, 24);
    }
}

/// Whom the last event about a subject was told to.
pub(crate) async fn audience(app: &TestApp, subject: &str) -> std::collections::BTreeSet<TeamId> {
    #[derive(serde::Deserialize)]
    struct Row {
        team_id: TeamId,
        audience: String,
    }
    let row: Option<Row> = market::db::sql("select team_id, audience from event where subject = $1 order by seq desc limit 1")
        .bind(subject)
        .optional(&mut app.read().await)
        .await
        .expect("reads");
    let row = row.expect("an event");
    row.audience.split_whitespace().map(TeamId::from).chain([row.team_id]).collect()
}
