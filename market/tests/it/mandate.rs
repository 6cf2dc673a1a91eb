//! Mandates: who sets them, what they refuse, and how they are signed.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::{Signature, VerifyingKey};
use market::mandate::{Config, Draft, Hours, Signed, State};
use market::{Actor, Duration, Kind, Money, Time, nouns};
use testkit::mandate::{MandateFixture, held, per_day, post, refused};
use testkit::{TestApp, act, both, read};

/// Fails unless a published key signed the text.
async fn is_signed(app: &TestApp, signed: &Signed) {
    let keys = market::mandate::signing_keys(&mut app.read().await).await.expect("reads");
    let key = keys.iter().find(|key| key.id == signed.signing_key_id).expect("the key is published");
    let decoded = |text: &str| BASE64.decode(text).expect("base64url");
    let key = VerifyingKey::from_bytes(&decoded(&key.public_key).try_into().expect("32 bytes")).expect("a key");
    let signature = Signature::from_bytes(&decoded(&signed.signature).try_into().expect("64 bytes"));
    key.verify_strict(signed.document.as_bytes(), &signature).expect("the signature is right");
    let other = signed.document.replace("\"enabled\":true", "\"enabled\":false");
    assert!(key.verify_strict(other.as_bytes(), &signature).is_err(), "of another text it is wrong");
}

async fn bob(app: &TestApp) -> Actor {
    app.agent("Bob", &["coding"]).await
}

both! {
    async fn a_mandate_is_signed_and_versioned(app) {
        let fixture = MandateFixture::free(app).await;
        assert_eq!(read!(app, mandate::show(&fixture.owner, &fixture.agent)), Ok(None));
        let first = fixture.set(app, &per_day(10_000)).await.expect("sets");
        assert_eq!((first.version, first.state(app.now())), (1, State::Active));
        let draft = Draft { allowed: vec!["team_b".into(), "agent_a".into()], hours: Some(Hours { from: 8, until: 18 }), ..per_day(500) };
        fixture.set(app, &draft).await.expect("sets");
        let (shown, signed) = read!(app, mandate::show(&fixture.key, &fixture.agent)).expect("reads").expect("a mandate");
        assert_eq!((shown.version, &shown.terms.allowed[..]), (2, &["agent_a".to_owned(), "team_b".to_owned()][..]));
        is_signed(app, &signed).await;
        let (agent, team, member, base) = (&fixture.agent, &fixture.owner.team, &fixture.owner.member, &app.market.rules.base_url);
        assert_eq!(signed.document, format!(
            "{{\"agent_id\":\"{agent}\",\"allow\":[\"agent_a\",\"team_b\"],\"approval_above_cents\":null,\"block\":[],\"categories\":[],\
             \"currency\":\"USD\",\"enabled\":true,\"expires_at\":null,\"hours_utc\":{{\"from\":8,\"until\":18}},\"issuer\":\"{base}\",\
             \"per_day_cents\":500,\"per_month_cents\":null,\"per_task_cents\":null,\"set_at\":\"{}\",\"set_by\":\"{member}\",\
             \"team_id\":\"{team}\",\"type\":\"guildhall.mandate\",\"version\":2}}", shown.set_at
        ));
        assert_eq!(app.happenings(agent.as_str()).await, ["agent.created", "mandate.set", "mandate.set"]);
    }

    async fn another_secret_makes_another_key_and_old_texts_stay_good(app) {
        let fixture = MandateFixture::with(app, &per_day(10_000)).await;
        let show = async || read!(app, mandate::show(&fixture.owner, &fixture.agent)).expect("reads").expect("a mandate").1;
        let old = show().await;
        app.pass(Duration::seconds(1));
        let config = Config { secret: b"another secret of this server", ..nouns::mandates(&app.market) };
        act!(app, mandate::set(&fixture.owner, &config, &fixture.agent, &per_day(1))).expect("sets");
        let new = show().await;
        assert_ne!(old.signing_key_id, new.signing_key_id);
        is_signed(app, &old).await;
        is_signed(app, &new).await;
        act!(app, mandate::set(&fixture.owner, &config, &fixture.agent, &per_day(2))).expect("sets");
        assert_eq!(show().await.signing_key_id, new.signing_key_id, "it is made once");
    }

    async fn a_person_of_the_team_decides(app) {
        let fixture = MandateFixture::with(app, &per_day(10_000)).await;
        let refused = async |by: &Actor| fixture.set_by(app, by, &per_day(999_999)).await.expect_err("refused").code.into_owned();
        assert_eq!(refused(&fixture.key).await, "not_by_agents");
        assert_eq!(act!(app, mandate::revoke(&fixture.key, &fixture.agent)).expect_err("not it").code, "not_by_agents");
        assert_eq!(refused(&bob(app).await).await, "not_found");
        let narrow = app.holder(&app.key(&fixture.owner, &["wallet:*", "mandates:read"]).await.secret).await.expect("a key");
        assert_eq!(refused(&narrow).await, "missing_scope");
        let wide = app.holder(&app.key(&fixture.owner, &["mandates:write"]).await.secret).await.expect("a key");
        fixture.set_by(app, &wide, &per_day(20_000)).await.expect("a key of the whole team may");
        assert_eq!(read!(app, mandate::show(&wide, &fixture.agent)).expect_err("it may not read").code, "missing_scope");
        let unverified = Actor { verified: false, ..fixture.owner.clone() };
        assert_eq!(refused(&unverified).await, "email_not_verified");
        assert_eq!(fixture.spending(app).await.mandate.expect("a mandate").terms.per_day, Some(Money(20_000)));
    }

    async fn a_key_reads_the_mandate_of_its_own_agent(app) {
        let fixture = MandateFixture::with(app, &per_day(10_000)).await;
        let other = app.profile(&fixture.owner, &testkit::people::profile("Second", &["coding"])).await.expect("makes an agent").id;
        assert_eq!(read!(app, mandate::spending(&fixture.key, &other)).expect_err("not its own").code, "key_has_an_agent");
        assert_eq!(read!(app, actor::own_agent(&fixture.key)), Ok(fixture.agent.clone()));
        let bob = bob(app).await;
        assert_eq!(read!(app, mandate::spending(&bob, &fixture.agent)).expect_err("another team").kind, Kind::NotFound);
        let everybody = app.holder(&app.key(&fixture.owner, &["*"]).await.secret).await.expect("a key");
        assert_eq!(read!(app, actor::own_agent(&everybody)).expect_err("which?").code, "agent_ambiguous");
        assert_eq!(read!(app, mandate::spending(&fixture.owner, &other)).expect("none").mandate, None);
    }

    async fn each_limit_refuses_and_says_what_is_left(app) {
        let fixture = MandateFixture::with(app, &Draft { per_month: Some(5_000), per_task: Some(1_200), ..per_day(2_000) }).await;
        assert_eq!(refused(fixture.post(app, 1_200).await), ("per_task".into(), Some(1_200)), "12.60 with the fee");
        fixture.post(app, 1_000).await.expect("10.50 of 20.00");
        assert_eq!(refused(fixture.post(app, 1_000).await), ("per_day".into(), Some(950)));
        fixture.post(app, 900).await.expect("9.45 of 9.50");
        app.pass(Duration::days(1));
        fixture.post(app, 1_000).await.expect("a new day");
        app.pass(Duration::days(1));
        fixture.post(app, 1_000).await.expect("another new day");
        assert_eq!(refused(fixture.post(app, 1_000).await), ("per_day".into(), Some(950)));
        app.pass(Duration::days(1));
        assert_eq!(refused(fixture.post(app, 1_000).await), ("per_month".into(), Some(905)));
        let spending = fixture.spending(app).await;
        assert_eq!((spending.today, spending.this_month, spending.last.len()), (Money::ZERO, Money(4_095), 4));
        assert_eq!((spending.left_today(), spending.left_this_month()), (Some(Money(2_000)), Some(Money(905))));
        app.pass(Duration::days(31));
        fixture.post(app, 1_000).await.expect("a new month");
    }

    async fn time_and_place_are_limits_too(app) {
        let fixture = MandateFixture::free(app).await;
        // Tests begin at 14:13 UTC.
        let set = async |draft: Draft| { fixture.set(app, &draft).await.expect("sets"); refused(fixture.post(app, 100).await).0 };
        assert_eq!(set(Draft { hours: Some(Hours { from: 15, until: 14 }), ..per_day(9_000) }).await, "hours");
        assert_eq!(set(Draft { categories: vec!["writing".into()], ..per_day(9_000) }).await, "categories");
        assert_eq!(set(Draft { is_enabled: false, ..per_day(9_000) }).await, "disabled");
        let soon: Time = app.now().after(Duration::hours(1));
        fixture.set(app, &Draft { expires_at: Some(soon), hours: Some(Hours { from: 14, until: 15 }), ..per_day(9_000) }).await.expect("sets");
        fixture.post(app, 100).await.expect("within all of them");
        app.pass(Duration::hours(1));
        assert_eq!(refused(fixture.post(app, 100).await).0, "expires_at");
    }

    async fn a_revoked_mandate_allows_nothing_until_another_is_set(app) {
        let fixture = MandateFixture::with(app, &per_day(3_000)).await;
        fixture.post(app, 1_000).await.expect("posts");
        let (revoked, _) = act!(app, mandate::revoke(&fixture.owner, &fixture.agent)).expect("revokes");
        assert_eq!(revoked.state(app.now()), State::Revoked);
        act!(app, mandate::revoke(&fixture.owner, &fixture.agent)).expect("fine");
        assert_eq!(refused(fixture.post(app, 1_000).await).0, "revoked");
        fixture.set(app, &per_day(2_000)).await.expect("sets another");
        assert_eq!(refused(fixture.post(app, 1_000).await), ("per_day".into(), Some(950)), "what was spent stays counted");
        let bob = bob(app).await;
        let own = bob.agent.clone().expect("an agent");
        assert_eq!(act!(app, mandate::revoke(&bob, &own)).expect_err("there is none").kind, Kind::NotFound);
    }

    async fn a_mandate_binds_whoever_acts_as_the_agent_by_a_key(app) {
        let fixture = MandateFixture::with(app, &per_day(500)).await;
        post(&app.market, &fixture.owner, &held("A job of a person", 1_000)).await.expect("a person is not limited");
        let key = app.key(&fixture.owner, &["*"]).await.secret;
        let holder = app.holder(&key).await.expect("a key");
        assert_eq!(refused(post(&app.market, &holder, &held("A job by a key", 1_000)).await).0, "per_day", "the team's only agent");
        let second = app.profile(&fixture.owner, &testkit::people::profile("Second", &["coding"])).await.expect("makes an agent").id;
        let holder = app.holder(&key).await.expect("a key");
        let error = post(&app.market, &holder, &held("A job by a key", 100)).await.expect_err("for which agent?");
        assert_eq!(error.code, "agent_ambiguous");
        let named = read!(app, agent::acting(holder.clone(), &fixture.agent)).expect("names it");
        assert_eq!(refused(post(&app.market, &named, &held("A job by a key", 1_000)).await).0, "per_day");
        let other = read!(app, agent::acting(holder, &second)).expect("names the other");
        post(&app.market, &other, &held("A job by a key", 1_000)).await.expect("it never had a mandate");
    }

    async fn old_versions_are_forgotten(app) {
        let fixture = MandateFixture::free(app).await;
        for cents in 0..market::mandate::VERSIONS_KEPT + 5 {
            fixture.set(app, &per_day(cents)).await.expect("sets");
        }
        let kept = app.count(market::db::sql("select count(*) from mandate_version")).await;
        assert_eq!(kept, market::mandate::VERSIONS_KEPT);
    }
}
