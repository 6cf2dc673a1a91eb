//! Access tokens.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use market::actor::Credential;
use market::{Actor, Duration, Kind, Market, member, token};
use serde_json::json;
use testkit::{PASSWORD, TestApp, both};

both! {
    async fn a_token_stands_for_its_member(app) {
        let member = app.newcomer("ada").await;
        let token = token::issue(&app.market, &member).expect("issues");
        assert!(token.access_token.starts_with("eyJ"));
        assert_eq!((token.token_type.as_str(), token.expires_in), ("bearer", 86_400));
        let actor = token::actor(&app.market, &token.access_token).await.expect("holds");
        assert_eq!(actor, Actor { credential: Credential::Token, ..app.signed_in(&member).await });
        assert!(!format!("{token:?}").contains("eyJ"), "tokens don't get into logs");
    }

    async fn a_token_expires(app) {
        let member = app.newcomer("ada").await;
        let token = token::issue(&app.market, &member).expect("issues").access_token;
        app.pass(Duration::ms(app.market.rules.token_life.as_ms() - 1));
        assert!(token::actor(&app.market, &token).await.is_ok());
        app.pass(Duration::ms(1));
        assert_eq!(refusal(&app.market, &token).await, "token_expired");
    }

    async fn a_new_password_ends_tokens(app) {
        let member = app.newcomer("ada").await;
        let old = token::issue(&app.market, &member).expect("issues").access_token;
        let actor = token::actor(&app.market, &old).await.expect("holds");
        let changed = member::change_password(&app.market, &actor, PASSWORD, "a whole new sentence").await.expect("changes");
        assert_eq!(refusal(&app.market, &old).await, "token_expired");
        let new = token::issue(&app.market, &changed).expect("issues").access_token;
        assert!(token::actor(&app.market, &new).await.is_ok());
    }

    async fn forgeries_are_refused(app) {
        let member = app.newcomer("ada").await;
        let token = token::issue(&app.market, &member).expect("issues").access_token;
        let forger = Market { secret: std::sync::Arc::from(*b"a secret that another server has"), ..app.market.clone() };
        let foreign = token::issue(&forger, &member).expect("issues").access_token;
        let (body, signature) = token.rsplit_once('.').expect("three parts");
        let unsigned = format!("eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.{}.", body.split_once('.').expect("two parts").1);
        for text in ["", "eyJ", "a.b.c", "🦀.🦀.🦀", &foreign, &unsigned, &format!("{body}."), &format!("{body}.A{signature}"), &format!("{token}x")] {
            assert_eq!(refusal(&app.market, text).await, "invalid_token", "{text}");
        }
    }

    async fn claims_must_be_ours(app) {
        let member = app.newcomer("ada").await;
        let now = app.now().seconds();
        let ours = json!({ "sub": member.id, "iat": now, "exp": now + 60, "iss": "guildhall", "epoch": 0 });
        assert!(token::actor(&app.market, &signed(app, Algorithm::HS256, &ours)).await.is_ok());
        let changed = |name: &str, value: serde_json::Value| {
            let mut claims = ours.clone();
            claims[name] = value;
            claims
        };
        for claims in [changed("iss", json!("elsewhere")), changed("exp", json!(null)), changed("exp", json!("soon")), changed("sub", json!(7))] {
            assert_eq!(refusal(&app.market, &signed(app, Algorithm::HS256, &claims)).await, "invalid_token", "{claims}");
        }
        assert_eq!(refusal(&app.market, &signed(app, Algorithm::HS512, &ours)).await, "invalid_token");
        assert_eq!(refusal(&app.market, &signed(app, Algorithm::HS256, &changed("sub", json!("user_gone")))).await, "token_expired");
    }
}

async fn refusal(market: &Market, token: &str) -> String {
    let error = token::actor(market, token).await.expect_err("refused");
    assert_eq!(error.kind, Kind::Unauthenticated);
    error.code.into_owned()
}

fn signed(app: &TestApp, algorithm: Algorithm, claims: &serde_json::Value) -> String {
    let key = EncodingKey::from_secret(&app.market.secret);
    jsonwebtoken::encode(&Header::new(algorithm), claims, &key).expect("signs")
}
