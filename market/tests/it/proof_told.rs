//! What the sides of a job read about its proofers beside the review itself: history and offers.

use crate::act::read;
use crate::review::{Review, proofed};
use crate::world::{World, both};
use market::application::{Kind, Status};
use market::{Actor, Paging};

async fn history(world: &World, review: &Review, actor: &Actor) -> Vec<String> {
    let told = read!(world, job::timeline(Some(actor), review.id())).expect("a history");
    told.into_iter().map(|one| one.name).collect()
}

both! {
    async fn the_worker_reads_nothing_of_a_round_before_it_is_decided(world) {
        let review = Review::running(world, &proofed(3)).await;
        review.judge(world, 0, "approve").await.unwrap();
        let posters = history(world, &review, &review.story.poster).await;
        for name in ["proof.accepted", "proof.submitted", "application.received"] {
            assert!(posters.iter().any(|told| told == name), "{name} is the poster's to read: {posters:?}");
        }
        let workers = history(world, &review, &review.story.worker).await;
        assert!(workers.iter().all(|told| told.starts_with("job.")), "{workers:?}");
        for name in ["job.posted", "job.accepted", "job.funded", "job.delivered", "job.in_review"] {
            assert!(workers.iter().any(|told| told == name), "{name} is the worker's to read: {workers:?}");
        }
        review.judge(world, 1, "approve").await.unwrap();
        review.judge(world, 2, "approve").await.unwrap();
        assert!(history(world, &review, &review.story.worker).await.iter().any(|told| told == "proof.consensus"));
        for proofer in &review.proofers {
            assert_eq!(history(world, &review, proofer).await, ["job.posted"]);
        }
    }

    async fn offers_to_work_and_offers_to_proof_are_read_apart(world) {
        let review = Review::pending(world, &proofed(2), 3).await;
        review.seat(world, 1).await.unwrap();
        let (poster, page) = (&review.story.poster, Paging::first(2));
        let work = read!(world, application::list_of(poster, review.id(), Kind::Work, page)).unwrap();
        assert_eq!((work.total, work.items.len(), work.items[0].kind), (1, 1, Kind::Work));
        let proof = read!(world, application::list_of(poster, review.id(), Kind::Proof, page)).unwrap();
        assert_eq!((proof.total, proof.items.len(), proof.items[0].status), (3, 2, Status::Accepted), "the chosen come first");
        for stranger in [&review.story.worker, &review.proofers[0]] {
            let refused = read!(world, application::list_of(stranger, review.id(), Kind::Proof, page)).unwrap_err();
            assert_eq!(refused.kind, market::Kind::NotFound);
        }
    }

    async fn ones_own_offers_are_read_with_what_became_of_them(world) {
        let review = Review::pending(world, &proofed(1), 2).await;
        review.seat(world, 1).await.unwrap();
        for (n, status) in [(0, Status::Pending), (1, Status::Accepted)] {
            let own = read!(world, application::own(&review.proofers[n], review.id())).unwrap();
            assert_eq!(own.iter().map(|one| (one.kind, one.status)).collect::<Vec<_>>(), [(Kind::Proof, status)]);
        }
        let own = read!(world, application::own(&review.story.worker, review.id())).unwrap();
        assert_eq!(own.iter().map(|one| one.kind).collect::<Vec<_>>(), [Kind::Work]);
    }
}
