//! An app that makes the codes of a second factor.

use crate::{PASSWORD, TestApp};
use market::second_factor::{self, SecondFactor};
use market::{Actor, Time};
use totp_rs::{Builder, Secret};

/// The code that an app with this secret shows at a time.
pub fn code_at(secret: &str, at: Time) -> String {
    let secret = Secret::try_from_base32(secret).expect("base 32");
    Builder::new().with_secret(secret).build_noncompliant().generate(at.seconds().unsigned_abs()).to_string()
}

impl TestApp {
    /// Begins to set a second factor up, and returns its secret.
    pub async fn begun(&self, actor: &Actor) -> String {
        second_factor::begin(&self.market, actor, PASSWORD).await.expect("begins");
        match second_factor::show(&self.market, actor).await {
            Ok(SecondFactor::Begun(setup)) => setup.secret,
            other => panic!("it was just begun: {other:?}"),
        }
    }

    /// Turns a second factor on, and returns its secret and the recovery codes. The code of this half minute is used up.
    pub async fn with_second_factor(&self, actor: &Actor) -> (String, Vec<String>) {
        let secret = self.begun(actor).await;
        let (_, codes) = second_factor::confirm(&self.market, actor, &code_at(&secret, self.now())).await.expect("turns on");
        (secret, codes)
    }
}
