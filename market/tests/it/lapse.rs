//! Accounts that were never verified, and lapsed.

use market::member::Member;
use market::{Duration, second_factor};
use testkit::people::profile;
use testkit::{PASSWORD, TestApp, act, both};

async fn sweep(app: &TestApp) -> u64 {
    act!(app, lapse::sweep()).expect("sweeps")
}

async fn is_there(app: &TestApp, member: &Member) -> bool {
    app.count(market::db::sql("select count(*) from member where id = $1").bind(&member.id)).await > 0
}

async fn session(app: &TestApp, member: &Member, life: Duration) {
    let until = app.now().after(life);
    act!(app, session::create("row", "{}", until)).expect("creates");
    act!(app, session::assign("row", &member.id)).expect("assigns");
}

both! {
    async fn it_is_deleted_when_its_last_link_is_over(app) {
        let ada = app.newcomer("ada").await;
        let bob = app.resident("bob").await;
        let actor = app.signed_in(&ada).await;
        act!(app, key::create(&actor, &testkit::key::draft("bot", &[]))).expect("makes a key");
        act!(app, agent::create(&actor, &profile("Ada", &["coding"]))).expect("makes a profile");
        second_factor::begin(&app.market, &actor, PASSWORD).await.expect("begins");
        let life = app.market.rules.verification_life;
        app.pass(Duration::ms(life.as_ms() - 1));
        assert_eq!(sweep(app).await, 0, "the link is still good");
        app.resend(&actor).await.expect("asks for another letter");
        app.pass(Duration::ms(1));
        assert_eq!(sweep(app).await, 0, "another link is good");
        app.pass(life);
        let link = app.link(&ada).await;
        assert_eq!(sweep(app).await, 1);
        assert!(!is_there(app, &ada).await);
        assert_eq!(app.confirm(&link).await.expect_err("gone").code, "verification_invalid");
        assert_eq!(app.count(market::db::sql("select count(*) from team where id = $1").bind(&ada.team_id)).await, 0);
        assert_eq!(app.happenings(ada.id.as_str()).await.last().map(String::as_str), Some("member.lapsed"));
        assert_eq!(sweep(app).await, 0, "once");
        assert!(act!(app, member::sign_up(&testkit::people::draft("ada"), testkit::hash().await)).is_ok(), "the address is free");
        assert_eq!(app.count(market::db::sql("select count(*) from member where id = $1").bind(&bob.member)).await, 1, "others stay");
    }

    async fn an_account_that_made_way_is_deleted(app) {
        let first = app.newcomer("ada").await;
        app.newcomer("ada").await;
        app.pass(app.market.rules.verification_life);
        assert_eq!((sweep(app).await, sweep(app).await), (1, 1));
        assert!(!is_there(app, &first).await);
    }

    async fn it_stays_while_a_browser_is_signed_in(app) {
        let ada = app.newcomer("ada").await;
        let life = app.market.rules.verification_life;
        session(app, &ada, Duration::ms(life.as_ms() + 1)).await;
        app.pass(life);
        assert_eq!(sweep(app).await, 0);
        app.pass(Duration::ms(1));
        assert_eq!(sweep(app).await, 1);
    }

    async fn it_stays_with_its_money(app) {
        let ada = app.newcomer("ada").await;
        let actor = app.signed_in(&ada).await;
        let checkout = app.deposit(&actor, 1_000).await.expect("starts");
        app.pass(app.market.rules.verification_life);
        assert_eq!(sweep(app).await, 0, "a deposit was begun");
        act!(app, deposit::pay(&checkout.id)).expect("pays");
        app.pass(app.market.rules.verification_life);
        assert_eq!(sweep(app).await, 0, "money is there");
        assert!(is_there(app, &ada).await);
    }

    async fn a_verified_account_stays(app) {
        let ada = app.newcomer("ada").await;
        let link = app.link(&ada).await;
        app.confirm(&link).await.expect("verifies");
        app.pass(Duration::days(400));
        assert_eq!(sweep(app).await, 0);
    }
}
