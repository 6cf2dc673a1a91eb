//! Changing the email address of an account.

use market::address::{self, ASKED_MAX, LIFE};
use market::member::{self, Member};
use market::second_factor;
use market::{Actor, Duration, Kind, reset};
use testkit::{PASSWORD, TestApp, act, both, read};

const NEW: &str = "lovelace@example.com";

/// The token in the newest letter to the new address.
async fn token(app: &TestApp) -> String {
    let letters = app.letters_to(NEW).await;
    let text = &letters.last().expect("a letter").text;
    let (_, rest) = text.split_once("http://127.0.0.1:3000/confirm-address?token=").expect("a link");
    rest.lines().next().expect("a token").to_owned()
}

async fn ask(app: &TestApp, actor: &Actor, email: &str) -> market::Result<()> {
    address::ask(&app.market, actor, PASSWORD, email).await
}

both! {
    async fn the_new_address_confirms_and_the_old_one_is_told(app) {
        let ada = app.resident("ada").await;
        ask(app, &ada, " Lovelace@Example.com ").await.expect("asks");
        let before = read!(app, member::show(&ada)).expect("is there");
        assert_eq!(before.email, "ada@example.com", "nothing changed yet");
        act!(app, reset::ask("ada@example.com")).expect("a link to the old address");
        let to_old = app.letters_to("ada@example.com").await;
        let (_, reset_link) = to_old.iter().find_map(|mail| mail.text.split_once("reset-password?token=")).expect("a link");
        let reset_link = reset_link.lines().next().expect("a token").to_owned();
        let link = token(app).await;
        let changed = act!(app, address::confirm(&link)).expect("confirms");
        assert_eq!(changed, Member { email: NEW.into(), verified_at: Some(app.now()), ..before });
        assert_eq!(second_factor::log_in(&app.market, NEW, PASSWORD, None).await, Ok(changed));
        assert!(second_factor::log_in(&app.market, "ada@example.com", PASSWORD, None).await.is_err());
        let mut told: Vec<_> = app.letters_to("ada@example.com").await.into_iter().skip(1).map(|mail| mail.subject).collect();
        told.sort(); // Letters that are due in the same millisecond go in any order.
        assert_eq!(told, ["A new password", "Another email address for your account", "Your email address was changed"]);
        assert_eq!(act!(app, address::confirm(&link)).expect_err("used").code, "address_link_invalid");
        let late = reset::finish(&app.market, &reset_link, "a whole new sentence").await;
        assert_eq!(late.expect_err("it went to the old address").code, "reset_invalid");
        assert_eq!(app.happenings(ada.member.as_str()).await.last().map(String::as_str), Some("member.address_changed"));
    }

    async fn only_a_person_who_knows_the_password_asks(app) {
        let ada = app.resident("ada").await;
        app.resident("bob").await;
        let refused = async |password: &str, email: &str| address::ask(&app.market, &ada, password, email).await.expect_err("refused");
        assert_eq!(refused("wrong", NEW).await.fields[0].name, "current_password");
        for wrong in ["no address", "ADA@example.com"] {
            assert_eq!(refused(PASSWORD, wrong).await.fields[0].name, "email");
        }
        assert_eq!(refused(PASSWORD, "bob@example.com").await.code, "email_taken");
        let by_key = app.holder(&app.key(&ada, &[]).await.secret).await.expect("a key");
        assert_eq!(ask(app, &by_key, NEW).await.expect_err("a key").code, "token_required");
        assert_eq!(app.letters_to(NEW).await.len(), 0);
    }

    async fn an_address_that_was_taken_meanwhile_is_not_given_twice(app) {
        let ada = app.resident("ada").await;
        ask(app, &ada, NEW).await.expect("asks");
        let link = token(app).await;
        let squatter = app.newcomer("lovelace").await;
        assert_eq!(squatter.email, NEW);
        act!(app, address::confirm(&link)).expect("who reads it has it, and the unverified account makes way");
        ask(app, &app.resident("bob").await, "third@example.com").await.expect("asks");
        let letters = app.letters_to("third@example.com").await;
        let (_, link) = letters[0].text.split_once("token=").expect("a link");
        let link = link.lines().next().expect("a token").to_owned();
        app.resident("third").await;
        let error = act!(app, address::confirm(&link)).expect_err("taken by somebody who verified it");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "email_taken"));
    }

    async fn a_link_ends_by_time_by_a_newer_one_and_by_a_new_password(app) {
        let ada = app.resident("ada").await;
        ask(app, &ada, NEW).await.expect("asks");
        let first = token(app).await;
        app.pass(Duration::seconds(1));
        ask(app, &ada, NEW).await.expect("asks again");
        let second = token(app).await;
        assert_eq!(act!(app, address::confirm(&first)).expect_err("replaced").code, "address_link_invalid");
        app.pass(LIFE);
        assert_eq!(act!(app, address::confirm(&second)).expect_err("expired").code, "address_link_invalid");
        ask(app, &ada, NEW).await.expect("asks");
        let third = token(app).await;
        member::change_password(&app.market, &ada, PASSWORD, "a whole new sentence").await.expect("changes");
        assert_eq!(act!(app, address::confirm(&third)).expect_err("ended").code, "address_link_invalid");
    }

    async fn five_changes_an_hour(app) {
        let ada = app.resident("ada").await;
        for _ in 0..ASKED_MAX {
            ask(app, &ada, NEW).await.expect("asks");
            app.pass(Duration::seconds(1));
        }
        assert_eq!(ask(app, &ada, NEW).await.expect_err("too many").kind, Kind::TooMany);
        app.pass(Duration::hours(1));
        ask(app, &ada, NEW).await.expect("an hour later");
    }

    async fn old_links_are_forgotten(app) {
        let ada = app.resident("ada").await;
        ask(app, &ada, NEW).await.expect("asks");
        let sweep = async || act!(app, address::sweep()).expect("sweeps");
        app.pass(LIFE);
        assert_eq!(sweep().await, 0, "it is still counted");
        app.pass(Duration::ms(Duration::hours(1).as_ms() + 1));
        assert_eq!(sweep().await, 1);
    }
}
