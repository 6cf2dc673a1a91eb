//! Verifying an email address.

use market::db::sql;
use market::member::Member;
use market::verification::RESENDS_MAX;
use market::{Duration, Kind};
use testkit::{act, both};

both! {
    async fn a_link_verifies(app) {
        let member = app.newcomer("ada").await;
        let link = app.link(&member).await;
        assert_eq!(link.len(), 32);
        let verified = app.confirm(&format!(" {link}\n")).await.expect("verifies");
        assert_eq!(verified, Member { verified_at: Some(app.now()), ..member.clone() });
        assert!(app.signed_in(&member).await.verified);
        assert_eq!(app.happenings(member.id.as_str()).await, ["member.signed_up", "member.verified"]);
        assert_eq!(app.confirm(&link).await.expect_err("used").code, "already_verified");
        let kept = sql("select count(*) from mailed_link where token_hash = $1").bind(&link);
        assert_eq!(app.count(kept).await, 0, "the link is not kept");
    }

    async fn a_wrong_link_does_not(app) {
        app.newcomer("ada").await;
        for wrong in ["", "nonsense", "\0", &"0".repeat(32)] {
            let error = app.confirm(wrong).await.expect_err("wrong");
            assert_eq!((error.kind, error.code.as_ref()), (Kind::Invalid, "verification_invalid"), "{wrong:?}");
        }
    }

    async fn a_link_expires(app) {
        let member = app.newcomer("ada").await;
        let link = app.link(&member).await;
        app.pass(app.market.rules.verification_life);
        assert_eq!(app.confirm(&link).await.expect_err("expired").code, "verification_invalid");
        assert!(!app.signed_in(&member).await.verified);
    }

    async fn a_link_holds_to_the_last_moment(app) {
        let member = app.newcomer("ada").await;
        let link = app.link(&member).await;
        app.pass(Duration::ms(app.market.rules.verification_life.as_ms() - 1));
        assert!(app.confirm(&link).await.is_ok());
    }

    async fn a_newer_link_voids_older_ones(app) {
        let member = app.newcomer("ada").await;
        let actor = app.signed_in(&member).await;
        let old = app.link(&member).await;
        app.pass(Duration::seconds(1));
        app.resend(&actor).await.expect("resends");
        let new = app.link(&member).await;
        assert_ne!(old, new);
        assert_eq!(app.confirm(&old).await.expect_err("void").code, "verification_invalid");
        assert!(app.confirm(&new).await.is_ok());
        assert_eq!(app.confirm(&old).await.expect_err("done").code, "already_verified");
        assert_eq!(app.resend(&actor).await.expect_err("done").code, "already_verified");
    }

    async fn a_link_is_for_the_address_it_was_sent_to(app) {
        let member = app.newcomer("ada").await;
        let link = app.link(&member).await;
        let moved = sql("update member set email = 'eve@example.com' where id = $1").bind(&member.id);
        app.write(moved).await;
        assert_eq!(app.confirm(&link).await.expect_err("another address").code, "verification_invalid");
    }

    async fn five_letters_an_hour(app) {
        let member = app.newcomer("ada").await;
        let actor = app.signed_in(&member).await;
        for _ in 0..RESENDS_MAX {
            app.pass(Duration::minutes(1));
            app.resend(&actor).await.expect("resends");
        }
        let error = app.resend(&actor).await.expect_err("too many");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::TooMany, "too_many_letters"));
        app.pass(Duration::minutes(56));
        app.resend(&actor).await.expect("the first of them is an hour old");
        assert_eq!(app.resend(&actor).await.expect_err("too many").code, "too_many_letters");
        assert_eq!(app.letters_to(&member.email).await.len(), 7);
    }

    async fn old_links_are_forgotten(app) {
        app.newcomer("ada").await;
        let sweep = async || act!(app, verification::sweep()).expect("sweeps");
        app.pass(app.market.rules.verification_life);
        assert_eq!(sweep().await, 0);
        app.pass(Duration::hours(1));
        app.newcomer("bob").await;
        app.pass(Duration::ms(1));
        assert_eq!(sweep().await, 1);
        assert_eq!(app.count(sql("select count(*) from mailed_link")).await, 1);
    }
}
