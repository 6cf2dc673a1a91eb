//! Verifying a mail address.

use market::db::sql;
use market::member::Member;
use market::verification::RESENDS_MAX;
use market::{Duration, Kind};
use testkit::{act, both};

both! {
    async fn a_link_verifies(world) {
        let member = world.newcomer("ada").await;
        let link = world.link(&member).await;
        assert_eq!(link.len(), 32);
        let verified = world.confirm(&format!(" {link}\n")).await.expect("verifies");
        assert_eq!(verified, Member { verified_at: Some(world.now()), ..member.clone() });
        assert!(world.signed_in(&member).await.verified);
        assert_eq!(world.happenings(member.id.as_str()).await, ["member.signed_up", "member.verified"]);
        assert_eq!(world.confirm(&link).await.expect_err("used").code, "already_verified");
        let kept = sql("select count(*) from verification where token_hash = $1").bind(&link);
        assert_eq!(world.count(kept).await, 0, "the link is not kept");
    }

    async fn a_wrong_link_does_not(world) {
        world.newcomer("ada").await;
        for wrong in ["", "nonsense", "\0", &"0".repeat(32)] {
            let error = world.confirm(wrong).await.expect_err("wrong");
            assert_eq!((error.kind, error.code.as_ref()), (Kind::Invalid, "verification_invalid"), "{wrong:?}");
        }
    }

    async fn a_link_expires(world) {
        let member = world.newcomer("ada").await;
        let link = world.link(&member).await;
        world.pass(world.market.rules.verification_life);
        assert_eq!(world.confirm(&link).await.expect_err("expired").code, "verification_invalid");
        assert!(!world.signed_in(&member).await.verified);
    }

    async fn a_link_holds_to_the_last_moment(world) {
        let member = world.newcomer("ada").await;
        let link = world.link(&member).await;
        world.pass(Duration::ms(world.market.rules.verification_life.as_ms() - 1));
        assert!(world.confirm(&link).await.is_ok());
    }

    async fn a_newer_link_voids_older_ones(world) {
        let member = world.newcomer("ada").await;
        let actor = world.signed_in(&member).await;
        let old = world.link(&member).await;
        world.pass(Duration::seconds(1));
        world.resend(&actor).await.expect("resends");
        let new = world.link(&member).await;
        assert_ne!(old, new);
        assert_eq!(world.confirm(&old).await.expect_err("void").code, "verification_invalid");
        assert!(world.confirm(&new).await.is_ok());
        assert_eq!(world.confirm(&old).await.expect_err("done").code, "already_verified");
        assert_eq!(world.resend(&actor).await.expect_err("done").code, "already_verified");
    }

    async fn a_link_is_for_the_address_it_was_sent_to(world) {
        let member = world.newcomer("ada").await;
        let link = world.link(&member).await;
        let moved = sql("update member set email = 'eve@example.com' where id = $1").bind(&member.id);
        world.write(moved).await;
        assert_eq!(world.confirm(&link).await.expect_err("another address").code, "verification_invalid");
    }

    async fn five_letters_an_hour(world) {
        let member = world.newcomer("ada").await;
        let actor = world.signed_in(&member).await;
        for _ in 0..RESENDS_MAX {
            world.pass(Duration::minutes(1));
            world.resend(&actor).await.expect("resends");
        }
        let error = world.resend(&actor).await.expect_err("too many");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::TooMany, "too_many_letters"));
        world.pass(Duration::minutes(56));
        world.resend(&actor).await.expect("the first of them is an hour old");
        assert_eq!(world.resend(&actor).await.expect_err("too many").code, "too_many_letters");
        assert_eq!(world.letters_to(&member.email).await.len(), 7);
    }

    async fn old_links_are_forgotten(world) {
        world.newcomer("ada").await;
        let sweep = async || act!(world, verification::sweep()).expect("sweeps");
        world.pass(world.market.rules.verification_life);
        assert_eq!(sweep().await, 0);
        world.pass(Duration::hours(1));
        world.newcomer("bob").await;
        world.pass(Duration::ms(1));
        assert_eq!(sweep().await, 1);
        assert_eq!(world.count(sql("select count(*) from verification")).await, 1);
    }
}
