//! Logins that are counted for each account, whatever process and network they come from.

use market::network::Network;
use market::second_factor::{self, SignIn};
use market::{Duration, login, reset};
use testkit::{PASSWORD, TestApp, act, both};

const EMAIL: &str = "ada@example.com";

fn at(address: &str) -> Network {
    Network::of(address.parse().unwrap())
}

async fn log_in(app: &TestApp, from: &str, email: &str, password: &str) -> Result<(), String> {
    let done = second_factor::log_in_from(&app.market, &at(from), email, password, None).await;
    done.map(drop).map_err(|error| error.code.into_owned())
}

/// Guesses from many networks until they are refused unheard, and returns the number of guesses.
async fn guessed(app: &TestApp, email: &str) -> i64 {
    for n in 0.. {
        match log_in(app, &format!("198.51.100.{}", n % 200), email, "not the password").await {
            Err(code) if code == "invalid_credentials" => {}
            other => {
                assert_eq!(other, Err("too_many_wrong_passwords".into()));
                return n;
            }
        }
    }
    0
}

both! {
    async fn guesses_from_many_networks_end_and_the_member_is_let_in(app) {
        app.resident("ada").await;
        assert_eq!(log_in(app, "203.0.113.5", EMAIL, PASSWORD).await, Ok(()));
        assert_eq!(guessed(app, " Ada@Example.com").await, login::WRONG_MAX);
        let over = Err("too_many_wrong_passwords".to_owned());
        assert_eq!(log_in(app, "203.0.113.6", EMAIL, PASSWORD).await, over, "not even the right one, from a network that nobody knows");
        assert_eq!(log_in(app, "203.0.113.5", EMAIL, PASSWORD).await, Ok(()), "a known network is not held up");
        assert_eq!(log_in(app, "203.0.113.6", "bob@example.com", PASSWORD).await, Err("invalid_credentials".into()), "nor is anybody else");
        app.advance(login::WINDOW).await;
        app.advance(Duration::seconds(1)).await;
        assert_eq!(log_in(app, "203.0.113.6", EMAIL, PASSWORD).await, Ok(()), "the window is over");
    }

    async fn an_address_without_an_account_is_counted_alike(app) {
        assert_eq!(guessed(app, "nobody@example.com").await, login::WRONG_MAX);
    }

    async fn a_new_password_ends_the_wait(app) {
        app.resident("ada").await;
        guessed(app, EMAIL).await;
        act!(app, reset::ask(EMAIL)).unwrap();
        let letters = app.letters_to(EMAIL).await;
        let token = letters.last().unwrap().text.split_once("token=").unwrap().1.split_whitespace().next().unwrap().to_owned();
        reset::finish(&app.market, &token, "a whole new sentence").await.unwrap();
        assert_eq!(log_in(app, "203.0.113.9", EMAIL, "a whole new sentence").await, Ok(()));
    }

    async fn a_password_without_its_code_makes_no_network_known(app) {
        let ada = app.resident("ada").await;
        let (_, codes) = app.with_second_factor(&ada).await;
        let known = async || app.count(market::db::sql("select count(*) from login_network")).await;
        let from = at("203.0.113.5");
        let Ok(SignIn::Challenge(token)) = second_factor::sign_in_from(&app.market, &from, EMAIL, PASSWORD).await else {
            panic!("the code is asked for")
        };
        assert_eq!(known().await, 0, "else a thief with the password alone would push the owner's networks out");
        second_factor::answer_from(&app.market, &from, &token, &codes[0]).await.unwrap();
        assert_eq!(known().await, 1);
    }

    async fn few_networks_are_remembered_and_none_for_ever(app) {
        app.resident("ada").await;
        for n in 0..=login::NETWORKS_MAX {
            assert_eq!(log_in(app, &format!("203.0.113.{n}"), EMAIL, PASSWORD).await, Ok(()));
            app.advance(Duration::minutes(1)).await;
        }
        let known = async || app.count(market::db::sql("select count(*) from login_network")).await;
        assert_eq!(known().await, login::NETWORKS_MAX);
        guessed(app, EMAIL).await;
        assert!(log_in(app, "203.0.113.0", EMAIL, PASSWORD).await.is_err(), "the oldest one is forgotten");
        app.advance(login::KNOWN_FOR).await;
        app.advance(Duration::days(1)).await;
        while act!(app, login::sweep()).unwrap() > 0 {}
        assert_eq!(known().await, 0);
        assert_eq!(app.count(market::db::sql("select count(*) from login_failure")).await, 0);
    }
}
