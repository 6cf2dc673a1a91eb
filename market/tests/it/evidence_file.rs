//! Files as evidence: who may show one and when, who reads it, and for how long.

use market::actor::Role;
use market::dispute::{Decision, EVIDENCE_MAX, NewEvidence};
use market::file::{File, Kind};
use market::party::Party;
use market::{Actor, Duration, Kind as Refused};
use testkit::job::JobFixture;
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, look, read};

async fn admin(app: &TestApp, name: &str) -> Actor {
    Actor { role: Role::Admin, ..app.member(name).await }
}

both! {
    async fn both_sides_show_files_after_the_work_was_handed_in(app) {
        let fixture = JobFixture::delivered(app).await;
        for who in [&fixture.poster, &fixture.worker] {
            assert_eq!(fixture.send(app, who, Kind::Evidence).await.unwrap_err().code, "no_dispute");
        }
        fixture.dispute(app, &fixture.worker).await.unwrap();
        let mut files = Vec::new();
        for who in [&fixture.poster, &fixture.worker] {
            assert_eq!(read!(app, file::meant(who, &fixture.job.id)).unwrap(), Kind::Evidence);
            files.push(fixture.send(app, who, Kind::Evidence).await.unwrap());
        }
        let case = look!(app, dispute::show(&fixture.poster, &fixture.job.id)).unwrap();
        let shown: Vec<_> = case.evidence.iter().map(|one| (one.side, one.file_id.clone().unwrap_or_default())).collect();
        assert_eq!(shown, [(Party::Poster, files[0].id.to_string()), (Party::Worker, files[1].id.to_string())]);
        assert_eq!(app.happenings(fixture.job.id.as_str()).await.iter().filter(|name| *name == "dispute.evidence").count(), 2);

        let (judge, stranger) = (admin(app, "judge").await, app.agent("stranger", &["coding"]).await);
        for file in &files {
            for who in [&fixture.poster, &fixture.worker, &judge] {
                assert!(fixture.may_read(app, who, file).await);
            }
            assert!(!fixture.may_read(app, &stranger, file).await);
            let kept = act!(app, file::take_back(&file_owner(&fixture, file), &fixture.job.id, &file.path())).unwrap_err();
            assert_eq!(kept.code, "shown", "what was shown stays");
        }
        assert_eq!(fixture.send(app, &stranger, Kind::Evidence).await.unwrap_err().kind, Refused::NotFound);
        assert_eq!(look!(app, file::attachments(&fixture.poster, &fixture.job.id, market::Paging::first(5))).unwrap().total, 0);
        for _ in 1..EVIDENCE_MAX {
            fixture.send(app, &fixture.poster, Kind::Evidence).await.unwrap();
        }
        assert_eq!(fixture.send(app, &fixture.poster, Kind::Evidence).await.unwrap_err().code, "evidence_used_up");
        fixture.send(app, &fixture.worker, Kind::Evidence).await.expect("the other side has its own count");
    }

    async fn what_a_ruling_was_about_can_be_looked_at_again_by_admins(app) {
        let fixture = JobFixture::delivered(app).await;
        let case = fixture.dispute(app, &fixture.worker).await.unwrap();
        let evidence = fixture.send(app, &fixture.worker, Kind::Evidence).await.unwrap();
        let (judge, other) = (admin(app, "judge").await, app.member("other").await);
        let decision = Decision { ruling: "release".into(), worker_share: None, reason: "As the log shows.".into() };
        act!(app, dispute::resolve(&judge, &case.dispute.id, &decision)).unwrap();
        for who in [&judge, &fixture.poster, &fixture.worker] {
            assert!(fixture.may_read(app, who, &evidence).await);
        }
        assert!(!fixture.may_read(app, &other, &evidence).await);
        assert_eq!(fixture.send(app, &fixture.poster, Kind::Evidence).await.unwrap_err().code, "no_dispute");
        app.advance(Duration::days(91)).await;
        act!(app, file::condemn()).unwrap();
        assert!(!fixture.may_read(app, &judge, &evidence).await, "for as long as files are kept");
    }

    async fn of_other_files_admins_read_those_that_were_shown(app) {
        let fixture = JobFixture::funded(app).await;
        let (shown, not) = (fixture.send(app, &fixture.poster, Kind::Attachment).await.unwrap(), fixture.send(app, &fixture.poster, Kind::Attachment).await.unwrap());
        let case = fixture.dispute(app, &fixture.worker).await.unwrap();
        let exhibit = NewEvidence { text: String::new(), file_id: Some(shown.id.to_string()) };
        act!(app, dispute::add_evidence(&fixture.worker, &fixture.job.id, &exhibit)).unwrap();
        let judge = admin(app, "judge").await;
        for file in [&shown, &not] {
            assert!(fixture.may_read(app, &judge, file).await, "whoever rules reads all of it");
        }
        let decision = Decision { ruling: "refund".into(), worker_share: None, reason: "As the brief says.".into() };
        act!(app, dispute::resolve(&judge, &case.dispute.id, &decision)).unwrap();
        assert!(fixture.may_read(app, &judge, &shown).await);
        assert!(!fixture.may_read(app, &judge, &not).await);
    }

    async fn proofers_never_read_what_was_shown(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "approve").await.unwrap();
        let fixture = &review.fixture;
        fixture.dispute(app, &fixture.poster).await.unwrap();
        let evidence = fixture.send(app, &fixture.poster, Kind::Evidence).await.unwrap();
        assert!(fixture.may_read(app, &fixture.worker, &evidence).await);
        assert!(!fixture.may_read(app, &review.proofers[0], &evidence).await);
        assert_eq!(fixture.send(app, &review.proofers[0], Kind::Evidence).await.unwrap_err().kind, Refused::NotFound);
    }
}

fn file_owner(fixture: &JobFixture, file: &File) -> Actor {
    if file.team_id == fixture.poster.team { fixture.poster.clone() } else { fixture.worker.clone() }
}
