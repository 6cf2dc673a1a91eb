//! The second factor of a sign-in.

use market::second_factor::{
    self, CHALLENGE_LIFE, CODES, DISOWN_LIFE, SETUP_LIFE, SecondFactor, SignIn, TRIES_MAX, WARNED_AT, WINDOW, WRONG_MAX,
};
use market::{Actor, Duration, Kind, reset};
use testkit::second_factor::code_at;
use testkit::{PASSWORD, TestApp, act, both, read};

const EMAIL: &str = "ada@example.com";
const HALF_MINUTE: Duration = Duration::seconds(30);

async fn challenge(app: &TestApp) -> String {
    match second_factor::sign_in(&app.market, EMAIL, PASSWORD).await {
        Ok(SignIn::Challenge(token)) => token,
        other => panic!("the code is asked for: {other:?}"),
    }
}

async fn answer(app: &TestApp, token: &str, code: &str) -> Result<(), String> {
    second_factor::answer(&app.market, token, code).await.map(drop).map_err(|error| error.code.into_owned())
}

async fn log_in(app: &TestApp, code: Option<&str>) -> Result<(), String> {
    second_factor::log_in(&app.market, EMAIL, PASSWORD, code).await.map(drop).map_err(|error| error.code.into_owned())
}

fn refused(code: &str) -> Result<(), String> {
    Err(code.to_owned())
}

async fn subject(app: &TestApp) -> String {
    app.letters_to(EMAIL).await.last().expect("a letter").subject.clone()
}

async fn shown(app: &TestApp, actor: &Actor) -> SecondFactor {
    second_factor::show(&app.market, actor).await.expect("is shown")
}

both! {
    async fn it_is_on_once_a_code_was_typed(app) {
        let ada = app.resident("ada").await;
        assert!(second_factor::begin(&app.market, &ada, "not the password").await.is_err());
        let secret = app.begun(&ada).await;
        assert!(matches!(second_factor::sign_in(&app.market, EMAIL, PASSWORD).await, Ok(SignIn::Done(_))), "not yet");
        let wrong = second_factor::confirm(&app.market, &ada, "000000").await.expect_err("wrong");
        assert_eq!((wrong.kind, wrong.fields[0].name.as_ref()), (Kind::Invalid, "code"));
        let (_, codes) = second_factor::confirm(&app.market, &ada, &code_at(&secret, app.now())).await.expect("turns on");
        assert_eq!(codes.len(), CODES);
        assert_eq!(shown(app, &ada).await, SecondFactor::On { since: app.now(), codes_left: 10 });
        assert_eq!(subject(app).await, "Your second factor is on");
        assert_eq!(second_factor::begin(&app.market, &ada, PASSWORD).await.expect_err("on").code, "second_factor_on");
        let kept = market::db::sql("select count(*) from second_factor where secret like $1").bind(format!("%{secret}%"));
        assert_eq!(app.count(kept).await, 0, "the secret is encrypted");
        let kept = market::db::sql("select count(*) from recovery_code where hash = $1").bind(&codes[0]);
        assert_eq!(app.count(kept).await, 0, "the codes are hashed");
    }

    async fn a_set_up_waits_an_hour(app) {
        let ada = app.resident("ada").await;
        let secret = app.begun(&ada).await;
        app.pass(SETUP_LIFE);
        assert_eq!(shown(app, &ada).await, SecondFactor::Off);
        let late = second_factor::confirm(&app.market, &ada, &code_at(&secret, app.now())).await.expect_err("too late");
        assert_eq!(late.code, "setup_over");
        assert_ne!(app.begun(&ada).await, secret, "another begins anew");
    }

    async fn a_set_up_is_given_up(app) {
        let ada = app.resident("ada").await;
        app.begun(&ada).await;
        act!(app, second_factor::give_up(&ada)).expect("gives up");
        assert_eq!(shown(app, &ada).await, SecondFactor::Off);
        app.with_second_factor(&ada).await;
        act!(app, second_factor::give_up(&ada)).expect("changes nothing");
        assert!(matches!(shown(app, &ada).await, SecondFactor::On { .. }));
    }

    async fn a_password_alone_signs_nobody_in(app) {
        let ada = app.resident("ada").await;
        let (secret, _) = app.with_second_factor(&ada).await;
        assert_eq!(second_factor::log_in(&app.market, EMAIL, PASSWORD, None).await.expect_err("half").code, "second_factor_required");
        assert_eq!(log_in(app, None).await, refused("second_factor_required"));
        assert_eq!(log_in(app, Some(" ")).await, refused("second_factor_required"));
        assert!(second_factor::sign_in(&app.market, EMAIL, "not the password").await.is_err());
        app.pass(HALF_MINUTE);
        let code = code_at(&secret, app.now());
        assert_eq!(log_in(app, Some(&format!("{} {}", &code[..3], &code[3..]))).await, Ok(()));
        assert_eq!(log_in(app, Some(&code)).await, refused("second_factor_invalid"), "used");
    }

    async fn a_code_holds_for_a_step_more_or_less_and_once(app) {
        let ada = app.resident("ada").await;
        let (secret, _) = app.with_second_factor(&ada).await;
        let used = code_at(&secret, app.now());
        assert_eq!(answer(app, &challenge(app).await, &used).await, refused("second_factor_invalid"), "it confirmed the set-up");
        let next = code_at(&secret, app.now().after(HALF_MINUTE));
        assert_eq!(answer(app, &challenge(app).await, &next).await, Ok(()), "the app is early");
        app.pass(HALF_MINUTE);
        assert_eq!(answer(app, &challenge(app).await, &next).await, refused("second_factor_invalid"), "used");
        app.pass(HALF_MINUTE);
        let current = code_at(&secret, app.now());
        app.pass(HALF_MINUTE);
        assert_eq!(answer(app, &challenge(app).await, &current).await, Ok(()), "the member is late");
        let token = challenge(app).await;
        let old = code_at(&secret, app.now().before(Duration::seconds(60)));
        assert_eq!(answer(app, &token, &old).await, refused("second_factor_invalid"), "two steps ago");
    }

    async fn of_two_at_once_a_code_signs_one_in(app) {
        let ada = app.resident("ada").await;
        let (secret, codes) = app.with_second_factor(&ada).await;
        app.pass(HALF_MINUTE);
        for code in [code_at(&secret, app.now()), codes[0].clone()] {
            let (one, two) = tokio::join!(log_in(app, Some(&code)), log_in(app, Some(&code)));
            assert_ne!(one, two, "{code} works once");
        }
    }

    async fn a_challenge_waits_ten_minutes(app) {
        let ada = app.resident("ada").await;
        let (secret, _) = app.with_second_factor(&ada).await;
        let token = challenge(app).await;
        app.pass(Duration::ms(CHALLENGE_LIFE.as_ms() - 1));
        assert_eq!(read!(app, second_factor::is_open(&token)), Ok(true));
        app.pass(Duration::ms(1));
        assert_eq!(read!(app, second_factor::is_open(&token)), Ok(false));
        assert_eq!(answer(app, &token, &code_at(&secret, app.now())).await, refused("sign_in_over"));
        assert_eq!(act!(app, second_factor::sweep()), Ok(1));
    }

    async fn five_wrong_codes_end_a_challenge(app) {
        let ada = app.resident("ada").await;
        let (secret, _) = app.with_second_factor(&ada).await;
        app.pass(HALF_MINUTE);
        let token = challenge(app).await;
        for _ in 1..TRIES_MAX {
            assert_eq!(answer(app, &token, "000000").await, refused("second_factor_invalid"));
        }
        assert_eq!(answer(app, &token, "no-code-of-mine").await, refused("sign_in_over"));
        assert_eq!(answer(app, &token, &code_at(&secret, app.now())).await, refused("sign_in_over"), "a right one comes too late");
        assert_eq!(answer(app, &challenge(app).await, &code_at(&secret, app.now())).await, Ok(()));
    }

    async fn an_hour_takes_twenty_wrong_codes(app) {
        let ada = app.resident("ada").await;
        let (secret, _) = app.with_second_factor(&ada).await;
        app.pass(HALF_MINUTE);
        for _ in 0..WRONG_MAX {
            assert_eq!(log_in(app, Some("000000")).await, refused("second_factor_invalid"));
        }
        let code = code_at(&secret, app.now());
        assert_eq!(log_in(app, Some(&code)).await, refused("too_many_codes"));
        assert_eq!(answer(app, &challenge(app).await, &code).await, refused("too_many_codes"));
        app.pass(WINDOW);
        assert_eq!(log_in(app, Some(&code_at(&secret, app.now()))).await, Ok(()));
        assert_eq!(log_in(app, Some("000000")).await, refused("second_factor_invalid"), "a right code forgets the wrong ones");
    }

    async fn guesses_of_others_keep_the_member_out_of_nothing(app) {
        let ada = app.resident("ada").await;
        let (secret, codes) = app.with_second_factor(&ada).await;
        app.pass(HALF_MINUTE);
        for _ in 0..=WRONG_MAX {
            log_in(app, Some("000000")).await.expect_err("wrong");
        }
        let code = code_at(&secret, app.now());
        second_factor::renew_codes(&app.market, &ada, &code).await.expect("a browser that is signed in has a count of its own");
        for _ in 0..=WRONG_MAX {
            log_in(app, Some("000000")).await.expect_err("wrong");
        }
        let new = second_factor::renew_codes(&app.market, &ada, &codes[0]).await.expect_err("the codes are new");
        assert_eq!(new.kind, Kind::Invalid);
        app.pass(HALF_MINUTE);
        let codes = second_factor::renew_codes(&app.market, &ada, &code_at(&secret, app.now())).await.expect("renews");
        for _ in 0..=WRONG_MAX {
            log_in(app, Some("000000")).await.expect_err("wrong");
        }
        assert_eq!(log_in(app, Some(&codes[0])).await, Ok(()), "a recovery code is always taken");
        app.pass(HALF_MINUTE);
        assert_eq!(log_in(app, Some(&code_at(&secret, app.now()))).await, Ok(()), "and forgets the wrong ones");
    }

    async fn guesses_inside_have_a_bound_of_their_own(app) {
        let ada = app.resident("ada").await;
        let (secret, _) = app.with_second_factor(&ada).await;
        app.pass(HALF_MINUTE);
        for _ in 0..WRONG_MAX {
            assert_eq!(second_factor::turn_off(&app.market, &ada, "000000").await.expect_err("wrong").kind, Kind::Invalid);
        }
        let code = code_at(&secret, app.now());
        assert_eq!(second_factor::turn_off(&app.market, &ada, &code).await.expect_err("too many").code, "too_many_codes");
        assert_eq!(log_in(app, Some(&code)).await, Ok(()), "the member still signs in");
    }

    async fn ten_wrong_codes_are_told_once_an_hour(app) {
        let ada = app.resident("ada").await;
        app.with_second_factor(&ada).await;
        app.pass(HALF_MINUTE);
        let told = async |app: &TestApp| app.letters_to(EMAIL).await.iter().filter(|letter| letter.subject.starts_with("Wrong codes")).count();
        for _ in 1..WARNED_AT {
            log_in(app, Some("000000")).await.expect_err("wrong");
        }
        assert_eq!(told(app).await, 0);
        for _ in 0..WRONG_MAX {
            log_in(app, Some("000000")).await.expect_err("wrong");
        }
        second_factor::turn_off(&app.market, &ada, "000000").await.expect_err("wrong");
        assert_eq!(told(app).await, 1);
        app.pass(WINDOW);
        log_in(app, Some("000000")).await.expect_err("wrong");
        assert_eq!(told(app).await, 1, "the count began anew");
        for _ in 1..WARNED_AT {
            log_in(app, Some("no-code-of-mine")).await.expect_err("wrong");
        }
        assert_eq!(told(app).await, 2);
    }

    async fn turning_it_on_ends_what_the_password_alone_began(app) {
        let ada = app.resident("ada").await;
        let until = app.now().after(Duration::days(1));
        for id in ["here", "elsewhere"] {
            act!(app, session::create(id, "{}", until)).unwrap();
            act!(app, session::assign(id, &ada.member)).unwrap();
        }
        let me = read!(app, member::show(&ada)).unwrap();
        let bearer = market::token::issue(&app.market, &me).expect("issues").access_token;
        let secret = app.begun(&ada).await;
        let (me, _) = second_factor::confirm(&app.market, &ada, &code_at(&secret, app.now())).await.expect("turns on");
        assert!(read!(app, session::mine(&ada)).unwrap().is_empty());
        assert!(market::token::actor(&app.market, &bearer).await.is_err(), "tokens end");
        assert!(read!(app, session::actor(&me.id, me.epoch)).unwrap().is_some(), "the browser that did it goes on");
    }

    async fn the_address_stays_while_the_link_in_the_mail_works(app) {
        let ada = app.resident("ada").await;
        app.with_second_factor(&ada).await;
        let ask = async || market::address::ask(&app.market, &ada, PASSWORD, "ada@elsewhere.example").await;
        assert_eq!(ask().await.unwrap_err().code, "address_fixed");
        app.pass(Duration::days(7));
        ask().await.unwrap();
    }

    async fn the_address_is_free_once_the_member_has_turned_it_off(app) {
        let ada = app.resident("ada").await;
        let (_, codes) = app.with_second_factor(&ada).await;
        let ask = async || market::address::ask(&app.market, &ada, PASSWORD, "ada@elsewhere.example").await;
        assert_eq!(ask().await.unwrap_err().code, "address_fixed");
        second_factor::turn_off(&app.market, &ada, &codes[0]).await.unwrap();
        ask().await.unwrap();
    }

    async fn a_member_who_did_not_turn_it_on_undoes_it_by_the_mail(app) {
        let ada = app.resident("ada").await;
        let link = |letter: &market::mail::Mail| letter.text.split_once("/not-me?token=").and_then(|(_, rest)| rest.lines().next()).map(str::to_owned);
        app.with_second_factor(&ada).await;
        let token = app.letters_to(EMAIL).await.iter().find_map(link).expect("a link");
        let me = read!(app, member::show(&ada)).unwrap();
        let bearer = market::token::issue(&app.market, &me).expect("issues").access_token;
        assert_eq!(act!(app, second_factor::disown("wrong")).expect_err("wrong").code, "disown_invalid");
        let to = act!(app, second_factor::disown(&token)).expect("undoes");
        assert!(!read!(app, second_factor::is_asked(&ada.member)).unwrap());
        assert_eq!(read!(app, session::actor(&me.id, me.epoch)), Ok(None), "sessions end");
        assert!(market::token::actor(&app.market, &bearer).await.is_err(), "tokens end");
        assert_eq!(act!(app, second_factor::disown(&token)).expect_err("twice").code, "disown_invalid");
        let (_, reset) = to.split_once("/reset-password?token=").expect("a link to a new password");
        let ada = app.signed_in(&reset::finish(&app.market, reset, "a whole new sentence").await.expect("changes")).await;
        let again = second_factor::begin(&app.market, &ada, "a whole new sentence").await;
        assert_eq!(again, Ok(()));
        let late = market::db::sql("select count(*) from mailed_link where purpose = 'disown' and ended_at is null");
        assert_eq!(app.count(late).await, 0);
    }

    async fn the_link_of_the_mail_works_seven_days(app) {
        let ada = app.resident("ada").await;
        app.with_second_factor(&ada).await;
        let letter = app.letters_to(EMAIL).await.pop().expect("a letter");
        let (_, rest) = letter.text.split_once("/not-me?token=").expect("a link");
        app.pass(DISOWN_LIFE);
        assert_eq!(act!(app, second_factor::disown(rest.lines().next().unwrap())).expect_err("late").code, "disown_invalid");
        assert!(read!(app, second_factor::is_asked(&ada.member)).unwrap());
        app.pass(WINDOW);
        app.pass(WINDOW);
        assert_eq!(act!(app, second_factor::sweep()), Ok(1));
    }

    async fn a_recovery_code_works_once(app) {
        let ada = app.resident("ada").await;
        let (_, codes) = app.with_second_factor(&ada).await;
        assert_eq!(log_in(app, Some(&codes[0].to_uppercase().replace('-', " "))).await, Ok(()));
        assert_eq!(log_in(app, Some(&codes[0])).await, refused("second_factor_invalid"));
        assert_eq!(answer(app, &challenge(app).await, &codes[1]).await, Ok(()));
        assert!(matches!(shown(app, &ada).await, SecondFactor::On { codes_left: 8, .. }));
        let new = second_factor::renew_codes(&app.market, &ada, &codes[2]).await.expect("renews");
        assert_eq!(subject(app).await, "Your recovery codes are new");
        assert_eq!(log_in(app, Some(&codes[3])).await, refused("second_factor_invalid"), "the old ones are over");
        assert_eq!(log_in(app, Some(&new[0])).await, Ok(()));
        assert!(second_factor::renew_codes(&app.market, &ada, PASSWORD).await.is_err());
    }

    async fn a_code_is_its_members_alone(app) {
        let (ada, bob) = (app.resident("ada").await, app.resident("bob").await);
        app.with_second_factor(&ada).await;
        let (secret, codes) = app.with_second_factor(&bob).await;
        app.pass(HALF_MINUTE);
        for code in [code_at(&secret, app.now()), codes[0].clone()] {
            assert_eq!(log_in(app, Some(&code)).await, refused("second_factor_invalid"));
        }
    }

    async fn a_new_password_ends_challenges_and_keeps_the_factor(app) {
        let ada = app.resident("ada").await;
        let (secret, _) = app.with_second_factor(&ada).await;
        let token = challenge(app).await;
        let link = act!(app, reset::link(EMAIL)).expect("makes");
        let (_, reset) = link.split_once("token=").expect("a link");
        reset::finish(&app.market, reset, "a whole new sentence").await.expect("changes");
        app.pass(HALF_MINUTE);
        assert_eq!(answer(app, &token, &code_at(&secret, app.now())).await, refused("sign_in_over"));
        let half = second_factor::sign_in(&app.market, EMAIL, "a whole new sentence").await;
        assert!(matches!(half, Ok(SignIn::Challenge(_))), "the code is asked for still: {half:?}");
    }

    async fn it_is_turned_off_by_a_code_alone(app) {
        let ada = app.resident("ada").await;
        let (secret, codes) = app.with_second_factor(&ada).await;
        for code in ["", "000000", PASSWORD] {
            let error = second_factor::turn_off(&app.market, &ada, code).await.expect_err("wrong");
            assert_eq!(error.kind, Kind::Invalid, "{code}");
        }
        second_factor::turn_off(&app.market, &ada, &codes[1]).await.expect("turns off");
        assert_eq!(subject(app).await, "Your second factor is off");
        assert_eq!(shown(app, &ada).await, SecondFactor::Off);
        assert!(second_factor::log_in(&app.market, EMAIL, PASSWORD, None).await.is_ok());
        assert_eq!(second_factor::turn_off(&app.market, &ada, &codes[2]).await.expect_err("off").code, "second_factor_off");
        let (again, _) = app.with_second_factor(&ada).await;
        assert_ne!(again, secret);
        assert_eq!(log_in(app, Some(&codes[0])).await, refused("second_factor_invalid"), "old codes are gone");
        app.pass(HALF_MINUTE);
        second_factor::turn_off(&app.market, &ada, &code_at(&again, app.now())).await.expect("turns off");
    }

    async fn the_operator_resets_it(app) {
        let ada = app.resident("ada").await;
        app.with_second_factor(&ada).await;
        act!(app, second_factor::reset("ADA@example.com")).expect("resets");
        assert_eq!(subject(app).await, "Your second factor is off");
        assert!(second_factor::log_in(&app.market, EMAIL, PASSWORD, None).await.is_ok());
        act!(app, second_factor::reset(EMAIL)).expect("again changes nothing");
        assert_eq!(act!(app, second_factor::reset("bob@example.com")).expect_err("nobody").kind, Kind::NotFound);
    }

    async fn another_secret_of_the_server_reads_no_factor(app) {
        let ada = app.resident("ada").await;
        let (secret, codes) = app.with_second_factor(&ada).await;
        app.pass(HALF_MINUTE);
        let other = market::Market { secret: std::sync::Arc::from(&b"another secret of this server...."[..]), ..app.market.clone() };
        for code in [code_at(&secret, app.now()), codes[0].clone()] {
            let error = second_factor::log_in(&other, EMAIL, PASSWORD, Some(&code)).await.expect_err("can't be read");
            assert_eq!(error.code, "second_factor_invalid");
        }
    }
}
