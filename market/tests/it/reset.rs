//! Choosing a new password after forgetting the old one.

use market::member::{self, Member};
use market::reset::{LETTERS_MAX, LIFE};
use market::second_factor;
use market::{Duration, Kind, reset};
use testkit::{PASSWORD, TestApp, act, both, read};

const NEW: &str = "a whole new sentence";

/// The token in the newest letter to a member.
async fn token(app: &TestApp, email: &str) -> String {
    let letters = app.letters_to(email).await;
    let text = &letters.last().expect("a letter").text;
    let (_, rest) = text.split_once("http://127.0.0.1:3000/reset-password?token=").expect("a link");
    rest.lines().next().expect("a token").to_owned()
}

async fn ask(app: &TestApp, email: &str) -> market::Result<()> {
    act!(app, reset::ask(email))
}

async fn letters(app: &TestApp) -> usize {
    app.letters_to("ada@example.com").await.len()
}

both! {
    async fn a_link_sets_a_new_password(app) {
        let ada = app.resident("ada").await;
        let member = read!(app, member::show(&ada)).expect("is there");
        ask(app, " Ada@Example.com ").await.expect("asks");
        let link = token(app, "ada@example.com").await;
        assert_eq!(link.len(), 32);
        let changed = reset::finish(&app.market, &format!(" {link}\n"), NEW).await.expect("changes");
        assert_eq!(changed, Member { epoch: 1, ..member.clone() });
        assert!(second_factor::log_in(&app.market, "ada@example.com", PASSWORD, None).await.is_err());
        assert_eq!(second_factor::log_in(&app.market, "ada@example.com", NEW, None).await, Ok(changed));
        assert_eq!(read!(app, session::actor(&member.id, 0)), Ok(None), "sessions and tokens ended");
        let told = app.letters_to("ada@example.com").await;
        assert_eq!(told.last().expect("a letter").subject, "Your password was changed");
        assert_eq!(app.happenings(member.id.as_str()).await.last().map(String::as_str), Some("member.password_reset"));
        let again = reset::finish(&app.market, &link, "another new sentence").await.expect_err("used");
        assert_eq!((again.kind, again.code.as_ref()), (Kind::Invalid, "reset_invalid"));
        let kept = market::db::sql("select count(*) from mailed_link where token_hash = $1").bind(&link);
        assert_eq!(app.count(kept).await, 0, "the link is not kept");
    }

    async fn asking_tells_nobody_who_has_an_account(app) {
        app.resident("ada").await;
        assert_eq!(ask(app, "bob@example.com").await, ask(app, "ada@example.com").await);
        assert_eq!(app.letters_to("bob@example.com").await.len(), 0);
        assert_eq!(ask(app, "no address").await.expect_err("no address").fields[0].name, "email");
    }

    async fn a_link_expires_and_a_newer_one_ends_it(app) {
        app.resident("ada").await;
        ask(app, "ada@example.com").await.expect("asks");
        let old = token(app, "ada@example.com").await;
        app.pass(Duration::seconds(1));
        ask(app, "ada@example.com").await.expect("asks again");
        let new = token(app, "ada@example.com").await;
        assert_eq!(reset::finish(&app.market, &old, NEW).await.expect_err("replaced").code, "reset_invalid");
        app.pass(Duration::ms(LIFE.as_ms() - 1));
        assert_eq!(reset::finish(&app.market, &new, "short").await.expect_err("short").fields[0].name, "new_password");
        app.pass(Duration::ms(1));
        for wrong in [new.as_str(), "", "nonsense", "\0"] {
            assert_eq!(reset::finish(&app.market, wrong, NEW).await.expect_err("over").code, "reset_invalid", "{wrong:?}");
        }
    }

    async fn of_two_at_once_one_holds(app) {
        app.resident("ada").await;
        ask(app, "ada@example.com").await.expect("asks");
        let link = token(app, "ada@example.com").await;
        let (one, two) = tokio::join!(reset::finish(&app.market, &link, NEW), reset::finish(&app.market, &link, "another new sentence"));
        let (holds, error) = match (one, two) {
            (Ok(_), Err(error)) => (NEW, error),
            (Err(error), Ok(_)) => ("another new sentence", error),
            both => panic!("one must win: {both:?}"),
        };
        assert_eq!(error.code, "reset_invalid");
        assert!(second_factor::log_in(&app.market, "ada@example.com", holds, None).await.is_ok());
    }

    async fn five_letters_an_hour_and_no_word_about_it(app) {
        app.resident("ada").await;
        let before = letters(app).await;
        for _ in 0..LETTERS_MAX + 2 {
            app.pass(Duration::seconds(1));
            ask(app, "ada@example.com").await.expect("the same answer");
        }
        assert_eq!(letters(app).await, before + 5);
        app.pass(Duration::hours(1));
        ask(app, "ada@example.com").await.expect("asks");
        assert_eq!(letters(app).await, before + 6);
    }

    async fn an_address_that_was_never_verified_is_told_to_sign_up_again(app) {
        app.newcomer("ada").await;
        ask(app, "ada@example.com").await.expect("asks");
        let letters = app.letters_to("ada@example.com").await;
        let last = &letters.last().expect("a letter").text;
        assert!(last.contains("/sign-up\n") && !last.contains("token="), "{last}");
    }

    async fn a_new_password_ends_the_links(app) {
        let ada = app.resident("ada").await;
        ask(app, "ada@example.com").await.expect("asks");
        let link = token(app, "ada@example.com").await;
        member::change_password(&app.market, &ada, PASSWORD, NEW).await.expect("changes");
        assert_eq!(reset::finish(&app.market, &link, "another new sentence").await.expect_err("ended").code, "reset_invalid");
    }

    async fn the_operator_makes_a_link(app) {
        app.resident("ada").await;
        let url = act!(app, reset::link("ADA@example.com")).expect("makes");
        let (_, token) = url.split_once("http://127.0.0.1:3000/reset-password?token=").expect("a link");
        reset::finish(&app.market, token, NEW).await.expect("changes");
        assert_eq!(act!(app, reset::link("bob@example.com")).expect_err("nobody").kind, Kind::NotFound);
    }

    async fn old_links_are_forgotten(app) {
        app.resident("ada").await;
        ask(app, "ada@example.com").await.expect("asks");
        let sweep = async || act!(app, reset::sweep()).expect("sweeps");
        app.pass(LIFE);
        assert_eq!(sweep().await, 0, "it is still counted");
        app.pass(Duration::ms(Duration::hours(1).as_ms() + 1));
        assert_eq!(sweep().await, 1);
    }
}
