//! Letters that verify an address, and their links.

use crate::{TestApp, act};
use market::member::Member;
use market::{Actor, Result};

impl TestApp {
    /// The token in the link of the newest letter.
    pub async fn link(&self, member: &Member) -> String {
        let letters = self.letters_to(&member.email).await;
        let text = &letters.last().expect("a letter").text;
        let (_, rest) = text.split_once("http://127.0.0.1:3000/verify?token=").expect("a link");
        rest.lines().next().expect("a token").to_owned()
    }

    /// Follows a link.
    pub async fn confirm(&self, token: &str) -> Result<Member> {
        act!(self, verification::confirm(token))
    }

    /// Asks for another letter.
    pub async fn resend(&self, actor: &Actor) -> Result<()> {
        act!(self, verification::resend(actor))
    }
}
