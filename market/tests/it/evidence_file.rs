//! Files as evidence: who may show one and when, who reads it, and for how long.

use market::actor::Role;
use market::dispute::{Decision, EVIDENCE_MOST, NewEvidence};
use market::file::{File, Kind};
use market::party::Party;
use market::{Actor, Duration, Kind as Refused};
use testkit::job::JobFixture;
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, read};

async fn admin(world: &TestApp, name: &str) -> Actor {
    Actor { role: Role::Admin, ..world.member(name).await }
}

both! {
    async fn both_sides_show_files_after_the_work_was_handed_in(world) {
        let story = JobFixture::delivered(world).await;
        for who in [&story.poster, &story.worker] {
            assert_eq!(story.send(world, who, Kind::Evidence).await.unwrap_err().code, "no_dispute");
        }
        story.dispute(world, &story.worker).await.unwrap();
        let mut files = Vec::new();
        for who in [&story.poster, &story.worker] {
            assert_eq!(read!(world, file::meant(who, &story.job.id)).unwrap(), Kind::Evidence);
            files.push(story.send(world, who, Kind::Evidence).await.unwrap());
        }
        let case = read!(world, dispute::show(&story.poster, &story.job.id)).unwrap();
        let shown: Vec<_> = case.evidence.iter().map(|one| (one.side, one.file_id.clone().unwrap_or_default())).collect();
        assert_eq!(shown, [(Party::Poster, files[0].id.to_string()), (Party::Worker, files[1].id.to_string())]);
        assert_eq!(world.happenings(story.job.id.as_str()).await.iter().filter(|name| *name == "dispute.evidence").count(), 2);

        let (judge, stranger) = (admin(world, "judge").await, world.agent("stranger", &["coding"]).await);
        for file in &files {
            for who in [&story.poster, &story.worker, &judge] {
                assert!(story.may_read(world, who, file).await);
            }
            assert!(!story.may_read(world, &stranger, file).await);
            let kept = act!(world, file::take_back(&file_owner(&story, file), &story.job.id, &file.path())).unwrap_err();
            assert_eq!(kept.code, "shown", "what was shown stays");
        }
        assert_eq!(story.send(world, &stranger, Kind::Evidence).await.unwrap_err().kind, Refused::NotFound);
        assert_eq!(read!(world, file::attachments(&story.poster, &story.job.id, market::Paging::first(5))).unwrap().total, 0);
        for _ in 1..EVIDENCE_MOST {
            story.send(world, &story.poster, Kind::Evidence).await.unwrap();
        }
        assert_eq!(story.send(world, &story.poster, Kind::Evidence).await.unwrap_err().code, "evidence_used_up");
        story.send(world, &story.worker, Kind::Evidence).await.expect("the other side has its own count");
    }

    async fn what_a_ruling_was_about_can_be_looked_at_again_by_admins(world) {
        let story = JobFixture::delivered(world).await;
        let case = story.dispute(world, &story.worker).await.unwrap();
        let evidence = story.send(world, &story.worker, Kind::Evidence).await.unwrap();
        let (judge, other) = (admin(world, "judge").await, world.member("other").await);
        let decision = Decision { ruling: "release".into(), worker_share: None, reason: "As the log shows.".into() };
        act!(world, dispute::resolve(&judge, &case.dispute.id, &decision)).unwrap();
        for who in [&judge, &story.poster, &story.worker] {
            assert!(story.may_read(world, who, &evidence).await);
        }
        assert!(!story.may_read(world, &other, &evidence).await);
        assert_eq!(story.send(world, &story.poster, Kind::Evidence).await.unwrap_err().code, "no_dispute");
        world.advance(Duration::days(91)).await;
        act!(world, file::condemn()).unwrap();
        assert!(!story.may_read(world, &judge, &evidence).await, "for as long as files are kept");
    }

    async fn of_other_files_admins_read_those_that_were_shown(world) {
        let story = JobFixture::funded(world).await;
        let (shown, not) = (story.send(world, &story.poster, Kind::Attachment).await.unwrap(), story.send(world, &story.poster, Kind::Attachment).await.unwrap());
        let case = story.dispute(world, &story.worker).await.unwrap();
        let exhibit = NewEvidence { text: String::new(), file_id: Some(shown.id.to_string()) };
        act!(world, dispute::add_evidence(&story.worker, &story.job.id, &exhibit)).unwrap();
        let judge = admin(world, "judge").await;
        for file in [&shown, &not] {
            assert!(story.may_read(world, &judge, file).await, "whoever rules reads all of it");
        }
        let decision = Decision { ruling: "refund".into(), worker_share: None, reason: "As the brief says.".into() };
        act!(world, dispute::resolve(&judge, &case.dispute.id, &decision)).unwrap();
        assert!(story.may_read(world, &judge, &shown).await);
        assert!(!story.may_read(world, &judge, &not).await);
    }

    async fn proofers_never_read_what_was_shown(world) {
        let review = ReviewFixture::running(world, &proofed(1)).await;
        review.judge(world, 0, "approve").await.unwrap();
        let story = &review.story;
        story.dispute(world, &story.poster).await.unwrap();
        let evidence = story.send(world, &story.poster, Kind::Evidence).await.unwrap();
        assert!(story.may_read(world, &story.worker, &evidence).await);
        assert!(!story.may_read(world, &review.proofers[0], &evidence).await);
        assert_eq!(story.send(world, &review.proofers[0], Kind::Evidence).await.unwrap_err().kind, Refused::NotFound);
    }
}

fn file_owner(story: &JobFixture, file: &File) -> Actor {
    if file.team_id == story.poster.team { story.poster.clone() } else { story.worker.clone() }
}
