//! Messages on a job, and who reads them.

use market::application::NewApplication;
use market::id::TeamId;
use market::message::{Message, Role};
use market::{Actor, Duration, Error, Kind, Page, Paging, Result};
use testkit::job::{JobFixture, delivery};
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, read};

fn bodies(page: Result<Page<Message>>) -> Vec<String> {
    page.expect("hears").items.into_iter().map(|said| said.body).collect()
}

fn code(error: Error) -> String {
    error.code.into_owned()
}

both! {
    async fn poster_and_worker_talk(world) {
        let story = JobFixture::funded(world).await;
        let said = story.say(world, &story.worker, " Net or gross?\n").await.unwrap();
        assert_eq!((said.role, said.author.as_str(), said.mine, said.body.as_str()), (Role::Worker, "worker", true, "Net or gross?"));
        assert_eq!(said.created_at, world.now());
        // The clock stands still: their order is their own.
        for n in 0..12 {
            story.say(world, &story.poster, &format!("Net, {n}.")).await.unwrap();
        }
        let heard = story.heard_by(world, &story.worker).await.unwrap();
        assert_eq!((heard.total, heard.items.len(), heard.items[0].body.as_str(), heard.items[9].body.as_str()), (13, 10, "Net, 11.", "Net, 2."));
        assert_eq!((heard.items[0].role, heard.items[0].mine), (Role::Poster, false));
        let rest = read!(world, message::list(&story.poster, &story.job.id, Paging { limit: 10, offset: 10 })).unwrap();
        assert_eq!(rest.items.iter().map(|said| (said.role, said.mine)).collect::<Vec<_>>(), [(Role::Poster, true), (Role::Poster, true), (Role::Worker, false)]);
    }

    async fn its_event_is_for_those_who_hear_it(world) {
        let story = JobFixture::funded(world).await;
        let said = story.say(world, &story.worker, &format!("Net\nor {}", "gross ".repeat(50))).await.unwrap();
        let events = read!(world, event::of_subject(said.id.as_str())).unwrap();
        assert_eq!(events.len(), 1);
        let facts = events[0].facts();
        assert_eq!((events[0].name.as_str(), facts["job_id"].as_str(), facts["author_role"].as_str()), ("job.message", Some(story.job.id.as_str()), Some("worker")));
        let preview = facts["preview"].as_str().unwrap();
        assert!(preview.starts_with("Net or gross gross") && preview.ends_with('…') && preview.chars().count() <= 141, "{preview}");
        assert_eq!(audience(world, said.id.as_str()).await, [story.poster.team.clone(), story.worker.team.clone()].into());
    }

    async fn nobody_else_hears_them(world) {
        let (story, application) = JobFixture::applied(world).await;
        let loser = world.agent("loser", &["coding"]).await;
        act!(world, nda::agree(&loser, &story.job.id)).unwrap();
        act!(world, application::apply(&loser, &story.job.id, &NewApplication::default())).unwrap();
        act!(world, job::accept(&story.poster, &story.job.id, &application)).unwrap();
        act!(world, job::fund(&story.poster, &story.job.id, None)).unwrap();
        for stranger in [loser, world.member("stranger").await] {
            assert_eq!(story.heard_by(world, &stranger).await.unwrap_err().kind, Kind::NotFound);
            assert_eq!(story.say(world, &stranger, "Hello?").await.unwrap_err().kind, Kind::NotFound);
        }
    }

    async fn a_proofer_hears_nothing_before_its_own_verdict(world) {
        let review = ReviewFixture::running(world, &proofed(3)).await;
        let story = &review.story;
        let said = story.say(world, &story.worker, "Line 14 is as the brief says.").await.unwrap();
        let sides = std::collections::BTreeSet::from([story.poster.team.clone(), story.worker.team.clone()]);
        assert_eq!(audience(world, said.id.as_str()).await, sides);
        for proofer in &review.proofers {
            assert_eq!(code(story.heard_by(world, proofer).await.unwrap_err()), "blind_review");
            assert_eq!(code(story.say(world, proofer, "What do the others think?").await.unwrap_err()), "blind_review");
        }
        review.judge(world, 0, "approve").await.unwrap();
        assert_eq!(bodies(story.heard_by(world, &review.proofers[0]).await), ["Line 14 is as the brief says."]);
        assert_eq!(code(story.heard_by(world, &review.proofers[1]).await.unwrap_err()), "blind_review", "its own is not in");
        let said = story.say(world, &review.proofers[0], "Line 14 is fine.").await.unwrap();
        assert_eq!((said.role, said.author.as_str()), (Role::Proofer, "proofer0"));
        let heard = sides.into_iter().chain([review.proofers[0].team.clone()]).collect();
        assert_eq!(audience(world, said.id.as_str()).await, heard, "nobody who is blind");
        assert!(!read!(world, event::of_subject(said.id.as_str())).unwrap()[0].payload.contains("proofer0"), "the worker hears it too");

        // Proofers and the worker don't learn each other's names here.
        let authors = async |who: &Actor| {
            let page = story.heard_by(world, who).await.expect("hears");
            page.items.into_iter().map(|said| said.author).collect::<Vec<_>>()
        };
        assert_eq!(authors(&story.poster).await, ["proofer0", "worker"]);
        assert_eq!(authors(&story.worker).await, ["A proofer", "worker"]);
        assert_eq!(authors(&review.proofers[0]).await, ["proofer0", "The worker"]);
        review.judge(world, 1, "needs_revision").await.unwrap();
        review.judge(world, 2, "needs_revision").await.unwrap();

        // The next round makes them blind again.
        act!(world, job::deliver(&story.worker, &story.job.id, &delivery())).unwrap();
        assert_eq!(code(story.heard_by(world, &review.proofers[0]).await.unwrap_err()), "blind_review");
        let said = story.say(world, &story.worker, "Line 14 is mended.").await.unwrap();
        assert_eq!(audience(world, said.id.as_str()).await.len(), 2);
    }

    async fn there_has_to_be_somebody_to_talk_to(world) {
        let (story, _) = JobFixture::applied(world).await;
        assert_eq!(code(story.say(world, &story.poster, "Hello?").await.unwrap_err()), "conversation_closed");
        assert_eq!(story.say(world, &story.worker, "Hello?").await.unwrap_err().kind, Kind::NotFound);
        assert_eq!(bodies(story.heard_by(world, &story.poster).await), [""; 0]);
    }

    async fn who_is_chosen_later_hears_nothing_of_before(world) {
        let story = JobFixture::accepted(world).await;
        story.say(world, &story.poster, "To the first.").await.unwrap();
        world.advance(world.market.rules.funding_window).await;
        assert_eq!(story.heard_by(world, &story.worker).await.unwrap_err().kind, Kind::NotFound, "no longer chosen");
        let second = world.agent("second", &["coding"]).await;
        act!(world, nda::agree(&second, &story.job.id)).unwrap();
        let offer = act!(world, application::apply(&second, &story.job.id, &NewApplication::default())).unwrap();
        act!(world, job::accept(&story.poster, &story.job.id, &offer.id)).unwrap();
        story.say(world, &second, "From the second.").await.unwrap();
        assert_eq!(bodies(story.heard_by(world, &second).await), ["From the second."]);
        assert_eq!(bodies(story.heard_by(world, &story.poster).await), ["From the second.", "To the first."]);
    }

    async fn ninety_days_after_the_end_all_is_said(world) {
        let story = JobFixture::approved(world).await;
        world.advance(Duration::hours(24)).await;
        world.pass(Duration::ms(Duration::days(90).as_ms() - 1));
        story.say(world, &story.worker, "Thanks.").await.unwrap();
        world.pass(Duration::ms(1));
        assert_eq!(code(story.say(world, &story.poster, "You are welcome.").await.unwrap_err()), "conversation_closed");
        assert_eq!(bodies(story.heard_by(world, &story.poster).await), ["Thanks."]);
    }

    async fn keys_need_their_scopes(world) {
        let story = JobFixture::funded(world).await;
        let reader = Actor {
            credential: market::actor::Credential::Key { id: "key_1".into(), scopes: vec!["jobs:read".into()] },
            ..story.worker.clone()
        };
        assert_eq!(code(story.say(world, &reader, "Hello?").await.unwrap_err()), "missing_scope");
        assert!(story.heard_by(world, &reader).await.is_ok());
    }

    async fn many_at_once_are_all_numbered(world) {
        let story = JobFixture::funded(world).await;
        let talk: Vec<_> = (0..24)
            .map(|n| {
                let (market, who, id) = (world.market.clone(), if n % 2 == 0 { &story.poster } else { &story.worker }.clone(), story.job.id.clone());
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
        assert_eq!(story.heard_by(world, &story.poster).await.unwrap().total, 24);
    }
}

/// Whom the last event about a subject was told to.
pub(crate) async fn audience(world: &TestApp, subject: &str) -> std::collections::BTreeSet<TeamId> {
    #[derive(serde::Deserialize)]
    struct Row {
        team_id: TeamId,
        audience: String,
    }
    let row: Option<Row> = market::db::sql("select team_id, audience from event where subject = $1 order by seq desc limit 1")
        .bind(subject)
        .optional(&mut world.read().await)
        .await
        .expect("reads");
    let row = row.expect("an event");
    row.audience.split_whitespace().map(TeamId::from).chain([row.team_id]).collect()
}
